using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>A sub-order as it is planned.</summary>
/// <param name="Lines">How much of which line, each once; at least one.</param>
/// <param name="DueAt">When it is due; null when nobody says.</param>
/// <param name="From">The node it leaves from; null for any.</param>
/// <param name="Supplier">Who supplies it; may be empty.</param>
public sealed record NewPart(
    ImmutableArray<LineQuantity> Lines, Instant? DueAt = null, NodeId? From = null, string Supplier = "")
{
    internal static JsonText Write(JsonText json, ImmutableArray<NewPart> parts)
    {
        json.OpenArray("parts");
        foreach (NewPart part in parts.IsDefault ? ImmutableArray<NewPart>.Empty : parts)
        {
            json.OpenObject().WriteQuantities("lines", part.Lines).Optional("due_at", part.DueAt).Optional("from", part.From?.Text)
                .Optional("supplier", part.Supplier.Length == 0 ? null : part.Supplier).CloseObject();
        }

        return json.CloseArray();
    }

    internal static NewPart Read(JsonElement json) => new(
        json.Array("lines", OrderJson.ReadQuantity), json.OptionalInstant("due_at"), OrderJson.ReadNode(json, "from"),
        json.OptionalText("supplier") ?? string.Empty);
}

/// <summary>Splits an order, or more of it, into sub-orders: by delivery date, warehouse or supplier. Each runs on the first sub-lifecycle
/// that the lifecycle of the order names, and ships by its number.</summary>
/// <param name="Order">The order.</param>
/// <param name="Parts">The sub-orders, numbered on from those that there are; together at most what is open and in none yet.</param>
/// <param name="Reason">Why.</param>
public sealed record SplitOrder(OrderId Order, ImmutableArray<NewPart> Parts, string Reason) : OrderCommand(Order)
{
    /// <inheritdoc />
    public override string CommandType => "order.split";

    internal override void WriteMembers(JsonText json) => NewPart.Write(json, Parts).Member("reason", Reason);

    internal override void Size(CommandSize size)
    {
        size.Of(Parts, "parts");
        for (int i = 0; !Parts.IsDefault && i < Parts.Length && !size.IsTooLarge; i++)
        {
            size.Of(Parts[i].Lines, "lines");
        }
    }

    internal override void Check(CommandCheck check)
    {
        check.Needed(Reason, "reason");
        check.NotEmpty(Parts, "parts");
        foreach (NewPart part in Parts.IsDefault ? ImmutableArray<NewPart>.Empty : Parts)
        {
            check.NotEmpty(part.Lines, "lines");
            check.Allowed(part.Supplier, "supplier");
            CheckLines(check, part.Lines);
        }
    }
}

/// <summary>The order was split into sub-orders, numbered on from those that there were.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Parts">The sub-orders.</param>
/// <param name="Lifecycle">The id of the lifecycle they run on.</param>
/// <param name="Version">Its version.</param>
/// <param name="Reason">Why.</param>
public sealed record OrderSplit(Instant At, ImmutableArray<NewPart> Parts, string Lifecycle, string Version, string Reason)
    : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.split";

    internal override void WriteBody(JsonText json) =>
        NewPart.Write(json, Parts).Member("lifecycle", Lifecycle).Member("version", Version).Member("reason", Reason);

    internal OrderState Apply(OrderState state)
    {
        int number = state.Parts.Length;
        return state with
        {
            Parts = state.Parts.AddRange(Parts.Select(plan => new OrderPart(++number, plan, Lifecycle, Version))),
        };
    }
}

/// <summary>How what happens to an order reaches its sub-orders.</summary>
internal static class PartFold
{
    public static OrderState Ship(OrderState state, OrderShipped shipped) => shipped.Part == 0 ? state
        : state.WithPart(shipped.Part, part => shipped.Takes.Aggregate(part, static (one, take) => one.With(
            take.Line, line => line with { Shipped = line.Shipped + take.Quantity })));

    public static OrderState Deliver(OrderState state, ShipmentRecord shipment) => shipment.Part == 0 ? state
        : state.WithPart(shipment.Part, part => shipment.Takes.Aggregate(part, static (one, take) => one.With(
            take.Line, line => line with { Delivered = line.Delivered + take.Quantity })));

    // What no sub-order is named for comes off what is in none, then off the last sub-orders first.
    public static OrderState Cancel(OrderState before, OrderState after, OrderLinesCancelled cancelled)
    {
        foreach (LineQuantity entry in before.Parts.IsEmpty ? ImmutableArray<LineQuantity>.Empty : cancelled.Lines)
        {
            OrderLine line = before.Line(entry.Line)!;
            long left = cancelled.Part > 0 ? entry.Quantity.Units
                : System.Math.Max(0, entry.Quantity.Units - before.Unassigned(line));
            for (int number = before.Parts.Length; number >= 1 && left > 0; number--)
            {
                bool named = cancelled.Part == 0 || cancelled.Part == number;
                long part = named ? System.Math.Min(left, after.Part(number)!.Open(entry.Line).Units) : 0;
                left -= part;
                after = part == 0 ? after : after.WithPart(number, one => one.With(
                    entry.Line, had => had with { Cancelled = had.Cancelled + new Quantity(part) }));
            }
        }

        return after;
    }

    public static string Subject(int part) => "part:" + part.ToString(CultureInfo.InvariantCulture);
}
