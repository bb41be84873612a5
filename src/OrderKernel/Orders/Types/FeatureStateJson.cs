using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>What the features of its type left in an order, as part of <see cref="OrderStateJson"/>.</summary>
internal static class FeatureStateJson
{
    public static void Write(JsonText json, OrderState state)
    {
        OrderLifecycleJson.WriteTexts(
            json, "features", ImmutableArray.CreateRange(state.Features, static feature => feature.Text));
        json.Member("numbering", state.Numbering).Member("number", state.Number);
        OrderLifecycleJson.WriteTexts(json, "consumption_reports", state.ConsumptionReports);
        json.OpenArray("payments");
        foreach (PaymentRecord payment in state.Payments)
        {
            json.OpenObject().Member("reference", payment.Reference).WriteMoney("amount", payment.Amount).Member("at", payment.At)
                .CloseObject();
        }

        json.CloseArray().OpenArray("trade_ins");
        foreach (TradeInRecord one in state.TradeIns)
        {
            json.OpenObject().Member("reference", one.Reference).Member("sku", one.Sku.Text).WriteMoney("credit", one.Credit)
                .Member("due_at", one.DueAt).Member("status", (long)one.Status).CloseObject();
        }

        json.CloseArray().OpenArray("parts");
        foreach (OrderPart part in state.Parts)
        {
            Write(json.OpenObject(), part);
            json.CloseObject();
        }

        json.CloseArray();
    }

    public static OrderState Read(JsonElement json, OrderState state) => state with
    {
        Features = ImmutableArray.CreateRange(json.OptionalArray("features", static text => text.GetString()!), OrderFeature.Of),
        Numbering = json.Text("numbering"),
        Number = json.Text("number"),
        ConsumptionReports = json.OptionalArray("consumption_reports", static text => text.GetString()!),
        Payments = json.Array("payments", static one => new PaymentRecord(
            one.Text("reference"), FeatureJson.ReadMoney(one, "amount"), one.Instant("at"))),
        TradeIns = json.Array("trade_ins", static one => new TradeInRecord(
            one.Text("reference"), new Sku(one.Text("sku")), FeatureJson.ReadMoney(one, "credit"), one.Instant("due_at"),
            (TradeInStatus)one.Int("status"))),
        Parts = json.Array("parts", ReadPart),
    };

    private static void Write(JsonText json, OrderPart part)
    {
        json.Member("number", part.Number).Optional("due_at", part.DueAt).Optional("from", part.From?.Text)
            .Member("supplier", part.Supplier).Member("lifecycle", part.Lifecycle).Member("version", part.LifecycleVersion)
            .OpenArray("lines");
        foreach (PartLine line in part.Lines)
        {
            json.OpenObject().Member("line", line.Line).Member("planned", line.Planned.Units)
                .Member("cancelled", line.Cancelled.Units).Member("shipped", line.Shipped.Units)
                .Member("delivered", line.Delivered.Units).CloseObject();
        }

        json.CloseArray();
        OrderStateJson.WriteRegions(json, part.Regions);
        OrderLifecycleJson.WriteTexts(json, "signals", part.Signals);
    }

    private static OrderPart ReadPart(JsonElement json)
    {
        var plan = new NewPart(
            ImmutableArray<LineQuantity>.Empty, json.OptionalInstant("due_at"), OrderJson.ReadNode(json, "from"), json.Text("supplier"));
        return new OrderPart(json.Int("number"), plan, json.Text("lifecycle"), json.Text("version"))
        {
            Lines = json.Array("lines", static line => new PartLine(
                line.Int("line"), line.Quantity("planned"), line.Quantity("cancelled"), line.Quantity("shipped"),
                line.Quantity("delivered"))),
            Regions = json.Array("regions", OrderStateJson.ReadRegion),
            Signals = json.OptionalArray("signals", static signal => signal.GetString()!),
        };
    }
}
