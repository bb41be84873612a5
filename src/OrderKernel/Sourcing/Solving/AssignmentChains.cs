using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace OrderKernel.Sourcing;

/// <summary>An assignment that grows order by order along cheapest chains of moves between places.</summary>
internal sealed class AssignmentChains
{
    private const long Far = long.MaxValue / 4;

    private readonly ImmutableArray<AssignmentPlace> places;
    private readonly ImmutableArray<ImmutableArray<AssignmentOption>> options;
    private readonly long unassigned;
    private readonly int[] placeOf;
    private readonly int[] free;

    /// <summary>By pair of places: the orders at the first that may go to the second, least extra cost first; for a place
    /// and itself the dearest order first.</summary>
    private readonly SortedSet<(long Extra, int Order)>?[] movers;
    /// <summary>By pair of places: the extra cost of the first mover, or <see cref="Far"/>.</summary>
    private readonly long[] leastExtra;

    /// <summary>By place: what one more order there costs in the end.</summary>
    private readonly long[] distance;

    /// <summary>By place: where its mover goes; itself for free room, -1 for an order given up.</summary>
    private readonly int[] via;

    public AssignmentChains(
        ImmutableArray<AssignmentPlace> places, ImmutableArray<ImmutableArray<AssignmentOption>> options, long unassigned)
    {
        this.places = places;
        this.options = options;
        this.unassigned = unassigned;
        placeOf = new int[options.Length];
        for (int i = 0; i < placeOf.Length; i++)
        {
            placeOf[i] = -1;
        }

        free = new int[places.Length];
        for (int i = 0; i < free.Length; i++)
        {
            free[i] = places[i].Room;
        }

        movers = new SortedSet<(long, int)>?[places.Length * places.Length];
        leastExtra = new long[movers.Length];
        for (int i = 0; i < leastExtra.Length; i++)
        {
            leastExtra[i] = Far;
        }

        distance = new long[places.Length];
        via = new int[places.Length];
        FindDistances();
    }

    /// <summary>Places one more order at the least cost, moving others on where that makes room more cheaply.</summary>
    public void Assign(int order)
    {
        (int best, long cost) = (-1, unassigned);
        foreach (AssignmentOption option in options[order])
        {
            if (distance[option.Place] < Far && option.Cost + distance[option.Place] < cost)
            {
                (best, cost) = (option.Place, option.Cost + distance[option.Place]);
            }
        }

        if (best < 0)
        {
            return;
        }

        // Walk the chain: each place hands its cheapest mover on until one has room, or gives one up.
        bool full = false;
        int at = best;
        int moving = order;
        while (moving >= 0)
        {
            int next = via[at];
            int leaving = next == at ? -1 : next < 0 ? Dearest(at) : movers[(at * places.Length) + next]!.Min.Order;
            if (leaving >= 0)
            {
                Leave(leaving, at);
                full = true;
            }
            else
            {
                full |= --free[at] == 0;
            }

            Enter(moving, at);
            moving = next < 0 ? -1 : leaving;
            at = next;
        }

        // One more order where there is room left changes no marginal cost.
        if (full)
        {
            FindDistances();
        }
    }

    public AssignmentPlan Plan()
    {
        long cost = 0;
        for (int order = 0; order < placeOf.Length; order++)
        {
            cost += placeOf[order] < 0 ? unassigned : CostAt(order, placeOf[order]);
        }

        var prices = new long[places.Length];
        for (int i = 0; i < prices.Length; i++)
        {
            // A place that nothing can make room in is worth no more than an order left over.
            prices[i] = Math.Min(distance[i], unassigned);
        }

        ImmutableArray<long> given = ImmutableArray.Create(prices);
        long bound = (long)WholeOrderAssignment.LowerBound(places, options, unassigned, given);
        return new AssignmentPlan(ImmutableArray.Create(placeOf), cost, bound, given);
    }

    private void FindDistances()
    {
        int count = places.Length;
        for (int i = 0; i < count; i++)
        {
            (distance[i], via[i]) = (free[i] > 0 ? 0 : Far, i);
            int dearest = Dearest(i);
            if (dearest >= 0 && unassigned - CostAt(dearest, i) < distance[i])
            {
                (distance[i], via[i]) = (unassigned - CostAt(dearest, i), -1);
            }
        }

        bool moved = true;
        while (moved)
        {
            moved = false;
            for (int i = 0; i < count; i++)
            {
                if (free[i] > 0)
                {
                    continue;
                }

                int row = i * count;
                for (int j = 0; j < count; j++)
                {
                    if (leastExtra[row + j] < Far && distance[j] < Far && leastExtra[row + j] + distance[j] < distance[i] && i != j)
                    {
                        (distance[i], via[i], moved) = (leastExtra[row + j] + distance[j], j, true);
                    }
                }
            }
        }
    }

    /// <summary>The order at a place whose own cost is highest: the first to give up.</summary>
    private int Dearest(int place) => movers[(place * places.Length) + place] is { Count: > 0 } set ? set.Min.Order : -1;

    private void Enter(int order, int place)
    {
        placeOf[order] = place;
        long here = CostAt(order, place);
        foreach (AssignmentOption option in options[order])
        {
            int pair = (place * places.Length) + option.Place;
            SortedSet<(long Extra, int Order)> set = movers[pair] ??= [];
            set.Add((option.Place == place ? -here : option.Cost - here, order));
            leastExtra[pair] = set.Min.Extra;
        }
    }

    private void Leave(int order, int place)
    {
        placeOf[order] = -1;
        long here = CostAt(order, place);
        foreach (AssignmentOption option in options[order])
        {
            int pair = (place * places.Length) + option.Place;
            SortedSet<(long Extra, int Order)> set = movers[pair]!;
            set.Remove((option.Place == place ? -here : option.Cost - here, order));
            leastExtra[pair] = set.Count > 0 ? set.Min.Extra : Far;
        }
    }

    private long CostAt(int order, int place)
    {
        foreach (AssignmentOption option in options[order])
        {
            if (option.Place == place)
            {
                return option.Cost;
            }
        }

        throw new InvalidOperationException("The order is not allowed here.");
    }
}
