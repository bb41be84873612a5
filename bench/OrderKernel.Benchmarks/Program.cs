using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using BenchmarkDotNet.Running;
using OrderKernel.Benchmarks;

if (!args.Contains("--quick"))
{
    BenchmarkSwitcher.FromAssembly(typeof(DecideBenchmarks).Assembly).Run(args);
    return;
}

// One core, so that figures of machines with more of them mean the same.
if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
{
    Process.GetCurrentProcess().ProcessorAffinity = 1;
}

string folder = Directory.CreateTempSubdirectory("orderkernel-bench-").FullName;
try
{
    var figures = args.Contains("--postgres") || args.Contains("--long") || args.Contains("--audit")
        ? new SortedDictionary<string, double>(StringComparer.Ordinal)
        : await QuickRun.RunAsync(folder);
    if (args.Contains("--long"))
    {
        await LongOrderRun.RunSqlite(figures, folder);
        await OutboxLagRun.RunSqlite(figures, folder);
        await PostgresRun.LongOrderAndLag(figures);
    }
    else if (args.Contains("--audit"))
    {
        await AuditRun.RunAsync(figures, folder);
    }
    else if (args.Contains("--postgres"))
    {
        int part = Array.IndexOf(args, "--only");
        await PostgresRun.RunAsync(figures, part < 0 ? null : args[part + 1]);
    }

    var rounded = figures.ToDictionary(figure => figure.Key, figure => Math.Round(figure.Value, figure.Value < 10 ? 3 : 0));
    Console.WriteLine(JsonSerializer.Serialize(rounded, new JsonSerializerOptions { WriteIndented = true }));
}
finally
{
    Directory.Delete(folder, recursive: true);
}
