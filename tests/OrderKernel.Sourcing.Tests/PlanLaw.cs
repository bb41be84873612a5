using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace OrderKernel.Sourcing.Tests;

/// <summary>What every plan must satisfy, worked out from the problem alone.</summary>
internal static class PlanLaw
{
    /// <summary>Checks conservation, stock, links and limits, and that the objective is what the plan costs.</summary>
    public static void Check(SourcingProblem problem, SourcingPlan plan)
    {
        var line = new long[problem.Lines.Length];
        var cell = new long[problem.Cells.Length];
        var lanes = new HashSet<int>();
        long cost = 0;
        foreach (PlannedShipment shipment in plan.Shipments)
        {
            SourcingNode node = problem.Nodes[shipment.Node];
            long weight = 0, value = 0;
            Assert.NotEmpty(shipment.Picks);
            foreach (PlannedPick pick in shipment.Picks)
            {
                SourcingOffer offer = problem.Offers.Where(o => o.Line == pick.Line && o.Node == shipment.Node
                    && o.Cell == pick.Cell && o.Lane == pick.Lane).MinBy(o => o.UnitCost);
                Assert.Equal(pick.Cell, offer.Cell);
                line[pick.Line] += pick.Quantity.Units;
                cell[pick.Cell] += pick.Quantity.Units;
                cost += pick.Quantity.Units * offer.UnitCost;
                weight += pick.Quantity.Units * problem.Lines[pick.Line].UnitWeight;
                value += pick.Quantity.Units * problem.Lines[pick.Line].UnitValue;
                cost += pick.Lane >= 0 && lanes.Add(pick.Lane) ? problem.Lanes[pick.Lane].TransferCost : 0;
            }

            cost += node.ShipmentCost + (node.Tariff is null ? 0 : node.Tariff.CostOf(weight)!.Value);
            Assert.True(value >= node.MinimumValue);
        }

        foreach (UnfilledLine unfilled in plan.Unfilled)
        {
            line[unfilled.Line] += unfilled.Quantity.Units;
            cost += unfilled.Quantity.Units * problem.Lines[unfilled.Line].UnfilledCost;
        }

        Assert.Equal(problem.Lines.Select(l => l.Quantity.Units), line);
        Assert.All(cell.Zip(problem.Cells), pair => Assert.True(pair.First <= pair.Second.Units.Units));
        Assert.True(plan.Shipments.Length <= problem.MostShipments);
        Assert.Equal(cost, plan.Objective);
        Assert.True(plan.LowerBound <= plan.Objective);
        Assert.Equal(plan.Proof == SourcingProof.Exact, plan.Gap == 0);
        Assert.True(PriceCertificate.LowerBound(problem, plan.Prices) <= plan.LowerBound);
        if (plan.Proof == SourcingProof.Certificate)
        {
            Assert.Equal(plan.LowerBound, (long)PriceCertificate.LowerBound(problem, plan.Prices));
        }
    }
}
