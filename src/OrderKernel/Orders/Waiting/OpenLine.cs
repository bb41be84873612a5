using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>A line that has still to leave, as the index of open lines knows it: what it waits for, what it holds, and what its rank
/// rests on.</summary>
/// <remarks><para>A row with nothing waiting and nothing held is no longer open: it takes the line out of the index.</para></remarks>
/// <param name="Sku">The SKU.</param>
/// <param name="Order">The order.</param>
/// <param name="Line">The line.</param>
/// <param name="Unheld">How much is open and not held.</param>
/// <param name="Held">How much is held.</param>
/// <param name="Tier">How firmly; firm where nothing was stated.</param>
/// <param name="PlacedAt">When the order was placed.</param>
/// <param name="DueAt">When it is wanted, or else promised; null when neither is known.</param>
/// <param name="Standing">What the order's tier and rank rest on.</param>
/// <param name="IsBlocked">Whether somebody must lift a block first.</param>
public sealed record OpenLine(
    Sku Sku, OrderId Order, int Line, Quantity Unheld, Quantity Held, HoldTier Tier, Instant PlacedAt, Instant? DueAt,
    OrderStanding Standing, bool IsBlocked)
{
    /// <summary>What its rank rests on.</summary>
    public PriorityFacts Facts => new(
        Order, PlacedAt, Standing.CustomerLevel, Standing.PaymentMethod, DueAt, Tier.Code(), null, null, Line);

    /// <summary>Whether it is still open; otherwise the row takes it out of the index.</summary>
    public bool IsOpen => !Unheld.IsZero || !Held.IsZero;

    /// <summary>The rows of an order that differ from what they were.</summary>
    /// <param name="order">The order.</param>
    /// <param name="before">Its state before.</param>
    /// <param name="after">Its state after.</param>
    public static ImmutableArray<OpenLine> Changes(OrderId order, OrderState before, OrderState after)
    {
        if (before is null || after is null)
        {
            throw new ArgumentNullException(nameof(after));
        }

        var changes = ImmutableArray.CreateBuilder<OpenLine>();
        foreach (OrderLine line in after.Lines)
        {
            OpenLine now = Of(order, after, line);
            OpenLine? was = before.Line(line.Number) is { } old ? Of(order, before, old) : null;
            if (now.IsOpen ? now != was : was is { IsOpen: true })
            {
                changes.Add(now);
            }
        }

        return changes.ToImmutable();
    }

    private static OpenLine Of(OrderId order, OrderState state, OrderLine line)
    {
        bool isOpen = state.ArchivedAt is null;
        return new OpenLine(
            line.Sku, order, line.Number, isOpen ? line.Unheld : Quantity.Zero, isOpen ? line.Held : Quantity.Zero,
            state.HoldTier ?? HoldTier.Firm, state.PlacedAt ?? state.CapturedAt,
            state.RequestedAt ?? state.CurrentPromise?.PromisedAt, state.Standing,
            !state.Blocks.IsEmpty || !OrderFeatures.MayBeServed(state));
    }
}
