using BenchmarkDotNet.Attributes;

namespace OrderKernel.Lifecycles.Benchmarks;

/// <summary>One walk of sixteen triggers through the wholesale lifecycle.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private readonly Walk walk = new();

    /// <summary>The compiled lifecycle.</summary>
    [Benchmark(OperationsPerInvoke = 16)]
    public int Compiled() => walk.RunCompiled();

    /// <summary>Transitions in a dictionary, facts in a set of words.</summary>
    [Benchmark(OperationsPerInvoke = 16, Baseline = true)]
    public int Words() => walk.RunPlain();
}
