using System.Collections.Immutable;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace PolicyTests;

/// <summary>A hold policy of our own: the last piece of every cell stays for emergencies.</summary>
public static class LastPieceStays
{
    public static ImmutableArray<Take> Hold(ImmutableArray<Demand> demands, StockPicture picture)
    {
        var left = picture.Cells.ToDictionary(cell => cell.Cell, cell => cell.Free - 1);
        return Serve(demands, picture, left);
    }

    /// <summary>The same with a mistake that people make: every line looks at the whole stock, as if it were alone.</summary>
    public static ImmutableArray<Take> HoldLineByLine(ImmutableArray<Demand> demands, StockPicture picture) =>
        [.. demands.SelectMany(demand => Hold([demand], picture))];

    private static ImmutableArray<Take> Serve(
        ImmutableArray<Demand> demands, StockPicture picture, Dictionary<StockCell, long> left)
    {
        var takes = ImmutableArray.CreateBuilder<Take>();
        foreach (Demand demand in demands)
        {
            long open = demand.Quantity.Units;
            foreach (FreeStock cell in picture.Cells.Where(cell => cell.Cell.Sku == demand.Sku))
            {
                long taken = Math.Min(open, Math.Max(0, left[cell.Cell]));
                if (taken > 0)
                {
                    takes.Add(new Take(demand.Line, cell.Cell, new Quantity(taken)));
                    left[cell.Cell] -= taken;
                    open -= taken;
                }
            }
        }

        return takes.ToImmutable();
    }
}
