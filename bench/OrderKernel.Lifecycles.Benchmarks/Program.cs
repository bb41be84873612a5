using System;
using BenchmarkDotNet.Running;
using OrderKernel.Lifecycles.Benchmarks;

if (Array.IndexOf(args, "--quick") >= 0)
{
    Console.WriteLine(QuickRun.Measure());
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(StepBenchmarks).Assembly).Run(args);
