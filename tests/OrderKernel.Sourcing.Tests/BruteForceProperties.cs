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

public class BruteForceProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(400));

    [Theory]
    [Trait("ReqPart", "S2-42")]
    [InlineData((int)Feature.None)]
    [InlineData((int)Feature.EqualCosts)]
    [InlineData((int)Feature.SharedStock)]
    [InlineData((int)(Feature.Lots | Feature.SharedStock))]
    [InlineData((int)Feature.Lanes)]
    [InlineData((int)(Feature.Lanes | Feature.SharedStock | Feature.ShipmentLimit))]
    [InlineData((int)Feature.ShipmentLimit)]
    public void Solve_TinyProblem_CostsWhatTryingEverythingCosts(int features) =>
        Prop.ForAll(TinyProblems.Arbitrary((Feature)features), problem =>
        {
            SourcingPlan plan = SourcingSolver.Solve(problem);
            PlanLaw.Check(problem, plan);
            Assert.Equal(SourcingProof.Exact, plan.Proof);
            Assert.Equal(new BruteForce(problem).LeastCost(), plan.Objective);
        }).Check(Many);

    [Fact]
    public void Solve_StepTariffs_TruthLiesBetweenBoundAndPlan() =>
        Prop.ForAll(TinyProblems.Arbitrary(Feature.Tariffs | Feature.ShipmentLimit), problem =>
        {
            SourcingPlan plan = SourcingSolver.Solve(problem);
            PlanLaw.Check(problem, plan);
            long truth = new BruteForce(problem).LeastCost();
            Assert.InRange(truth, plan.LowerBound, plan.Objective);
        }).Check(Many);

    /// <summary>A minimum is judged on the cheapest filling of a set of nodes, so the truth tries every set.</summary>
    [Fact]
    public void Solve_MinimumValues_CostsWhatTheBestAllowedSetCosts() =>
        Prop.ForAll(TinyProblems.Arbitrary(Feature.MinimumValues), problem =>
        {
            SourcingPlan plan = SourcingSolver.Solve(problem);
            PlanLaw.Check(problem, plan);
            SourcingProblem free = WithoutMinimums(problem);
            long best = long.MaxValue;
            for (int set = 0; set < 1 << problem.Nodes.Length; set++)
            {
                var only = new SourcingProblem(
                    problem.Lines, [.. free.Nodes.Select(n => new SourcingNode(n.Id, 0, n.Distance))], problem.Cells,
                    [.. problem.Offers.Where(o => (set >> o.Node & 1) != 0)]);
                SourcingPlan filling = SourcingSolver.Solve(only);
                bool allowed = filling.Shipments.All(s => problem.Nodes[s.Node].MinimumValue
                    <= s.Picks.Sum(p => p.Quantity.Units * problem.Lines[p.Line].UnitValue));
                if (allowed)
                {
                    best = Math.Min(best, filling.Objective + filling.Shipments.Sum(s => problem.Nodes[s.Node].ShipmentCost));
                }
            }

            Assert.Equal(best, plan.Objective);
            Assert.InRange(new BruteForce(problem).LeastCost(), plan.LowerBound, plan.Objective);
        }).Check(Many);

    [Theory]
    [InlineData((int)Feature.None)]
    [InlineData((int)Feature.EqualCosts)]
    [InlineData((int)(Feature.Lanes | Feature.Lots | Feature.SharedStock))]
    public void Solve_ListsInAnotherOrder_SamePlan(int features) =>
        Prop.ForAll(TinyProblems.Arbitrary((Feature)features), Gen.Choose(0, 1 << 30).ToArbitrary(), (problem, seed) =>
        {
            SourcingProblem other = TinyProblems.Shuffled(problem, new Random(seed));
            Assert.Equal(Told(problem, SourcingSolver.Solve(problem)), Told(other, SourcingSolver.Solve(other)));
        }).Check(Many);

    [Fact]
    public void Solve_MoreStock_NeverCostsMore() =>
        Prop.ForAll(TinyProblems.Arbitrary(Feature.SharedStock | Feature.Lanes), problem =>
        {
            var more = new SourcingProblem(
                problem.Lines, problem.Nodes, [.. problem.Cells.Select(c => new OfferStock(c.Id, c.Units + new Quantity(1), c.UseFirst))],
                problem.Offers, problem.Lanes);
            Assert.True(SourcingSolver.Solve(more).Objective <= SourcingSolver.Solve(problem).Objective);
        }).Check(Many);

    [Fact]
    public void LowerBound_AnyPrices_NeverAboveTheCheapestPlan() =>
        Prop.ForAll(
            TinyProblems.Arbitrary(Feature.SharedStock | Feature.Lanes | Feature.Lots | Feature.ShipmentLimit | Feature.Tariffs),
            Gen.Choose(0, 1 << 30).ToArbitrary(),
            (problem, seed) =>
            {
                var random = new Random(seed);
                SourcingPlan plan = SourcingSolver.Solve(problem);
                ImmutableArray<long> altered = [.. plan.Prices.Select(price => random.Next(4) switch
                {
                    0 => price,
                    1 => price + random.Next(-3000, 3000),
                    2 => random.NextInt64(long.MinValue, long.MaxValue),
                    _ => price * 2,
                })];
                Assert.True(PriceCertificate.LowerBound(problem, altered) <= new BruteForce(problem).LeastCost());
            }).Check(Many);

    [Fact]
    public void WithOneShipmentFewer_TinyProblem_IsTheBestUnderThatLimit() =>
        Prop.ForAll(TinyProblems.Arbitrary(Feature.None), problem =>
        {
            SourcingPlan plan = SourcingSolver.Solve(problem);
            SourcingPlan? fewer = SourcingSolver.WithOneShipmentFewer(problem, plan);
            Assert.Equal(plan.Shipments.Length <= 1, fewer is null);
            if (fewer is not null)
            {
                Assert.True(fewer.Shipments.Length < plan.Shipments.Length);
                Assert.Equal(
                    new BruteForce(problem.WithMostShipments(plan.Shipments.Length - 1)).LeastCost(), fewer.Objective);
            }
        }).Check(Many);

    private static SourcingProblem WithoutMinimums(SourcingProblem problem) => new(
        problem.Lines, [.. problem.Nodes.Select(n => new SourcingNode(n.Id, n.ShipmentCost, n.Distance))],
        problem.Cells, problem.Offers);

    /// <summary>A plan in ids, which do not depend on the order of the lists.</summary>
    private static string Told(SourcingProblem problem, SourcingPlan plan) => string.Join(
        " | ",
        new[] { plan.Objective.ToString(System.Globalization.CultureInfo.InvariantCulture), plan.Proof.ToString() }
            .Concat(plan.Shipments.Select(s => problem.Nodes[s.Node].Id.Text + ":" + string.Join(",", s.Picks.Select(p =>
                $"{problem.Lines[p.Line].Id}x{p.Quantity}@{problem.Cells[p.Cell].Id}"
                + (p.Lane < 0 ? string.Empty : "via" + problem.Lanes[p.Lane].Id)))))
            .Concat(plan.Unfilled.Select(u => $"{problem.Lines[u.Line].Id}-{u.Quantity}"))
            .Concat(plan.Rejected.Select(r => $"{problem.Nodes[r.Node].Id.Text}+{r.ReducedCost}")));
}
