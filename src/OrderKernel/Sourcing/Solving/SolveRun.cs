using System;

namespace OrderKernel.Sourcing;

/// <summary>One solve: which solver works on what, and the plan made of its answer.</summary>
internal sealed class SolveRun
{
    private const int ManyNodes = 40;

    private readonly SourcingProblem problem;
    private readonly SourcingEffort effort;
    private readonly int[] lineOrder;
    private readonly int[] nodeOrder;

    public SolveRun(SourcingProblem problem, SourcingEffort effort)
    {
        this.problem = problem;
        this.effort = effort;
        Model = ModelBuilder.Build(problem, out lineOrder, out nodeOrder);
    }

    public SplitModel Model { get; }

    /// <summary>Prices first; then a complete search among the nodes they leave open, by filling or by prices.</summary>
    public SourcingPlan Plain(int smallBudget)
    {
        var root = new PriceRoot(Model);
        root.Quick();
        bool few = Model.Nodes <= SourcingSolver.FewNodes;
        if (!few)
        {
            root.Thorough(Model.Nodes > ManyNodes ? 10 : 6);
            if (effort.Branches > 0 && Model.Nodes > ManyNodes)
            {
                root.Polish(3);
            }
        }

        bool[] open = root.BestOpen;
        long cost = root.BestCost;
        long steps = root.Steps;
        bool proved = !few && root.Bound >= cost;
        if (!proved && (few || effort.Branches > 0))
        {
            SplitModel small = Model.Without(SettledClosed(root, few), out int[] kept);
            proved = few
                ? BySets(small, root, kept, smallBudget, ref open, ref steps)
                : ByPrices(small, root, kept, ref open, ref steps);
        }

        return PlanWriter.Write(problem, Model, lineOrder, nodeOrder,
            new Answer(open, root.Price, root.Reduced, root.Bound, proved, steps));
    }

    /// <summary>The complete search with everything that sets and prices alone do not describe.</summary>
    public SourcingPlan Rich(int smallBudget)
    {
        var truth = new TruePlanCost(problem, Model, nodeOrder);
        var search = new OpenSetSearch(Model, truth, null, smallBudget + effort.Branches);
        var start = new RichStart(Model, search);
        start.Run();
        search.Run(0);
        var price = new long[Model.Lines];
        new PriceAscent(Model).Climb(price, 12);
        var bound = new PriceBound(Model);
        long priced = bound.At(price, new byte[Model.Facilities]);
        var open = new bool[Model.Facilities];
        foreach (int f in search.BestUsed)
        {
            open[f] = true;
        }

        bool proved = (!search.IsCut && search.LeastOpenBound >= search.BestCost) || priced >= search.BestCost;
        return PlanWriter.Write(
            problem, Model, lineOrder, nodeOrder,
            new Answer(open, price, bound.Reduced, priced, proved, search.Steps + start.Steps));
    }

    private bool[] SettledClosed(PriceRoot root, bool few)
    {
        var closed = new bool[Model.Nodes];
        for (int n = 0; n < closed.Length; n++)
        {
            // Among few nodes plans of equal cost are compared too, so only what is strictly worse goes.
            long with = root.Bound + Math.Max(0, root.Reduced[n]);
            closed[n] = few ? with > root.BestCost : with >= root.BestCost && root.Reduced[n] > 0;
            closed[n] &= !root.BestOpen[n];
        }

        return closed;
    }

    private bool BySets(SplitModel small, PriceRoot root, int[] kept, int budget, ref bool[] open, ref long steps)
    {
        var search = new OpenSetSearch(
            small, TruePlanCost.Simple, Array.ConvertAll(kept, n => root.Reduced[n]), budget);
        search.Offer(Array.ConvertAll(kept, n => root.BestOpen[n]));
        search.Run(root.Bound);
        open = new bool[Model.Nodes];
        foreach (int n in search.BestUsed)
        {
            open[kept[n]] = true;
        }

        steps += search.Steps;
        return !search.IsCut;
    }

    private bool ByPrices(SplitModel small, PriceRoot root, int[] kept, ref bool[] open, ref long steps)
    {
        var tree = new PriceTree(small, effort.BranchesFor(small.LineStart[small.Lines]));
        tree.Run(root.Price, root.BestCost, Array.ConvertAll(kept, n => root.BestOpen[n]));
        open = new bool[Model.Nodes];
        for (int i = 0; i < kept.Length; i++)
        {
            open[kept[i]] = tree.BestOpen[i];
        }

        steps += tree.Steps;
        return !tree.IsCut;
    }
}
