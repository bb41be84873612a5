using System;

namespace OrderKernel.Scarcity;

/// <summary>For each SKU and day what may still be confirmed on that day without breaking a later confirmation.</summary>
/// <remarks><para>Never falls from one day to the next, so the first day with enough is found from the front.</para></remarks>
internal sealed class ReallocationSupply
{
    private readonly int days;
    private readonly long[] initial;
    private readonly long[] free;

    public ReallocationSupply(ReallocationProblem problem)
    {
        days = problem.Days;
        free = new long[problem.Receipts.Length * days];
        for (int sku = 0; sku < problem.Receipts.Length; sku++)
        {
            foreach (Receipt receipt in problem.Receipts[sku])
            {
                free[(sku * days) + receipt.Day] += receipt.Quantity.Units;
            }

            for (int day = 1; day < days; day++)
            {
                free[(sku * days) + day] += free[(sku * days) + day - 1];
            }
        }

        initial = (long[])free.Clone();
    }

    /// <summary>Cumulative supply by SKU and day, before any confirmation.</summary>
    public long Cumulative(int sku, int day) => initial[(sku * days) + day];

    /// <summary>What may be confirmed on the day.</summary>
    public long Free(int sku, int day) => free[(sku * days) + day];

    public void Take(int sku, int day, long units)
    {
        unchecked
        {
            int at = sku * days;
            for (int d = day; d < days; d++)
            {
                free[at + d] -= units;
            }

            for (int d = day - 1; d >= 0 && free[at + d] > free[at + day]; d--)
            {
                free[at + d] = free[at + day];
            }
        }
    }

    /// <summary>Takes everything back.</summary>
    public void Restore() => Array.Copy(initial, free, free.Length);
}
