using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using OrderKernel.Storage;
using Xunit;

namespace OrderKernel.Definitions.Tests.Access;

/// <summary>The law of rights: for any policy, actor and command, what is not granted leaves store, timers, outbox and what others read as
/// they were, beside one entry of the audit; and what is granted was granted by a role that says so.</summary>
public class DeniedLawTests
{
    private static readonly OrderId Order = new("SO-1");
    private static readonly NodeId West = new("W1"), East = new("W9");
    private static readonly string[] Scopes = ["own_customers", "own_nodes", "all"];

    private static readonly string[] Granted =
    [
        "access.export", "definitions.set_parameter", "order.amend", "order.capture", "order.expire_hold", "order.hold_stock",
        "order.release_stock", "order.ship", "order.cancel_lines", "stock.receive", "stock.adjust",
    ];

    [Fact]
    public void WhatIsNotGranted_ChangesNothingThatOthersCanRead() => Prop.ForAll(
        Gen.Choose(0, (1 << Granted.Length) - 1).ToArbitrary(), Gen.Choose(0, (3 * 16 * 4) - 1).ToArbitrary(),
        (rights, choice) => Check(rights, choice % 3, choice / 3 % 16, choice / 48).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static async Task Check(int rights, int scope, int which, int whose)
    {
        string[] commands = Granted.Where((_, bit) => (rights >> bit & 1) == 1).ToArray();
        Tenant tenant = await OpenAsync(Scopes[scope], commands);
        bool isOwnCustomer = (whose & 1) == 1, isOwnNode = (whose & 2) == 2;
        tenant.Knows("eve", "some", [new PartnerId(isOwnCustomer ? "H-1" : "H-2")], [isOwnNode ? West : new NodeId("W5")]);
        KernelCommand command = Commands(tenant)[which];
        string before = await PictureAsync(tenant);
        int kept = (await CommandsAsync(tenant)).Length;
        var actor = new Actor("eve", "test");
        DeskResult result = command is ExportOrders wanted
            ? (await tenant.Desk.ExportOrdersAsync(tenant.NextId(), actor, wanted)).Result
            : await tenant.Desk.SubmitAsync(new Submission(tenant.NextId(), actor, command));
        bool isDenied = result.Findings.Any(static finding => finding.Code.StartsWith("access.", System.StringComparison.Ordinal));
        Assert.True(
            isDenied || commands.Contains(command.CommandType), $"{command.CommandType} was not granted: {result.Outcome.ToJson()}");
        if (!result.IsAccepted)
        {
            Assert.Equal(before, await PictureAsync(tenant));
            Assert.Equal(kept + 1, (await CommandsAsync(tenant)).Length);
            Assert.True(!isDenied || result.Outcome.Version == 0, "How far a stream is, is not for who may not see it.");
        }

        // Who reaches by own nodes alone has taken from no others.
        if (result.IsAccepted && scope == 1 && command is OrderCommand)
        {
            Assert.All(await TakenAsync(tenant, result), static node => Assert.Equal(West, node));
        }

        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    private static KernelCommand[] Commands(Tenant tenant) =>
    [
        tenant.Capture("SO-9"), tenant.Capture("SO-1", "H-2"), Tenant.Amend("SO-1", "customer", "H-2"),
        Tenant.Amend("SO-1", "quantity", "4", 1), new ExpireHold(Order, 1), new ExpireHold(Order, 7), new HoldStock(Order),
        new HoldStock(Order, [West], TakePart: true), ReleaseStock.All(Order, "why"), CancelLines.All(Order, "why"),
        new ShipOrder(Order, new ShipmentId("S-1"), null, [new ShipLine(1, new Quantity(2), West)], "SF", "W"),
        tenant.Receive("R-9", "W5", 3), new AdjustStock(
            new DocumentId("A-1"), new StockCell(new Sku("A"), East), -1, "broken", "V-1"),
        new ServeWaiting(new StreamId("stock", "R-1"), 1, 0, 50, [new Sku("A")]), new ExportOrders(["order", "unit_price"], "why"),
        new SetParameter("RIGHTS", "vip_amount", "9", "why"),
    ];

    private static async Task<IEnumerable<NodeId>> TakenAsync(Tenant tenant, DeskResult result) =>
        (await tenant.Desk.ReadTrailAsync(Order)).Where(envelope => result.Outcome.Events.Contains(envelope.EventId))
            .SelectMany(static envelope => OrderEffects.Postings((OrderEvent)StoredForms.ReadEvent(envelope)))
            .Select(static moved => moved.FromCell.Node);

    // Everything that anybody can read, beside the commands.
    private static async Task<string> PictureAsync(Tenant tenant)
    {
        TenantId id = tenant.Options.Tenant;
        LedgerContents ledger = await tenant.Store.ReadLedgerAsync(id, default);
        ActiveDefinitions definitions = await tenant.Desk.ReadDefinitionsAsync();
        return JsonSerializer.Serialize(new
        {
            Feed = (await tenant.Store.ReadFeedAsync(id, 0, 999, default)).Select(static entry => entry.Event.Hash),
            Timers = (await tenant.Store.ReadDueTimersAsync(id, Instant.MaxValue, 99, default)).Select(static timer => timer.ToString()),
            Outbox = (await tenant.Store.ReadOutboxAsync(id, 99, default)).Select(static message => message.ToString()),
            Journal = ledger.Journal.Select(static posting => posting.ToString()),
            Balances = ledger.Balances.Select(static cell => string.Join(" ", cell.Cell, cell[StockAccount.Available], cell.Overdraft)),
            Holds = ledger.Holds.Select(static hold => hold.ToString()),
            Board = (await tenant.Desk.ReadBoardAsync()).Select(static row => string.Join(" ", row.Order, row.Stage, row.Customer)),
            Orders = (await tenant.Desk.ReadOrdersAsync(null, 99)).Select(static order => order.Key + " " + order.Value.Version),
            definitions.Version,
        });
    }

    private static async Task<ImmutableArray<DecidedCommand>> CommandsAsync(Tenant tenant) =>
        await tenant.Store.ReadCommandsAsync(tenant.Options.Tenant, null, 999, default);

    private static async Task<Tenant> OpenAsync(string scope, string[] commands)
    {
        var tenant = new Tenant(configure: static options => options.Announce("order.captured", "erp"));
        tenant.Knows("admin-1", "admin");
        await tenant.CaptureAsync("admin-1", "SO-1");
        await tenant.AcceptAsync("admin-1", tenant.Receive("R-1", West.Text, 2));
        await tenant.AcceptAsync("admin-1", new HoldStock(
            Order, [West], TakePart: true, ExpiresAt: tenant.Clock.Now + Duration.FromHours(1)));
        await tenant.AcceptAsync("admin-1", tenant.Receive("R-2", East.Text, 9));
        string granted = JsonSerializer.Serialize(commands);
        await tenant.ActivateAsync("admin-1", Tenant.PackOf(
            ("pack.json", """{ "id": "RIGHTS", "version": 1, "en": "Rights", "zh": "权限" }"""),
            ("parameters.json", """
                { "parameters": [ { "code": "vip_amount", "zh": "大客户金额", "en": "VIP amount", "type": "integer", "value": "4" } ] }
                """),
            ("access.json", "{ \"roles\": [ { \"code\": \"admin\", \"en\": \"Admin\", \"zh\": \"管理员\", \"rows\": \"all\", \"commands\": "
                + "[\"definitions.activate_pack\", \"order.expire_hold\"] }, { \"code\": \"some\", \"en\": \"Some\", \"zh\": \"某角色\", "
                + $"\"rows\": \"{scope}\", \"edits\": [\"quantity\", \"customer\"], \"commands\": {granted} }} ] }}")));
        return tenant;
    }
}
