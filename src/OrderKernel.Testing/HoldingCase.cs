using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Testing;

/// <summary>Stock and demands small enough to read: what the laws of holding try a policy on.</summary>
/// <param name="Picture">What may be taken; some cells are overdrawn, some belong to others.</param>
/// <param name="Demands">What is wanted.</param>
public sealed record HoldingCase(StockPicture Picture, ImmutableArray<Demand> Demands)
{
    /// <summary>Cases of up to eight cells and four demands; shrinks by leaving out and by making numbers smaller.</summary>
    public static Arbitrary<HoldingCase> Arbitrary() => Arb.From(
        from cells in Cell.ListOf().Select(cells => cells.Take(8))
        from demands in Gen.Zip(Name("sku-", 2), Gen.Choose(1, 9)).ListOf().Select(demands => demands.Take(4))
        select Make(cells, demands.Select(demand => (demand.Item1, demand.Item2))),
        Shrink);

    /// <summary>The same case with more in one of its cells.</summary>
    /// <param name="cell">The index of the cell.</param>
    /// <param name="units">How much more.</param>
    public HoldingCase WithMore(int cell, long units)
    {
        FreeStock old = Picture.Cells[cell];
        return this with { Picture = new StockPicture(Picture.Cells.SetItem(cell, old with { Available = old.Available + units })) };
    }

    /// <summary>Stock and demands in one line each.</summary>
    public override string ToString() =>
        "stock: " + string.Join(", ", Picture.Cells.Select(c => c.Cell + "=" + c.Free.ToString(CultureInfo.InvariantCulture)))
        + "; wanted: " + string.Join(", ", Demands.Select(d => $"line {d.Line} {d.Quantity} {d.Sku}"));

    private static Gen<FreeStock> Cell =>
        from sku in Name("sku-", 2)
        from node in Name("node-", 3)
        from lot in Name("lot-", 2)
        from foreign in Gen.Choose(0, 5)
        from available in Gen.Choose(-4, 9)
        from overdraft in Gen.Choose(0, 5)
        from reserved in Gen.Choose(0, 3)
        select new FreeStock(
            new StockCell(new Sku(sku), new NodeId(node), new LotId(lot), foreign == 0 ? new OwnerId("other") : default), available,
            new Quantity(overdraft), default, new Quantity(Math.Max(0, -available) + reserved));

    private static Gen<string> Name(string stem, int count) =>
        Gen.Choose(1, count).Select(i => stem + i.ToString(CultureInfo.InvariantCulture));

    private static HoldingCase Make(IEnumerable<FreeStock> cells, IEnumerable<(string Sku, int Units)> demands) => new(
        new StockPicture(cells.GroupBy(c => c.Cell).Select(same => same.First()).ToImmutableArray()),
        demands.Select((d, i) => new Demand(i + 1, new Sku(d.Sku), new Quantity(d.Units))).ToImmutableArray());

    private static IEnumerable<HoldingCase> Shrink(HoldingCase found)
    {
        for (int i = 0; i < found.Demands.Length; i++)
        {
            yield return found with { Demands = found.Demands.RemoveAt(i) };
        }

        for (int i = 0; i < found.Picture.Cells.Length; i++)
        {
            yield return found with { Picture = new StockPicture(found.Picture.Cells.RemoveAt(i)) };
        }

        for (int i = 0; i < found.Demands.Length; i++)
        {
            Demand demand = found.Demands[i];
            if (demand.Quantity.Units > 1)
            {
                demand = demand with { Quantity = new Quantity(demand.Quantity.Units - 1) };
                yield return found with { Demands = found.Demands.SetItem(i, demand) };
            }
        }

        for (int i = 0; i < found.Picture.Cells.Length; i++)
        {
            if (found.Picture.Cells[i].Available > 0)
            {
                yield return found.WithMore(i, -1);
            }

            FreeStock cell = found.Picture.Cells[i];
            if (!cell.Overdraft.IsZero)
            {
                cell = cell with { Overdraft = new Quantity(cell.Overdraft.Units - 1) };
                yield return found with { Picture = new StockPicture(found.Picture.Cells.SetItem(i, cell)) };
            }
        }
    }
}
