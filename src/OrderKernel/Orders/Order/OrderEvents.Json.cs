using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

public abstract partial record OrderEvent
{
    /// <summary>Reads a stored event back; null when the type is not one of an order.</summary>
    internal static OrderEvent? Read(string type, JsonElement json)
    {
        Instant at = json.Instant("at");
        return type switch
        {
            "order.captured" => new OrderCaptured(
                at, new PartnerId(json.Text("customer")), json.OptionalInstant("placed_at"), json.Array("lines", OrderJson.ReadLine),
                json.OptionalInstant("requested_at"), OrderJson.ReadSignOff(json), json.Text("external_key"),
                OrderJson.ReadSubject(json)) { Fields = json.OptionalArray("fields", OrderExtensions.ReadValue) },
            "order.amended" => new OrderAmended(
                at, json.Array("changes", ReadChange), json.Array("added", OrderJson.ReadLine),
                json.Array("released", OrderJson.ReadTake), json.Text("reason"), json.Text("voucher")),
            "order.promised" => new OrderPromised(
                at, json.Instant("promised_at"), OrderJson.ReadCause(json), json.Text("note"), json.OptionalInstant("ships_at"),
                json.OptionalInstant("arrives_at")),
            "order.stock_held" => new OrderStockHeld(
                at, json.Array("takes", OrderJson.ReadTake), json.Int("generation"), json.OptionalInstant("expires_at"),
                OrderJson.ReadTier(json))
            {
                Borrowed = json.OptionalArray("borrowed", OrderJson.ReadTake),
            },
            "order.stock_covered" => new OrderStockCovered(at, json.Array("takes", OrderJson.ReadTake)),
            "order.stock_released" => new OrderStockReleased(at, json.Array("takes", OrderJson.ReadTake), json.Text("reason")),
            "order.shipped" => new OrderShipped(
                at, new ShipmentId(json.Text("shipment")), json.OptionalInstant("shipped_at"), json.Array("takes", OrderJson.ReadTake),
                json.Text("carrier"), json.Text("waybill"), json.Array("serials", ReadSerials), OrderJson.ReadNode(json, "consignee"),
                FeatureJson.ReadPart(json)),
            "order.delivered" => new OrderDelivered(at, new ShipmentId(json.Text("shipment")), json.Instant("delivered_at")),
            "order.lines_cancelled" => new OrderLinesCancelled(
                at, json.Array("lines", OrderJson.ReadQuantity), json.Array("released", OrderJson.ReadTake), json.Text("reason"),
                FeatureJson.ReadPart(json)),
            "order.returned" => new OrderReturned(
                at, json.Array("takes", ReadReturned), json.Text("reason"), json.OptionalArray("serials", ReadSerials)),
            "order.blocked" => new OrderBlocked(
                at, json.Text("reason"), json.Text("role"), json.Text("note"), json.OptionalInstant("release_expected_at")),
            "order.unblocked" => new OrderUnblocked(at, json.Text("reason"), json.Text("note")),
            "order.fact_corrected" => new OrderFactCorrected(
                at, OrderJson.ReadFact(json), json.Text("shipment"), json.Instant("recorded"), json.Instant("corrected"),
                json.Text("reason"), json.Text("voucher")),
            "order.archived" => new OrderArchived(at, json.Text("reason")),
            _ => TierEvents.Read(type, at, json) ?? OrderLifecycleJson.ReadEvent(type, at, json),
        };
    }

    internal static FieldChanged ReadChange(JsonElement json) =>
        new(json.Int("line"), json.Text("field"), json.Text("before"), json.Text("after"));

    internal static LineSerials ReadSerials(JsonElement json) =>
        new(json.Int("line"), json.Array("serials", static number => number.GetString() ?? string.Empty));

    private static ReturnedTake ReadReturned(JsonElement json) => new(
        new ShipmentId(json.Text("shipment")), json.Int("line"), StockCell.Read(json.GetProperty("from")),
        StockCell.Read(json.GetProperty("to")), json.Quantity("quantity"), OrderJson.ReadNode(json, "consignee"));
}

public sealed partial record OrderCaptured
{
    /// <inheritdoc />
    public override string EventType => "order.captured";

    internal override void WriteBody(JsonText json) => json
        .Member("customer", Customer.Text).Optional("placed_at", PlacedAt).Optional("requested_at", RequestedAt)
        .Member("sign_off", SignOff.Code()).Member("external_key", ExternalKey).WriteSubject(ShipTo).WriteLines("lines", Lines)
        .WriteFields(Fields);
}

public sealed partial record OrderAmended
{
    /// <inheritdoc />
    public override string EventType => "order.amended";

