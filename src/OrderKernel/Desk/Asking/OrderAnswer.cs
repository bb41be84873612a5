using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Board;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;

namespace OrderKernel.Desk;

/// <summary>The last thing known of an order's way to the customer.</summary>
/// <param name="Shipment">The shipment.</param>
/// <param name="Carrier">The carrier's code; may be empty.</param>
/// <param name="Waybill">The waybill number; may be empty.</param>
/// <param name="At">When it was signed for, or else when it left; null when nobody said.</param>
/// <param name="IsSigned">Whether it was signed for.</param>
public sealed record LastTrack(
    ShipmentId Shipment, string Carrier, string Waybill,
    [property: JsonConverter(typeof(MeasureJson))] Instant? At, bool IsSigned);

/// <summary>What a customer who asks for an order is told: where it is, whose turn it is, what blocks it until when, when it arrives,
/// and where its goods were last. Codes first; <see cref="Text"/> says them in business language.</summary>
public sealed class OrderAnswer
{
    private readonly ActiveDefinitions names;

    internal OrderAnswer(OrderId order, OrderState state, ActiveDefinitions names, LifecycleDefinition? lifecycle, Instant now)
    {
        this.names = names;
        BoardRow row = BoardRow.Of(order, state, now);
        BlockRecord? block = row.Reason.Length == 0 ? null : state.Blocks[0];
        ShipmentRecord? shipment = state.Shipments.IsEmpty ? null : state.Shipments[state.Shipments.Length - 1];
        RegionState? payment = state.Region(LifecycleRegion.Payment);
        Order = order;
        Stage = state.Stage;
        Supply = state.Supply;
        Fulfilment = state.Fulfilment;
        StepOwner = row.Role;
        CurrentBlocker = row.Reason;
        ExpectedRelease = block is null ? null : block.ReleaseExpectedAt ?? row.ExpectedAt;
        ExpectedArrival = state.CurrentPromise is { } promise ? promise.ArrivesAt ?? promise.PromisedAt : null;
        Payment = payment is null ? null : lifecycle?.State(payment.State)?.Name;
        LastTrack = shipment is null ? null : new LastTrack(
            shipment.Id, shipment.Carrier, shipment.Waybill, shipment.DeliveredAt ?? shipment.ShippedAt,
            shipment.DeliveredAt is not null);
    }

    /// <summary>The order.</summary>
    public OrderId Order { get; }

    /// <summary>Where it is.</summary>
    public OrderStage Stage { get; }

    /// <summary>How far its goods are secured.</summary>
    public SupplyState Supply { get; }

    /// <summary>How far its goods have come.</summary>
    public FulfilmentState Fulfilment { get; }

    /// <summary>What was paid, as its lifecycle calls it; null without a payment side.</summary>
    public Term? Payment { get; }

    /// <summary>The code of the role whose turn it is.</summary>
    public string StepOwner { get; }

    /// <summary>The reason of the oldest block; empty when nothing blocks it.</summary>
    public string CurrentBlocker { get; }

    /// <summary>When the oldest block should be lifted: as whoever set it said, or else when the state of its lifecycle is
    /// due; null when nothing blocks it or nobody can tell.</summary>
    [JsonConverter(typeof(MeasureJson))]
    public Instant? ExpectedRelease { get; }

    /// <summary>When it should be there: the arrival that the promise expects, or the promise itself; null when nothing is
    /// promised.</summary>
    [JsonConverter(typeof(MeasureJson))]
    public Instant? ExpectedArrival { get; }

    /// <summary>Where its goods were last; null when nothing has left.</summary>
    public LastTrack? LastTrack { get; }

    /// <summary>The order, its stage, whose turn it is and what blocks it; codes only.</summary>
    public override string ToString() =>
        $"{Order} {Stage} {StepOwner}{(CurrentBlocker.Length == 0 ? string.Empty : " " + CurrentBlocker)}";

    /// <summary>The answer in business language, one line a part; parts that nobody knows are left out.</summary>
    /// <param name="language">The language to answer in.</param>
    /// <param name="zone">The zone in which times are told.</param>
    /// <remarks><para>Units: times as month-day hour:minute. Names are those of the active packs, or else the kernel's.</para></remarks>
    public ImmutableArray<string> Text(Language language, DateTimeZone zone)
    {
        if (zone is null)
        {
            throw new ArgumentNullException(nameof(zone));
        }

        string track = LastTrack is null ? string.Empty
            : string.Join(" ", new[] { LastTrack.Carrier, LastTrack.Waybill, Time(LastTrack.At) }.Where(static part => part.Length > 0));
        var parts = new (string Label, string Value)[]
        {
            ("view.state", Named(Stage.Name.Code)), ("view.step_owner", Named("role.", StepOwner)),
            ("view.payment", Payment?.Text(language) ?? string.Empty),
            ("view.current_blocker", CurrentBlocker.Length == 0 ? string.Empty : Named("block.", CurrentBlocker)),
            ("view.expected_release", Time(ExpectedRelease)), ("view.expected_arrival", Time(ExpectedArrival)),
            ("view.last_track", track),
        };
        return parts.Where(static part => part.Value.Length > 0).Select(part => Named(part.Label) + ": " + part.Value).ToImmutableArray();

        string Named(string prefix, string code = "") =>
            (names.Name(prefix + code) ?? (code.Length == 0 ? null : names.Name(code)))?.Text(language)
            ?? (code.Length == 0 ? prefix : code);

        string Time(Instant? at) => at is null
            ? string.Empty
            : LocalDateTimePattern.CreateWithInvariantCulture("MM-dd HH:mm").Format(at.Value.InZone(zone).LocalDateTime);
    }
}
