using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Something wanted of one order.</summary>
/// <param name="Order">The order.</param>
public abstract partial record OrderCommand(OrderId Order) : KernelCommand
{
    /// <inheritdoc />
    public override StreamId Stream => new(StreamId.OrderCategory, Order.Text);
}

/// <summary>Takes an order in.</summary>
/// <param name="Order">The order; its id is new.</param>
/// <param name="Customer">Who ordered.</param>
/// <param name="PlacedAt">When the customer placed it, as the source states; null when it does not say.</param>
/// <param name="Lines">What is ordered; at least one line.</param>
/// <param name="RequestedAt">The latest moment the customer asked for; null when not stated.</param>
/// <param name="PromisedAt">The first promise; null when it follows later.</param>
/// <param name="SignOff">What ends the order.</param>
/// <param name="ExternalKey">The order's number in the source system; may be empty.</param>
/// <param name="ShipTo">Where the receiver's personal data are kept; null when there are none.</param>
/// <param name="Fields">The values of extension fields; empty for none.</param>
/// <param name="Type">The code of its order type, which gives it its lifecycle; empty for none.</param>
public sealed partial record CaptureOrder(
    OrderId Order, PartnerId Customer, Instant? PlacedAt, ImmutableArray<NewLine> Lines, Instant? RequestedAt = null,
    Instant? PromisedAt = null, SignOff SignOff = SignOff.Delivery, string ExternalKey = "", SubjectReference? ShipTo = null,
    ImmutableArray<FieldChange> Fields = default, string Type = "")
    : OrderCommand(Order);

/// <summary>A wanted change of one field.</summary>
/// <param name="Line">The line number; 0 for the order itself.</param>
/// <param name="Field">The code of one of <see cref="OrderFields"/> or of an extension field in force.</param>
/// <param name="Value">The new value as text; empty makes an extension field unknown again.</param>
public readonly record struct FieldChange(int Line, string Field, string Value);

/// <summary>Changes fields or adds lines, with reason and voucher. Holds beyond a smaller quantity are released; nothing
/// else moves.</summary>
/// <param name="Order">The order.</param>
/// <param name="Changes">The changes; each field of a line once.</param>
/// <param name="Reason">Why.</param>
/// <param name="Voucher">The paper that proves it.</param>
/// <param name="Added">Lines to add; may be empty.</param>
/// <param name="ExpectedVersion">The version the caller looked at; an order that moved on refuses with what changed. Null
/// skips the check.</param>
public sealed partial record AmendOrder(
    OrderId Order, ImmutableArray<FieldChange> Changes, string Reason, string Voucher,
    ImmutableArray<NewLine> Added = default, long? ExpectedVersion = null)
    : OrderCommand(Order);

/// <summary>Gives the first promise, or another one; earlier ones stay in the history.</summary>
/// <param name="Order">The order.</param>
/// <param name="PromisedAt">The latest moment that keeps it, inclusive.</param>
/// <param name="Cause">Why.</param>
/// <param name="Note">What the giver adds; may be empty.</param>
/// <param name="ShipsAt">When it is planned to leave; null when not stated.</param>
/// <param name="ArrivesAt">When it is expected there; what lies between it and the promise is the buffer. Null when not stated.</param>
public sealed partial record PromiseOrder(
    OrderId Order, Instant PromisedAt, PromiseCause Cause, string Note = "", Instant? ShipsAt = null, Instant? ArrivesAt = null)
    : OrderCommand(Order);

