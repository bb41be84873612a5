using System;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Scarcity;

/// <summary>Pieces that come in on a day and keep until used; day 0 with what is free already.</summary>
/// <param name="Day">The day, from 0.</param>
/// <param name="Quantity">The pieces.</param>
public readonly record struct Receipt(int Day, Quantity Quantity);

/// <summary>Waiting orders and the supply they compete for, over a number of days. Immutable.</summary>
/// <remarks>
/// <para>Shape: the order of orders never changes the answer; tiers, days and ids do.</para>
/// <para>Source: model BOP-1, docs/adr/0005-sourcing-solver.md.</para>
/// </remarks>
public sealed class ReallocationProblem
{
    /// <summary>Makes a problem.</summary>
    /// <param name="days">How many days are looked at; the last is <paramref name="days"/> - 1.</param>
    /// <param name="receipts">By SKU index, what comes in when.</param>
    /// <param name="orders">The waiting orders.</param>
    /// <exception cref="ArgumentException">A day or a SKU index lies outside.</exception>
    public ReallocationProblem(
        int days, ImmutableArray<ImmutableArray<Receipt>> receipts, ImmutableArray<ReallocationOrder> orders)
    {
        if (days < 1 || receipts.IsDefault || orders.IsDefault)
        {
            throw new ArgumentException("There is at least one day, and both lists are given.", nameof(days));
        }

        foreach (ImmutableArray<Receipt> list in receipts)
        {
            foreach (Receipt receipt in list)
            {
                if (receipt.Day < 0 || receipt.Day >= days)
                {
                    throw new ArgumentException($"A receipt on day {receipt.Day} lies outside 0 to {days - 1}.", nameof(receipts));
                }
            }
        }

        foreach (ReallocationOrder order in orders)
        {
            foreach (ReallocationLine line in order.Lines)
            {
                if (line.Sku >= receipts.Length)
                {
                    throw new ArgumentException($"Order {order.Id} names SKU {line.Sku}; there are {receipts.Length}.", nameof(orders));
                }
            }
        }

        CheckSize(orders);
        Days = days;
        Receipts = receipts;
        Orders = orders;
    }

    /// <summary>How many days are looked at.</summary>
    public int Days { get; }

    /// <summary>By SKU index, what comes in when.</summary>
    public ImmutableArray<ImmutableArray<Receipt>> Receipts { get; }

    /// <summary>The waiting orders.</summary>
    public ImmutableArray<ReallocationOrder> Orders { get; }

    /// <summary>The indexes of the orders by tier, requested day and id.</summary>
    internal int[] InSequence()
    {
        var sequence = new int[Orders.Length];
        bool sorted = true;
        for (int i = 0; i < sequence.Length; i++)
        {
            sequence[i] = i;
            sorted &= i == 0 || Compare(i - 1, i) <= 0;
        }

        if (!sorted)
        {
            SortByTierAndDay(sequence);
        }

        return sequence;
    }

    /// <summary>Buckets first: most comparisons of a plain sort would only find two tiers or two days different.</summary>
    private void SortByTierAndDay(int[] sequence)
    {
        var keys = new long[sequence.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((long)Orders[i].Tier << 32) | (uint)Orders[i].RequestedDay;
        }

        Array.Sort(keys, sequence);
        for (int from = 0; from < keys.Length;)
        {
            int to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            Array.Sort(sequence, from, to - from, System.Collections.Generic.Comparer<int>.Create(
                (a, b) => Orders[a].Id.CompareTo(Orders[b].Id)));
            from = to;
        }
    }

    /// <summary>Gains stay below 2^52 together, so prices in 1/64 of a unit fit without a check at every step.</summary>
    private static void CheckSize(ImmutableArray<ReallocationOrder> orders)
    {
        decimal all = 0;
        foreach (ReallocationOrder order in orders)
        {
            foreach (ReallocationLine line in order.Lines)
            {
                all += (decimal)line.Quantity.Units * line.UnitValue;
            }
        }

        if (all >= 1L << 52)
        {
            throw new ArgumentException("The values together reach 2^52; choose a coarser unit of value.", nameof(orders));
        }
    }

    private int Compare(int a, int b)
    {
        ReallocationOrder x = Orders[a], y = Orders[b];
        int order = x.Tier.CompareTo(y.Tier);
        order = order != 0 ? order : x.RequestedDay.CompareTo(y.RequestedDay);
        return order != 0 ? order : x.Id.CompareTo(y.Id);
    }
}
