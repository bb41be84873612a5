using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>What ends an order: the customer's signature, or the shipment where deliveries are not reported.</summary>
public enum SignOff
{
    /// <summary>Every shipped piece must be signed for.</summary>
    Delivery = 0,

    /// <summary>The last shipment ends the order; the source knows no deliveries.</summary>
    Shipment = 1,
}

/// <summary>Why a promise was made or changed.</summary>
public enum PromiseCause
{
    /// <summary>The first promise.</summary>
    First = 0,

    /// <summary>The customer asked for another date.</summary>
    CustomerRequest = 1,

    /// <summary>There was not enough stock.</summary>
    StockShort = 2,

    /// <summary>Production or the supplier is late.</summary>
    SupplyLate = 3,

    /// <summary>The carrier is late.</summary>
    CarrierLate = 4,

    /// <summary>Another order was given precedence.</summary>
    Displaced = 5,

    /// <summary>It was entered wrongly.</summary>
    Correction = 6,
}

/// <summary>One entry of the promise history.</summary>
/// <param name="RecordedAt">When the promise was given.</param>
/// <param name="PromisedAt">The latest moment that keeps it, inclusive.</param>
/// <param name="Cause">Why it was given.</param>
/// <param name="Note">What the giver added; may be empty.</param>
/// <param name="ShipsAt">When it was planned to leave; null when not stated.</param>
/// <param name="ArrivesAt">When it was expected there, before the buffer; null when not stated.</param>
public sealed record PromiseRecord(
    Instant RecordedAt, Instant PromisedAt, PromiseCause Cause, string Note, Instant? ShipsAt = null, Instant? ArrivesAt = null)
{
    /// <summary>How much the promise lies behind the expected arrival; null when that was not stated.</summary>
    public Duration? Buffer => ArrivesAt is { } arrives ? PromisedAt - arrives : null;
}

/// <summary>What one shipment took from one cell for one line.</summary>
/// <param name="Line">The line number.</param>
/// <param name="Cell">The cell it left.</param>
/// <param name="Quantity">How much left.</param>
/// <param name="Returned">How much of it came back.</param>
/// <param name="Consumed">How much of it was consumed, when it lies on consignment.</param>
public readonly record struct ShippedTake(int Line, StockCell Cell, Quantity Quantity, Quantity Returned, Quantity Consumed = default);

/// <summary>The serial numbers shipped for one line.</summary>
/// <param name="Line">The line number.</param>
/// <param name="Numbers">One serial number per piece.</param>
public sealed record LineSerials(int Line, ImmutableArray<string> Numbers);

/// <summary>A shipment that left.</summary>
/// <param name="Id">Its id within the order.</param>
/// <param name="ShippedAt">When it left, as the warehouse states; null when nobody does.</param>
/// <param name="DeliveredAt">When it was signed for; null until then.</param>
/// <param name="Takes">What it took from where.</param>
/// <param name="Carrier">The carrier's code; may be empty.</param>
/// <param name="Waybill">The waybill number; may be empty.</param>
/// <param name="Serials">The serial numbers of tracked lines; may be empty.</param>
/// <param name="Consignee">Where the goods lie on consignment and are still ours; null when they went for good.</param>
/// <param name="Part">The sub-order that left with it; 0 for none.</param>
public sealed record ShipmentRecord(
    ShipmentId Id, Instant? ShippedAt, Instant? DeliveredAt, ImmutableArray<ShippedTake> Takes, string Carrier, string Waybill,
    ImmutableArray<LineSerials> Serials, NodeId? Consignee = null, int Part = 0)
{
    /// <summary>The serial numbers that came back of it, by line, as returns named them; may be empty.</summary>
    public ImmutableArray<LineSerials> SerialsBack { get; internal init; } = ImmutableArray<LineSerials>.Empty;
}

/// <summary>Something that stops an order from shipping until somebody lifts it.</summary>
/// <param name="Reason">A stable code, such as <c>credit</c>.</param>
/// <param name="Role">The role whose turn it is, such as <c>finance</c>.</param>
/// <param name="Since">When it was set.</param>
/// <param name="Note">What the setter added; may be empty.</param>
/// <param name="ReleaseExpectedAt">When it is expected to be lifted; null when nobody said.</param>
public sealed record BlockRecord(string Reason, string Role, Instant Since, string Note, Instant? ReleaseExpectedAt = null);

/// <summary>A field that an amendment changed.</summary>
/// <param name="Line">The line number; 0 for the order itself.</param>
/// <param name="Field">The field's code, such as <c>quantity</c>.</param>
/// <param name="Before">The value before, as text; empty when there was none.</param>
/// <param name="After">The value after, as text.</param>
public readonly record struct FieldChanged(int Line, string Field, string Before, string After);

/// <summary>One entry of the amendment history.</summary>
/// <param name="Version">The order's version after it.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Changes">What it changed; may be empty when it only added lines.</param>
/// <param name="Reason">Why.</param>
/// <param name="Voucher">The paper that proves it.</param>
public sealed record AmendmentRecord(long Version, Instant At, ImmutableArray<FieldChanged> Changes, string Reason, string Voucher);

/// <summary>One entry of the cancellation history.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Reason">Why: a stable code, such as <c>lost_to_stockout</c>, or words.</param>
/// <param name="Lines">How much of which line.</param>
public sealed record CancellationRecord(Instant At, string Reason, ImmutableArray<LineQuantity> Lines);

/// <summary>A recorded moment that may be corrected beside the record, never in it.</summary>
public enum RecordedFact
{
    /// <summary>The first promise.</summary>
    FirstPromise = 0,

    /// <summary>When a shipment left.</summary>
    Shipped = 1,

    /// <summary>When a shipment was signed for.</summary>
    Delivered = 2,
}

/// <summary>A correction that stands beside the original; figures go on using the original.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Fact">Which moment.</param>
/// <param name="Shipment">Which shipment; empty for the promise.</param>
/// <param name="Recorded">The original.</param>
/// <param name="Corrected">What it should have been.</param>
/// <param name="Reason">Why.</param>
/// <param name="Voucher">The paper that proves it.</param>
public sealed record CorrectionRecord(
    Instant At, RecordedFact Fact, string Shipment, Instant Recorded, Instant Corrected, string Reason, string Voucher);
