using System;
using System.Collections.Generic;

namespace OrderKernel.Sourcing;

/// <summary>Branch and bound on nodes with the price bound, for plain models with many nodes.</summary>
/// <remarks><para>Each branch inherits its parent's prices and walks a few steps on; what reduced costs settle is fixed for
/// the whole branch. The next node is the one whose opening is least certain for its cost.</para></remarks>
internal sealed class PriceTree
{
    // Measured on the 30x30 and 60x100 instances: fewer or shorter steps leave more branches than they save.
    private const int StepsPerBranch = 30;
    private const long FirstBoldness = 500;
    private const int Patience = 8;

    private readonly SplitModel model;
    private readonly PriceStepping walk;
    private readonly OpenNodes plan;
    private readonly byte[] state;
    private readonly bool[] worth;
    private readonly long budget;

    public PriceTree(SplitModel model, long budget)
    {
        this.model = model;
        this.budget = budget;
        walk = new PriceStepping(model);
        plan = new OpenNodes(model);
        state = new byte[model.Nodes];
        worth = new bool[model.Nodes];
        BestOpen = new bool[model.Nodes];
    }

    public long Steps { get; private set; }

    public bool IsCut { get; private set; }

    public long BestCost { get; private set; }

    public bool[] BestOpen { get; private set; }

    /// <summary>Searches all sets for one cheaper than the best known.</summary>
    /// <param name="price">The root's best prices.</param>
    /// <param name="bestCost">The cost of the best plan known.</param>
    /// <param name="bestOpen">Its nodes.</param>
    public void Run(long[] price, long bestCost, bool[] bestOpen)
    {
        BestCost = bestCost;
        BestOpen = bestOpen;
        Visit(price);
    }

    private void Visit(long[] inherited)
    {
        if (Steps >= budget)
        {
            IsCut = true;
            return;
        }

        Steps++;
        walk.Begin(inherited, FirstBoldness, Patience);
        walk.Go(state, BestCost, StepsPerBranch);
        if (walk.BestBound >= BestCost)
        {
            return;
        }

        TryPlan();
        var fixedHere = new List<int>();
        int next = FixAndChoose(fixedHere);
        if (walk.BestBound < BestCost && next >= 0)
        {
            var price = (long[])walk.BestPrice.Clone();
            byte first = walk.BestReduced[next] < 0 ? Filling.Open : Filling.Closed;
            state[next] = first;
            Visit(price);
            state[next] = first == Filling.Open ? Filling.Closed : Filling.Open;
            Visit(price);
            state[next] = Filling.Undecided;
        }

        foreach (int n in fixedHere)
        {
            state[n] = Filling.Undecided;
        }
    }

    private void TryPlan()
    {
        for (int n = 0; n < worth.Length; n++)
        {
            worth[n] = state[n] == Filling.Open || (state[n] == Filling.Undecided && walk.BestReduced[n] < 0);
        }

        plan.Set(worth);
        if (plan.Total < BestCost + (BestCost / 32))
        {
            plan.Improve(0);
        }

        if (plan.Total < BestCost)
        {
            BestCost = plan.Total;
            BestOpen = (bool[])plan.IsOpen.Clone();
        }
    }

    /// <summary>Fixes what the bound settles; answers the node to branch on, or -1 when all are decided.</summary>
    private int FixAndChoose(List<int> fixedHere)
    {
        int next = -1;
        long bestScore = long.MinValue;
        for (int n = 0; n < model.Nodes; n++)
        {
            if (state[n] != Filling.Undecided)
            {
                continue;
            }

            long reduced = walk.BestReduced[n];
            if (walk.BestBound + Math.Abs(reduced) >= BestCost)
            {
                state[n] = reduced > 0 ? Filling.Closed : Filling.Open;
                fixedHere.Add(n);
                continue;
            }

            long score = (512 - Math.Abs(walk.Activity[n] - 512) + 1) * (model.Fixed[n] / 1024);
            if (score > bestScore)
            {
                (next, bestScore) = (n, score);
            }
        }

        return next;
    }
}
