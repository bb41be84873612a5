using System;
using System.Collections.Immutable;

namespace OrderKernel.Sourcing;

/// <summary>Where each order goes as a whole, and the proof that it cannot be cheaper.</summary>
/// <remarks><para>Shape: by order index; -1 for an order that no place has room for.</para></remarks>
public sealed class AssignmentPlan
{
    internal AssignmentPlan(
        ImmutableArray<int> placeOf, long cost, long lowerBound, ImmutableArray<long> prices)
    {
        PlaceOf = placeOf;
        Cost = cost;
        LowerBound = lowerBound;
        Prices = prices;
    }

    /// <summary>The index of each order's place.</summary>
    public ImmutableArray<int> PlaceOf { get; }

    /// <summary>The cost of the plan, orders without a place included.</summary>
    public long Cost { get; }

    /// <summary>No plan costs less; worked out from the prices alone. Equal to the cost.</summary>
    public long LowerBound { get; }

    /// <summary>By place, what one more piece of room there is worth.</summary>
    public ImmutableArray<long> Prices { get; }
}

/// <summary>Assigns whole orders to places with limited room at the least total cost.</summary>
/// <remarks>
/// <para>A transportation problem: each order goes by the cheapest chain of moves that makes room for it, which is exactly
/// optimal; the prices at the end prove it. Between plans of equal cost the order of the lists decides.</para>
/// <para>Source: successive shortest paths, docs/adr/0005-sourcing-solver.md. Cost: a few looks at all pairs of places for
/// each order that a full place turns away.</para>
/// </remarks>
public static class WholeOrderAssignment
{
    /// <summary>Solves an assignment.</summary>
    /// <param name="places">The places.</param>
    /// <param name="options">By order, where it may go; an order may have none.</param>
    /// <param name="unassignedCost">The cost of an order that goes nowhere, above every option's.</param>
    /// <exception cref="ArgumentException">An option points at no place, or costs less than zero or more than going nowhere.</exception>
    public static AssignmentPlan Solve(
        ImmutableArray<AssignmentPlace> places, ImmutableArray<ImmutableArray<AssignmentOption>> options, long unassignedCost)
    {
        if (places.IsDefault || options.IsDefault)
        {
            throw new ArgumentException("Both lists are given.", nameof(places));
        }

        for (int order = 0; order < options.Length; order++)
        {
            foreach (AssignmentOption option in options[order])
            {
                if ((uint)option.Place >= (uint)places.Length || option.Cost < 0 || option.Cost > unassignedCost)
                {
                    throw new ArgumentException($"Order {order} has an option outside the places or the costs.", nameof(options));
                }
            }
        }

        var chains = new AssignmentChains(places, options, unassignedCost);
        for (int order = 0; order < options.Length; order++)
        {
            chains.Assign(order);
        }

        return chains.Plan();
    }

    /// <summary>The cost that no assignment goes below, as far as prices prove it: any prices prove some bound.</summary>
    /// <param name="places">The places.</param>
    /// <param name="options">By order, where it may go.</param>
    /// <param name="unassignedCost">The cost of an order that goes nowhere.</param>
    /// <param name="prices">By place; below zero counts as zero.</param>
    public static decimal LowerBound(
        ImmutableArray<AssignmentPlace> places, ImmutableArray<ImmutableArray<AssignmentOption>> options, long unassignedCost,
        ImmutableArray<long> prices)
    {
        decimal bound = 0;
        foreach (ImmutableArray<AssignmentOption> order in options)
        {
            decimal least = unassignedCost;
            foreach (AssignmentOption option in order)
            {
                least = Math.Min(least, (decimal)option.Cost + Math.Max(0, prices[option.Place]));
            }

            bound += least;
        }

        for (int i = 0; i < places.Length; i++)
        {
            bound -= places[i].Room * (decimal)Math.Max(0, prices[i]);
        }

        return bound;
    }
}
