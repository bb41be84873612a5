using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using OrderKernel.Cli;
using OrderKernel.Measures;
using Xunit;

namespace OrderKernel.Sourcing.Tests;

/// <summary>Plans against optima that another solver proved.</summary>
public class ReferenceInstanceTests
{
    [SharedDataTheory]
    [InlineData("5x5")]
    [InlineData("12x10")]
    [InlineData("30x30")]
    public void Solve_SplitInstances_EqualsTheProvedOptimum(string size)
    {
        foreach (JsonElement instance in Instances(size))
        {
            SourcingProblem problem = SourcingJson.Read(instance);
            SourcingPlan plan = SourcingSolver.Solve(problem);
            PlanLaw.Check(problem, plan);
            Assert.Equal(Reference(instance), plan.Objective);
            Assert.Equal(SourcingProof.Exact, plan.Proof);
        }
    }

    [SharedDataFact]
    public void Solve_SixtyByHundredAtTheRoot_StaysNearTheOptimumAndBelowIt()
    {
        decimal gaps = 0;
        int count = 0;
        foreach (JsonElement instance in Instances("60x100"))
        {
            SourcingProblem problem = SourcingJson.Read(instance);
            SourcingPlan plan = SourcingSolver.Solve(problem, SourcingEffort.Root);
            PlanLaw.Check(problem, plan);
            long optimum = Reference(instance);
            Assert.True(plan.LowerBound <= optimum);
            gaps += (decimal)(plan.Objective - optimum) / optimum;
            count++;
        }

        Assert.True(gaps / count <= 0.008m, $"mean gap {gaps / count}");
    }

    [SharedDataFact]
    public void LowerBound_AlteredPricesOfReferenceInstances_NeverAboveTheOptimum()
    {
        foreach (JsonElement instance in Instances("30x30").Take(25))
        {
            SourcingProblem problem = SourcingJson.Read(instance);
            ImmutableArray<long> prices = SourcingSolver.Solve(problem, SourcingEffort.Root).Prices;
            for (int line = 0; line < prices.Length; line++)
            {
                foreach (long factor in new[] { 0L, 9, 11, 20 })
                {
                    Assert.True(
                    PriceCertificate.LowerBound(problem, prices.SetItem(line, prices[line] * factor / 10)) <= Reference(instance));
                }
            }

            Assert.True(PriceCertificate.LowerBound(problem, [.. prices.Select(p => p * 11 / 10)]) <= Reference(instance));
        }
    }

    /// <summary>Beasley's uncapacitated warehouse location problems: quantity one, stock one everywhere.</summary>
    [SharedDataTheory]
    [InlineData("cap71")]
    [InlineData("cap72")]
    [InlineData("cap73")]
    [InlineData("cap74")]
    [InlineData("cap101")]
    [InlineData("cap102")]
    [InlineData("cap103")]
    [InlineData("cap104")]
    [InlineData("cap131")]
    [InlineData("cap132")]
    [InlineData("cap133")]
    [InlineData("cap134")]
    public void Solve_WarehouseLocation_EqualsThePublishedOptimum(string name)
    {
        string row = File.ReadLines(SharedData.PathOf("orlib-warehouse", "capopt.txt"))
            .Single(l => l.StartsWith(name + " ", StringComparison.Ordinal));
        decimal published = decimal.Parse(row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        SourcingProblem problem = WarehouseLocation.Read(SharedData.PathOf("orlib-warehouse", "cap", name + ".txt"));
        SourcingPlan plan = SourcingSolver.Solve(problem);
        PlanLaw.Check(problem, plan);
        Assert.Equal(SourcingProof.Exact, plan.Proof);

        // Published to three decimals; some of them rounded up, some down.
        Assert.InRange((decimal)plan.Objective / WarehouseLocation.Scale, published - 0.001m, published + 0.001m);
    }

    /// <summary>200 lines, 400 nodes, one line of 5,000 pieces: the bounds hold and the plan beats taking the nearest.</summary>
    [Fact]
    public void Solve_LargeOrder_PlanWithinAFewPercentOfItsBound()
    {
        SourcingProblem problem = LargeOrder.Make();
        SourcingPlan plan = SourcingSolver.Solve(problem, SourcingEffort.Root);
        PlanLaw.Check(problem, plan);
        Assert.True(plan.Gap * 100 <= plan.Objective * 8, $"{plan.Objective} {plan.LowerBound}");
    }

    internal static IEnumerable<JsonElement> Instances(string size) =>
        File.ReadLines(SharedData.PathOf("split-instances", size + ".jsonl")).Select(l => JsonDocument.Parse(l).RootElement);

    internal static long Reference(JsonElement instance) => instance.GetProperty("ref").GetProperty("objective").GetInt64();
}
