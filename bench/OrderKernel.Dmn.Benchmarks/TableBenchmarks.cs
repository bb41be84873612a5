using BenchmarkDotNet.Attributes;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Dmn.Benchmarks;

/// <summary>One order against one table.</summary>
[MemoryDiagnoser]
public class TableBenchmarks
{
    private RuleMatcher matcher = null!;
    private FeelValue[][] inputs = null!;
    private int at;

    /// <summary>How many rows the table has.</summary>
    [Params(20, 200, 3700)]
    public int Rows { get; set; }

    /// <summary>Makes the table.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var table = new OrderTable(Rows);
        matcher = table.Compile().NewMatcher();
        inputs = table.Inputs;
    }

    /// <summary>Rows only.</summary>
    [Benchmark(Baseline = true)]
    public int Match() => matcher.Match(inputs[at++ & 255]);

    /// <summary>Rows, with inputs and hits kept.</summary>
    [Benchmark]
    public TableTrace MatchWithHits()
    {
        matcher.Match(inputs[at++ & 255]);
        return matcher.Trace();
    }
}
