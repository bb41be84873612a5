using System;
using System.Collections.Generic;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>Pieces of one cell by day index: usable from <see cref="From"/> while <see cref="Until"/> is no earlier than needed.</summary>
/// <remarks><para>What may be borrowed from a cell is a row of its own, behind what lies in any cell as long.</para></remarks>
internal readonly record struct LotRow(
    StockCell Cell, SupplyKind Kind, long Free, long Reserved, int From, int Until, bool IsBorrowed = false);

/// <summary>Pieces wanted on a day that must be good until another.</summary>
internal readonly record struct DayDemand(int Day, int Need, long Units);

/// <summary>Which lots serve which days when lots expire.</summary>
/// <remarks>
/// <para>Demands go by day, and each takes the lot that expires first among those that last long enough. Every later demand may use
/// whatever an earlier one may as far as arrival goes, so keeping the longer lives is never wrong and the greatest number is served.</para>
/// <para>Source: Glover 1967, convex bipartite matching, in its form for two thresholds (arrival, life). Cost: O(demands x lots).</para>
/// </remarks>
internal static class LotMatching
{
    /// <summary>What the demands really get and when: one that comes too early for its supply waits and is served first from the
    /// next that arrives. The result is in the order of days; what is never served is not in it.</summary>
    public static List<DayDemand> Settle(LotRow[] lots, List<DayDemand> demands)
    {
        var days = new SortedSet<int>();
        foreach (LotRow lot in lots)
        {
            days.Add(lot.From);
        }

        foreach (DayDemand demand in demands)
        {
            days.Add(demand.Day);
        }

        long[] left = Free(lots);
        var waiting = new List<DayDemand>();
        var settled = new List<DayDemand>();
        foreach (int day in days)
        {
            foreach (DayDemand demand in demands)
            {
                if (demand.Day == day)
                {
                    waiting.Add(demand);
                }
            }

            for (int i = 0; i < waiting.Count; i++)
            {
                DayDemand demand = waiting[i];
                int need = Math.Max(demand.Need, day);
                long served = demand.Units - Take(lots, left, day, need, demand.Units, null);
                if (served > 0)
                {
                    settled.Add(new DayDemand(day, need, served));
                    waiting[i] = demand with { Units = demand.Units - served };
                }
            }

            waiting.RemoveAll(static demand => demand.Units == 0);
        }

        return settled;
    }

    /// <summary>How many pieces more than the settled demands can be served on a day.</summary>
    /// <remarks><para>The settled demands are all served without it, and a set that can be served grows to a greatest one without
    /// losing a member; so the greatest number with an endless demand on the day, less the settled, is what it may have.</para></remarks>
    public static long Extra(LotRow[] lots, List<DayDemand> settled, int day, int need, long[] left)
    {
        long endless = 0;
        for (int i = 0; i < lots.Length; i++)
        {
            endless += left[i] = lots[i].Free;
        }

        long unserved = Sweep(lots, settled, new DayDemand(day, need, endless), left, null);
        return endless - unserved;
    }

    /// <summary>The cells that serve a demand beside the settled ones, which it does not disturb.</summary>
    public static void Takes(LotRow[] lots, List<DayDemand> settled, DayDemand demand, List<KeyValuePair<int, long>> takes) =>
        Sweep(lots, settled, demand, Free(lots), takes);

    /// <summary>Serves everything in the order of days, the new demand after others of its day; returns what stays unserved.</summary>
    private static long Sweep(
        LotRow[] lots, List<DayDemand> settled, DayDemand demand, long[] left, List<KeyValuePair<int, long>>? takes)
    {
        long unserved = 0;
        int i = 0;
        for (; i < settled.Count && settled[i].Day <= demand.Day; i++)
        {
            unserved += Take(lots, left, settled[i].Day, settled[i].Need, settled[i].Units, null);
        }

        unserved += Take(lots, left, demand.Day, demand.Need, demand.Units, takes);
        for (; i < settled.Count; i++)
        {
            unserved += Take(lots, left, settled[i].Day, settled[i].Need, settled[i].Units, null);
        }

        return unserved;
    }

    private static long Take(LotRow[] lots, long[] left, int day, int need, long units, List<KeyValuePair<int, long>>? takes)
    {
        for (int i = 0; i < lots.Length && units > 0; i++)
        {
            if (left[i] > 0 && lots[i].Until >= need && lots[i].From <= day)
            {
                long take = Math.Min(units, left[i]);
                left[i] -= take;
                units -= take;
                takes?.Add(new KeyValuePair<int, long>(i, take));
            }
        }

        return units;
    }

    private static long[] Free(LotRow[] lots) => Array.ConvertAll(lots, static lot => lot.Free);
}
