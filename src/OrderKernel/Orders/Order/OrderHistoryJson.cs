using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>What an order remembers of its past, as part of <see cref="OrderStateJson"/>.</summary>
internal static class OrderHistoryJson
{
    public static void Write(JsonText json, OrderState state)
    {
        WritePromises(json, state.Promises);
        WriteShipments(json, state.Shipments);
        json.OpenArray("blocks");
        foreach (BlockRecord block in state.Blocks)
        {
            json.OpenObject().Member("reason", block.Reason).Member("role", block.Role).Member("since", block.Since)
                .Member("note", block.Note).Optional("release_expected_at", block.ReleaseExpectedAt).CloseObject();
        }

        json.CloseArray().OpenArray("amendments");
        foreach (AmendmentRecord amendment in state.Amendments)
        {
            json.OpenObject().Member("version", amendment.Version).Member("at", amendment.At)
                .Member("reason", amendment.Reason).Member("voucher", amendment.Voucher).OpenArray("changes");
            foreach (FieldChanged change in amendment.Changes)
            {
                json.OpenObject().Member("line", change.Line).Member("field", change.Field)
                    .Member("before", change.Before).Member("after", change.After).CloseObject();
            }

            json.CloseArray().CloseObject();
        }

        json.CloseArray().OpenArray("corrections");
        foreach (CorrectionRecord correction in state.Corrections)
        {
            json.OpenObject().Member("at", correction.At).Member("fact", correction.Fact.Code())
                .Member("shipment", correction.Shipment).Member("recorded", correction.Recorded)
                .Member("corrected", correction.Corrected).Member("reason", correction.Reason)
                .Member("voucher", correction.Voucher).CloseObject();
        }

        json.CloseArray().OpenArray("cancellations");
        foreach (CancellationRecord cancellation in state.Cancellations)
        {
            json.OpenObject().Member("at", cancellation.At).Member("reason", cancellation.Reason)
                .WriteQuantities("lines", cancellation.Lines).CloseObject();
        }

        json.CloseArray();
    }

    public static OrderState Read(JsonElement json, OrderState state) => state with
    {
        Promises = json.Array("promises", static one => new PromiseRecord(
            one.Instant("at"), one.Instant("promised_at"), OrderJson.ReadCause(one), one.Text("note"),
            one.OptionalInstant("ships_at"), one.OptionalInstant("arrives_at"))),
        Shipments = json.Array("shipments", ReadShipment),
        Blocks = json.Array("blocks", static one => new BlockRecord(
            one.Text("reason"), one.Text("role"), one.Instant("since"), one.Text("note"),
            one.OptionalInstant("release_expected_at"))),
        Amendments = json.Array("amendments", static one => new AmendmentRecord(
            one.Long("version"), one.Instant("at"), one.Array("changes", OrderEvent.ReadChange), one.Text("reason"),
            one.Text("voucher"))),
        Corrections = json.Array("corrections", static one => new CorrectionRecord(
            one.Instant("at"), OrderJson.ReadFact(one), one.Text("shipment"), one.Instant("recorded"), one.Instant("corrected"),
            one.Text("reason"), one.Text("voucher"))),
        Cancellations = json.Array("cancellations", static one => new CancellationRecord(
            one.Instant("at"), one.Text("reason"), one.Array("lines", OrderJson.ReadQuantity))),
    };

    private static void WritePromises(JsonText json, ImmutableArray<PromiseRecord> promises)
    {
        json.OpenArray("promises");
        foreach (PromiseRecord promise in promises)
        {
            json.OpenObject().Member("at", promise.RecordedAt).Member("promised_at", promise.PromisedAt)
                .Member("cause", promise.Cause.Code()).Member("note", promise.Note).Optional("ships_at", promise.ShipsAt)
                .Optional("arrives_at", promise.ArrivesAt).CloseObject();
        }

        json.CloseArray();
    }

    private static void WriteShipments(JsonText json, ImmutableArray<ShipmentRecord> shipments)
    {
        json.OpenArray("shipments");
        foreach (ShipmentRecord shipment in shipments)
        {
            json.OpenObject().Member("id", shipment.Id.Text).Optional("shipped_at", shipment.ShippedAt)
                .Optional("delivered_at", shipment.DeliveredAt).Member("carrier", shipment.Carrier)
                .Member("waybill", shipment.Waybill).Optional("consignee", shipment.Consignee?.Text).WritePart(shipment.Part)
                .OpenArray("takes");
            foreach (ShippedTake take in shipment.Takes)
            {
                take.Cell.WriteTo(json.OpenObject().Member("line", take.Line)).Member("quantity", take.Quantity.Units)
                    .Member("returned", take.Returned.Units).Member("consumed", take.Consumed.Units).CloseObject();
            }

            json.CloseArray().WriteLineSerials("serials", shipment.Serials).WriteLineSerials("serials_back", shipment.SerialsBack)
                .CloseObject();
        }

        json.CloseArray();
    }

    private static ShipmentRecord ReadShipment(JsonElement json) => new(
        new ShipmentId(json.Text("id")), json.OptionalInstant("shipped_at"), json.OptionalInstant("delivered_at"),
        json.Array("takes", static take => new ShippedTake(
            take.Int("line"), StockCell.Read(take), take.Quantity("quantity"), take.Quantity("returned"), take.Quantity("consumed"))),
        json.Text("carrier"), json.Text("waybill"), json.OptionalArray("serials", OrderEvent.ReadSerials),
        OrderJson.ReadNode(json, "consignee"), FeatureJson.ReadPart(json))
    {
        SerialsBack = json.OptionalArray("serials_back", OrderEvent.ReadSerials),
    };
}
