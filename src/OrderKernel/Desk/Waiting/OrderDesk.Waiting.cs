using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Decisions that reach beyond one order: who is displaced, and who of those who wait is served.</summary>
public sealed partial class OrderDesk
{
    // Weakest first: the lowest tier, within it the lowest rank.
    private async Task<(ImmutableArray<KnownOrder> Orders, DecisionSight Sight)> LookAroundAsync(
        KnownOrder own, HoldStock hold, StockPicture stock, Instant now, CancellationToken cancellation)
    {
        ImmutableArray<KnownOrder> orders = ImmutableArray.Create(own);
        DecisionSight sight = DecisionSight.None with { Tiers = options.Tiers };
        ImmutableArray<Sku> skus = OrderNeeds.Stock(own.State, hold);
        var missing = new Dictionary<Sku, long>();
        foreach (Sku sku in skus)
        {
            long wanted = Total(own.State.Lines.Where(line => line.Sku == sku).Select(static line => line.Unheld.Units));
            long free = Total(stock.Cells.Where(cell => cell.Cell.Sku == sku && cell.Cell.Owner == default
                && (hold.Nodes.IsDefaultOrEmpty || hold.Nodes.Contains(cell.Cell.Node))).Select(static cell => cell.Free));
            missing[sku] = Math.Max(0, wanted - free);
        }

        if (!hold.Preempt || skus.All(sku => missing[sku] == 0))
        {
            return (orders, sight);
        }

        ImmutableArray<OpenLine> lines = await store.ReadOpenLinesAsync(options.Tenant, skus, cancellation).ConfigureAwait(false);
        HoldTier tier = HoldTerms.TierOf(own.State, hold.Tier, options.Tiers)!.Value;
        ImmutableArray<OpenLine> weaker = ImmutableArray.CreateRange(lines.Where(line =>
            line.Order != own.Order && !line.Held.IsZero && options.Tiers!.MayDisplace(tier, line.Tier)));
        ImmutableArray<int> ranked = options.Priority.Sort(ImmutableArray.CreateRange(weaker, static line => line.Facts), now);
        var picked = new List<OrderId>();
        foreach (OpenLine line in ranked.Reverse().Select(at => weaker[at]).OrderBy(static line => line.Tier))
        {
            if (missing[line.Sku] > 0 && picked.Count < options.MaxOrdersInUnit)
            {
                missing[line.Sku] -= hold.Nodes.IsDefaultOrEmpty ? line.Held.Units : 0;
                if (!picked.Contains(line.Order))
                {
                    picked.Add(line.Order);
                }
            }
        }

        ImmutableArray<KnownOrder> others = await LoadAllAsync(picked, cancellation).ConfigureAwait(false);
        ImmutableArray<ExpectedSupply> expected = options.Outlook is null
            ? ImmutableArray<ExpectedSupply>.Empty
            : await options.Outlook.ReadAsync(options.Tenant, skus, cancellation).ConfigureAwait(false);
        var waiting = ImmutableArray.CreateRange(skus, sku => new KeyValuePair<Sku, long>(
            sku, Total(lines.Where(line => line.Sku == sku && line.Order != own.Order).Select(static line => line.Unheld.Units))));
        return (orders.AddRange(others), new DecisionSight(Seen(others), options.Tiers, expected, waiting));
    }

    // Commands on several orders: the orders are read as they are now, whatever is remembered of them.
    private async Task<Decided?> DecideManyAsync(Submission submission, StreamHead head, CancellationToken cancellation)
    {
        Instant now = Now();
        DecisionBasis basis = await BasisInForceAsync(submission, null, StockDocument.None, cancellation).ConfigureAwait(false);
        if (!AccessGate.Check(basis, submission).IsEmpty)
        {
            // Nothing is looked at for who may not.
            return Deciding.Decide(options, submission, now, Reading.Of(head, options.Limits, basis));
        }

        StockPicture stock;
        ImmutableArray<KnownOrder> orders;
        if (submission.Command is CoverBorrowed cover)
        {
            return await DecideCoverAsync(submission, cover, head, now, basis, cancellation).ConfigureAwait(false);
        }

        if (submission.Command is ServeWaiting serve)
        {
            stock = await ReadStockAsync(serve.Skus, cancellation).ConfigureAwait(false);
            IReadOnlyList<OrderId> next = await NextToServeAsync(serve, stock, now, cancellation).ConfigureAwait(false);
            orders = await LoadAllAsync(next, cancellation).ConfigureAwait(false);
        }
        else if (submission.Command is NumberOrder number)
        {
            stock = NoStock;
            orders = await LoadAllAsync(new[] { number.Order }, cancellation).ConfigureAwait(false);
        }
        else
        {
            orders = await LoadAllAsync(((ReallocateStock)submission.Command).Orders, cancellation).ConfigureAwait(false);
            var skus = new SortedSet<Sku>(orders.SelectMany(static known => known.State.Lines).Select(static line => line.Sku));
            stock = await ReadStockAsync(ImmutableArray.CreateRange(skus), cancellation).ConfigureAwait(false);
        }

        DecisionSight sight = DecisionSight.None with { Others = Seen(orders), Tiers = options.Tiers };
        return Deciding.Decide(options, submission, now, new Reading(head, orders, stock, options.Limits, sight, basis));
    }

