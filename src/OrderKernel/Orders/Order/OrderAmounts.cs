using System;
using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>Money that came in for an order.</summary>
/// <param name="Reference">The paper that proves it; names the payment within the order.</param>
/// <param name="Amount">How much; above zero.</param>
/// <param name="At">When it was recorded.</param>
public sealed record PaymentRecord(string Reference, Money Amount, Instant At);

/// <summary>An old part that the customer gives back for a credit.</summary>
/// <param name="Reference">Names it within the order.</param>
/// <param name="Sku">What comes back.</param>
/// <param name="Credit">What it counts for; above zero.</param>
/// <param name="DueAt">The latest moment at which it counts, inclusive.</param>
/// <param name="Status">What became of it.</param>
public sealed record TradeInRecord(string Reference, Sku Sku, Money Credit, Instant DueAt, TradeInStatus Status);

/// <summary>What became of an old part that was to come back.</summary>
public enum TradeInStatus
{
    /// <summary>It is expected, and its credit counts.</summary>
    Agreed = 0,

    /// <summary>It came, and its credit stands.</summary>
    Received = 1,

    /// <summary>It did not come in time, and its credit no longer counts.</summary>
    Lapsed = 2,
}

public sealed partial record OrderState
{
    /// <summary>What its type is composed of, as it was when the order began; empty for none.</summary>
    public ImmutableArray<OrderFeature> Features { get; internal init; } = ImmutableArray<OrderFeature>.Empty;

    /// <summary>What was paid, oldest first; may be empty.</summary>
    public ImmutableArray<PaymentRecord> Payments { get; internal init; } = ImmutableArray<PaymentRecord>.Empty;

    /// <summary>What comes back for credit, oldest first; may be empty.</summary>
    public ImmutableArray<TradeInRecord> TradeIns { get; internal init; } = ImmutableArray<TradeInRecord>.Empty;

    /// <summary>The price of everything that was not cancelled; null when a line has no price.</summary>
    /// <remarks><para>Units: each line is rounded once to the minor unit, half away from zero.</para></remarks>
    public Money? Total => Sum(static line => line.Ordered - line.Cancelled);

    /// <summary>The total less the credit of what comes back and has not lapsed; null when a line has no price.</summary>
    public Money? Net
    {
        get
        {
            Money? net = Total;
            foreach (TradeInRecord tradeIn in TradeIns)
            {
                net = tradeIn.Status == TradeInStatus.Lapsed ? net : net - tradeIn.Credit;
            }

            return net;
        }
    }

    /// <summary>What can be invoiced: the price of what was signed for and did not come back; of goods on consignment, of what was
    /// reported as consumed. Null when a line has no price.</summary>
    public Money? Billable => Sum(line => this.Feature("consignment") is null ? line.Delivered - line.Returned : line.Consumed);

    /// <summary>What was paid so far, in the order's currency; null when the order has no price.</summary>
    public Money? Paid
    {
        get
        {
            Money? paid = Total is { } total ? new Money(0, total.Currency) : null;
            foreach (PaymentRecord payment in Payments)
            {
                paid += payment.Amount;
            }

            return paid;
        }
    }

    /// <summary>The deposit that its type asks for, rounded up to the minor unit; null when it asks for none or has no price.</summary>
    public Money? Deposit => this.Feature("deposit") is { } percent && Net is { } net
        ? new Money(
            checked((long)decimal.Ceiling(net.MinorUnits * decimal.Parse(percent, CultureInfo.InvariantCulture) / 100m)), net.Currency)
        : null;

    internal bool DepositIsPaid => this.Feature("deposit") is null || (Deposit is { } due && Paid!.Value.MinorUnits >= due.MinorUnits);

    internal bool AllIsPaid => Net is { } net && Paid!.Value.MinorUnits >= net.MinorUnits;

    private Money? Sum(Func<OrderLine, Quantity> what)
    {
        Money? sum = null;
        foreach (OrderLine line in Lines)
        {
            if (line.Price is not { } price)
            {
                return null;
            }

            Money amount = price.Times(what(line), MidpointRounding.AwayFromZero);
            sum = sum is null ? amount : sum + amount;
        }

        return sum;
    }
}
