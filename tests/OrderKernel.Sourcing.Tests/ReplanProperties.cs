using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Measures;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sourcing.Tests;

public class ReplanProperties
{
    [Fact]
    public void Solve_AfterAChange_KeepsWhatItMayAndHoldsTogether() =>
        Prop.ForAll(TinyProblems.Arbitrary(Feature.Lanes), Gen.Choose(0, 1 << 30).ToArbitrary(), (before, seed) =>
        {
            var random = new Random(seed);
            SourcingPlan plan = SourcingSolver.Solve(before);
            ImmutableArray<int> shipped = [.. Enumerable.Range(0, plan.Shipments.Length).Where(_ => random.Next(3) == 0)];
            var left = new long[before.Lines.Length];
            var gone = new long[before.Cells.Length];
            foreach (PlannedPick pick in shipped.SelectMany(i => plan.Shipments[i].Picks))
            {
                left[pick.Line] += pick.Quantity.Units;
                gone[pick.Cell] += pick.Quantity.Units;
            }

            int changed = random.Next(before.Lines.Length);
            int counted = before.Cells.Length == 0 ? -1 : random.Next(before.Cells.Length);
            long lost = counted < 0 ? 0 : Math.Min(1, before.Cells[counted].Units.Units - gone[counted]);
            var after = new SourcingProblem(
                [.. before.Lines.Select((l, i) => i != changed ? l : new SourcingLine(
                    l.Id, new Quantity(Math.Max(left[i], l.Quantity.Units + random.Next(-2, 3))), l.UnfilledCost))],
                before.Nodes,
                [.. before.Cells.Select((c, i) => new OfferStock(
                    c.Id, c.Units - new Quantity(gone[i] + (i == counted ? lost : 0)), c.UseFirst))],
                before.Offers, before.Lanes);
            SourcingPlan again = SourcingReplan.Solve(before, plan, after, shipped);

            // As a plan of what is still to ship it satisfies every law, its objective included.
            var still = new SourcingProblem(
                [.. after.Lines.Select((l, i) => new SourcingLine(l.Id, l.Quantity - new Quantity(left[i]), l.UnfilledCost))],
                after.Nodes, after.Cells, after.Offers, after.Lanes);
            PlanLaw.Check(still, again);

            HashSet<int> touched = [.. plan.Unfilled.Select(u => u.Line), changed];
            touched.UnionWith(plan.Shipments.SelectMany(s => s.Picks).Where(p => p.Cell == counted).Select(p => p.Line));
            bool keeps = plan.Shipments.Where((_, i) => !shipped.Contains(i)).SelectMany(s => s.Picks.Select(p => (s.Node, Pick: p)))
                .Where(p => !touched.Contains(p.Pick.Line))
                .All(p => again.Shipments.Any(s => s.Node == p.Node && s.Picks.Contains(p.Pick)));
            SourcingPlan anew = SourcingSolver.Solve(still);
            Assert.True(keeps || (again.Objective == anew.Objective && again.Shipments.Length == anew.Shipments.Length));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(400)));

    [Fact]
    public void Solve_NothingChanged_SamePlan() =>
        Prop.ForAll(TinyProblems.Arbitrary(Feature.Lanes), problem =>
        {
            SourcingPlan plan = SourcingSolver.Solve(problem);
            SourcingPlan again = SourcingReplan.Solve(problem, plan, problem, []);
            Assert.Equal(plan.Objective, again.Objective);
            Assert.Equal(plan.Shipments.Length, again.Shipments.Length);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(300)));

    /// <summary>A line split over two nodes goes to one node once that has enough for all.</summary>
    [Fact]
    public void Solve_StockArrivesAtOneNode_SplitMergesBack()
    {
        SourcingProblem Make(int atA) => new(
            [new SourcingLine("l", new Quantity(4), 10_000)],
            [new SourcingNode(new NodeId("a"), 100), new SourcingNode(new NodeId("b"), 100)],
            [new OfferStock("a", new Quantity(atA)), new OfferStock("b", new Quantity(2))],
            [new SourcingOffer(0, 0, 0, 5), new SourcingOffer(0, 1, 1, 5)]);
        SourcingPlan split = SourcingSolver.Solve(Make(2));
        Assert.Equal(2, split.Shipments.Length);
        Assert.Single(SourcingReplan.Solve(Make(2), split, Make(4), []).Shipments);
    }
}
