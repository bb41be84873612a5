using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Measures;

namespace OrderKernel.Scarcity;

/// <summary>Tells for every SKU whose pieces the gainers have now.</summary>
/// <remarks>
/// <para>A line gives the pieces of a day on which it has fewer than before and takes those of a day on which it has more. Takers
/// go in the order served: first to pieces that nobody had, then to those of the line served last, and so on upwards, pieces that
/// were there in time before others. What a line only moved for itself has not changed hands.</para>
/// </remarks>
internal sealed class DisplacementReport
{
    private readonly int days;
    private readonly SegmentedSupply before;
    private readonly SortedDictionary<Sku, List<(int Line, long[] Had, long[] Has)>> bySku = new();
    private readonly ImmutableArray<Displacement>.Builder report = ImmutableArray.CreateBuilder<Displacement>();

    public DisplacementReport(int days, SegmentedSupply before, List<SegmentedDemand> served)
    {
        this.days = days;
        this.before = before;
        foreach (SegmentedDemand demand in served)
        {
            for (int i = 0; i < demand.Before.Length; i++)
            {
                Sku sku = demand.Demand.Lines[i].Sku;
                if (!bySku.TryGetValue(sku, out List<(int, long[], long[])>? lines))
                {
                    bySku.Add(sku, lines = new List<(int, long[], long[])>());
                }

                lines.Add((demand.FirstLine + i, demand.Before[i], demand.After[i]));
            }
        }
    }

    public ImmutableArray<Displacement> Write()
    {
        foreach (KeyValuePair<Sku, List<(int Line, long[] Had, long[] Has)>> entry in bySku)
        {
            Write(entry.Key, entry.Value);
        }

        return report.ToImmutable();
    }

    private void Write(Sku sku, List<(int Line, long[] Had, long[] Has)> lines)
    {
        long[] free = before.Free(sku);
        var given = new List<(int Line, long[] ByDay)>();
        for (int i = lines.Count - 1; i >= 0; i--)
        {
            long[] gives = MoreByDay(lines[i].Had, lines[i].Has);
            if (gives.Sum() > 0)
            {
                given.Add((lines[i].Line, gives));
            }
        }

        foreach ((int line, long[] had, long[] has) in lines)
        {
            long[] takes = MoreByDay(has, had);
            for (int day = 0; day < days; day++)
            {
                long left = FromFree(sku, line, day, takes[day], free);
                left = FromGiven(sku, line, day, left, given, own: false);
                left = FromFree(sku, line, days - 1, left, free);
                left = FromGiven(sku, line, days - 1, left, given, own: false);
                _ = FromGiven(sku, line, days - 1, left, given, own: true);
            }
        }

        foreach ((int line, long[] byDay) in given)
        {
            Add(sku, byDay.Sum(), line, null);
        }
    }

    private long FromFree(Sku sku, int taker, int day, long wanted, long[] free)
    {
        long part = Math.Min(wanted, free[day]);
        for (int d = 0; part > 0 && d < days; d++)
        {
            free[d] = d >= day ? free[d] - part : Math.Min(free[d], free[day] - part);
        }

        Add(sku, part, null, taker);
        return wanted - part;
    }

    private long FromGiven(Sku sku, int taker, int latest, long wanted, List<(int Line, long[] ByDay)> given, bool own)
    {
        if (wanted == 0)
        {
            return 0;
        }

        for (int i = 0; i < given.Count && wanted > 0; i++)
        {
            (int line, long[] byDay) = given[i];
            long sum = 0;
            for (int day = 0; day <= latest && (line == taker) == own; day++)
            {
                long part = Math.Min(wanted, byDay[day]);
                byDay[day] -= part;
                wanted -= part;
                sum += part;
            }

            Add(sku, own ? 0 : sum, line, taker);
        }

        given.RemoveAll(static loser => Array.TrueForAll(loser.ByDay, static units => units == 0));
        return wanted;
    }

    private void Add(Sku sku, long units, int? loser, int? taker)
    {
        if (units > 0)
        {
            report.Add(new Displacement(sku, new Quantity(units), loser, taker));
        }
    }

    /// <summary>By day the pieces that the first has there beyond the second; both cumulative.</summary>
    private long[] MoreByDay(long[] first, long[] second)
    {
        var more = new long[days];
        for (int day = 0; day < days; day++)
        {
            long here = first[day] - second[day] - (day == 0 ? 0 : first[day - 1] - second[day - 1]);
            more[day] = Math.Max(0, here);
        }

        return more;
    }
}
