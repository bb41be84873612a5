using System;
using System.Linq;
using BenchmarkDotNet.Running;
using OrderKernel.Promising.Benchmarks;

if (args.Contains("--quick"))
{
    return QuickRun.Print(Console.Out);
}

BenchmarkRunner.Run<PromiseBenchmarks>(args: args);
return 0;
