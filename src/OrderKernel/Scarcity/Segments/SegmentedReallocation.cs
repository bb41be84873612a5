using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Scarcity;

/// <summary>Shares supply among waiting demands by ordered segments: who may gain, who may lose. Nothing is changed; the plan says
/// what would be.</summary>
/// <remarks>
/// <para>Order: what Skip has is set aside, then what Gain and Improve have; everybody else lets go. Served are Win, Gain's more,
/// Redistribute, Fill up to what it had, and last Improve's more. Within a strategy segments go in their order.</para>
/// <para>No plan confirms more up to a day than comes up to it, unless what Skip has exceeds that already.</para>
/// <para>Source: docs/adr/0012-reallocation-segments.md. Cost: O(n log n + lines × days).</para>
/// </remarks>
public static class SegmentedReallocation
{
    private static readonly ImmutableArray<ReallocationStrategy> Order = ImmutableArray.Create(
        ReallocationStrategy.Win, ReallocationStrategy.Gain, ReallocationStrategy.Redistribute, ReallocationStrategy.Fill,
        ReallocationStrategy.Improve, ReallocationStrategy.Lose, ReallocationStrategy.Skip);

    /// <summary>Works out who would get what.</summary>
    /// <param name="days">The horizon; above zero. A day beyond it is not confirmed and not kept.</param>
    /// <param name="supply">What comes; a SKU that is absent has none.</param>
    /// <param name="demands">The demands, in any order; each order and line once.</param>
    /// <param name="segments">The segments; a demand belongs to the first whose filter takes it.</param>
    /// <exception cref="ArgumentException">A line, a SKU or a segment's code stands twice, or the horizon is empty.</exception>
    public static SegmentedPlan Simulate(
        int days, ImmutableArray<SkuSupply> supply, ImmutableArray<WaitingDemand> demands, ImmutableArray<ReallocationSegment> segments)
    {
        if (days <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(days), "A horizon has days.");
        }

        List<SegmentedDemand> served = Pick(demands, segments, days);
        var free = new SegmentedSupply(days, supply);
        var before = new SegmentedSupply(days, supply);
        foreach (SegmentedDemand demand in served)
        {
            for (int line = 0; line < demand.Before.Length; line++)
            {
                before.Take(demand.Demand.Lines[line].Sku, demand.Before[line]);
            }
        }

        foreach (SegmentedDemand demand in served)
        {
            if (demand.Strategy == ReallocationStrategy.Skip)
            {
                demand.KeepAll(free);
            }
        }

        foreach (SegmentedDemand demand in served)
        {
            if (demand.Strategy is ReallocationStrategy.Gain or ReallocationStrategy.Improve)
            {
                demand.KeepWhatIsThere(free);
            }
        }

        foreach (SegmentedDemand demand in served)
        {
            demand.Serve(free);
        }

        ImmutableArray<LineReallocation> lines = Report(served);
        return new SegmentedPlan(lines, new DisplacementReport(days, before, served).Write());
    }

    private static List<SegmentedDemand> Pick(
        ImmutableArray<WaitingDemand> demands, ImmutableArray<ReallocationSegment> segments, int days)
    {
        var skip = new ReallocationSegment(string.Empty, ReallocationStrategy.Skip);
        var seen = new HashSet<(OrderId, int)>();
        var picked = new List<(int Place, SegmentedDemand Demand)>(demands.Length);
        foreach (WaitingDemand demand in demands)
        {
            foreach (WaitingLine line in demand.Lines)
            {
                if (!seen.Add((demand.Facts.Order, line.Number)))
                {
                    throw new ArgumentException($"{demand.Facts.Order} line {line.Number} stands twice.", nameof(demands));
                }
            }

            int at = 0;
            while (at < segments.Length && !segments[at].Filter(demand))
            {
                at++;
            }

            ReallocationSegment segment = at < segments.Length ? segments[at] : skip;
            picked.Add(((Order.IndexOf(segment.Strategy) * (segments.Length + 1)) + at, new SegmentedDemand(demand, segment, days)));
        }

        picked.Sort(static (a, b) => a.Place != b.Place
            ? a.Place.CompareTo(b.Place)
            : a.Demand.Segment.Compare(a.Demand.Demand, b.Demand.Demand));
        var served = new List<SegmentedDemand>(picked.Count);
        int first = 0;
        foreach ((int _, SegmentedDemand demand) in picked)
        {
            demand.FirstLine = first;
            first += demand.Demand.Lines.Length;
            served.Add(demand);
        }

        return served;
    }

    private static ImmutableArray<LineReallocation> Report(List<SegmentedDemand> served)
    {
        var lines = ImmutableArray.CreateBuilder<LineReallocation>();
        foreach (SegmentedDemand demand in served)
        {
            for (int i = 0; i < demand.Demand.Lines.Length; i++)
            {
                WaitingLine line = demand.Demand.Lines[i];
                lines.Add(new LineReallocation(
                    demand.Demand.Facts.Order, line.Number, line.Sku, demand.Segment.Code, demand.Strategy,
                    SegmentedSupply.ByDay(demand.Before[i]), SegmentedSupply.ByDay(demand.After[i]), demand.IsException[i]));
            }
        }

        return lines.ToImmutable();
    }
}
