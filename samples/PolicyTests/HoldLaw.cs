using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace PolicyTests;

/// <summary>A small case: what the lines want of one SKU, and what lies free where. It shrinks, and reads as a sentence.</summary>
public sealed record HoldCase(ImmutableArray<int> Wanted, ImmutableArray<int> Free)
{
    private static readonly Sku Sku = new("STENT-3.0");

    public ImmutableArray<Demand> Demands => [.. Wanted.Select((units, i) => new Demand(i + 1, Sku, new Quantity(units)))];

    public StockPicture Picture => new([.. Free.Select((units, i) =>
        new FreeStock(new StockCell(Sku, new NodeId("N" + (i + 1))), units, Quantity.Zero))]);

    public static Arbitrary<HoldCase> Any() => Arb.From(
        from wanted in Gen.Choose(1, 9).NonEmptyListOf()
        from free in Gen.Choose(0, 9).NonEmptyListOf()
        select new HoldCase([.. wanted.Take(5)], [.. free.Take(3)]),
        Smaller);

    public override string ToString() => $"lines want {string.Join(", ", Wanted)}; free are {string.Join(", ", Free)}";

    private static IEnumerable<HoldCase> Smaller(HoldCase big)
    {
        IEnumerable<HoldCase> fewerLines = Enumerable.Range(0, big.Wanted.Length).Where(_ => big.Wanted.Length > 1)
            .Select(i => big with { Wanted = big.Wanted.RemoveAt(i) });
        IEnumerable<HoldCase> fewerCells = Enumerable.Range(0, big.Free.Length).Where(_ => big.Free.Length > 1)
            .Select(i => big with { Free = big.Free.RemoveAt(i) });
        IEnumerable<HoldCase> wantLess = Enumerable.Range(0, big.Wanted.Length).Where(i => big.Wanted[i] > 1)
            .Select(i => big with { Wanted = big.Wanted.SetItem(i, big.Wanted[i] - 1) });
        IEnumerable<HoldCase> haveLess = Enumerable.Range(0, big.Free.Length).Where(i => big.Free[i] > 0)
            .Select(i => big with { Free = big.Free.SetItem(i, big.Free[i] - 1) });
        return fewerLines.Concat(fewerCells).Concat(wantLess).Concat(haveLess);
    }
}

/// <summary>What every hold policy must keep, whatever it prefers: no line gets more than it wants, no cell gives more than it
/// has.</summary>
public static class HoldLaw
{
    public static void Check(Func<ImmutableArray<Demand>, StockPicture, ImmutableArray<Take>> policy) =>
        Prop.ForAll(HoldCase.Any(), found =>
        {
            ImmutableArray<Take> takes = policy(found.Demands, found.Picture);
            bool lines = takes.GroupBy(take => take.Line).All(line =>
                line.Sum(take => take.Quantity.Units) <= found.Wanted[line.Key - 1]);
            bool cells = takes.GroupBy(take => take.Cell).All(cell =>
                cell.Sum(take => take.Quantity.Units) <= found.Picture.FreeIn(cell.Key));
            return lines.Label("a line got more than it wants").And(cells.Label("a cell gave more than it has"));
        }).QuickCheckThrowOnFailure();
}
