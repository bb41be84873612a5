using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Something that happened to an order.</summary>
/// <param name="At">When it was recorded.</param>
public abstract partial record OrderEvent(Instant At) : DomainEvent(At);

/// <summary>The order was taken in.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Customer">Who ordered.</param>
/// <param name="PlacedAt">When the customer placed it; null when the source does not say.</param>
/// <param name="Lines">What is ordered.</param>
/// <param name="RequestedAt">The latest moment the customer asked for.</param>
/// <param name="SignOff">What ends the order.</param>
/// <param name="ExternalKey">The order's number in the source system.</param>
/// <param name="ShipTo">Where the receiver's personal data are kept.</param>
public sealed partial record OrderCaptured(
    Instant At, PartnerId Customer, Instant? PlacedAt, ImmutableArray<NewLine> Lines, Instant? RequestedAt, SignOff SignOff,
    string ExternalKey, SubjectReference? ShipTo) : OrderEvent(At);

/// <summary>Fields were changed or lines added.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Changes">What changed, before and after.</param>
/// <param name="Added">The lines added.</param>
/// <param name="Released">The holds that the smaller quantities no longer need.</param>
/// <param name="Reason">Why.</param>
/// <param name="Voucher">The paper that proves it.</param>
public sealed partial record OrderAmended(
    Instant At, ImmutableArray<FieldChanged> Changes, ImmutableArray<NewLine> Added, ImmutableArray<Take> Released, string Reason,
    string Voucher) : OrderEvent(At);

/// <summary>A promise was given.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="PromisedAt">The latest moment that keeps it.</param>
/// <param name="Cause">Why.</param>
/// <param name="Note">What the giver added.</param>
/// <param name="ShipsAt">When it was planned to leave.</param>
/// <param name="ArrivesAt">When it was expected there, before the buffer.</param>
public sealed partial record OrderPromised(
    Instant At, Instant PromisedAt, PromiseCause Cause, string Note, Instant? ShipsAt = null, Instant? ArrivesAt = null)
    : OrderEvent(At);

/// <summary>Stock was held.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Takes">What was held where, in the order of lines.</param>
/// <param name="Generation">Counts the holds of this order, from 1.</param>
/// <param name="ExpiresAt">When the order's holds fall free again.</param>
/// <param name="Tier">How firmly everything held for the order is held; null without tiers.</param>
/// <param name="Borrowed">What of the takes did not lie there, in their order; empty when all did.</param>
public sealed partial record OrderStockHeld(
    Instant At, ImmutableArray<Take> Takes, int Generation, Instant? ExpiresAt, HoldTier? Tier = null,
    ImmutableArray<Take> Borrowed = default) : OrderEvent(At)
{
    /// <summary>What of the takes did not lie there, in their order; empty when all did.</summary>
    public ImmutableArray<Take> Borrowed { get; init; } = Borrowed.IsDefault ? ImmutableArray<Take>.Empty : Borrowed;
}

/// <summary>Pieces that were borrowed lie there now: goods came, or others let go.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Takes">What is covered where, in the order of lines.</param>
public sealed partial record OrderStockCovered(Instant At, ImmutableArray<Take> Takes) : OrderEvent(At);

/// <summary>Holds were let go.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Takes">What was let go where, in the order of lines.</param>
/// <param name="Reason">Why.</param>
public sealed partial record OrderStockReleased(Instant At, ImmutableArray<Take> Takes, string Reason) : OrderEvent(At);

/// <summary>Goods left.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Shipment">The shipment.</param>
/// <param name="ShippedAt">When it left; null when nobody states it.</param>
/// <param name="Takes">What left which cell, in the order of lines.</param>
/// <param name="Carrier">The carrier's code.</param>
/// <param name="Waybill">The waybill number.</param>
/// <param name="Serials">The serial numbers of tracked lines.</param>
/// <param name="Consignee">Where the goods lie on consignment and are still ours; null when they went for good.</param>
/// <param name="Part">The sub-order that left; 0 for none.</param>
public sealed partial record OrderShipped(
    Instant At, ShipmentId Shipment, Instant? ShippedAt, ImmutableArray<Take> Takes, string Carrier, string Waybill,
    ImmutableArray<LineSerials> Serials, NodeId? Consignee = null, int Part = 0) : OrderEvent(At);

/// <summary>A shipment was signed for.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Shipment">The shipment.</param>
/// <param name="DeliveredAt">When it was signed for.</param>
public sealed partial record OrderDelivered(Instant At, ShipmentId Shipment, Instant DeliveredAt) : OrderEvent(At);

/// <summary>Something still open was cancelled.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Lines">How much of which line.</param>
/// <param name="Released">The holds that are no longer needed.</param>
/// <param name="Reason">Why.</param>
/// <param name="Part">The sub-order that lost it; 0 for none in particular.</param>
public sealed partial record OrderLinesCancelled(
    Instant At, ImmutableArray<LineQuantity> Lines, ImmutableArray<Take> Released, string Reason, int Part = 0) : OrderEvent(At);

/// <summary>What came back of one line of one shipment.</summary>
/// <param name="Shipment">The shipment it had left with.</param>
/// <param name="Line">The line number.</param>
/// <param name="From">The cell it had left.</param>
/// <param name="To">The cell whose quarantine it is in now.</param>
/// <param name="Quantity">How much.</param>
/// <param name="Consignee">Where it had lain on consignment; null when it had gone for good.</param>
public readonly record struct ReturnedTake(
    ShipmentId Shipment, int Line, StockCell From, StockCell To, Quantity Quantity, NodeId? Consignee = null);

/// <summary>Delivered goods came back.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Takes">What came back from where to where.</param>
/// <param name="Reason">Why.</param>
/// <param name="Serials">The serial numbers that came back, by line; default or empty when none was named.</param>
public sealed partial record OrderReturned(
    Instant At, ImmutableArray<ReturnedTake> Takes, string Reason, ImmutableArray<LineSerials> Serials = default) : OrderEvent(At);

/// <summary>The order was stopped from shipping.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Reason">A stable code.</param>
/// <param name="Role">The role whose turn it is.</param>
/// <param name="Note">What the setter added.</param>
/// <param name="ReleaseExpectedAt">When it is expected to be lifted; null when nobody said.</param>
public sealed partial record OrderBlocked(
    Instant At, string Reason, string Role, string Note, Instant? ReleaseExpectedAt = null) : OrderEvent(At);

/// <summary>A block was lifted.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Reason">The reason it had been set for.</param>
/// <param name="Note">Why it may go on.</param>
public sealed partial record OrderUnblocked(Instant At, string Reason, string Note) : OrderEvent(At);

/// <summary>A correction was put beside a recorded moment.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Fact">Which moment.</param>
/// <param name="Shipment">Which shipment; empty for the promise.</param>
/// <param name="Recorded">The original.</param>
/// <param name="Corrected">What it should have been.</param>
/// <param name="Reason">Why.</param>
/// <param name="Voucher">The paper that proves it.</param>
public sealed partial record OrderFactCorrected(
    Instant At, RecordedFact Fact, string Shipment, Instant Recorded, Instant Corrected, string Reason, string Voucher)
    : OrderEvent(At);

/// <summary>The order was put away.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Reason">Why.</param>
public sealed partial record OrderArchived(Instant At, string Reason) : OrderEvent(At);
