using System;
using System.Collections.Immutable;

namespace OrderKernel.Sourcing;

/// <summary>The plain rule: every line takes what the nearest node has, then the next nearest, whatever it costs.</summary>
/// <remarks>
/// <para>A policy for hosts that want it, and the yardstick for the solver: beside its plan,
/// <see cref="SourcingSolver.Solve"/> says what least cost would be. Between offers of one node the cheaper goes first, then
/// the cell's rank. Limits on shipments, minimum values and the heaviest step of a tariff are not looked at.</para>
/// <para>Cost: one pass over the offers.</para>
/// </remarks>
public static class NearestFirst
{
    /// <summary>Fills a problem by the rule; the proof is <see cref="SourcingProof.None"/>.</summary>
    /// <param name="problem">The problem, without limits on shipments, minimum values and tariffs.</param>
    /// <exception cref="ArgumentException">The problem has a limit, a minimum value or a tariff.</exception>
    public static SourcingPlan Solve(SourcingProblem problem)
    {
        if (problem is null)
        {
            throw new ArgumentNullException(nameof(problem));
        }

        if (!Applies(problem))
        {
            throw new ArgumentException("Nearest-first knows no limits, minimum values or tariffs.", nameof(problem));
        }

        // Distance takes the place of cost: nearer nodes are cheaper, then the cheaper offer, and nothing stays unfilled.
        SourcingProblem near = ByDistance(problem);
        SplitModel model = ModelBuilder.Build(near, out int[] lineOrder, out int[] nodeOrder);
        var filling = new Filling(model);
        filling.Record(new byte[model.Facilities]);
        ImmutableArray<PlannedShipment> shipments = PlanWriter.Shipments(near, model, nodeOrder, filling);
        ImmutableArray<UnfilledLine> unfilled = PlanWriter.Unfilled(model, lineOrder, filling);
        return new SourcingPlan(
            Cost(problem, model, filling, shipments, unfilled), 0, SourcingProof.None, shipments, unfilled,
            ImmutableArray<long>.Empty, ImmutableArray<NodeVerdict>.Empty, model.LineStart[model.Lines]);
    }

    /// <summary>Whether the problem is without limits on shipments, minimum values and tariffs.</summary>
    internal static bool Applies(SourcingProblem problem)
    {
        foreach (SourcingNode node in problem.Nodes)
        {
            if (node.Tariff is not null || node.MinimumValue > 0 || problem.MostShipments < problem.Nodes.Length)
            {
                return false;
            }
        }

        return true;
    }

    private static SourcingProblem ByDistance(SourcingProblem problem)
    {
        int[] byDistance = new int[problem.Nodes.Length];
        for (int n = 0; n < byDistance.Length; n++)
        {
            byDistance[n] = n;
        }

        Array.Sort(byDistance, (a, b) =>
        {
            int order = problem.Nodes[a].Distance.CompareTo(problem.Nodes[b].Distance);
            return order != 0 ? order : string.CompareOrdinal(problem.Nodes[a].Id.Text, problem.Nodes[b].Id.Text);
        });
        int[] byCost = new int[problem.Offers.Length];
        for (int k = 0; k < byCost.Length; k++)
        {
            byCost[k] = k;
        }

        Array.Sort(byCost, (a, b) =>
        {
            int order = problem.Offers[a].UnitCost.CompareTo(problem.Offers[b].UnitCost);
            return order != 0 ? order : a.CompareTo(b);
        });

        var rank = new long[byDistance.Length];
        for (int i = 0; i < byDistance.Length; i++)
        {
            rank[byDistance[i]] = i;
        }

        long distinct = 0, last = -1;
        var offers = ImmutableArray.CreateBuilder<SourcingOffer>(byCost.Length);
        offers.Count = byCost.Length;
        foreach (int k in byCost)
        {
            SourcingOffer offer = problem.Offers[k];
            distinct += offer.UnitCost == last ? 0 : 1;
            last = offer.UnitCost;
            long cost = (rank[offer.Node] * (byCost.Length + 1)) + distinct;
            offers[k] = new SourcingOffer(offer.Line, offer.Node, offer.Cell, cost, offer.Lane);
        }

        long never = ((long)byDistance.Length + 1) * (byCost.Length + 2);
        var lines = ImmutableArray.CreateRange(problem.Lines, line => new SourcingLine(line.Id, line.Quantity, never));
        return new SourcingProblem(lines, problem.Nodes, problem.Cells, offers.MoveToImmutable(), problem.Lanes);
    }

    private static long Cost(
        SourcingProblem problem, SplitModel model, Filling filling, ImmutableArray<PlannedShipment> shipments,
        ImmutableArray<UnfilledLine> unfilled)
    {
        long cost = 0;
        var lanes = new bool[problem.Lanes.Length];
        for (int k = 0; k < filling.Taken.Length; k++)
        {
            SourcingOffer offer = problem.Offers[model.Source[k]];
            cost += filling.Taken[k] * offer.UnitCost;
            if (filling.Taken[k] > 0 && offer.Lane >= 0 && !lanes[offer.Lane])
            {
                lanes[offer.Lane] = true;
                cost += problem.Lanes[offer.Lane].TransferCost;
            }
        }

        foreach (PlannedShipment shipment in shipments)
        {
            cost += problem.Nodes[shipment.Node].ShipmentCost;
        }

        foreach (UnfilledLine line in unfilled)
        {
            cost += line.Quantity.Units * problem.Lines[line.Line].UnfilledCost;
        }

        return cost;
    }
}
