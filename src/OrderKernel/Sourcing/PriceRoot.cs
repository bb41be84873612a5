using System;

namespace OrderKernel.Sourcing;

/// <summary>What the root of a plain problem yields: prices with their bound, and a plan made from them.</summary>
internal sealed class PriceRoot
{
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
        TryPlan(Reduced, 1, 0);
    }

    /// <summary>A long walk of the prices with plans tried on the way.</summary>
    public void Thorough(int rounds, int stepsPerRound, int swaps)
    {
        var walk = new PriceStepping(model);
        long boldness = 1024;
        for (int round = 0; round < rounds && Bound < BestCost; round++)
        {
            walk.Walk(Price, undecided, BestCost, stepsPerRound, boldness, 12);
            if (walk.BestBound > Bound)
            {
                Bound = walk.BestBound;
                Array.Copy(walk.BestPrice, Price, Price.Length);
                Array.Copy(walk.BestReduced, Reduced, Reduced.Length);
            }

            TryPlan(walk.BestReduced, 1, swaps);
            for (int n = 0; n < worth.Length; n++)
            {
                worth[n] = walk.Activity[n] > 300;
            }

            Improve(swaps);
            boldness = boldness * 6 / 10;
        }

        Steps += walk.Steps;
    }

    private void TryPlan(long[] reduced, long below, int swaps)
    {
        for (int n = 0; n < worth.Length; n++)
        {
            worth[n] = reduced[n] < below;
        }

        Improve(swaps);
    }

    private void Improve(int swaps)
    {
        plan.Set(worth);
        plan.Improve(swaps);
        if (plan.Total < BestCost)
        {
            BestCost = plan.Total;
            BestOpen = (bool[])plan.IsOpen.Clone();
        }
    }
}
