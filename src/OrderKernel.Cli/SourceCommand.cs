using System;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using OrderKernel.Findings;
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
        var brunel = new Option<DirectoryInfo>("--brunel")
        {
            Description = "Instead: assign the orders of the Brunel data set in this folder.",
        };
        Option<string> encoding = TextFileOption.Encoding();
        effort.AcceptOnlyFromAmong("root", "exact");
        var command = new Command("source", "Finds where each order ships from at the least cost, and proves it.")
        {
            input, output, effort, brunel, encoding,
        };
        command.SetAction(result => result.GetValue(brunel) is { } folder
            ? TextFileOption.Guard(Language.English, () => BrunelReport.Print(folder, Console.Out))
            : result.GetValue(input) is { } from && result.GetValue(output) is { } to
            ? JsonLines.Run(
                from, to, result.GetValue(encoding)!,
                new Solver(result.GetValue(effort) == "root" ? SourcingEffort.Root : SourcingEffort.Exact).Answer)
            : JsonLines.Missing("--in and --out, or --brunel"));
        return command;
    }

    private sealed class Solver(SourcingEffort effort)
    {
        /// <summary>Solves below this are measured again, with compiler, caches and collector out of the way.</summary>
        private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(5);

        private bool isWarm;

        public void Answer(JsonElement line, Utf8JsonWriter json)
        {
            SourcingProblem problem = SourcingJson.Read(line);
            if (!isWarm)
            {
                Timed(problem);
                isWarm = true;
            }

            GC.Collect(0);
            (SourcingPlan plan, TimeSpan took) = Timed(problem);
            for (int again = 0; again < 2 && took < Short; again++)
            {
                (plan, took) = Timed(problem);
            }

            SourcingJson.Write(json, line, plan, took);
        }

        private (SourcingPlan Plan, TimeSpan Took) Timed(SourcingProblem problem)
        {
            long start = Stopwatch.GetTimestamp();
            SourcingPlan plan = SourcingSolver.Solve(problem, effort);
            return (plan, Stopwatch.GetElapsedTime(start));
        }
    }
}