    internal override void WriteBody(JsonText json)
    {
        json.OpenArray("changes");
        foreach (FieldChanged change in Changes)
        {
            json.OpenObject().Member("line", change.Line).Member("field", change.Field)
                .Member("before", change.Before).Member("after", change.After).CloseObject();
        }

        json.CloseArray().WriteLines("added", Added).WriteTakes("released", Released)
            .Member("reason", Reason).Member("voucher", Voucher);
    }
}

public sealed partial record OrderPromised
{
    /// <inheritdoc />
    public override string EventType => "order.promised";

    internal override void WriteBody(JsonText json) =>
        json.Member("promised_at", PromisedAt).Member("cause", Cause.Code()).Member("note", Note)
            .Optional("ships_at", ShipsAt).Optional("arrives_at", ArrivesAt);
}

public sealed partial record OrderStockHeld
{
    /// <inheritdoc />
    public override string EventType => "order.stock_held";

    internal override void WriteBody(JsonText json)
    {
        json.WriteTakes("takes", Takes).Member("generation", Generation).Optional("expires_at", ExpiresAt)
            .Optional("tier", Tier?.Code());
        if (!Borrowed.IsDefaultOrEmpty)
        {
            json.WriteTakes("borrowed", Borrowed);
        }
    }
}

public sealed partial record OrderStockCovered
{
    /// <inheritdoc />
    public override string EventType => "order.stock_covered";

    internal override void WriteBody(JsonText json) => json.WriteTakes("takes", Takes);
}

public sealed partial record OrderStockReleased
{
    /// <inheritdoc />
    public override string EventType => "order.stock_released";

    internal override void WriteBody(JsonText json) => json.WriteTakes("takes", Takes).Member("reason", Reason);
}

public sealed partial record OrderShipped
{
    /// <inheritdoc />
    public override string EventType => "order.shipped";

    internal override void WriteBody(JsonText json)
    {
        json.Member("shipment", Shipment.Text).Optional("shipped_at", ShippedAt).WriteTakes("takes", Takes)
            .Member("carrier", Carrier).Member("waybill", Waybill).OpenArray("serials");
        foreach (LineSerials serials in Serials)
        {
            json.OpenObject().Member("line", serials.Line).WriteSerials(serials.Numbers);
            json.CloseObject();
        }

        json.CloseArray().Optional("consignee", Consignee?.Text).WritePart(Part);
    }
}

public sealed partial record OrderDelivered
{
    /// <inheritdoc />
    public override string EventType => "order.delivered";

    internal override void WriteBody(JsonText json) =>
        json.Member("shipment", Shipment.Text).Member("delivered_at", DeliveredAt);
}

public sealed partial record OrderLinesCancelled
{
    /// <inheritdoc />
    public override string EventType => "order.lines_cancelled";

    internal override void WriteBody(JsonText json) =>
        json.WriteQuantities("lines", Lines).WriteTakes("released", Released).Member("reason", Reason).WritePart(Part);
}

public sealed partial record OrderReturned
{
    /// <inheritdoc />
    public override string EventType => "order.returned";

    internal override void WriteBody(JsonText json)
    {
        json.OpenArray("takes");
        foreach (ReturnedTake take in Takes)
        {
            json.OpenObject().Member("shipment", take.Shipment.Text).Member("line", take.Line);
            take.From.WriteTo(json.OpenObject("from")).CloseObject();
            take.To.WriteTo(json.OpenObject("to")).CloseObject();
            json.Member("quantity", take.Quantity.Units).Optional("consignee", take.Consignee?.Text).CloseObject();
        }

        json.CloseArray().Member("reason", Reason).WriteLineSerials("serials", Serials);
    }
}

public sealed partial record OrderBlocked
{
    /// <inheritdoc />
    public override string EventType => "order.blocked";

    internal override void WriteBody(JsonText json) => json
        .Member("reason", Reason).Member("role", Role).Member("note", Note).Optional("release_expected_at", ReleaseExpectedAt);
}

public sealed partial record OrderUnblocked
{
    /// <inheritdoc />
    public override string EventType => "order.unblocked";

    internal override void WriteBody(JsonText json) => json.Member("reason", Reason).Member("note", Note);
}

public sealed partial record OrderFactCorrected
{
    /// <inheritdoc />
    public override string EventType => "order.fact_corrected";

    internal override void WriteBody(JsonText json) => json
        .Member("fact", Fact.Code()).Member("shipment", Shipment).Member("recorded", Recorded).Member("corrected", Corrected)
        .Member("reason", Reason).Member("voucher", Voucher);
}

public sealed partial record OrderArchived
{
    /// <inheritdoc />
    public override string EventType => "order.archived";

    internal override void WriteBody(JsonText json) => json.Member("reason", Reason);
}
