using BenchmarkDotNet.Attributes;
using OrderKernel.Promising;
using OrderKernel.Stock;

namespace OrderKernel.Promising.Benchmarks;

/// <summary>The steps of a promise, one at a time.</summary>
[MemoryDiagnoser]
public class PromiseBenchmarks
{
    private readonly Workload load = new(withLife: false);
    private readonly Workload dated = new(withLife: true, skus: 1_000);
    private SupplyShelf shelf = null!;
    private SupplyShelf datedShelf = null!;

    /// <summary>Opens the books.</summary>
    [GlobalSetup]
    public void Setup()
    {
        shelf = new SupplyBook(load.Picture).At(load.Names[3], Workload.Main);
        datedShelf = new SupplyBook(dated.Picture).At(dated.Names[3], Workload.Main);
    }

    /// <summary>What is free on a day.</summary>
    [Benchmark]
    public long Query() => shelf.FreeOn(Workload.Today.PlusDays(40)).Units;

    /// <summary>The same where lots expire.</summary>
    [Benchmark]
    public long QueryWithLife() => datedShelf.FreeOn(Workload.Today.PlusDays(40)).Units;

    /// <summary>A request of ten lines.</summary>
    [Benchmark]
    public int Answer() => Promises.Answer(load.Request, load.Small).Holds.Length;
}
