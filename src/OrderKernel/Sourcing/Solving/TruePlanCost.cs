using System;

namespace OrderKernel.Sourcing;

/// <summary>What a filling costs beyond straight lines: weight tariffs in their true steps, and minimum values that forbid it.</summary>
internal sealed class TruePlanCost
{
    public const long NotAllowed = long.MaxValue;

    /// <summary>For models whose own costs are the truth.</summary>
    public static readonly TruePlanCost Simple = new();

    private readonly SourcingProblem problem;
    private readonly SplitModel model;
    private readonly int[] nodeOrder;
    private readonly long[] weight;
    private readonly long[] straight;
    private readonly long[] value;

    public TruePlanCost(SourcingProblem problem, SplitModel model, int[] nodeOrder)
    {
        this.problem = problem;
        this.model = model;
        this.nodeOrder = nodeOrder;
        IsSimple = true;
        foreach (SourcingNode node in problem.Nodes)
        {
            IsSimple &= node.Tariff is null && node.MinimumValue == 0;
        }

        int nodes = IsSimple ? 0 : model.Nodes;
        weight = new long[nodes];
        straight = new long[nodes];
        value = new long[nodes];
    }

    private TruePlanCost()
    {
        problem = null!; // Never read: a simple cost asks nothing.
        model = null!;
        nodeOrder = [];
        weight = straight = value = [];
        IsSimple = true;
    }

    /// <summary>Whether the model's own costs are the truth.</summary>
    public bool IsSimple { get; }

    /// <summary>The true cost of a filling, or <see cref="NotAllowed"/>.</summary>
    /// <param name="cost">Its cost under the model: fixed costs and pieces.</param>
    /// <param name="taken">The pieces of each offer.</param>
    /// <param name="used">The facilities in use.</param>
    public long Of(long cost, long[] taken, bool[] used)
    {
        Array.Clear(weight, 0, weight.Length);
        Array.Clear(straight, 0, straight.Length);
        Array.Clear(value, 0, value.Length);
        for (int k = 0; k < model.LineStart[model.Lines]; k++)
        {
            if (taken[k] > 0)
            {
                SourcingOffer offer = problem.Offers[model.Source[k]];
                SourcingLine line = problem.Lines[offer.Line];
                int n = model.NodeOf[model.Facility[k]];
                weight[n] += taken[k] * line.UnitWeight;
                value[n] += taken[k] * line.UnitValue;
                straight[n] += taken[k] * (model.Cost[k] - offer.UnitCost);
            }
        }

        for (int n = 0; n < model.Nodes; n++)
        {
            SourcingNode node = problem.Nodes[nodeOrder[n]];
            if (used[n] && value[n] < node.MinimumValue)
            {
                return NotAllowed;
            }

            if (used[n] && node.Tariff is not null)
            {
                if (node.Tariff.CostOf(weight[n]) is not long tariff)
                {
                    return NotAllowed;
                }

                cost += tariff - straight[n] - (model.Fixed[n] - node.ShipmentCost);
            }
        }

        return cost;
    }
}
