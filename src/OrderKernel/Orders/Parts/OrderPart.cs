using System;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>How far one line of a part has come.</summary>
/// <param name="Line">The line number.</param>
/// <param name="Planned">How much of it is in the part.</param>
/// <param name="Cancelled">How much of that was cancelled.</param>
/// <param name="Shipped">How much has left.</param>
/// <param name="Delivered">How much was signed for.</param>
public readonly record struct PartLine(int Line, Quantity Planned, Quantity Cancelled, Quantity Shipped, Quantity Delivered)
{
    /// <summary>How much has still to leave: planned - cancelled - shipped.</summary>
    public Quantity Open => Planned - Cancelled - Shipped;
}

/// <summary>A sub-order: a part of an order that ships and is signed for by itself, on a lifecycle of its own.</summary>
/// <remarks><para>Its counters never exceed those of its order. What is held, promised, blocked and on file belongs to the whole
/// order.</para></remarks>
public sealed record OrderPart
{
    internal OrderPart(int number, NewPart plan, string lifecycle, string version)
    {
        Number = number;
        DueAt = plan.DueAt;
        From = plan.From;
        Supplier = plan.Supplier;
        Lifecycle = lifecycle;
        LifecycleVersion = version;
        Lines = ImmutableArray.CreateRange(
            plan.Lines, static line => new PartLine(line.Line, line.Quantity, Quantity.Zero, Quantity.Zero, Quantity.Zero));
    }

    /// <summary>Its number within the order, from 1.</summary>
    public int Number { get; }

    /// <summary>When it is due; null when nobody said.</summary>
    public Instant? DueAt { get; }

    /// <summary>The node it leaves from; null for any.</summary>
    public NodeId? From { get; }

    /// <summary>Who supplies it; may be empty.</summary>
    public string Supplier { get; }

    /// <summary>The id of the lifecycle it runs on.</summary>
    public string Lifecycle { get; }

    /// <summary>The version of that lifecycle.</summary>
    public string LifecycleVersion { get; }

    /// <summary>Its lines.</summary>
    public ImmutableArray<PartLine> Lines { get; internal init; }

    /// <summary>Where each of its sides stands.</summary>
    public ImmutableArray<RegionState> Regions { get; internal init; } = ImmutableArray<RegionState>.Empty;

    /// <summary>The signals given to it and not taken back, in ordinal order.</summary>
    public ImmutableArray<string> Signals { get; internal init; } = ImmutableArray<string>.Empty;

    /// <summary>How far its goods have come.</summary>
    public FulfilmentState Fulfilment =>
        Lines.All(static line => line.Shipped.IsZero) ? FulfilmentState.NotShipped
        : Lines.Any(static line => !line.Open.IsZero) ? FulfilmentState.PartiallyShipped
        : Lines.Any(static line => line.Delivered < line.Shipped) ? FulfilmentState.Shipped
        : FulfilmentState.Delivered;

    /// <summary>Whether all of it was cancelled.</summary>
    public bool IsCancelled => Lines.All(static line => line.Cancelled == line.Planned);

    /// <summary>Whether every side of it is at its end.</summary>
    public bool HasEnded => Regions.All(static region => region.IsFinal);

    /// <summary>How much of a line has still to leave with it; zero for a line that it does not have.</summary>
    /// <param name="line">The line number.</param>
    public Quantity Open(int line) => Lines.FirstOrDefault(one => one.Line == line).Open;

    internal OrderPart With(int line, Func<PartLine, PartLine> change) => this with
    {
        Lines = ImmutableArray.CreateRange(Lines, one => one.Line == line ? Checked(change(one)) : one),
    };

    private PartLine Checked(PartLine line) =>
        line.Cancelled.Units + line.Shipped.Units <= line.Planned.Units && line.Delivered <= line.Shipped
        ? line
        : throw new KernelInvariantException($"Part {Number}, line {line.Line}: {line}.");
}

public sealed partial record OrderState
{
    /// <summary>The sub-orders, by number; empty while the order was not split.</summary>
    public ImmutableArray<OrderPart> Parts { get; internal init; } = ImmutableArray<OrderPart>.Empty;

    /// <summary>The sub-order with a number, or null.</summary>
    /// <param name="number">The number.</param>
    public OrderPart? Part(int number) => number >= 1 && number <= Parts.Length ? Parts[number - 1] : null;

    /// <summary>When the last piece of a sub-order was signed for, or left where nobody signs; null until then.</summary>
    /// <param name="number">The number of the sub-order.</param>
    public Instant? PartDoneAt(int number)
    {
        bool done = Part(number) is { } part && (SignOff == SignOff.Delivery
            ? part.Fulfilment == FulfilmentState.Delivered
            : part.Fulfilment >= FulfilmentState.Shipped);
        Instant? last = null;
        foreach (ShipmentRecord shipment in Shipments.Where(shipment => done && shipment.Part == number))
        {
            Instant? at = SignOff == SignOff.Delivery ? shipment.DeliveredAt : shipment.ShippedAt;
            last = last is null || at > last ? at : last;
        }

        return last;
    }

    /// <summary>Whether a sub-order came after it was due, or has not come and is past due. Each is judged by its own date.</summary>
    /// <param name="number">The number of the sub-order.</param>
    /// <param name="now">The moment of the question.</param>
    public bool IsPartLate(int number, Instant now) =>
        Part(number) is { DueAt: { } due, IsCancelled: false } && (PartDoneAt(number) ?? now) > due;

    /// <summary>How much of a line is open and in no sub-order; below zero when the sub-orders exceed the line.</summary>
    internal long Unassigned(OrderLine line)
    {
        long left = line.Open.Units;
        foreach (OrderPart part in Parts)
        {
            left -= part.Open(line.Number).Units;
        }

        return left;
    }

    internal OrderState WithPart(int number, Func<OrderPart, OrderPart> change) =>
        this with { Parts = Parts.SetItem(number - 1, change(Parts[number - 1])) };
}
