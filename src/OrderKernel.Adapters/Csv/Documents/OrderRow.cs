using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Adapters.Csv.Documents;

/// <summary>An order as its source states it.</summary>
/// <param name="Row">The line of the file at which it begins.</param>
/// <param name="Order">The order.</param>
/// <param name="Customer">Who ordered.</param>
/// <param name="PlacedAt">When; null when the source does not say.</param>
/// <param name="ExternalKey">The number in the source system; may be empty.</param>
/// <param name="RequestedAt">The latest moment asked for; null when not stated.</param>
/// <param name="PromisedAt">The first promise; null when not stated.</param>
/// <param name="HoldUntil">When what is held for it falls free again; null when not stated.</param>
/// <param name="ShippedAt">When it left; null when it has not, or the source does not say.</param>
/// <param name="DeliveredAt">When it was signed for; null when it was not, or the source does not say.</param>
/// <param name="CancelReason">Why it is cancelled: <c>cancelled_at_source</c> or <c>refunded_at_source</c>; empty when it is not.</param>
/// <param name="CancelledAt">When it was cancelled; null when it was not, or the source does not say.</param>
public sealed record OrderRow(
    int Row, OrderId Order, PartnerId Customer, Instant? PlacedAt, string ExternalKey, Instant? RequestedAt, Instant? PromisedAt,
    Instant? HoldUntil, Instant? ShippedAt, Instant? DeliveredAt, string CancelReason = "", Instant? CancelledAt = null)
{
    /// <summary>The moment at which the source first says anything of the order: when it was placed, else left, else was signed for,
    /// else was wanted or promised for; the epoch when it states no moment at all.</summary>
    public Instant FirstStated =>
        PlacedAt ?? ShippedAt ?? DeliveredAt ?? RequestedAt ?? PromisedAt ?? HoldUntil ?? Instant.FromUnixTimeTicks(0);

    /// <summary>The latest moment by which it must have left: when it left, else when it was signed for; null when neither is
    /// stated.</summary>
    public Instant? LeftAt => ShippedAt ?? DeliveredAt;

    /// <summary>Whether the source has cancelled it, or has paid the money back before anything left: capture it and cancel it.</summary>
    public bool IsCancelled => CancelReason.Length > 0;

    internal static OrderRow Of(CsvRow row) => new(
        row.Row, new OrderId(row.Text("order")!), new PartnerId(row.Text("customer")!), row.Moment("placed_at"),
        row.Text("external_key") ?? string.Empty, row.Moment("requested_at"), row.Moment("promised_at"),
        row.Moment("hold_until"), row.Moment("shipped_at"), row.Moment("delivered_at"),
        Reason(row), row.Moment("cancelled_at"));

    // Money that went back after the goods left is the source's own affair; a cancellation then is a fault, told elsewhere.
    private static string Reason(CsvRow row)
    {
        bool left = row.Moment("shipped_at") is not null || row.Moment("delivered_at") is not null;
        string? status = row.Text(OrderStatus.Field);
        return status == OrderStatus.Cancelled || (row.Moment("cancelled_at") is not null && status != OrderStatus.Refunded)
            ? "cancelled_at_source"
            : status == OrderStatus.Refunded && !left ? "refunded_at_source" : string.Empty;
    }
}

/// <summary>An order with its lines, ready to be captured.</summary>
/// <param name="Head">The order.</param>
/// <param name="Lines">Its lines, in the order of the file; at least one.</param>
public sealed record ImportedOrder(OrderRow Head, ImmutableArray<NewLine> Lines);

/// <summary>So much that came in under one document.</summary>
/// <param name="Row">The line of the file at which the first of its rows begins.</param>
/// <param name="Document">The receipt.</param>
/// <param name="At">When it came in: the latest moment among its rows.</param>
/// <param name="Lines">What came in, in the order of the file.</param>
public sealed record StockReceipt(int Row, DocumentId Document, Instant At, ImmutableArray<StockLine> Lines);
