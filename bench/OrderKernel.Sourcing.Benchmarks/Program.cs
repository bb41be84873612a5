using System;
using System.Linq;
using BenchmarkDotNet.Running;
using OrderKernel.Sourcing.Benchmarks;

if (args.Contains("--quick"))
{
    return QuickRun.Print(Console.Out);
}

BenchmarkRunner.Run<SourcingBenchmarks>(args: args);
return 0;
