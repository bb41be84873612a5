using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>The laws of cells that may be overdrawn.</summary>
public static partial class KernelLaws
{
    /// <summary>What lies in a cell is shared out once: what left an order's hold lay there, and what orders borrowed is what the cells
    /// owe.</summary>
    /// <param name="store">The store; whatever was decided on it has been followed up.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="LawBrokenException">It is not so; the message names the cell.</exception>
    public static async Task BorrowedIsOwed(IOrderStore store, TenantId tenant, CancellationToken cancellation = default)
    {
        if (store is null)
        {
            throw new ArgumentNullException(nameof(store));
        }

        var borrowed = new Dictionary<StockCell, long>();
        foreach (StreamId name in await store.ReadStreamNamesAsync(
            tenant, StreamId.OrderCategory, string.Empty, int.MaxValue, cancellation).ConfigureAwait(false))
        {
            OrderState state = OrderState.None;
            foreach (EventEnvelope envelope in await store.ReadStreamAsync(tenant, name, 0, cancellation).ConfigureAwait(false))
            {
                DomainEvent happened = StoredForms.ReadEvent(envelope);
                if (happened is OrderShipped shipped)
                {
                    LeftWhatLayThere(name, state, shipped);
                }

                state = OrderFold.Evolve(state, happened);
            }

            foreach (BorrowedHold one in state.Lines.SelectMany(static line => line.Borrowed))
            {
                borrowed.TryGetValue(one.Cell, out long before);
                borrowed[one.Cell] = before + one.Quantity.Units;
            }
        }

        LedgerContents ledger = await store.ReadLedgerAsync(tenant, cancellation).ConfigureAwait(false);
        foreach (CellBalance balance in ledger.Balances)
        {
            borrowed.TryGetValue(balance.Cell, out long owed);
            long debt = Math.Max(0, -balance[StockAccount.Available]);
            LawBrokenException.Unless(owed == debt, $"{balance.Cell} owes {debt}, and orders borrowed {owed}.");
        }
    }

    private static void LeftWhatLayThere(StreamId order, OrderState before, OrderShipped shipped)
    {
        foreach (IGrouping<(int Line, StockCell Cell), Take> left in shipped.Takes.GroupBy(static take => (take.Line, take.Cell)))
        {
            OrderLine line = before.Line(left.Key.Line)!;
            long covered = line.Holds.Where(hold => hold.Cell == left.Key.Cell).Sum(static hold => hold.Quantity.Units)
                - line.Borrowed.Where(one => one.Cell == left.Key.Cell).Sum(static one => one.Quantity.Units);
            long units = left.Sum(static take => take.Quantity.Units);
            LawBrokenException.Unless(
                units <= covered, $"{order.Key} line {line.Number}: {units} left {left.Key.Cell}, {covered} lay there for it.");
        }
    }
}
