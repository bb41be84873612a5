using System;

namespace OrderKernel.Sourcing;

/// <summary>What the root of a plain problem yields: prices with their bound, and a plan made from them.</summary>
internal sealed class PriceRoot
{
    private const int StepsPerRound = 80;
    private const int ManyOffers = 4_000;

    private readonly SplitModel model;
    private readonly OpenNodes plan;
    private readonly bool[] worth;
    private readonly byte[] undecided;

    public PriceRoot(SplitModel model)
    {
        this.model = model;
        plan = new OpenNodes(model);
        worth = new bool[model.Nodes];
        undecided = new byte[model.Nodes];
        BestOpen = new bool[model.Nodes];
        Price = new long[model.Lines];
        Reduced = new long[model.Nodes];
    }

    public long[] Price { get; private set; }

    public long[] Reduced { get; private set; }

    public long Bound { get; private set; }

    public long BestCost { get; private set; } = long.MaxValue;

    public bool[] BestOpen { get; private set; }

    public long Steps { get; private set; }

    /// <summary>A quick climb of the prices, and one descent from the nodes that they call worth opening.</summary>
    public void Quick()
    {
        var ascent = new PriceAscent(model);
        Steps += ascent.Climb(Price, 6);
        var bound = new PriceBound(model);
        Bound = bound.At(Price, undecided);
        Reduced = bound.Reduced;
        TryPlan(Reduced, 0);
    }

    /// <summary>A long walk of the prices with plans tried on the way.</summary>
    /// <param name="rounds">How often plans are tried, with 80 steps of the walk before each.</param>
    public void Thorough(int rounds)
    {
        // With many offers a descent costs as much as a hundred steps, and a swap far more: plans are tried seldom.
        bool many = model.LineStart[model.Lines] > ManyOffers;
        int swaps = many ? 0 : 4;
        rounds = many ? 3 : rounds;
        var walk = new PriceStepping(model);
        walk.Begin(Price, 1024, 16);
        for (int round = 0; round < rounds && Bound < BestCost; round++)
        {
            walk.Go(undecided, BestCost, many ? 2 * StepsPerRound : StepsPerRound);
            if (walk.BestBound > Bound)
            {
                Bound = walk.BestBound;
                Array.Copy(walk.BestPrice, Price, Price.Length);
                Array.Copy(walk.BestReduced, Reduced, Reduced.Length);
            }

            TryPlan(walk.BestReduced, swaps);
            for (int n = 0; n < worth.Length; n++)
            {
                worth[n] = walk.Activity[n] > 300;
            }

            Improve(swaps);
        }

        Steps += walk.Steps;
    }

    /// <summary>Turns each node of the best plan over in turn and descends from there, until a full round finds nothing.</summary>
    /// <remarks>A search proves faster from the best plan than from a good one.</remarks>
    public void Polish(int rounds)
    {
        bool better = true;
        while (better && rounds-- > 0)
        {
            long before = BestCost;
            for (int n = 0; n < model.Nodes; n++)
            {
                if (Bound + Math.Abs(Reduced[n]) >= BestCost)
                {
                    continue;
                }

                Array.Copy(BestOpen, worth, worth.Length);
                plan.Set(worth);
                plan.Turn(n);
                Keep();
            }

            better = BestCost < before;
        }
    }

    private void TryPlan(long[] reduced, int swaps)
    {
        for (int n = 0; n < worth.Length; n++)
        {
            worth[n] = reduced[n] <= 0;
        }

        Improve(swaps);
    }

    private void Improve(int swaps)
    {
        plan.Set(worth);
        plan.Improve(swaps);
        Keep();
    }

    private void Keep()
    {
        if (plan.Total < BestCost)
        {
            BestCost = plan.Total;
            BestOpen = (bool[])plan.IsOpen.Clone();
        }
    }
}
