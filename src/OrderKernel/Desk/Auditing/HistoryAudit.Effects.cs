using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <content>What events mean beyond themselves, beside what is kept: ledger, holds, overdrafts, timers, messages, open lines and the
/// board.</content>
internal sealed partial class HistoryAudit
{
    private readonly KeptBoard? board;
    private readonly Dictionary<OrderId, long> onBoard = new();
    private readonly Dictionary<OrderId, BoardEntry> drawn = new();
    private readonly Dictionary<Guid, OutgoingMessage> messages = new();
    private readonly Dictionary<StreamId, List<OutgoingMessage>> messagesOf = new();
    private readonly Dictionary<(StreamId Stream, string Purpose), TimerChange> timers = new();
    private readonly Dictionary<StreamId, TimerChange> expiries = new();
    private readonly Dictionary<StreamId, int> woken = new();
    private readonly Dictionary<StockCell, long> overdrafts = new();
    private readonly Dictionary<(OrderId Order, int Line, StockCell Cell), long> holds = new();
    private readonly List<OpenLine> open = new();

    private void Fold(StreamId stream, ImmutableArray<EventEnvelope> events)
    {
        ILookup<long, OutgoingMessage> writtenBack = CompareMessages(stream, events);
        if (stream.Category == StreamId.DefinitionsCategory)
        {
            return;
        }

        bool isOrder = stream.Category == StreamId.OrderCategory;
        OrderState state = OrderState.None;
        OrderId order = isOrder ? new OrderId(stream.Key) : default;
        long shown = 0;
        bool isShown = isOrder && onBoard.TryGetValue(order, out shown);
        try
        {
            foreach (EventEnvelope envelope in events)
            {
                DomainEvent happened = Read(envelope)!;
                Gather(envelope, happened);
                if (isOrder)
                {
                    state = OrderFold.Evolve(state, happened);
                }

                foreach (OutgoingMessage message in writtenBack[envelope.Version])
                {
                    if (!isOrder || !WriteBack.Says(message, envelope, happened, state))
                    {
                        Found(HistoryFindings.MessageDiffers, message.Id, message.Id, stream, Digits(message.Version));
                    }
                }

                if (isShown && envelope.Version == shown)
                {
                    drawn[order] = BoardEntry.Of(order, state);
                }
            }
        }
        catch (Exception fault) when (IsDamage(fault))
        {
            Found(HistoryFindings.Unreadable, stream, fault.Message);
        }

        if (isOrder)
        {
            open.AddRange(OpenLine.Changes(order, OrderState.None, state));
        }
    }

    private void Gather(EventEnvelope envelope, DomainEvent happened)
    {
        ImmutableArray<Posting> postings = ImmutableArray<Posting>.Empty;
        if (happened is OrderEvent ofOrder)
        {
            postings = OrderEffects.Postings(ofOrder);
            foreach (HoldChange change in OrderEffects.Holds(new OrderId(envelope.Stream.Key), ofOrder))
            {
                var key = (change.Order, change.Line, change.Cell);
                holds.TryGetValue(key, out long before);
                holds[key] = before + change.Change;
            }

            if (OrderEffects.Timer(envelope.Stream, ofOrder) is { } timer)
            {
                expiries[envelope.Stream] = timer;
            }
        }
        else if (happened is StockEvent ofStock)
        {
            postings = StockEffects.Postings(ofStock);
        }

        if (!postings.IsEmpty)
        {
            caused[envelope.Command].Postings.Add((envelope.Ordinal, postings));
        }
    }

