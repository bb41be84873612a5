using System.Text.Json;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>The JSON of the commands and events that features of order types bring.</summary>
internal static class FeatureJson
{
    public static OrderCommand? ReadCommand(string type, OrderId order, JsonElement json) => type switch
    {
        "order.record_payment" => new RecordPayment(order, ReadMoney(json, "amount"), json.Text("reference")),
        "order.agree_trade_in" => new AgreeTradeIn(
            order, json.Text("reference"), new Sku(json.Text("sku")), ReadMoney(json, "credit"), json.Instant("due_at")),
        "order.close_trade_in" => new CloseTradeIn(order, json.Text("reference"), json.Bool("received")),
        "order.split" => new SplitOrder(order, json.Array("parts", NewPart.Read), json.Text("reason")),
        "order.confirm_service" => ConfirmService.ReadMembers(order, json),
        "order.report_consumption" => new ReportConsumption(
            order, json.Array("lines", OrderJson.ReadQuantity), json.Text("reference")),
        _ => null,
    };

    public static OrderEvent? ReadEvent(string type, Instant at, JsonElement json) => type switch
    {
        "order.paid" => new OrderPaid(at, ReadMoney(json, "amount"), json.Text("reference")),
        "order.trade_in_agreed" => new OrderTradeInAgreed(
            at, json.Text("reference"), new Sku(json.Text("sku")), ReadMoney(json, "credit"), json.Instant("due_at")),
        "order.trade_in_closed" => new OrderTradeInClosed(at, json.Text("reference"), json.Bool("received")),
        "order.split" => new OrderSplit(
            at, json.Array("parts", NewPart.Read), json.Text("lifecycle"), json.Text("version"), json.Text("reason")),
        "order.numbered" => new OrderNumbered(at, new OrderId(json.Text("order")), json.Text("number")),
        "order.performed" => new OrderPerformed(at, json.Array("lines", OrderJson.ReadQuantity), json.Text("reference")),
        "order.consumed" => new OrderConsumed(at, json.Array("takes", ReadConsumed), json.Text("reference")),
        _ => null,
    };

    /// <summary>Writes the number of a sub-order; nothing for the order itself, so that what was stored without keeps its bytes.</summary>
    public static JsonText WritePart(this JsonText json, int part) => part == 0 ? json : json.Member("part", part);

    public static int ReadPart(JsonElement json) => json.Has("part") ? json.Int("part") : 0;

    public static JsonText WriteMoney(this JsonText json, string name, Money amount) => json.OpenObject(name)
        .Member("minor_units", amount.MinorUnits).Member("currency", amount.Currency.Code)
        .Member("places", amount.Currency.DecimalPlaces).CloseObject();

    public static Money ReadMoney(JsonElement json, string name)
    {
        JsonElement amount = json.GetProperty(name);
        return new Money(amount.Long("minor_units"), new Currency(amount.Text("currency"), amount.Int("places")));
    }

    private static ConsumedTake ReadConsumed(JsonElement json) => new(
        new ShipmentId(json.Text("shipment")), json.Int("line"), StockCell.Read(json.GetProperty("from")),
        StockCell.Read(json.GetProperty("at_customer")), json.Quantity("quantity"));
}
