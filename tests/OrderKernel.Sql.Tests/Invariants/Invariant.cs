using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Sql.Tests.Invariants;

/// <summary>What must be true of every store after any script. Each says what is wrong, or nothing.</summary>
/// <remarks><para>The tenth, of money, is no matter of a store: the shares of a total sum to it, which
/// <c>MeasureTests.Shares_AlwaysSumToTheTotalAndDifferByLessThanOneUnit</c> holds.</para></remarks>
internal static class Invariant
{
    public static readonly IReadOnlyDictionary<string, Func<Observed, IEnumerable<string>>> All =
        new Dictionary<string, Func<Observed, IEnumerable<string>>>
        {
            ["I1 balances are what came in less what left, and not below zero"] = Balances,
            ["I2 open holds are what is reserved"] = Holds,
            ["I3 a hold is resolved once"] = Resolved,
            ["I4 what was acknowledged is there once"] = Acknowledged,
            ["I5 one id, one outcome"] = Outcomes,
            ["I6 one message, one id and one body"] = Messages,
            ["I7 every message is sent"] = Sent,
            ["I8 the feed is dense and in order"] = Feed,
            ["I9 decisions and states come out again"] = Replayed,
            ["I11 what is over stays over"] = Final,
            ["I12 tenants do not see each other"] = Tenants,
        };

    private static IEnumerable<string> Balances(Observed seen)
    {
        var sums = new Dictionary<(StockCell, StockAccount), long>();
        foreach (Posting posting in seen.Ledger.Journal)
        {
            sums[(posting.FromCell, posting.From)] = sums.GetValueOrDefault((posting.FromCell, posting.From)) - posting.Quantity.Units;
            sums[(posting.ToCell, posting.To)] = sums.GetValueOrDefault((posting.ToCell, posting.To)) + posting.Quantity.Units;
        }

        // What was taken while it was permitted stays taken when the permission is lowered.
        ILookup<StockCell, long> permitted = seen.Feed.Select(entry => StoredForms.ReadEvent(entry.Event)).OfType<OverdraftSet>()
            .ToLookup(set => set.Cell, set => set.Overdraft.Units);
        foreach (CellBalance cell in seen.Ledger.Balances)
        {
            long all = 0;
            foreach (StockAccount account in Enum.GetValues<StockAccount>())
            {
                long now = cell[account];
                all += now;
                long floor = account == StockAccount.Supply ? long.MinValue
                    : account == StockAccount.Available ? -permitted[cell.Cell].DefaultIfEmpty().Max()
                    : 0;
                if (now < floor || now != sums.GetValueOrDefault((cell.Cell, account)))
                {
                    yield return $"{cell.Cell} {account} is {now}, by its movements {sums.GetValueOrDefault((cell.Cell, account))}";
                }
            }

            bool isTravelled = seen.Ledger.Journal.Any(posting => posting.FromCell != posting.ToCell);
            if (all != 0 && !isTravelled)
            {
                yield return $"{cell.Cell} holds {all} that never came in";
            }
        }

        if (seen.Ledger.Balances.Sum(cell => Enum.GetValues<StockAccount>().Sum(account => cell[account])) != 0)
        {
            yield return "all cells together do not sum to nothing";
        }
    }

    private static IEnumerable<string> Holds(Observed seen) => seen.Ledger.Balances
        .Where(cell => cell[StockAccount.Reserved] != seen.Ledger.Holds.Where(held => held.Cell == cell.Cell).Sum(h => h.Quantity.Units))
        .Select(cell => $"{cell.Cell} has {cell[StockAccount.Reserved]} reserved");

    private static IEnumerable<string> Resolved(Observed seen)
    {
        var open = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach ((EventEnvelope envelope, OrderEvent happened) in OrderEvents(seen))
        {
            foreach (HoldChange change in OrderEffects.Holds(new OrderId(envelope.Stream.Key), happened))
            {
                string hold = $"{change.Order} {change.Line} {change.Cell}";
                open[hold] = open.GetValueOrDefault(hold) + change.Change;
                if (open[hold] < 0)
                {
                    yield return $"{hold} gives back more than it took, in {envelope.EventType} {envelope.Version}";
                }
            }
        }

        string left = string.Join('\n', open.Where(hold => hold.Value != 0).Select(hold => $"{hold.Key} {hold.Value}"));
        string kept = string.Join('\n', seen.Ledger.Holds.Select(h => $"{h.Order} {h.Line} {h.Cell} {h.Quantity.Units}")
            .Order(StringComparer.Ordinal));
        if (left != kept)
        {
            yield return $"open by the events:\n{left}\nby the ledger:\n{kept}";
        }
    }

    private static IEnumerable<string> Acknowledged(Observed seen)
    {
        ILookup<Guid, FeedEntry> events = seen.Feed.ToLookup(entry => entry.Event.EventId);
        for (int i = 0; i < seen.Submissions.Length; i++)
        {
            int rows = seen.Commands.Count(command => command.Id == seen.Submissions[i].Id);
            bool isStored = seen.Repetitions[i].First.Status != DeskStatus.Malformed;
            if (rows != (isStored ? 1 : 0))
            {
                yield return $"command {i} has {rows} rows";
            }

            foreach (Guid id in seen.Repetitions[i].First.Outcome.Events.Where(id => events[id].Count() != 1))
            {
                yield return $"event {id} of command {i} is there {events[id].Count()} times";
            }
        }
    }