    // A message tells of one event and follows from it; a stream's messages of one kind to one receiver leave in the order of its events.
    // Returned is what is written back, by the version of its event: what it says depends on the order as well.
    private ILookup<long, OutgoingMessage> CompareMessages(StreamId stream, ImmutableArray<EventEnvelope> events)
    {
        messagesOf.TryGetValue(stream, out List<OutgoingMessage>? kept);
        messagesOf.Remove(stream);
        var last = new Dictionary<(string Destination, bool IsBack), long>();
        var writtenBack = new List<OutgoingMessage>();
        foreach (OutgoingMessage message in kept ?? new List<OutgoingMessage>())
        {
            EventEnvelope? told = message.Version > 0 && message.Version <= events.Length ? events[(int)message.Version - 1] : null;
            bool isBack = told is not null && WriteBack.IsFor(message, told);
            last.TryGetValue((message.Destination, isBack), out long before);
            last[(message.Destination, isBack)] = message.Version;
            bool isRight = told is not null && message.Version > before
                && (isBack || OutgoingMessage.Announce(told, message.Destination) == message);
            if (!isRight)
            {
                Found(HistoryFindings.MessageDiffers, message.Id, message.Id, stream, Digits(message.Version));
            }
            else if (isBack)
            {
                writtenBack.Add(message);
            }
        }

        return writtenBack.ToLookup(static message => message.Version);
    }

    // One that was refused or came early clears nothing; before rules 3 it did.
    private bool Clears(DecidedCommand command, CommandOutcome outcome, int generation)
    {
        bool isEarly = expiries.TryGetValue(command.Stream, out TimerChange? expiry) && expiry.Generation == generation
            && expiry.Due > command.DecidedAt;
        return Replay.RulesOf(command) < 3 || (outcome.IsAccepted && !isEarly);
    }

    // A wake-up that was acted upon clears its timer; one for those who wait or borrowed stands for stock that fell free.
    private void AddWakeUp(DecidedCommand command, CommandOutcome outcome, Caused of)
    {
        if (StoredCommands.Read(command.Body) is ExpireHold expire && Clears(command, outcome, expire.Generation))
        {
            woken.TryGetValue(command.Stream, out int before);
            woken[command.Stream] = Math.Max(before, expire.Generation);
        }

        if (!outcome.IsAccepted || timers.Count == 0 || of.Postings.Count == 0)
        {
            return;
        }

        ImmutableArray<Sku> freed = WaitingLines.Freed(of.AllPostings());
        if (!freed.IsEmpty)
        {
            Explain(WaitingLines.WakeUp(command.Stream, outcome.Version, command.DecidedAt));
        }

        foreach (Sku sku in freed)
        {
            Explain(Covering.WakeUp(command.Stream, command.Id, sku, command.DecidedAt));
        }
    }

    private void Explain(TimerChange asked)
    {
        if (timers.TryGetValue((asked.Stream, asked.Purpose), out TimerChange? kept) && kept == asked)
        {
            timers.Remove((asked.Stream, asked.Purpose));
        }
    }

    private void FinishEffects(LedgerContents ledger)
    {
        foreach (KeyValuePair<StreamId, List<OutgoingMessage>> unknown in messagesOf.OrderBy(static one => one.Key))
        {
            foreach (OutgoingMessage message in unknown.Value)
            {
                Found(HistoryFindings.MessageDiffers, message.Id, message.Id, message.Stream, Digits(message.Version));
            }
        }

        FinishHolds(ledger.Holds);
        foreach (CellBalance cell in ledger.Balances)
        {
            overdrafts.TryGetValue(cell.Cell, out long computed);
            overdrafts.Remove(cell.Cell);
            if (computed != cell.Overdraft.Units)
            {
                Found(HistoryFindings.OverdraftDiffers, cell.Cell, cell.Cell, Digits(cell.Overdraft.Units), Digits(computed));
            }
        }

        foreach (KeyValuePair<StockCell, long> gone in overdrafts.Where(static one => one.Value != 0))
        {
            Found(HistoryFindings.OverdraftDiffers, gone.Key, gone.Key, "0", Digits(gone.Value));
        }

        if (contents is not null)
        {
            FinishPostings(contents.Postings);
            FinishTimers();
            FinishOpenLines(contents.OpenLines);
        }
    }

