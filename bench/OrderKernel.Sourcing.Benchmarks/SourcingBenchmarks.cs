using BenchmarkDotNet.Attributes;
using OrderKernel.Scarcity;

namespace OrderKernel.Sourcing.Benchmarks;

/// <summary>Each operation solves all instances of a size once.</summary>
[MemoryDiagnoser]
public class SourcingBenchmarks
{
    private SourcingProblem[] problems = [];
    private ReallocationProblem? million;

    [Params("5x5", "12x10", "30x30")]
    public string Size { get; set; } = "5x5";

    [GlobalSetup]
    public void Load()
    {
        problems = Instances.Problems(Size);
        million = Size == "5x5" ? Instances.Million() : null;
    }

    [Benchmark]
    public long Exact()
    {
        long sum = 0;
        foreach (SourcingProblem problem in problems)
        {
            sum += SourcingSolver.Solve(problem).Objective;
        }

        return sum;
    }

    [Benchmark(Baseline = true)]
    public long Nearest()
    {
        long sum = 0;
        foreach (SourcingProblem problem in problems)
        {
            sum += NearestFirst.Solve(problem).Objective;
        }

        return sum;
    }

    /// <summary>The same million lines whatever the size; measured with the smallest only.</summary>
    [Benchmark]
    public long MillionLines() => million is null ? 0 : Reallocation.InSequence(million).Value;
}
