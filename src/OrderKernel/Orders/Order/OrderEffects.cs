using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>What an order event means for the ledger, the holds and the timers. All of it follows from events alone.</summary>
public static class OrderEffects
{
    /// <summary>The purpose of the timer that lets holds fall free.</summary>
    public const string HoldExpiry = "hold_expiry";

    /// <summary>The ledger movements of an event.</summary>
    /// <param name="happened">The event.</param>
    /// <returns>In the order of lines; empty when nothing moves.</returns>
    public static ImmutableArray<Posting> Postings(OrderEvent happened) => happened switch
    {
        OrderStockHeld held => Move(held.Takes, StockAccount.Available, StockAccount.Reserved),
        OrderStockReleased released => Move(released.Takes, StockAccount.Reserved, StockAccount.Available),
        OrderDisplaced displaced => Move(displaced.Takes, StockAccount.Reserved, StockAccount.Available),
        OrderLinesCancelled cancelled => Move(cancelled.Released, StockAccount.Reserved, StockAccount.Available),
        OrderAmended amended => Move(amended.Released, StockAccount.Reserved, StockAccount.Available),
        OrderShipped { Consignee: { } there } sent => ImmutableArray.CreateRange(
            sent.Takes,
            take => new Posting(take.Cell, StockAccount.Reserved, take.Cell.At(there), StockAccount.Committed, take.Quantity)),
        OrderShipped shipped => Move(shipped.Takes, StockAccount.Reserved, StockAccount.Shipped),
        OrderConsumed consumed => ImmutableArray.CreateRange(
            consumed.Takes,
            static take => new Posting(take.At, StockAccount.Committed, StockAccount.Shipped, take.Quantity)),
        OrderReturned returned => ImmutableArray.CreateRange(
            returned.Takes,
            static take => take.Consignee is { } there
                ? new Posting(take.From.At(there), StockAccount.Committed, take.To, StockAccount.Quarantine, take.Quantity)
                : new Posting(take.From, StockAccount.Shipped, take.To, StockAccount.Quarantine, take.Quantity)),
        null => throw new ArgumentNullException(nameof(happened)),
        _ => ImmutableArray<Posting>.Empty,
    };

    /// <summary>The changes of what lines hold.</summary>
    /// <param name="order">The order.</param>
    /// <param name="happened">The event.</param>
    /// <returns>In the order of lines; empty when no hold changes.</returns>
    public static ImmutableArray<HoldChange> Holds(OrderId order, OrderEvent happened) => happened switch
    {
        OrderStockHeld held => Borrowing(held, Change(order, held.Takes, 1)),
        OrderStockReleased released => Change(order, released.Takes, -1),
        OrderDisplaced displaced => Change(order, displaced.Takes, -1),
        OrderLinesCancelled cancelled => Change(order, cancelled.Released, -1),
        OrderAmended amended => Change(order, amended.Released, -1),
        OrderShipped shipped => Change(order, shipped.Takes, -1),
        null => throw new ArgumentNullException(nameof(happened)),
        _ => ImmutableArray<HoldChange>.Empty,
    };

    /// <summary>The timer that an event sets or clears, or null.</summary>
    /// <param name="stream">The order's stream.</param>
    /// <param name="happened">The event.</param>
    public static TimerChange? Timer(StreamId stream, OrderEvent happened) => happened switch
    {
        OrderStockHeld held => new TimerChange(stream, HoldExpiry, held.Generation, held.ExpiresAt),
        _ => null,
    };

    private static ImmutableArray<Posting> Move(ImmutableArray<Take> takes, StockAccount from, StockAccount to)
    {
        var postings = ImmutableArray.CreateBuilder<Posting>(takes.Length);
        foreach (Take take in takes)
        {
            postings.Add(new Posting(take.Cell, from, to, take.Quantity));
        }

        return postings.MoveToImmutable();
    }

    private static ImmutableArray<HoldChange> Borrowing(OrderStockHeld held, ImmutableArray<HoldChange> changes)
    {
        for (int i = 0; !held.Borrowed.IsDefault && i < held.Borrowed.Length; i++)
        {
            Take borrowed = held.Borrowed[i];
            for (int j = 0; j < changes.Length; j++)
            {
                if (changes[j].Line == borrowed.Line && changes[j].Cell == borrowed.Cell)
                {
                    changes = changes.SetItem(j, changes[j] with { Borrowed = borrowed.Quantity.Units });
                }
            }
        }

        return changes;
    }

    private static ImmutableArray<HoldChange> Change(OrderId order, ImmutableArray<Take> takes, int sign)
    {
        var changes = ImmutableArray.CreateBuilder<HoldChange>(takes.Length);
        foreach (Take take in takes)
        {
            changes.Add(new HoldChange(order, take.Line, take.Cell, sign * take.Quantity.Units));
        }

        return changes.MoveToImmutable();
    }
}
