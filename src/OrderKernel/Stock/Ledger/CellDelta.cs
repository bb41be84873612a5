using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace OrderKernel.Stock;

/// <summary>The net change of one cell by a set of movements: what a store checks and applies in one step.</summary>
/// <remarks>
/// <para>Merging before checking is what keeps two lines of one SKU from being granted the same piece twice.</para>
/// <para>A store applies a delta only where all of this holds afterwards, checked in the same step: an account that loses is not below
/// zero, but for supply; available, when it loses, not below minus the overdraft; available in any case within
/// <see cref="LeastAvailable"/> and <see cref="MostAvailable"/>; and where <see cref="Leaves"/>, available plus reserved not below
/// zero. <see cref="CellBalance.After"/> does it.</para>
/// </remarks>
public sealed class CellDelta
{
    private readonly long[] changes = new long[CellBalance.Accounts];

    private CellDelta(StockCell cell) => Cell = cell;

    /// <summary>The cell.</summary>
    public StockCell Cell { get; }

    /// <summary>The net change of one account.</summary>
    /// <param name="account">The account.</param>
    public long this[StockAccount account] => changes[(int)account];

    /// <summary>How much of what is held here is borrowed, by what the holds say.</summary>
    public long Borrowed { get; private set; }

    /// <summary>Whether pieces leave the cell: less lies there afterwards.</summary>
    public bool Leaves => changes[(int)StockAccount.Available] + changes[(int)StockAccount.Reserved] < 0;

    /// <summary>What available may not be below afterwards: what is taken and not said to be borrowed must lie there.</summary>
    public long LeastAvailable => -changes[(int)StockAccount.Available] > Borrowed ? -Borrowed : long.MinValue;

    /// <summary>What available may not be above afterwards: what is said to be borrowed must be so.</summary>
    public long MostAvailable => Borrowed > 0 ? -Borrowed : long.MaxValue;

    /// <summary>Whether nothing but the available and the reserved balance changes.</summary>
    public bool IsHoldOnly
    {
        get
        {
            for (int i = 0; i < changes.Length; i++)
            {
                if (changes[i] != 0 && i is not ((int)StockAccount.Available or (int)StockAccount.Reserved))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The net changes of a set of movements.</summary>
    /// <param name="postings">The movements, in any order.</param>
    /// <param name="holds">The holds that go with them; they say what is borrowed. Default when nothing is held.</param>
    /// <returns>One delta per touched cell, in the order of cells; may be empty.</returns>
    /// <remarks><para>Cost: O(n log n).</para></remarks>
    public static ImmutableArray<CellDelta> Merge(ImmutableArray<Posting> postings, ImmutableArray<HoldChange> holds = default)
    {
        if (postings.IsDefaultOrEmpty)
        {
            return ImmutableArray<CellDelta>.Empty;
        }

        var byCell = new Dictionary<StockCell, CellDelta>(postings.Length);
        var deltas = ImmutableArray.CreateBuilder<CellDelta>(postings.Length);
        foreach (Posting posting in postings)
        {
            CellDelta from = Find(posting.FromCell);
            from.Add(posting.From, -posting.Quantity.Units);
            CellDelta to = posting.ToCell == posting.FromCell ? from : Find(posting.ToCell);
            to.Add(posting.To, posting.Quantity.Units);
        }

        for (int i = 0; !holds.IsDefault && i < holds.Length; i++)
        {
            if (holds[i].Borrowed > 0 && byCell.TryGetValue(holds[i].Cell, out CellDelta? delta))
            {
                delta.Borrowed = checked(delta.Borrowed + holds[i].Borrowed);
            }
        }

        deltas.Sort(static (a, b) => a.Cell.CompareTo(b.Cell));
        return deltas.ToImmutable();

        CellDelta Find(StockCell cell)
        {
            if (!byCell.TryGetValue(cell, out CellDelta? delta))
            {
                delta = new CellDelta(cell);
                byCell.Add(cell, delta);
                deltas.Add(delta);
            }

            return delta;
        }
    }

    private void Add(StockAccount account, long units) =>
        changes[(int)account] = checked(changes[(int)account] + units);
}
