using System;
using System.Collections.Generic;

namespace OrderKernel.Sourcing;

/// <summary>Depth-first search over which facilities to open, exact for every feature of the model.</summary>
/// <remarks>
/// <para>Bound of a branch: what is opened, plus the cheapest filling with everything undecided thrown in free. Where that
/// filling uses opened facilities only, every set below fills alike and the branch is settled.</para>
/// <para>Ties: lowest cost, then fewest shipments, then the nodes that come first in canonical order.</para>
/// </remarks>
internal sealed class OpenSetSearch
{
    private readonly SplitModel model;
    private readonly Filling filling;
    private readonly TruePlanCost trueCost;
    private readonly byte[] state;
    private readonly long[] surcharge;
    private readonly long budget;
    private readonly List<int> candidate = [];

    /// <param name="model">The model.</param>
    /// <param name="trueCost">What a filling costs in truth, or that it is not allowed.</param>
    /// <param name="reduced">Reduced costs of a plain model's nodes, for a second bound; null for none.</param>
    /// <param name="budget">The greatest number of branches looked at.</param>
    public OpenSetSearch(SplitModel model, TruePlanCost trueCost, long[]? reduced, long budget)
    {
        this.model = model;
        this.trueCost = trueCost;
        this.budget = budget;
        filling = new Filling(model);
        state = new byte[model.Facilities];
        surcharge = reduced ?? new long[model.Facilities];
    }

    public long Steps { get; private set; }

    /// <summary>Whether the budget ran out before the search was complete.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The least bound among branches whose cheapest filling was dearer in truth, or not allowed: another filling of
    /// the same nodes, which is not looked for, could cost as little as this.</summary>
    public long LeastOpenBound { get; private set; } = long.MaxValue;

    public long BestCost { get; private set; } = long.MaxValue;

    /// <summary>The used facilities of the best plan in rising order.</summary>
    public int[] BestUsed { get; private set; } = [];

    /// <summary>Puts a set forward as a plan to beat.</summary>
    public void Offer(bool[] open)
    {
        var asState = new byte[model.Facilities];
        for (int f = 0; f < asState.Length; f++)
        {
            asState[f] = open[f] ? Filling.Open : Filling.Closed;
        }

        Settle(asState);
    }

    /// <summary>Searches all sets.</summary>
    /// <param name="priced">A lower bound under prices whose reduced costs were given; zero for none.</param>
    public void Run(long priced) => Visit(0, 0, priced);

    private void Visit(long opened, int shipments, long priced)
    {
        if (Steps >= budget)
        {
            IsCut = true;
            return;
        }

        Steps++;
        if (IsBeaten(priced, shipments) || IsBeaten(opened + filling.Fill(state), shipments))
        {
            return;
        }

        int next = Next();
        if (next < 0)
        {
            long bound = Settle(state);
            LeastOpenBound = Math.Min(LeastOpenBound, bound);
            return;
        }

        long reduced = surcharge[next];
        bool isNode = next < model.Nodes;
        state[next] = Filling.Open;
        List<int>? shut = isNode && shipments + 1 == model.MostShipments ? ShutUndecidedNodes() : null;
        Visit(opened + model.Fixed[next], shipments + (isNode ? 1 : 0), priced + Math.Max(0, reduced));
        shut?.ForEach(n => state[n] = Filling.Undecided);
        state[next] = Filling.Closed;
        Visit(opened, shipments, priced + Math.Max(0, -reduced));
        state[next] = Filling.Undecided;
    }

    private bool IsBeaten(long bound, int shipments) =>
        bound > BestCost || (bound == BestCost && shipments > ShipmentsOf(BestUsed));

    /// <summary>The undecided facility in use that costs most to open; a lane only once its node is decided.</summary>
    private int Next()
    {
        int next = -1;
        for (int f = 0; f < state.Length; f++)
        {
            if (filling.Used[f] && state[f] == Filling.Undecided
                && (next < 0 || (next < model.Nodes) == (f < model.Nodes)) && (next < 0 || model.Fixed[f] > model.Fixed[next]))
            {
                next = f;
            }
        }

        return next;
    }

    private List<int> ShutUndecidedNodes()
    {
        var shut = new List<int>();
        for (int n = 0; n < model.Nodes; n++)
        {
            if (state[n] == Filling.Undecided)
            {
                state[n] = Filling.Closed;
                shut.Add(n);
            }
        }

        return shut;
    }

    /// <summary>Compares the plan of a settled set with the best; answers the bound that it leaves behind.</summary>
    private long Settle(byte[] settled)
    {
        long cost = trueCost.IsSimple ? filling.Fill(settled) : filling.Record(settled);
        candidate.Clear();
        for (int f = 0; f < model.Facilities; f++)
        {
            if (filling.Used[f])
            {
                candidate.Add(f);
                cost += model.Fixed[f];
            }
        }

        long truth = trueCost.IsSimple ? cost : trueCost.Of(cost, filling.Taken, filling.Used);
        if (ShipmentsOf(candidate) <= model.MostShipments && truth != TruePlanCost.NotAllowed && IsBetter(truth))
        {
            BestCost = truth;
            BestUsed = candidate.ToArray();
        }

        return truth == cost ? long.MaxValue : cost;
    }

    private bool IsBetter(long cost)
    {
        if (cost != BestCost)
        {
            return cost < BestCost;
        }

        int shipments = ShipmentsOf(candidate).CompareTo(ShipmentsOf(BestUsed));
        for (int i = 0; shipments == 0 && i < candidate.Count && i < BestUsed.Length; i++)
        {
            shipments = candidate[i].CompareTo(BestUsed[i]);
        }

        return shipments < 0;
    }

    private int ShipmentsOf(IReadOnlyList<int> used)
    {
        int shipments = 0;
        for (int i = 0; i < used.Count; i++)
        {
            shipments += used[i] < model.Nodes ? 1 : 0;
        }

        return shipments;
    }
}
