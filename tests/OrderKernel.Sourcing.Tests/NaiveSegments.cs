using System;
using System.Collections.Generic;
using System.Linq;
using OrderKernel.Scarcity;

namespace OrderKernel.Sourcing.Tests;

/// <summary>The semantics of segments for one SKU, piece by piece and with every sum taken anew: slow and plain.</summary>
internal sealed class NaiveSegments
{
    private readonly int days;
    private readonly long[] receipts;
    private readonly List<(WaitingDemand Demand, ReallocationStrategy Strategy, long[] Had, long[] Has)> all = [];

    public NaiveSegments(int days, long[] receipts, IEnumerable<(WaitingDemand Demand, ReallocationStrategy Strategy)> inOrder)
    {
        this.days = days;
        this.receipts = receipts;
        foreach ((WaitingDemand demand, ReallocationStrategy strategy) in inOrder)
        {
            var had = new long[days];
            foreach (DayQuantity part in demand.Lines[0].Confirmed)
            {
                had[part.Day] += part.Quantity.Units;
            }

            all.Add((demand, strategy, had, new long[days]));
        }
    }

    public Dictionary<WaitingDemand, long[]> Run()
    {
        foreach (var d in Of(ReallocationStrategy.Skip))
        {
            Array.Copy(d.Had, d.Has, days);
        }

        foreach (var d in Of(ReallocationStrategy.Gain).Concat(Of(ReallocationStrategy.Improve)).OrderBy(d => all.IndexOf(d)))
        {
            Pieces(d.Has, day => Sum(d.Had, day));
        }

        Serve(ReallocationStrategy.Win, Anew);
        Serve(ReallocationStrategy.Gain, More);
        Serve(ReallocationStrategy.Redistribute, Anew);
        Serve(ReallocationStrategy.Fill, (d, day) => Sum(d.Had, day));
        Serve(ReallocationStrategy.Improve, More);
        return all.ToDictionary(d => d.Demand, d => d.Has);
    }

    private static long Anew((WaitingDemand Demand, ReallocationStrategy Strategy, long[] Had, long[] Has) d, int day) =>
        day < d.Demand.Lines[0].RequestedDay ? 0 : d.Demand.Lines[0].Quantity.Units;

    private static long More((WaitingDemand Demand, ReallocationStrategy Strategy, long[] Had, long[] Has) d, int day) =>
        day < d.Demand.Lines[0].RequestedDay ? Sum(d.Had, day) : d.Demand.Lines[0].Quantity.Units;

    private void Serve(
        ReallocationStrategy strategy,
        Func<(WaitingDemand Demand, ReallocationStrategy Strategy, long[] Had, long[] Has), int, long> cap)
    {
        foreach (var d in Of(strategy))
        {
            Array.Clear(d.Has);
            Pieces(d.Has, day => cap(d, day));
        }
    }

    // One piece at a time on the earliest day on which the cap and the supply of that day and all later ones allow it.
    private void Pieces(long[] has, Func<int, long> cap)
    {
        for (int day = 0; day < days;)
        {
            has[day]++;
            bool fits = Sum(has, day) <= cap(day);
            for (int later = day; later < days && fits; later++)
            {
                fits = all.Sum(d => Sum(d.Has, later)) <= Sum(receipts, later);
            }

            if (!fits)
            {
                has[day]--;
                day++;
            }
        }
    }

    private IEnumerable<(WaitingDemand Demand, ReallocationStrategy Strategy, long[] Had, long[] Has)> Of(ReallocationStrategy strategy) =>
        all.Where(d => d.Strategy == strategy);

    private static long Sum(long[] byDay, int day) => byDay.Take(day + 1).Sum();
}
