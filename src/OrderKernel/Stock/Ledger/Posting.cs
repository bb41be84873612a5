using System;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>One movement of the ledger: so much from one account to another, within a cell or between two cells of one SKU.</summary>
public readonly record struct Posting
{
    /// <summary>Makes a movement within one cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="from">The account that loses.</param>
    /// <param name="to">The account that gains.</param>
    /// <param name="quantity">How much; above zero.</param>
    public Posting(StockCell cell, StockAccount from, StockAccount to, Quantity quantity)
        : this(cell, from, cell, to, quantity)
    {
    }

    /// <summary>Makes a movement between two cells.</summary>
    /// <param name="fromCell">The cell that loses.</param>
    /// <param name="from">Its account.</param>
    /// <param name="toCell">The cell that gains; of the same SKU.</param>
    /// <param name="to">Its account.</param>
    /// <param name="quantity">How much; above zero.</param>
    /// <exception cref="ArgumentException">The SKUs differ, nothing moves, or the quantity is zero.</exception>
    public Posting(StockCell fromCell, StockAccount from, StockCell toCell, StockAccount to, Quantity quantity)
    {
        if (quantity.IsZero || (from == to && fromCell == toCell) || fromCell.Sku != toCell.Sku)
        {
            throw new ArgumentException("A posting moves more than nothing of one SKU to another place.", nameof(quantity));
        }

        FromCell = fromCell;
        From = from;
        ToCell = toCell;
        To = to;
        Quantity = quantity;
    }

    /// <summary>The cell that loses.</summary>
    public StockCell FromCell { get; }

    /// <summary>The account that loses.</summary>
    public StockAccount From { get; }

    /// <summary>The cell that gains.</summary>
    public StockCell ToCell { get; }

    /// <summary>The account that gains.</summary>
    public StockAccount To { get; }

    /// <summary>How much moves.</summary>
    public Quantity Quantity { get; }
}
