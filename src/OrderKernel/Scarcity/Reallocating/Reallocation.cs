using System;

namespace OrderKernel.Scarcity;

/// <summary>Shares supply among waiting orders: in sequence, or for the greatest value.</summary>
/// <remarks><para>Source: docs/adr/0005-sourcing-solver.md.</para></remarks>
public static class Reallocation
{
    /// <summary>The greatest work of <see cref="ForValue"/>, in line-days looked at, by default.</summary>
    public const long DefaultEffort = 5_000_000;

    /// <summary>Serves orders by tier, requested day and id, each as early and as fully as what is left allows.</summary>
    /// <param name="problem">The problem.</param>
    /// <remarks>
    /// <para>A complete order is confirmed on the first day that has all of it and gains, or not at all. Where no complete
    /// order couples SKUs this is the greatest quantity tier by tier. No upper bound is worked out.</para>
    /// <para>Cost: O(orders log orders + lines × days).</para>
    /// </remarks>
    public static ReallocationPlan InSequence(ReallocationProblem problem)
    {
        if (problem is null)
        {
            throw new ArgumentNullException(nameof(problem));
        }

        var filling = new ReallocationFilling(problem);
        foreach (int order in problem.InSequence())
        {
            filling.ServeOrder(order);
        }

        return new ReallocationPlan(filling.Value, null, filling.Confirmed());
    }

    /// <summary>Looks for the plan of greatest gain, whatever the sequence, and states a bound that none exceeds.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="effort">The work to spend, in line-days looked at; the answer depends on it, never on time.</param>
    /// <remarks>
    /// <para>Prices on supply give the bound and a first order of service; then single orders move to the front or the
    /// back as long as that gains. Never worse than <see cref="InSequence"/>.</para>
    /// </remarks>
    public static ReallocationPlan ForValue(ReallocationProblem problem, long effort = DefaultEffort)
    {
        if (problem is null)
        {
            throw new ArgumentNullException(nameof(problem));
        }

        var prices = new ReallocationPrices(problem);
        long sequential = InSequence(problem).Value;
        prices.Lower(sequential);
        var search = new ReallocationSearch(problem, prices);
        search.Run(effort);
        return new ReallocationPlan(search.BestValue, Math.Max(prices.UpperBound, search.BestValue), search.BestConfirmed());
    }

    /// <summary>A gain that no plan of the problem exceeds.</summary>
    /// <param name="problem">The problem.</param>
    public static long UpperBound(ReallocationProblem problem)
    {
        if (problem is null)
        {
            throw new ArgumentNullException(nameof(problem));
        }

        var prices = new ReallocationPrices(problem);
        prices.Lower(InSequence(problem).Value);
        return prices.UpperBound;
    }
}