/// <summary>Holds stock for what is not held yet.</summary>
/// <param name="Order">The order.</param>
/// <param name="Nodes">The nodes that may serve what is not held yet, best first; default for every node in ordinal order.</param>
/// <param name="TakePart">Whether to hold what there is when it is not enough; otherwise all or nothing. What is short stands in
/// <see cref="Storage.CommandOutcome.Shortages"/>.</param>
/// <param name="ExpiresAt">When everything held for the order falls free again unless held anew; after now. Null for as long as its
/// tier lasts from now on, and without tiers, or in a tier without end, for ever.</param>
/// <param name="Tier">How firmly everything held for the order is held from now on; null for what the desk's tier policy says. A tier
/// is raised, never lowered, while something is held.</param>
/// <param name="Preempt">Whether to take from weaker holds what free stock does not serve, as far as the tier policy allows.</param>
/// <param name="Plan">Exactly what to take from which cell, as a plan says (<see cref="Sourcing.SourcingCase.TakesOf"/>): all of it or
/// nothing, and what other lines hold stays where it is. Default to take what is free, in the order of nodes. With a plan neither nodes nor
/// a part nor pre-emption can be asked for.</param>
/// <remarks>
/// <para>An order's holds have one expiry and one tier, and the last command that holds says both: however much was held before,
/// nothing, some or all, and whether it takes from where it likes, in part or by plan, afterwards <paramref name="ExpiresAt"/> counts for
/// all that is held. So a hold for a quarter of an hour is made to last by the same command without a moment. What others do to the order,
/// serving it while it waits, sharing anew or taking from it, leaves its expiry as it is; where it rises to a firmer tier that lasts
/// longer, as long as that.</para>
/// <para>Already true when all that is open is held, at the nodes asked for, in that tier and until then.</para>
/// <para>Errors: <c>order.nothing_open</c> when nothing is left to hold, <c>order.held_elsewhere</c> when it is held at other nodes than
/// those asked for, <c>order.expiry_passed</c>, <c>stock.short</c>. A list of nodes or a plan that is given and empty is malformed
/// (<c>command.list_empty</c>).</para>
/// </remarks>
public sealed partial record HoldStock(
    OrderId Order, ImmutableArray<NodeId> Nodes = default, bool TakePart = false, Instant? ExpiresAt = null,
    HoldTier? Tier = null, bool Preempt = false, ImmutableArray<Take> Plan = default)
    : OrderCommand(Order);

/// <summary>Lets go of everything held for some lines; <see cref="All"/> means every line.</summary>
/// <param name="Order">The order.</param>
/// <param name="Lines">The lines; at least one.</param>
/// <param name="Reason">Why.</param>
/// <remarks><para>Errors: without lines it is malformed (<c>command.list_empty</c>), so that a search that found none lets nothing
/// go.</para></remarks>
public sealed partial record ReleaseStock(OrderId Order, ImmutableArray<int> Lines, string Reason) : OrderCommand(Order)
{
    /// <summary>Whether everything that is held is meant.</summary>
    public bool IsAll { get; private init; }

    /// <summary>Lets go of everything that is held for the order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="reason">Why.</param>
    public static ReleaseStock All(OrderId order, string reason) => new(order, default, reason) { IsAll = true };
}

/// <summary>Lets go of holds whose time is over; issued by the timer.</summary>
/// <param name="Order">The order.</param>
/// <param name="Generation">The setting of the timer that woke up.</param>
public sealed partial record ExpireHold(OrderId Order, int Generation) : OrderCommand(Order)
{
    /// <summary>Whether the timer of this setting has nothing to wait for any more.</summary>
    internal bool IsOver(OrderState state, Instant now) =>
        Generation == state.HoldGeneration && (state.HoldsExpireAt is not { } at || at <= now);
}

/// <summary>What leaves of one line.</summary>
/// <param name="Line">The line number.</param>
/// <param name="Quantity">How much; zero says that nothing of the line is in this shipment.</param>
/// <param name="From">The node it leaves; null for whatever is held, first held first.</param>
/// <param name="Serials">One serial number per piece of a tracked line; empty otherwise.</param>
public sealed record ShipLine(int Line, Quantity Quantity, NodeId? From = null, ImmutableArray<string> Serials = default);

/// <summary>Confirms that goods left. The only way to "shipped"; never more than is held.</summary>
/// <param name="Order">The order.</param>
/// <param name="Shipment">The shipment; its id is new within the order.</param>
/// <param name="ShippedAt">When it left, as the warehouse states; not in the future. Null when nobody states it: such a shipment
/// is in no figure about leaving on time.</param>
/// <param name="Lines">What left; each line once.</param>
/// <param name="Carrier">The carrier's code; may be empty.</param>
/// <param name="Waybill">The waybill number; may be empty.</param>
/// <param name="Part">The sub-order that left; 0 for an order that was not split.</param>
public sealed partial record ShipOrder(
    OrderId Order, ShipmentId Shipment, Instant? ShippedAt, ImmutableArray<ShipLine> Lines, string Carrier = "", string Waybill = "",
    int Part = 0)
    : OrderCommand(Order);

