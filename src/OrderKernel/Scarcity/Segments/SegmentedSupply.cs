using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Scarcity;

/// <summary>What is left of every SKU, cumulatively by day; taking on a day leaves every later day enough.</summary>
internal sealed class SegmentedSupply
{
    private readonly Dictionary<Sku, long[]> left = new();
    private readonly int days;

    public SegmentedSupply(int days, ImmutableArray<SkuSupply> supply)
    {
        this.days = days;
        foreach (SkuSupply sku in supply)
        {
            var total = new long[days];
            if (left.ContainsKey(sku.Sku))
            {
                throw new ArgumentException($"{sku.Sku} stands twice in the supply.", nameof(supply));
            }

            left.Add(sku.Sku, total);
            foreach (DayQuantity receipt in sku.Receipts)
            {
                if (receipt.Day < 0)
                {
                    throw new ArgumentException($"{sku.Sku}: a receipt's day is never negative.", nameof(supply));
                }

                Add(total, receipt.Day, receipt.Quantity.Units);
            }
        }
    }

    /// <summary>Per day how many pieces may be taken on it; never negative, never falling from day to day.</summary>
    public long[] Free(Sku sku)
    {
        var free = new long[days];
        long[] total = Of(sku);
        long least = long.MaxValue;
        for (int day = days - 1; day >= 0; day--)
        {
            least = Math.Min(least, total[day]);
            free[day] = Math.Max(0, least);
        }

        return free;
    }

    /// <summary>Takes what a line is confirmed, given cumulatively.</summary>
    public void Take(Sku sku, long[] confirmed) => Change(sku, confirmed, -1);

    /// <summary>Gives it back.</summary>
    public void GiveBack(Sku sku, long[] confirmed) => Change(sku, confirmed, 1);

    /// <summary>As many pieces as early as they are free, at most <paramref name="cap"/> up to each day; all cumulative.</summary>
    public long[] Earliest(Sku sku, long[] cap)
    {
        long[] free = Free(sku);
        var taken = new long[days];
        long before = 0;
        for (int day = 0; day < days; day++)
        {
            before = Math.Max(before, Math.Min(cap[day], free[day]));
            taken[day] = before;
        }

        return taken;
    }

    /// <summary>The first day that has all of every SKU, or -1.</summary>
    public int FirstDayWithAll(ImmutableArray<WaitingLine> lines, int from)
    {
        var need = new SortedDictionary<Sku, long>();
        foreach (WaitingLine line in lines)
        {
            need.TryGetValue(line.Sku, out long before);
            need[line.Sku] = checked(before + line.Quantity.Units);
        }

        int first = from;
        foreach (KeyValuePair<Sku, long> entry in need)
        {
            long[] free = Free(entry.Key);
            while (first < days && free[first] < entry.Value)
            {
                first++;
            }
        }

        return first < days ? first : -1;
    }

    /// <summary>What cumulative confirmations are day by day.</summary>
    public static ImmutableArray<DayQuantity> ByDay(long[] confirmed)
    {
        var parts = ImmutableArray.CreateBuilder<DayQuantity>();
        for (int day = 0; day < confirmed.Length; day++)
        {
            long units = confirmed[day] - (day == 0 ? 0 : confirmed[day - 1]);
            if (units > 0)
            {
                parts.Add(new DayQuantity(day, new Quantity(units)));
            }
        }

        return parts.ToImmutable();
    }

    private void Change(Sku sku, long[] confirmed, int sign)
    {
        long[] total = Of(sku);
        for (int day = 0; day < days; day++)
        {
            total[day] = checked(total[day] + (sign * confirmed[day]));
        }
    }

    private static void Add(long[] total, int from, long units)
    {
        for (int day = from; day < total.Length; day++)
        {
            total[day] = checked(total[day] + units);
        }
    }

    private long[] Of(Sku sku)
    {
        if (!left.TryGetValue(sku, out long[]? total))
        {
            left.Add(sku, total = new long[days]);
        }

        return total;
    }
}
