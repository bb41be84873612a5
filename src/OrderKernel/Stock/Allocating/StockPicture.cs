using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>What may still be taken from one cell, as read for a decision.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Available">Its available balance; negative when overdrawn.</param>
/// <param name="Overdraft">How far below zero it may go.</param>
/// <param name="Quarantine">What waits for inspection there; never promised.</param>
/// <param name="Reserved">What orders hold there, borrowed pieces with it; zero where nobody read it.</param>
public readonly record struct FreeStock(
    StockCell Cell, long Available, Quantity Overdraft, Quantity Quarantine = default, Quantity Reserved = default)
{
    /// <summary>What lies there and was given up within the same decision: it goes to whoever takes it, not to an older debt.</summary>
    internal long GivenUp { get; init; }

    /// <summary>What of <see cref="Free"/> lies there; zero or more. The rest would be borrowed.</summary>
    public long Real => Math.Min(Free, Math.Max(GivenUp, Math.Max(0, Available)));

    /// <summary>What may be taken now; zero or more.</summary>
    public long Free => Available > long.MaxValue - Overdraft.Units ? long.MaxValue : Math.Max(0, Available + Overdraft.Units);
}

/// <summary>An immutable picture of the cells of some SKUs at one moment: the only thing that promises and holds
/// are computed from.</summary>
/// <remarks><para>Shape: cells in the order of cells; a cell that is absent holds nothing.</para></remarks>
public sealed class StockPicture
{
    /// <summary>Makes a picture.</summary>
    /// <param name="cells">The cells, in any order, each once.</param>
    public StockPicture(ImmutableArray<FreeStock> cells)
    {
        Cells = InOrder(cells) ? cells : cells.Sort(static (a, b) => a.Cell.CompareTo(b.Cell));
    }

    /// <summary>A picture without any cell.</summary>
    public static StockPicture Empty { get; } = new(ImmutableArray<FreeStock>.Empty);

    /// <summary>The cells, in the order of cells.</summary>
    public ImmutableArray<FreeStock> Cells { get; }

    /// <summary>The index of the first cell of a SKU; the cells of a SKU follow each other.</summary>
    /// <param name="sku">The SKU.</param>
    /// <returns>An index into <see cref="Cells"/>, possibly its length. Cost: O(log n).</returns>
    internal int FirstOf(Sku sku)
    {
        int low = 0;
        int high = Cells.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Cells[middle].Cell.Sku.CompareTo(sku) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>What may still be taken from a cell; zero when the cell is not in the picture.</summary>
    /// <param name="cell">The cell.</param>
    public long FreeIn(StockCell cell) => Find(cell)?.Free ?? 0;

    /// <summary>What lies in a cell and may be taken; zero when the cell is not in the picture.</summary>
    /// <param name="cell">The cell.</param>
    public long RealIn(StockCell cell) => Find(cell)?.Real ?? 0;

    /// <summary>How far below zero a cell is; zero or more.</summary>
    internal long DebtOf(StockCell cell) => Math.Max(0, -(Find(cell)?.Available ?? 0));

    /// <summary>Whether a cell may be borrowed from, or was.</summary>
    internal bool MayBeOwed(StockCell cell) => Find(cell) is { } found && (found.Available < 0 || !found.Overdraft.IsZero);

    /// <summary>How many pieces lie in a cell for those who hold; unbounded when the cell is not in the picture.</summary>
    internal long LyingIn(StockCell cell) =>
        Find(cell) is { } found ? Math.Max(0, checked(found.Available + found.Reserved.Units)) : long.MaxValue;

    /// <summary>What waits for inspection in a cell; zero when the cell is not in the picture.</summary>
    /// <param name="cell">The cell.</param>
    public long QuarantineIn(StockCell cell) => Find(cell)?.Quarantine.Units ?? 0;

    /// <summary>What of some takes is borrowed: what their cells do not have, first take first.</summary>
    internal ImmutableArray<Take> BorrowedOf(ImmutableArray<Take> takes)
    {
        Dictionary<StockCell, long>? real = null;
        ImmutableArray<Take>.Builder? borrowed = null;
        foreach (Take take in takes)
        {
            real ??= new Dictionary<StockCell, long>();
            if (!real.TryGetValue(take.Cell, out long left))
            {
                left = RealIn(take.Cell);
            }

            real[take.Cell] = Math.Max(0, left - take.Quantity.Units);
            if (take.Quantity.Units > left)
            {
                (borrowed ??= ImmutableArray.CreateBuilder<Take>()).Add(
                    take with { Quantity = new Quantity(take.Quantity.Units - left) });
            }
        }

        return borrowed?.ToImmutable() ?? ImmutableArray<Take>.Empty;
    }

    /// <summary>The picture after some was taken, real pieces first.</summary>
    internal StockPicture Without(ImmutableArray<Take> takes)
    {
        ImmutableArray<FreeStock>.Builder cells = Cells.ToBuilder();
        foreach (Take take in takes)
        {
            for (int i = FirstOf(take.Cell.Sku); i < cells.Count; i++)
            {
                if (cells[i].Cell == take.Cell)
                {
                    cells[i] = cells[i] with
                    {
                        Available = cells[i].Available - take.Quantity.Units,
                        GivenUp = Math.Max(0, cells[i].GivenUp - take.Quantity.Units),
                    };
                    break;
                }
            }
        }

        return new StockPicture(cells.MoveToImmutable());
    }

    /// <summary>Whether what is let go in a cell becomes free: it is not overdrawn beyond what it may.</summary>
    internal bool IsWhole(StockCell cell) => Find(cell) is not { } found || found.Available >= -found.Overdraft.Units;

    private FreeStock? Find(StockCell cell)
    {
        for (int i = FirstOf(cell.Sku); i < Cells.Length && Cells[i].Cell.Sku == cell.Sku; i++)
        {
            if (Cells[i].Cell == cell)
            {
                return Cells[i];
            }
        }

        return null;
    }

    private static bool InOrder(ImmutableArray<FreeStock> cells)
    {
        for (int i = 1; i < cells.Length; i++)
        {
            if (cells[i - 1].Cell.CompareTo(cells[i].Cell) >= 0)
            {
                return false;
            }
        }

        return true;
    }
}
