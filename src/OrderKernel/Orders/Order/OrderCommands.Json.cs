using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

public abstract partial record OrderCommand
{
    internal sealed override void WriteBody(JsonText json) => WriteMembers(json.Member("order", Order.Text));

    internal abstract void WriteMembers(JsonText json);

    /// <summary>Reads a stored command back; null when the type is not one of an order.</summary>
    internal static OrderCommand? Read(string type, JsonElement json)
    {
        var order = new OrderId(json.OptionalText("order") ?? "-");
        return type switch
        {
            "order.capture" => new CaptureOrder(
                order, new PartnerId(json.Text("customer")), json.OptionalInstant("placed_at"), json.Array("lines", OrderJson.ReadLine),
                json.OptionalInstant("requested_at"), json.OptionalInstant("promised_at"), OrderJson.ReadSignOff(json),
                json.Text("external_key"), OrderJson.ReadSubject(json), json.OptionalArray("fields", ReadChange),
                json.OptionalText("order_type") ?? string.Empty),
            "order.amend" => new AmendOrder(
                order, json.Array("changes", ReadChange), json.Text("reason"), json.Text("voucher"),
                json.Array("added", OrderJson.ReadLine), json.Has("expected_version") ? json.Long("expected_version") : null),
            "order.promise" => new PromiseOrder(
                order, json.Instant("promised_at"), OrderJson.ReadCause(json), json.Text("note"), json.OptionalInstant("ships_at"),
                json.OptionalInstant("arrives_at")),
            "order.hold_stock" => new HoldStock(
                order, Given(json.Array("nodes", static node => new NodeId(node.GetString() ?? string.Empty))), json.Bool("take_part"),
                json.OptionalInstant("expires_at"), OrderJson.ReadTier(json), json.Has("preempt") && json.Bool("preempt"),
                json.Has("plan") ? json.Array("plan", OrderJson.ReadTake) : default),
            "order.release_stock" => ReleaseStock.ReadMembers(order, json),
            "order.expire_hold" => new ExpireHold(order, json.Int("generation")),
            "order.ship" => new ShipOrder(
                order, new ShipmentId(json.Text("shipment")), json.OptionalInstant("shipped_at"), json.Array("lines", ReadShipLine),
                json.Text("carrier"), json.Text("waybill"), FeatureJson.ReadPart(json)),
            "order.confirm_delivery" => new ConfirmDelivery(
                order, new ShipmentId(json.Text("shipment")), json.Instant("delivered_at")),
            "order.cancel_lines" => CancelLines.ReadMembers(order, json),
            "order.return_lines" => new ReturnLines(
                order, json.Array("lines", OrderJson.ReadQuantity), json.Text("reason"), OrderJson.ReadNode(json, "to"),
                json.Has("serials") ? json.Array("serials", OrderEvent.ReadSerials) : default),
            "order.block" => new BlockOrder(
                order, json.Text("reason"), json.Text("role"), json.Text("note"), json.OptionalInstant("release_expected_at")),
            "order.unblock" => new UnblockOrder(order, json.Text("reason"), json.Text("note")),
            "order.correct_fact" => new CorrectFact(
                order, OrderJson.ReadFact(json), json.Instant("corrected"), json.Text("reason"), json.Text("voucher"),
                json.OptionalText("shipment") is { } shipment ? new ShipmentId(shipment) : null),
            "order.archive" => new ArchiveOrder(order, json.Text("reason")),
            "order.set_standing" => new SetStanding(order, TierJson.ReadStanding(json)),
            _ => OrderLifecycleJson.ReadCommand(type, order, json),
        };
    }

    // A list that was left out was stored empty.
    private static ImmutableArray<T> Given<T>(ImmutableArray<T> list) => list.IsEmpty ? default : list;

    private static FieldChange ReadChange(JsonElement json) => new(json.Int("line"), json.Text("field"), json.Text("value"));

    private static ShipLine ReadShipLine(JsonElement json) => new(
        json.Int("line"), json.Quantity("quantity"), OrderJson.ReadNode(json, "from"),
        json.OptionalArray("serials", static number => number.GetString() ?? string.Empty));
}

public sealed partial record CaptureOrder
{
    /// <inheritdoc />
    public override string CommandType => "order.capture";

    internal override void WriteMembers(JsonText json) => json
        .Member("customer", Customer.Text).Optional("placed_at", PlacedAt).Optional("requested_at", RequestedAt)
        .Optional("promised_at", PromisedAt).Member("sign_off", SignOff.Code()).Member("external_key", ExternalKey)
        .WriteSubject(ShipTo).WriteLines("lines", Lines).WriteFields(Fields)
        .Optional("order_type", Type.Length == 0 ? null : Type);
}

public sealed partial record AmendOrder
{
    /// <inheritdoc />
    public override string CommandType => "order.amend";

    internal override void WriteMembers(JsonText json)
    {
        json.OpenArray("changes");
        for (int i = 0; !Changes.IsDefault && i < Changes.Length; i++)
        {
            json.OpenObject().Member("line", Changes[i].Line).Member("field", Changes[i].Field)
                .Member("value", Changes[i].Value).CloseObject();
        }

        json.CloseArray().WriteLines("added", Added).Member("reason", Reason).Member("voucher", Voucher);
        if (ExpectedVersion is { } expected)
        {
            json.Member("expected_version", expected);
        }
    }
}

