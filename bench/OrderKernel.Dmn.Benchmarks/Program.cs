using System;
using BenchmarkDotNet.Running;
using OrderKernel.Dmn.Benchmarks;

if (Array.IndexOf(args, "--quick") >= 0)
{
    Console.WriteLine(QuickRun.Measure());
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(TableBenchmarks).Assembly).Run(args);
