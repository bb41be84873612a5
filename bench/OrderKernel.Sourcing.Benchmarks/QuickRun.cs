using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using OrderKernel.Cli;
using OrderKernel.Scarcity;

namespace OrderKernel.Sourcing.Benchmarks;

/// <summary>All targets in one go, as one JSON line: our numbers, the plain rule's, and the reference solver's stored time.</summary>
internal static class QuickRun
{
    public static int Print(TextWriter to)
    {
        if (Instances.Folder is null)
        {
            Console.Error.WriteLine("The shared data folder is not beside the repository.");
            return 1;
        }

        var result = new Dictionary<string, object>();
        foreach (string size in new[] { "5x5", "12x10", "30x30" })
        {
            result[size] = Split(size, SourcingEffort.Exact, 7);
        }

        result["60x100 root"] = Split("60x100", SourcingEffort.Root, 3);
        result["200 lines, 400 nodes"] = Large();
        foreach (string size in new[] { "20x8x6", "60x20x10", "200x40x14" })
        {
            result["value " + size] = Value(size);
        }

        result["sequential 1,000,000 lines"] = Million();
        to.WriteLine(JsonSerializer.Serialize(result));
        return 0;
    }

    private static object Split(string size, SourcingEffort effort, int runs)
    {
        JsonElement[] instances = Instances.Read("split-instances", size);
        SourcingProblem[] problems = [.. instances.Select(SourcingJson.Read)];
        SourcingPlan[] plans = [];
        Times means = Timed(runs, () => plans = [.. problems.Select(p => SourcingSolver.Solve(p, effort))], problems.Length);

        // The rule takes the cheapest rate first; distance stands for it here.
        SourcingProblem[] byRate = [.. problems.Select((p, i) => ByRate(p, instances[i]))];
        SourcingPlan[] nearest = [];
        Times nearestMeans = Timed(runs, () => nearest = [.. byRate.Select(NearestFirst.Solve)], problems.Length);
        double Over(long objective, int i) => 100.0 * objective / Reference(instances[i], "objective") - 100;
        return new
        {
            instances = problems.Length,
            mean = means,
            equalReference = plans.Where((p, i) => p.Objective == Reference(instances[i], "objective")).Count(),
            exact = plans.Count(p => p.Proof == SourcingProof.Exact),
            overOptimumPct = Math.Round(plans.Select((p, i) => Over(p.Objective, i)).Average(), 3),
            certifiedGapPct = Math.Round(plans.Average(p => 100.0 * p.Gap / p.Objective), 3),
            nearestOverOptimumPct = Math.Round(nearest.Select((p, i) => Over(p.Objective, i)).Average(), 2),
            nearestMean = nearestMeans,
            referenceSolverMeanMicros = Math.Round(
                1000 * instances.Average(i => i.GetProperty("ref").GetProperty("highsCpuMs").GetDouble()), 0),
        };
    }

    private static object Large()
    {
        SourcingProblem problem = Tests.LargeOrder.Make();
        SourcingPlan plan = SourcingSolver.Solve(problem, SourcingEffort.Root);
        Times times = Timed(7, () => plan = SourcingSolver.Solve(problem, SourcingEffort.Root), 1);
        return new { times, certifiedGapPct = Math.Round(100.0 * plan.Gap / plan.Objective, 3) };
    }

    private static object Value(string size)
    {
        JsonElement[] instances = Instances.Read("bop-instances", size);
        ReallocationProblem[] problems = [.. instances.Select(ReallocateCommand.Read)];
        ReallocationPlan[] plans = [];
        Times means = Timed(2, () => plans = [.. problems.Select(p => Reallocation.ForValue(p))], problems.Length);
        return new
        {
            instances = problems.Length,
            mean = means,
            belowOptimumPct = Math.Round(
                plans.Select((p, i) => 100 - (100.0 * p.Value / Reference(instances[i], "objective"))).Average(), 3),
            boundAboveOptimumPct = Math.Round(
                plans.Select((p, i) => (100.0 * p.UpperBound!.Value / Reference(instances[i], "objective")) - 100).Average(), 3),
            sequentialBelowOptimumPct = Math.Round(problems.Select((p, i) =>
                100 - (100.0 * Reallocation.InSequence(p).Value / Reference(instances[i], "objective"))).Average(), 3),
        };
    }

    private static object Million()
    {
        ReallocationProblem problem = Instances.Million();
        ReallocationPlan plan = Reallocation.InSequence(problem);
        Times times = Timed(5, () => plan = Reallocation.InSequence(problem), 1);
        return new { times, confirmations = plan.Confirmed.Length };
    }

    private static SourcingProblem ByRate(SourcingProblem problem, JsonElement instance) => new(
        problem.Lines,
        [.. problem.Nodes.Select((node, i) => new SourcingNode(
            node.Id, node.ShipmentCost, instance.GetProperty("nodes")[i].GetProperty("rate").GetInt64()))],
        problem.Cells,
        problem.Offers);

    private static long Reference(JsonElement instance, string name) => instance.GetProperty("ref").GetProperty(name).GetInt64();

    /// <summary>Microseconds a piece of work, after a second of warming up.</summary>
    private static Times Timed(int runs, Action work, int pieces)
    {
        long begun = Stopwatch.GetTimestamp();
        do
        {
            work();
        }
        while (Stopwatch.GetElapsedTime(begun).TotalSeconds < 1);

        double[] wall = new double[runs], cpu = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            GC.Collect();
            TimeSpan used = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            work();
            wall[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / pieces;
            cpu[i] = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / pieces;
        }

        return new Times(Median(wall), Median(cpu));
    }

    private static double Median(double[] values) => Math.Round(values.Order().ElementAt(values.Length / 2), 1);

    /// <summary>Medians; a loaded machine stretches the wall time and hardly the other.</summary>
    private sealed record Times(double WallMicros, double CpuMicros);
}
