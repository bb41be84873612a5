using System;
using System.Collections.Generic;
#if NET
using System.Numerics;
#endif

namespace OrderKernel.Stock;

/// <summary>By day, how many pieces may be taken without breaking a later promise or touching what is kept.</summary>
/// <remarks>
/// <para>Never falls from one day to the next. Below zero where more is promised and kept than will be there.</para>
/// <para>A question waits for memory more than for anything else, so counts take 32 bits and a search looks at neighbours side by
/// side. Shelves that need more, and lots that expire, are answered by <see cref="LotMatching"/>.</para>
/// </remarks>
internal static class FreeDays
{
    /// <summary>So many days a search looks at side by side; more it halves first.</summary>
    private const int Few = 128;
    private const long TooMany = 1L << 31;

    /// <summary>Whether lots, promises and what is kept can be counted this way.</summary>
    public static bool CanHold(LotRow[] lots, List<DayDemand> due, long kept)
    {
        long supply = 0, promised = Math.Min(kept, TooMany);
        foreach (LotRow lot in lots)
        {
            supply += Math.Min(Math.Abs(lot.Free), TooMany);
            if (lot.Until != int.MaxValue)
            {
                return false;
            }
        }

        foreach (DayDemand demand in due)
        {
            promised += Math.Min(demand.Units, TooMany);
        }

        return supply < TooMany && promised < TooMany;
    }

    /// <summary>Cumulative supply less cumulative promises, of that the least from each day on, less what is kept.</summary>
    public static void Fill(Span<int> free, LotRow[] lots, List<DayDemand> due, long kept)
    {
        free.Clear();
        free[0] = (int)-kept;
        foreach (LotRow lot in lots)
        {
            free[lot.From] += (int)lot.Free;
        }

        foreach (DayDemand demand in due)
        {
            free[demand.Day] -= (int)demand.Units;
        }

        for (int day = 1; day < free.Length; day++)
        {
            free[day] += free[day - 1];
        }

        for (int day = free.Length - 2; day >= 0; day--)
        {
            free[day] = Math.Min(free[day], free[day + 1]);
        }
    }

    /// <summary>The first day from one on with so much; the number of days when there is none.</summary>
    public static int FirstWith(ReadOnlySpan<int> free, long wanted, int from)
    {
        if (wanted > int.MaxValue)
        {
            return free.Length;
        }

        int least = (int)Math.Max(int.MinValue, wanted), low = from, left = free.Length - from;
        while (left > Few)
        {
            int half = left >> 1;
            bool isLess = free[low + half] < least;
            low = isLess ? low + half + 1 : low;
            left = isLess ? left - half - 1 : half;
        }

        return low + CountBelow(free.Slice(low, left), least);
    }

    /// <summary>Takes pieces off that were free on that day.</summary>
    public static void Lower(Span<int> free, DayDemand demand)
    {
        Subtract(free.Slice(demand.Day), (int)demand.Units);
        for (int day = demand.Day - 1; day >= 0 && free[day] > free[demand.Day]; day--)
        {
            free[day] = free[demand.Day];
        }
    }

    private static int CountBelow(ReadOnlySpan<int> free, int least)
    {
        int day = 0, count = 0;
#if NET
        var wanted = new Vector<int>(least);
        Vector<int> below = Vector<int>.Zero;
        for (; day <= free.Length - Vector<int>.Count; day += Vector<int>.Count)
        {
            below += Vector.LessThan(new Vector<int>(free.Slice(day)), wanted);
        }

        // A lane that is less counts as -1.
        count = -Vector.Sum(below);
#endif
        for (; day < free.Length; day++)
        {
            count += free[day] < least ? 1 : 0;
        }

        return count;
    }

    // No difference can overflow: what is taken off was there, on that day and so on later ones.
    private static void Subtract(Span<int> free, int units)
    {
        int day = 0;
#if NET
        var taken = new Vector<int>(units);
        for (; day <= free.Length - Vector<int>.Count; day += Vector<int>.Count)
        {
            (new Vector<int>(free.Slice(day)) - taken).CopyTo(free.Slice(day));
        }
#endif
        for (; day < free.Length; day++)
        {
            free[day] -= units;
        }
    }
}