public sealed partial record PromiseOrder
{
    /// <inheritdoc />
    public override string CommandType => "order.promise";

    internal override void WriteMembers(JsonText json) =>
        json.Member("promised_at", PromisedAt).Member("cause", Cause.Code()).Member("note", Note)
            .Optional("ships_at", ShipsAt).Optional("arrives_at", ArrivesAt);
}

public sealed partial record HoldStock
{
    /// <inheritdoc />
    public override string CommandType => "order.hold_stock";

    internal override void WriteMembers(JsonText json)
    {
        json.OpenArray("nodes");
        for (int i = 0; !Nodes.IsDefault && i < Nodes.Length; i++)
        {
            json.Element(Nodes[i].Text);
        }

        json.CloseArray().Member("take_part", TakePart).Optional("expires_at", ExpiresAt).Optional("tier", Tier?.Code());
        if (Preempt)
        {
            json.Member("preempt", true);
        }

        if (!Plan.IsDefaultOrEmpty)
        {
            json.WriteTakes("plan", Plan);
        }
    }
}

public sealed partial record ReleaseStock
{
    /// <inheritdoc />
    public override string CommandType => "order.release_stock";

    internal override void WriteMembers(JsonText json)
    {
        json.OpenArray("lines");
        for (int i = 0; !Lines.IsDefault && i < Lines.Length; i++)
        {
            json.RawElement(Lines[i].ToString(CultureInfo.InvariantCulture));
        }

        json.CloseArray().Member("reason", Reason).WriteAll(IsAll);
    }

    internal static ReleaseStock ReadMembers(OrderId order, JsonElement json) => new(
        order, json.Array("lines", static line => line.GetInt32()), json.Text("reason")) { IsAll = OrderJson.ReadAll(json) };
}

public sealed partial record ExpireHold
{
    /// <inheritdoc />
    public override string CommandType => "order.expire_hold";

    internal override void WriteMembers(JsonText json) => json.Member("generation", Generation);
}

public sealed partial record ShipOrder
{
    /// <inheritdoc />
    public override string CommandType => "order.ship";

    internal override void WriteMembers(JsonText json)
    {
        json.Member("shipment", Shipment.Text).Optional("shipped_at", ShippedAt).Member("carrier", Carrier)
            .Member("waybill", Waybill).OpenArray("lines");
        for (int i = 0; !Lines.IsDefault && i < Lines.Length; i++)
        {
            ShipLine line = Lines[i];
            json.OpenObject().Member("line", line.Line).Member("quantity", line.Quantity.Units).Optional("from", line.From?.Text);
            if (!line.Serials.IsDefaultOrEmpty)
            {
                json.WriteSerials(line.Serials);
            }

            json.CloseObject();
        }

        json.CloseArray().WritePart(Part);
    }
}

public sealed partial record ConfirmDelivery
{
    /// <inheritdoc />
    public override string CommandType => "order.confirm_delivery";

    internal override void WriteMembers(JsonText json) =>
        json.Member("shipment", Shipment.Text).Member("delivered_at", DeliveredAt);
}

public sealed partial record CancelLines
{
    /// <inheritdoc />
    public override string CommandType => "order.cancel_lines";

    internal override void WriteMembers(JsonText json) =>
        json.WriteQuantities("lines", Lines).Member("reason", Reason).WritePart(Part).WriteAll(IsAll);

    internal static CancelLines ReadMembers(OrderId order, JsonElement json) => new(
        order, json.Array("lines", OrderJson.ReadQuantity), json.Text("reason"), FeatureJson.ReadPart(json))
    {
        IsAll = OrderJson.ReadAll(json),
    };
}

public sealed partial record ReturnLines
{
    /// <inheritdoc />
    public override string CommandType => "order.return_lines";

    internal override void WriteMembers(JsonText json) => json
        .WriteQuantities("lines", Lines).Member("reason", Reason).Optional("to", To?.Text).WriteLineSerials("serials", Serials);
}

public sealed partial record BlockOrder
{
    /// <inheritdoc />
    public override string CommandType => "order.block";

    internal override void WriteMembers(JsonText json) =>
        json.Member("reason", Reason).Member("role", Role).Member("note", Note).Optional("release_expected_at", ReleaseExpectedAt);
}

public sealed partial record UnblockOrder
{
    /// <inheritdoc />
    public override string CommandType => "order.unblock";

    internal override void WriteMembers(JsonText json) => json.Member("reason", Reason).Member("note", Note);
}

public sealed partial record CorrectFact
{
    /// <inheritdoc />
    public override string CommandType => "order.correct_fact";

    internal override void WriteMembers(JsonText json) => json
        .Member("fact", Fact.Code()).Member("corrected", Corrected).Member("reason", Reason).Member("voucher", Voucher)
        .Optional("shipment", Shipment?.Text);
}

public sealed partial record ArchiveOrder
{
    /// <inheritdoc />
    public override string CommandType => "order.archive";

    internal override void WriteMembers(JsonText json) => json.Member("reason", Reason);
}