    // By rank, as many as stock is left for; the order whose own release freed the stock does not get it back at once.
    private async Task<IReadOnlyList<OrderId>> NextToServeAsync(
        ServeWaiting serve, StockPicture stock, Instant now, CancellationToken cancellation)
    {
        ImmutableArray<OpenLine> lines = await store.ReadOpenLinesAsync(options.Tenant, serve.Skus, cancellation).ConfigureAwait(false);
        ImmutableArray<OpenLine> waiting = ImmutableArray.CreateRange(lines.Where(line => !line.Unheld.IsZero && !line.IsBlocked
            && !(serve.Stream.Category == StreamId.OrderCategory && serve.Stream.Key == line.Order.Text)));
        Dictionary<Sku, long> left = serve.Skus.ToDictionary(static sku => sku, sku => WaitingLines.FreeOf(stock, sku));
        var next = new List<OrderId>();
        var known = new HashSet<OrderId>();
        foreach (int at in options.Priority.Sort(ImmutableArray.CreateRange(waiting, static line => line.Facts), now))
        {
            OpenLine line = waiting[at];
            if (left[line.Sku] > 0 && (known.Contains(line.Order) || next.Count < serve.Most))
            {
                left[line.Sku] -= line.Unheld.Units;
                if (known.Add(line.Order))
                {
                    next.Add(line.Order);
                }
            }
        }

        return next;
    }

    private async Task<WaitingServed> ServeAsync(Submission cause, UnitOfWork unit, CancellationToken cancellation)
    {
        ImmutableArray<Sku> freed = WaitingLines.Freed(unit.Postings);
        if (!options.ServesWaiting || cause.Command is not (OrderCommand or StockCommand) || freed.IsEmpty)
        {
            return WaitingServed.Nothing;
        }

        try
        {
            long version = CommandOutcomeVersion(unit, cause.Command.Stream);
            return await ServeAsync(
                cause.Command.Stream, version, freed, cause.Actor, CommandOrigin.FollowUp, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is OrderKernelException { IsTransient: true } or OperationCanceledException)
        {
            // The change is committed and its answer is due; those who wait are served when its timer wakes up.
            return WaitingServed.Nothing;
        }
    }

    private static long CommandOutcomeVersion(UnitOfWork unit, StreamId stream)
    {
        foreach (StreamAppend append in unit.Appends)
        {
            if (append.Stream == stream)
            {
                return append.ExpectedVersion + append.Events.Length;
            }
        }

        return unit.Command.ReadVersion;
    }

    // For the timer: the SKUs follow from the events that the change left in its stream.
    private async Task ServeAsync(StreamId cause, int version, Actor actor, CancellationToken cancellation)
    {
        ImmutableArray<EventEnvelope> stream =
            await store.ReadStreamAsync(options.Tenant, cause, 0, cancellation).ConfigureAwait(false);
        var postings = ImmutableArray.CreateBuilder<Posting>();
        foreach (EventEnvelope envelope in stream.Where(e => e.Command == stream[version - 1].Command))
        {
            DomainEvent happened = StoredForms.ReadEvent(options.Forms.Lift(envelope));
            postings.AddRange(happened is OrderEvent ofOrder
                ? OrderEffects.Postings(ofOrder)
                : StockEffects.Postings((StockEvent)happened));
        }

        await ServeAsync(
            cause, version, WaitingLines.Freed(postings.ToImmutable()), actor, CommandOrigin.WakeUp, cancellation).ConfigureAwait(false);
    }

    private async Task<WaitingServed> ServeAsync(
        StreamId cause, long version, ImmutableArray<Sku> skus, Actor actor, CommandOrigin origin, CancellationToken cancellation)
    {
        StockPicture before = await ReadStockAsync(skus, cancellation).ConfigureAwait(false);
        var served = ImmutableArray.CreateBuilder<ServedOrder>();
        for (int chunk = 0; ; chunk++)
        {
            string name = $"{options.Tenant}/{cause}/{WaitingLines.Purpose}/{version}/{options.MaxOrdersInUnit}/{chunk}";
            var serve = new ServeWaiting(cause, version, chunk, options.MaxOrdersInUnit, skus);
            DeskResult result = await IssueAsync(name, actor, serve, origin, cancellation).ConfigureAwait(false);
            foreach (StreamEvents events in result.Decided?.Decision.Streams ?? ImmutableArray<StreamEvents>.Empty)
            {
                served.Add(new ServedOrder(new OrderId(events.Stream.Key), ((OrderStockHeld)events.Events[0]).Takes));
            }

            // At least one event an order, so a chunk that was not full has fewer; it was the last.
            if (result.Outcome.Events.Length < options.MaxOrdersInUnit)
            {
                break;
            }
        }

        StockPicture after = await ReadStockAsync(skus, cancellation).ConfigureAwait(false);
        return new WaitingServed(
            ImmutableArray.CreateRange(skus, sku => new FreeOfSku(
                sku, WaitingLines.FreeOf(before, sku), WaitingLines.FreeOf(after, sku))),
            served.ToImmutable());
    }

    private async Task<ImmutableArray<KnownOrder>> LoadAllAsync(IReadOnlyList<OrderId> orders, CancellationToken cancellation)
    {
        var known = ImmutableArray.CreateBuilder<KnownOrder>(orders.Count);
        foreach (OrderId order in orders)
        {
            known.Add(await LoadAsync(order, true, cancellation).ConfigureAwait(false));
        }

        return known.MoveToImmutable();
    }

    private static long Total(IEnumerable<long> units) => Quantity.Total(units).Units;

    private static ImmutableArray<SeenOrder> Seen(ImmutableArray<KnownOrder> orders) =>
        ImmutableArray.CreateRange(orders, static known => new SeenOrder(known.Order, known.State));
}
