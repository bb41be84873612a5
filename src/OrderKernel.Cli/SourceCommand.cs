using System;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using OrderKernel.Sourcing;

namespace OrderKernel.Cli;

/// <summary><c>orderkernel source</c>: one sourcing problem a line in, one plan a line out.</summary>
internal static class SourceCommand
{
    public static Command Build()
    {
        var input = new Option<FileInfo>("--in") { Description = "JSON lines, one problem each." };
        var output = new Option<FileInfo>("--out") { Description = "JSON lines, one plan each." };
        var effort = new Option<string>("--effort")
        {
            Description = "root: prices, bound and a good plan; exact: search to the proved optimum.",
            DefaultValueFactory = _ => "exact",
        };
        effort.AcceptOnlyFromAmong("root", "exact");
        var command = new Command("source", "Finds where each order ships from at the least cost, and proves it.")
        {
            input, output, effort,
        };
        command.SetAction(result => result.GetValue(input) is { } from && result.GetValue(output) is { } to
            ? JsonLines.Run(from, to, new Solver(result.GetValue(effort) == "root" ? SourcingEffort.Root : SourcingEffort.Exact).Answer)
            : JsonLines.Missing("--in and --out"));
        return command;
    }

    private sealed class Solver(SourcingEffort effort)
    {
        private bool isWarm;

        public void Answer(JsonElement line, Utf8JsonWriter json)
        {
            SourcingProblem problem = SourcingJson.Read(line);
            if (!isWarm)
            {
                // The first calls would measure the compiler.
                for (int i = 0; i < 20; i++)
                {
                    SourcingSolver.Solve(problem, SourcingEffort.Root);
                }

                SourcingSolver.Solve(problem, effort);
                isWarm = true;
            }

            // What reading the line left behind is not the solve's to clean up.
            GC.Collect(0);
            long start = Stopwatch.GetTimestamp();
            SourcingPlan plan = SourcingSolver.Solve(problem, effort);
            SourcingJson.Write(json, line, plan, Stopwatch.GetElapsedTime(start));
        }
    }
}
