using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using Xunit;

namespace OrderKernel.Definitions.Tests.Fields;

/// <summary>What fulfilling an order cost: kept on the order by component, and only the total goes back to the ERP.</summary>
public class FulfilmentCostTests
{
    private static readonly string[] Components = ["cost_pick", "cost_pack", "cost_freight", "cost_storage"];

    private static readonly Pack Costs = Tenant.PackOf(
        ("pack.json", """{ "id": "COST2026", "version": 1, "en": "Fulfilment cost", "zh": "履约成本" }"""),
        ("fields.json", """
            { "fields": [
              { "code": "cost_pick", "en": "Picking cost", "zh": "拣货成本", "of": "order", "type": "money", "sensitivity": "internal" },
              { "code": "cost_pack", "en": "Packing cost", "zh": "包装成本", "of": "order", "type": "money", "sensitivity": "internal" },
              { "code": "cost_freight", "en": "Freight cost", "zh": "运费成本", "of": "order", "type": "money", "sensitivity": "internal" },
              { "code": "cost_storage", "en": "Storage cost", "zh": "仓储成本", "of": "order", "type": "money", "sensitivity": "internal" },
              { "code": "cost_total", "en": "Fulfilment cost", "zh": "履约成本", "of": "order", "type": "money", "sensitivity": "internal" }
            ] }
            """));

    private readonly Tenant tenant = new(configure: static options => options.Connect(new OuterSystem(
        "erp", SystemAccess.ReadAndWrite, owns: ["customer", "quantity", "lines"], takesBack: ["cost_total"])));

    [Fact]
    [Trait("ReqPart", "S4-21")]
    public async Task TheTotal_GoesBackOncePerVersion_AndNothingElseOfTheOrder()
    {
        await tenant.ActivateAsync("admin", Costs);
        await tenant.AcceptAsync("clerk", tenant.Capture("SO-1") with { ExternalKey = "XSDD-0042" });
        await tenant.AcceptAsync("clerk", tenant.Capture("SO-2") with { ExternalKey = "XSDD-0043" });

        // 1.2 + 2.0 + 18.0 + 0.8, in fen.
        KernelCommand first = Record("SO-1", 120, 200, 1800, 80);
        var once = new Submission(tenant.NextId(), new Actor("costing", "metrics"), first);
        Assert.True((await tenant.Desk.SubmitAsync(once)).IsAccepted);
        OrderState order = await tenant.Desk.ReadOrderAsync(new OrderId("SO-1"));
        Assert.Equal(
            ["1.20 CNY", "2.00 CNY", "18.00 CNY", "0.80 CNY", "22.00 CNY"],
            Components.Append("cost_total").Select(code => order.Field(code)));
        JsonElement sent = Assert.Single(await SentAsync());
        CheckOnlyTheTotal(sent, "22.00 CNY", order.Version);

        // The same command again, and the same cost under another command: the ERP hears nothing.
        Assert.Equal(DeskStatus.Repeated, (await tenant.Desk.SubmitAsync(once)).Status);
        await tenant.AcceptAsync("costing", first);
        Assert.Single(await SentAsync());

        // Storage for a day more is a new version, once; a component that moves while the total stands is nobody's business there.
        await tenant.AcceptAsync("costing", Record("SO-1", 120, 200, 1800, 155));
        order = await tenant.Desk.ReadOrderAsync(new OrderId("SO-1"));
        List<JsonElement> messages = await SentAsync();
        Assert.Equal(2, messages.Count);
        CheckOnlyTheTotal(messages[1], "22.75 CNY", order.Version);
        Assert.True(messages[1].GetProperty("version").GetInt64() > messages[0].GetProperty("version").GetInt64());
        Assert.NotEqual(messages[0].GetProperty("event").GetString(), messages[1].GetProperty("event").GetString());
        await tenant.AcceptAsync("costing", Record("SO-1", 130, 190, 1800, 155));
        await tenant.AcceptAsync("costing", Tenant.Amend("SO-1", "priority", "3"));
        Assert.Equal(2, (await SentAsync()).Count);
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
        Assert.Empty(await tenant.Desk.AuditHistoryAsync());
    }

    private static AmendOrder Record(string order, params long[] fen)
    {
        Money[] costs = [.. fen.Select(static units => new Money(units, Currency.Cny))];
        Money total = costs.Aggregate(static (sum, cost) => sum + cost);
        IEnumerable<FieldChange> changes = Components.Zip(costs, static (code, cost) => new FieldChange(0, code, cost.ToString()))
            .Append(new FieldChange(0, "cost_total", total.ToString()));
        return new AmendOrder(new OrderId(order), changes.ToImmutableArray(), "costing", "RUN-1");
    }

    private static void CheckOnlyTheTotal(JsonElement body, string total, long version)
    {
        Assert.Equal(
            ["event", "fields", "key", "order", "type", "version"],
            body.EnumerateObject().Select(static member => member.Name).Order(System.StringComparer.Ordinal));
        Assert.Equal(
            ("SO-1", "XSDD-0042", "order.write_back", version),
            (body.GetProperty("order").GetString(), body.GetProperty("key").GetString(), body.GetProperty("type").GetString(),
                body.GetProperty("version").GetInt64()));
        JsonElement field = Assert.Single(body.GetProperty("fields").EnumerateArray());
        Assert.Equal($$"""{"line":0,"field":"cost_total","value":"{{total}}"}""", field.GetRawText());
    }

    // Every message to anybody: nothing went elsewhere either.
    private async Task<List<JsonElement>> SentAsync()
    {
        ImmutableArray<OutgoingMessage> outbox = await tenant.Store.ReadOutboxAsync(tenant.Options.Tenant, 100, default);
        Assert.All(outbox, static message => Assert.Equal("erp", message.Destination));
        return outbox.Select(static message => JsonDocument.Parse(message.Body).RootElement).ToList();
    }
}