    private static IEnumerable<string> Outcomes(Observed seen) => seen.Repetitions
        .Where(one => one.First.Outcome.ToJson() != one.Again.Outcome.ToJson()
            || (one.First.Status != DeskStatus.Malformed && (one.Again.Status, one.Reused) != (DeskStatus.Repeated, DeskStatus.KeyReused)))
        .Select(one => $"{one.First.Outcome.ToJson()} then {one.Again.Status} {one.Again.Outcome.ToJson()}, reused {one.Reused}");

    private static IEnumerable<string> Messages(Observed seen)
    {
        string[] announced = ["order.captured", "order.stock_held", "order.shipped"];
        IEnumerable<OutgoingMessage> expected = seen.Feed.Where(entry => announced.Contains(entry.Event.EventType))
            .Select(entry => OutgoingMessage.Announce(entry.Event, "erp"));
        string due = string.Join('\n', expected.Select(Text).Order(StringComparer.Ordinal));
        string there = string.Join('\n', seen.Messages.Where(m => m.Destination == "erp").Select(Text).Order(StringComparer.Ordinal));
        if (due != there || seen.Messages.Select(message => message.Id).Distinct().Count() != seen.Messages.Length)
        {
            yield return $"due:\n{due}\nthere:\n{there}";
        }
    }

    private static IEnumerable<string> Sent(Observed seen)
    {
        string due = string.Join('\n', seen.Messages.Select(Text).Order(StringComparer.Ordinal));
        string taken = string.Join('\n', seen.Sent.Select(Text).Order(StringComparer.Ordinal));
        if (due != taken || seen.Left > 0)
        {
            yield return $"{seen.Left} wait; due:\n{due}\ntaken:\n{taken}";
        }

        foreach (var stream in seen.Sent.GroupBy(message => (message.Destination, message.Stream)))
        {
            if (!stream.Select(message => message.Version).SequenceEqual(stream.Select(message => message.Version).Order()))
            {
                yield return $"{stream.Key} was told in another order";
            }
        }
    }

    private static IEnumerable<string> Feed(Observed seen)
    {
        for (int i = 0; i < seen.Feed.Length; i++)
        {
            if (seen.Feed[i].Position != i + 1)
            {
                yield return $"place {i + 1} is {seen.Feed[i].Position}";
            }
        }

        foreach (var stream in seen.Feed.Select(entry => entry.Event).GroupBy(e => e.Stream))
        {
            string previous = ContentHash.None;
            long version = 0;
            foreach (EventEnvelope one in stream)
            {
                if (one.Version != ++version || one.PreviousHash != previous)
                {
                    yield return $"{stream.Key} breaks at {one.Version}";
                }

                previous = one.Hash;
            }
        }
    }

    private static IEnumerable<string> Replayed(Observed seen) => seen.DecidedDifferently.Select(id => $"{id} is decided differently")
        .Concat(seen.Orders.Where(order => order.Remembered != order.Folded || order.Board != order.Row || order.Rebuilt != order.Row)
            .Select(order => $"{order}"))
        .Concat(seen.Feed.Where(entry => StoredForms.ReadEvent(entry.Event).ToJson() != entry.Event.Payload)
            .Select(entry => $"{entry.Event.EventType} reads back differently"));

    // Goods may come back and what is known may be put right when an order is over; nothing moves a piece or opens it again.
    private static IEnumerable<string> Final(Observed seen)
    {
        foreach (var stream in OrderEvents(seen).GroupBy(one => one.Envelope.Stream))
        {
            OrderState state = OrderState.None;
            foreach ((EventEnvelope envelope, OrderEvent happened) in stream)
            {
                bool isOver = envelope.Version > 1 && state.Stage.IsFinal;
                state = OrderFold.Evolve(state, happened);
                bool mayCome = happened is OrderReturned or OrderFactCorrected or OrderDelivered or OrderUnblocked or OrderStandingSet
                    or OrderArchived;
                if (isOver && (!mayCome || !state.Stage.IsFinal))
                {
                    yield return $"{stream.Key} was over and is {state.Stage} after {envelope.EventType} {envelope.Version}";
                }
            }
        }
    }

    private static IEnumerable<string> Tenants(Observed seen)
    {
        if (seen.Alone.Before != seen.Alone.After)
        {
            yield return $"another tenant changed\n{seen.Alone.Before}\nto\n{seen.Alone.After}";
        }

        if (seen.SeenByNobody > 0)
        {
            yield return $"a tenant that did nothing sees {seen.SeenByNobody} things";
        }
    }

    private static IEnumerable<(EventEnvelope Envelope, OrderEvent Happened)> OrderEvents(Observed seen) => seen.Feed
        .Where(entry => entry.Event.Stream.Category == StreamId.OrderCategory)
        .Select(entry => (entry.Event, (OrderEvent)StoredForms.ReadEvent(entry.Event)));

    private static string Text(OutgoingMessage message) => $"{message.Id} {message.Stream} {message.Version} {message.Body}";
}
