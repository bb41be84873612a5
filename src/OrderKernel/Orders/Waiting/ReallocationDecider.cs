using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Decides a chunk of a reallocation: first everybody lets go, then takers take from what is free now.</summary>
internal static class ReallocationDecider
{
    public static Decision Decide(ReallocateStock command, DecisionContext context)
    {
        var findings = new List<Finding>();
        var moves = command.Moves.ToLookup(static move => move.Order);
        var given = ImmutableArray.CreateBuilder<(SeenOrder Order, ImmutableArray<Take> Takes)>();
        foreach (SeenOrder other in context.Sight.Others)
        {
            var takes = ImmutableArray.CreateBuilder<Take>();
            foreach (ReallocationMove move in moves[other.Order].OrderBy(move => other.State.IndexOfLine(move.Line)))
            {
                OrderLine? line = other.State.Line(move.Line);
                if (line is null || line.Held != move.Before || move.After > line.Open || other.State.ArchivedAt is not null)
                {
                    findings.Add(OrderRefusals.ReallocationMoved.About(
                        other.Order.Text, "line", other.Order.Text, OrderDecider.Digits(move.Line), move.Before.ToString(),
                        line?.Held.ToString() ?? "-"));
                }
                else if (move.After > move.Before && !OrderFeatures.MayBeServed(other.State))
                {
                    findings.Add(FeatureRefusals.HoldsByItself.About(other.Order.Text, "line", other.Order.Text));
                }
                else
                {
                    OrderDecider.ReleaseDownTo(line, move.After, takes);
                }
            }

            given.Add((other, takes.ToImmutable()));
        }

        return findings.Count > 0 ? Decision.Refuse(findings.ToArray()) : Take(moves, given.ToImmutable(), context);
    }

    private static Decision Take(
        ILookup<OrderId, ReallocationMove> moves, ImmutableArray<(SeenOrder Order, ImmutableArray<Take> Takes)> given,
        DecisionContext context)
    {
        StockPicture left = Preemption.With(context.Stock, given);
        var streams = ImmutableArray.CreateBuilder<StreamEvents>();
        var findings = new List<Finding>();
        foreach ((SeenOrder other, ImmutableArray<Take> released) in given)
        {
            var events = ImmutableArray.CreateBuilder<DomainEvent>();
            if (!released.IsEmpty)
            {
                events.AddRange(Lose(other, released, moves[other.Order], context));
            }

            ImmutableArray<Demand> more = ImmutableArray.CreateRange(moves[other.Order].Where(static move => move.After > move.Before)
                .OrderBy(move => other.State.IndexOfLine(move.Line))
                .Select(move => new Demand(move.Line, other.State.Line(move.Line)!.Sku, move.After - move.Before)));
            Allocation served = Allocation.Serve(more, left, default);
            findings.AddRange(OrderDecider.Shortages(served));
            if (!served.Takes.IsEmpty)
            {
                left = left.Without(served.Takes);
                (HoldTier? tier, NodaTime.Instant? expires) = HoldTerms.Kept(other.State, context);
                events.Add(new OrderStockHeld(context.Now, served.Takes, other.State.HoldGeneration + 1, expires, tier)
                {
                    Borrowed = served.Borrowed,
                });
            }

            if (events.Count > 0)
            {
                streams.Add(new StreamEvents(new StreamId(StreamId.OrderCategory, other.Order.Text), events.ToImmutable()));
            }
        }

        return findings.Count > 0 ? Decision.Refuse(findings.ToArray())
            : streams.Count == 0 ? Decision.AlreadyTrue()
            : Decision.Accept(streams.ToImmutable());
    }

    // What nobody took was let go; what somebody took is a displacement, with its notice and another promise.
    private static IEnumerable<DomainEvent> Lose(
        SeenOrder other, ImmutableArray<Take> released, IEnumerable<ReallocationMove> moves, DecisionContext context)
    {
        ReallocationMove? taken = moves.FirstOrDefault(static move => move.By is not null && move.After < move.Before);
        return taken is null
            ? new DomainEvent[] { new OrderStockReleased(context.Now, released, "reallocated") }
            : Preemption.Tell(other, released, taken.By!.Value, other.State.HoldTier ?? HoldTier.Firm, taken.Segment, context);
    }
}