/// <summary>Confirms that a shipment was signed for.</summary>
/// <param name="Order">The order.</param>
/// <param name="Shipment">The shipment.</param>
/// <param name="DeliveredAt">When, as the carrier states; not before it left, not in the future.</param>
public sealed partial record ConfirmDelivery(OrderId Order, ShipmentId Shipment, Instant DeliveredAt) : OrderCommand(Order);

/// <summary>So much of one line.</summary>
/// <param name="Line">The line number.</param>
/// <param name="Quantity">How much; above zero.</param>
public readonly record struct LineQuantity(int Line, Quantity Quantity);

/// <summary>Cancels what has not left yet, in whole (<see cref="All"/>) or in part.</summary>
/// <param name="Order">The order.</param>
/// <param name="Lines">How much of which line, each once; at least one.</param>
/// <param name="Reason">Why.</param>
/// <param name="Part">The sub-order that loses them; 0 takes what is in none first, then the last sub-orders.</param>
/// <remarks><para>Errors: without lines it is malformed (<c>command.list_empty</c>), so that a search that found none cancels
/// nothing.</para></remarks>
public sealed partial record CancelLines(OrderId Order, ImmutableArray<LineQuantity> Lines, string Reason, int Part = 0)
    : OrderCommand(Order)
{
    /// <summary>Whether everything that is still open is meant.</summary>
    public bool IsAll { get; private init; }

    /// <summary>Cancels everything that is still open of an order, or of one of its sub-orders.</summary>
    /// <param name="order">The order.</param>
    /// <param name="reason">Why.</param>
    /// <param name="part">The sub-order; 0 for the whole order.</param>
    public static CancelLines All(OrderId order, string reason, int part = 0) => new(order, default, reason, part) { IsAll = true };
}

/// <summary>Takes delivered goods back into quarantine.</summary>
/// <param name="Order">The order.</param>
/// <param name="Lines">How much of which line, each once.</param>
/// <param name="Reason">Why.</param>
/// <param name="To">The node that receives them; null for the node they left.</param>
/// <param name="Serials">The serial numbers of what comes back, one a piece, for each line that tracks them; each line once, default
/// when none does. A number that came back may leave again.</param>
/// <remarks><para>Errors: <c>order.serials_incomplete</c> when a piece of such a line is not named, <c>order.serial_not_out</c> when a
/// number is not with the customer.</para></remarks>
public sealed partial record ReturnLines(
    OrderId Order, ImmutableArray<LineQuantity> Lines, string Reason, NodeId? To = null, ImmutableArray<LineSerials> Serials = default)
    : OrderCommand(Order);

/// <summary>Stops an order from shipping.</summary>
/// <param name="Order">The order.</param>
/// <param name="Reason">A stable code, such as <c>credit</c>; see <see cref="OrderWords.BlockReasons"/> for the known ones.</param>
/// <param name="Role">The role whose turn it is; see <see cref="OrderWords.Roles"/> for the known ones.</param>
/// <param name="Note">What the setter adds; may be empty.</param>
/// <param name="ReleaseExpectedAt">When it is expected to be lifted; null when nobody says. It lifts nothing by itself.</param>
public sealed partial record BlockOrder(
    OrderId Order, string Reason, string Role, string Note = "", Instant? ReleaseExpectedAt = null) : OrderCommand(Order);

/// <summary>Lifts a block.</summary>
/// <param name="Order">The order.</param>
/// <param name="Reason">The reason it was set for.</param>
/// <param name="Note">Why it may go on; may be empty.</param>
public sealed partial record UnblockOrder(OrderId Order, string Reason, string Note = "") : OrderCommand(Order);

/// <summary>Puts a correction beside a recorded moment; the record itself stays and figures go on using it.</summary>
/// <param name="Order">The order.</param>
/// <param name="Fact">Which moment.</param>
/// <param name="Corrected">What it should have been.</param>
/// <param name="Reason">Why.</param>
/// <param name="Voucher">The paper that proves it.</param>
/// <param name="Shipment">Which shipment; null for the promise.</param>
public sealed partial record CorrectFact(
    OrderId Order, RecordedFact Fact, Instant Corrected, string Reason, string Voucher, ShipmentId? Shipment = null)
    : OrderCommand(Order);

/// <summary>Puts a finished or cancelled order away. Nothing is ever deleted: it stays readable, and takes no more commands.</summary>
/// <param name="Order">The order.</param>
/// <param name="Reason">Why.</param>
public sealed partial record ArchiveOrder(OrderId Order, string Reason) : OrderCommand(Order);