    private void FinishPostings(ImmutableArray<StoredPosting> journal)
    {
        var kept = new Dictionary<CommandId, List<Posting>>();
        foreach (StoredPosting one in journal)
        {
            if (one.Command is { } command)
            {
                Listed(kept, command).Add(one.Posting);
            }
            else
            {
                Found(
                    HistoryFindings.PostingUnclaimed, one.Posting.FromCell, Digits(one.Posting.Quantity.Units), one.Posting.FromCell);
            }
        }

        foreach (KeyValuePair<CommandId, Caused> one in caused)
        {
            bool isThere = kept.TryGetValue(one.Key, out List<Posting>? moved);
            kept.Remove(one.Key);
            ImmutableArray<Posting> expected = one.Value.AllPostings();
            if (isThere ? !expected.SequenceEqual(moved!) : !expected.IsEmpty)
            {
                Found(HistoryFindings.PostingsDiffer, one.Key, one.Key);
            }
        }

        foreach (CommandId command in kept.Keys)
        {
            Found(HistoryFindings.PostingsDiffer, command, command);
        }
    }

    private void FinishHolds(ImmutableArray<HeldStock> kept)
    {
        foreach (HeldStock one in kept)
        {
            var key = (one.Order, one.Line, one.Cell);
            holds.TryGetValue(key, out long computed);
            holds.Remove(key);
            if (computed != one.Quantity.Units)
            {
                Found(
                    HistoryFindings.HoldDiffers, one.Order, one.Order, Digits(one.Line), one.Cell, Digits(one.Quantity.Units),
                    Digits(computed));
            }
        }

        foreach (var gone in holds.Where(static one => one.Value != 0))
        {
            (OrderId order, int line, StockCell cell) = gone.Key;
            Found(HistoryFindings.HoldDiffers, order, order, Digits(line), cell, "0", Digits(gone.Value));
        }
    }

    private void FinishTimers()
    {
        foreach (KeyValuePair<StreamId, TimerChange> expiry in expiries.OrderBy(static one => one.Key))
        {
            var key = (expiry.Key, OrderEffects.HoldExpiry);
            timers.TryGetValue(key, out TimerChange? kept);
            timers.Remove(key);
            woken.TryGetValue(expiry.Key, out int generation);
            bool mayBeGone = expiry.Value.Due is null || generation >= expiry.Value.Generation;
            if (kept is null ? !mayBeGone : kept != expiry.Value)
            {
                Found(HistoryFindings.TimerDiffers, expiry.Key, expiry.Key, OrderEffects.HoldExpiry);
            }
        }

        foreach (TimerChange left in timers.Values)
        {
            Found(HistoryFindings.TimerDiffers, left.Stream, left.Stream, left.Purpose);
        }
    }

    private void FinishOpenLines(ImmutableArray<OpenLine> kept)
    {
        var rows = new Dictionary<(Sku Sku, OrderId Order, int Line), OpenLine>();
        foreach (OpenLine row in kept)
        {
            rows[(row.Sku, row.Order, row.Line)] = row;
        }

        foreach (OpenLine line in open)
        {
            var key = (line.Sku, line.Order, line.Line);
            if (!rows.TryGetValue(key, out OpenLine? row) || row != line)
            {
                Found(HistoryFindings.OpenLineDiffers, line.Order, line.Order, Digits(line.Line), line.Sku);
            }

            rows.Remove(key);
        }

        foreach (OpenLine row in rows.Values)
        {
            Found(HistoryFindings.OpenLineDiffers, row.Order, row.Order, Digits(row.Line), row.Sku);
        }
    }

    private void TellBoard(FeedEntry entry)
    {
        if (entry.Position <= (board?.Position ?? 0) && entry.Event.Stream.Category == StreamId.OrderCategory)
        {
            onBoard[new OrderId(entry.Event.Stream.Key)] = entry.Event.Version;
        }
    }

    private void FinishBoard()
    {
        if (board is null)
        {
            return;
        }

        foreach (BoardEntry entry in board.Entries)
        {
            bool isRight = drawn.TryGetValue(entry.Order, out BoardEntry? expected) && expected == entry;
            drawn.Remove(entry.Order);
            if (!isRight)
            {
                Found(HistoryFindings.BoardDiffers, entry.Order, entry.Order);
            }
        }

        foreach (OrderId order in drawn.Keys)
        {
            Found(HistoryFindings.BoardDiffers, order, order);
        }

        if (board.Position > feed.Count)
        {
            Found(HistoryFindings.BoardDiffers, "feed", "feed " + Digits(board.Position));
        }
    }
}
