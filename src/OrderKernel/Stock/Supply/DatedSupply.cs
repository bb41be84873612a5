using System;
using NodaTime;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>What kind of supply a piece is; a policy says which kinds may be promised.</summary>
public enum SupplyKind
{
    /// <summary>Lies at the node and is ours.</summary>
    OnHand = 0,

    /// <summary>Lies at the node and belongs to somebody else.</summary>
    Consignment = 1,

    /// <summary>Is on its way between two of our nodes.</summary>
    InTransit = 2,

    /// <summary>Is expected from a supplier or from production.</summary>
    Receipt = 3,
}

/// <summary>Pieces of one cell that can be used from a day on, until they are no longer good.</summary>
/// <remarks>
/// <para>Units: smallest units of the SKU; days in the tenant's zone, both ends inclusive.</para>
/// <para>Errors: the constructor throws when more is reserved than is there, or the confidence is not 0 to 100.</para>
/// </remarks>
public sealed class DatedSupply
{
    /// <summary>Makes a supply.</summary>
    /// <param name="cell">The cell that holds it, or will.</param>
    /// <param name="kind">What kind of supply it is.</param>
    /// <param name="quantity">How much, with what is reserved.</param>
    /// <param name="from">The first day it can leave; a day in the past means today.</param>
    /// <param name="goodUntil">The last day it is good (shelf life, sterilisation); null for ever.</param>
    /// <param name="reserved">How much of it is held for orders already.</param>
    /// <param name="source">The system that says so; empty for the ledger of the kernel.</param>
    /// <param name="confidencePercent">How sure it is to come, 0 to 100.</param>
    public DatedSupply(
        StockCell cell, SupplyKind kind, Quantity quantity, LocalDate from, LocalDate? goodUntil = null,
        Quantity reserved = default, string source = "", int confidencePercent = 100)
    {
        if (reserved > quantity)
        {
            throw new ArgumentException($"{cell} has {quantity}, so {reserved} cannot be reserved.", nameof(reserved));
        }

        if (confidencePercent is < 0 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(confidencePercent), "A confidence is 0 to 100 percent.");
        }

        _ = cell.Sku.Text;
        _ = cell.Node.Text;
        Cell = cell;
        Kind = kind;
        Quantity = quantity;
        From = from;
        GoodUntil = goodUntil;
        Reserved = reserved;
        Source = source ?? throw new ArgumentNullException(nameof(source));
        ConfidencePercent = confidencePercent;
    }

    /// <summary>The cell.</summary>
    public StockCell Cell { get; }

    /// <summary>What kind of supply it is.</summary>
    public SupplyKind Kind { get; }

    /// <summary>How much, with what is reserved.</summary>
    public Quantity Quantity { get; }

    /// <summary>The first day it can leave.</summary>
    public LocalDate From { get; }

    /// <summary>The last day it is good; null for ever.</summary>
    public LocalDate? GoodUntil { get; }

    /// <summary>How much of it is held for orders already.</summary>
    public Quantity Reserved { get; }

    /// <summary>The system that says so; empty for the ledger of the kernel.</summary>
    public string Source { get; }

    /// <summary>How sure it is to come.</summary>
    public int ConfidencePercent { get; }

    /// <summary>How much of the quantity does not lie there and may be borrowed.</summary>
    internal long Borrowable { get; private init; }

    /// <summary>How much must come into the cell before anything of it may be promised: what it owes beyond what it may.</summary>
    internal long Owed { get; private init; }

    /// <summary>What the ledger says about a cell today: free with its permitted overdraft, reserved, and what it owes beyond
    /// that.</summary>
    /// <param name="balance">The balances of the cell.</param>
    /// <param name="today">The day the balances are of.</param>
    /// <param name="goodUntil">The last day the lot is good; null for ever.</param>
    public static DatedSupply Of(CellBalance balance, LocalDate today, LocalDate? goodUntil = null)
    {
        if (balance is null)
        {
            throw new ArgumentNullException(nameof(balance));
        }

        var free = new FreeStock(
            balance.Cell, balance[StockAccount.Available], balance.Overdraft, default, new Quantity(balance[StockAccount.Reserved]));
        return Of(free, today, goodUntil);
    }

    /// <summary>The same, of what was read for a decision.</summary>
    internal static DatedSupply Of(FreeStock cell, LocalDate today, LocalDate? goodUntil = null) => new(
        cell.Cell, KindOf(cell.Cell), Quantity.Total(new[] { cell.Free, cell.Reserved.Units }), today, goodUntil, cell.Reserved)
    {
        Borrowable = cell.Free - cell.Real,
        Owed = cell.Available < -cell.Overdraft.Units ? -(cell.Available + cell.Overdraft.Units) : 0,
    };

    internal static SupplyKind KindOf(StockCell cell) => cell.Owner == default ? SupplyKind.OnHand : SupplyKind.Consignment;
}
