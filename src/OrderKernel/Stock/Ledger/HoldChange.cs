using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>A change of what one order line holds in one cell; the sum of all holds of a cell is its reserved balance.</summary>
/// <param name="Order">The order.</param>
/// <param name="Line">The line number.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Change">More (above zero) or less (below zero); never zero.</param>
/// <param name="Borrowed">How much of what is held more does not lie there yet; zero or more, at most the change.</param>
public readonly record struct HoldChange(OrderId Order, int Line, StockCell Cell, long Change, long Borrowed = 0);

/// <summary>What one order line holds in one cell now.</summary>
/// <param name="Order">The order.</param>
/// <param name="Line">The line number.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Quantity">How much; above zero.</param>
public readonly record struct HeldStock(OrderId Order, int Line, StockCell Cell, Quantity Quantity);

/// <summary>Sets how far the available balance of a cell may go below zero.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Overdraft">How far; zero takes the permission back.</param>
public readonly record struct OverdraftChange(StockCell Cell, Quantity Overdraft);
