using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Takes held stock from orders of a weaker tier, as far as the policy allows, and tells each of them in the same
/// commit.</summary>
internal static class Preemption
{
    /// <summary>What the others give up so that a hold is served, by order; less than what is short when they hold no more.</summary>
    /// <param name="short">What free stock does not serve.</param>
    /// <param name="nodes">The nodes that may serve; empty for all.</param>
    /// <param name="taker">The tier of the hold.</param>
    /// <param name="context">The others, weakest first, and the policy.</param>
    public static ImmutableArray<(SeenOrder Order, ImmutableArray<Take> Takes)> From(
        ImmutableArray<Shortage> @short, ImmutableArray<NodeId> nodes, HoldTier taker, DecisionContext context)
    {
        var missing = new Dictionary<Sku, long>();
        foreach (Shortage shortage in @short)
        {
            missing[shortage.Sku] = shortage.Wanted.Units - shortage.Free.Units;
        }

        var given = ImmutableArray.CreateBuilder<(SeenOrder, ImmutableArray<Take>)>();
        foreach (SeenOrder other in context.Sight.Others)
        {
            HoldTier holder = other.State.HoldTier ?? HoldTier.Firm;
            if (context.Sight.Tiers is { } tiers && tiers.MayDisplace(taker, holder))
            {
                ImmutableArray<Take> takes = FromOne(other.State, missing, nodes, context.Stock);
                if (!takes.IsEmpty)
                {
                    given.Add((other, takes));
                }
            }
        }

        return given.ToImmutable();
    }

    /// <summary>The picture with what is given up added to what is free; real pieces stay real for whoever takes them.</summary>
    public static StockPicture With(
        StockPicture picture, ImmutableArray<(SeenOrder Order, ImmutableArray<Take> Takes)> given)
    {
        var more = new Dictionary<StockCell, (long All, long Real)>();
        foreach ((SeenOrder other, ImmutableArray<Take> takes) in given)
        {
            foreach (Take take in takes)
            {
                long borrowed = other.State.Line(take.Line)?.BorrowedIn(take.Cell) ?? 0;
                more.TryGetValue(take.Cell, out (long All, long Real) before);
                more[take.Cell] = (
                    before.All + take.Quantity.Units, before.Real + Math.Max(0, take.Quantity.Units - borrowed));
            }
        }

        ImmutableArray<FreeStock> cells = ImmutableArray.CreateRange(
            picture.Cells, cell => more.TryGetValue(cell.Cell, out (long All, long Real) units)
                ? cell with { Available = cell.Available + units.All, GivenUp = units.Real }
                : cell);
        return new StockPicture(cells);
    }

    /// <summary>What happens to a displaced order: the loss, and another promise or none.</summary>
    public static ImmutableArray<DomainEvent> Tell(
        SeenOrder other, ImmutableArray<Take> takes, OrderId by, HoldTier taker, string rule, DecisionContext context)
    {
        var events = ImmutableArray.CreateBuilder<DomainEvent>(2);
        events.Add(new OrderDisplaced(context.Now, takes, by, other.State.HoldTier ?? HoldTier.Firm, taker, rule));
        if (other.State.CurrentPromise is { } promise)
        {
            Instant? next = NextPromise(takes, context);
            events.Add(next is { } at
                ? new OrderPromised(
                    context.Now, at > promise.PromisedAt ? at : promise.PromisedAt, PromiseCause.Displaced, by.Text)
                : new OrderUnpromised(context.Now, "displaced"));
        }

        return events.ToImmutable();
    }

    // Everybody who waits already comes first, so that the new promise breaks no other.
    private static Instant? NextPromise(ImmutableArray<Take> takes, DecisionContext context)
    {
        var lost = new SortedDictionary<Sku, long>();
        foreach (Take take in takes)
        {
            lost.TryGetValue(take.Cell.Sku, out long before);
            lost[take.Cell.Sku] = before + take.Quantity.Units;
        }

        Instant? last = null;
        foreach (KeyValuePair<Sku, long> entry in lost)
        {
            IEnumerable<long> waiting = context.Sight.Waiting.Where(one => one.Key == entry.Key).Select(static one => one.Value);
            long need = Quantity.Total(waiting.Prepend(entry.Value)).Units;

            Instant? at = null;
            foreach (ExpectedSupply supply in context.Sight.Expected)
            {
                if (at is null && supply.Sku == entry.Key)
                {
                    need -= supply.Quantity.Units;
                    at = need <= 0 ? supply.At : null;
                }
            }

            if (at is null)
            {
                return null;
            }

            last = last is { } l && l > at ? l : at;
        }

        return last;
    }

    // Borrowed before real, last held first given up; a cell that is overdrawn gives nothing, since what it gives would only fill the
    // hole.
    private static ImmutableArray<Take> FromOne(
        OrderState state, Dictionary<Sku, long> missing, ImmutableArray<NodeId> nodes, StockPicture picture)
    {
        var takes = ImmutableArray.CreateBuilder<Take>();
        foreach (OrderLine line in state.Lines)
        {
            missing.TryGetValue(line.Sku, out long wanted);
            OrderLine giving = line with
            {
                Holds = line.Holds.RemoveAll(hold =>
                    (!nodes.IsDefaultOrEmpty && !nodes.Contains(hold.Cell.Node)) || !picture.IsWhole(hold.Cell)),
            };
            giving = giving with { Held = Quantity.Total(giving.Holds.Select(static hold => hold.Quantity.Units)) };
            long part = Math.Min(wanted, giving.Held.Units);
            OrderDecider.ReleaseDownTo(giving, new Quantity(giving.Held.Units - part), takes);
            missing[line.Sku] = wanted - part;
        }

        return takes.ToImmutable();
    }
}
