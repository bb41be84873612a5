using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>What a solver found: the open facilities, and the prices with their bound.</summary>
internal readonly record struct Answer(bool[] Open, long[] Price, long[] Reduced, long Bound, bool IsProved, long Steps);

/// <summary>Turns the open facilities of an answer into a plan in the caller's indexes.</summary>
internal static class PlanWriter
{
    public static SourcingPlan Write(SourcingProblem problem, SplitModel model, int[] lineOrder, int[] nodeOrder, in Answer answer)
    {
        var state = new byte[model.Facilities];
        for (int f = 0; f < state.Length; f++)
        {
            state[f] = answer.Open[f] ? Filling.Open : Filling.Closed;
        }

        var filling = new Filling(model);
        long objective = filling.Record(state);
        for (int f = 0; f < state.Length; f++)
        {
            objective += filling.Used[f] ? model.Fixed[f] : 0;
        }

        if (!model.IsPlain)
        {
            var truth = new TruePlanCost(problem, model, nodeOrder);
            objective = truth.IsSimple ? objective : truth.Of(objective, filling.Taken, filling.Used);
        }

        var prices = new long[model.Lines];
        for (int line = 0; line < prices.Length; line++)
        {
            prices[lineOrder[line]] = answer.Price[line];
        }

        bool proved = answer.IsProved || answer.Bound >= objective;
        return new SourcingPlan(
            objective,
            proved ? objective : answer.Bound,
            proved ? SourcingProof.Exact : SourcingProof.Certificate,
            Shipments(problem, model, nodeOrder, filling),
            Unfilled(model, lineOrder, filling),
            ImmutableArray.Create(prices),
            Rejected(model, nodeOrder, filling.Used, answer.Reduced),
            answer.Steps);
    }

    internal static ImmutableArray<PlannedShipment> Shipments(
        SourcingProblem problem, SplitModel model, int[] nodeOrder, Filling filling)
    {
        int count = 0;
        for (int n = 0; n < model.Nodes; n++)
        {
            count += filling.Used[n] ? 1 : 0;
        }

        // Picks by node, then by line: offers already stand by line.
        var picks = new ImmutableArray<PlannedPick>.Builder?[model.Nodes];
        for (int k = 0; k < model.LineStart[model.Lines]; k++)
        {
            if (filling.Taken[k] > 0)
            {
                SourcingOffer offer = problem.Offers[model.Source[k]];
                (picks[model.NodeOf[model.Facility[k]]] ??= ImmutableArray.CreateBuilder<PlannedPick>())
                    .Add(new PlannedPick(offer.Line, new Quantity(filling.Taken[k]), offer.Cell, offer.Lane));
            }
        }

        var shipments = ImmutableArray.CreateBuilder<PlannedShipment>(count);
        for (int n = 0; n < model.Nodes; n++)
        {
            if (picks[n] is { } carried)
            {
                shipments.Add(new PlannedShipment(nodeOrder[n], carried.ToImmutable()));
            }
        }

        return shipments.MoveToImmutable();
    }

    internal static ImmutableArray<UnfilledLine> Unfilled(SplitModel model, int[] lineOrder, Filling filling)
    {
        var unfilled = ImmutableArray.CreateBuilder<UnfilledLine>();
        for (int line = 0; line < model.Lines; line++)
        {
            long left = model.Quantity[line];
            for (int k = model.LineStart[line]; k < model.LineStart[line + 1]; k++)
            {
                left -= filling.Taken[k];
            }

            if (left > 0)
            {
                unfilled.Add(new UnfilledLine(lineOrder[line], new Quantity(left)));
            }
        }

        return unfilled.ToImmutable();
    }

    private static ImmutableArray<NodeVerdict> Rejected(SplitModel model, int[] nodeOrder, bool[] used, long[] reduced)
    {
        var rejected = ImmutableArray.CreateBuilder<NodeVerdict>();
        for (int n = 0; n < model.Nodes; n++)
        {
            if (!used[n] && model.FacilityStart[n + 1] > model.FacilityStart[n])
            {
                rejected.Add(new NodeVerdict(nodeOrder[n], reduced[n]));
            }
        }

        return rejected.ToImmutable();
    }
}
