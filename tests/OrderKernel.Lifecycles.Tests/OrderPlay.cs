using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Calendars;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>A desk with the shipped types and lifecycles, some stock, and a clock that is set by hand.</summary>
internal sealed class OrderPlay
{
    public static readonly Sku Sku = new("SKU-1");
    public static readonly StockCell Cell = new(Sku, new NodeId("W1"));
    public static readonly Instant Monday = Instant.FromUtc(2026, 9, 7, 1, 0);
    private int commands;

    public OrderPlay(OrderDefinitions definitions)
    {
        Definitions = definitions;
        Desk = new OrderDesk(Store, Clock, new DeskOptions { Definitions = definitions });
    }

    public OrderDefinitions Definitions { get; }

    public FakeClock Clock { get; } = new(Monday);

    public MemoryStore Store { get; } = new();

    public OrderDesk Desk { get; private set; }

    public static IReadOnlyList<OrderType> Types { get; } =
        OrderTypes.Read(File.ReadAllText(Repository.Path("samples", "packs", "types", "order-types.json"))).OrThrow();

    public static OrderPlay WithSamples() => new(new OrderDefinitions(SampleLifecycles.All, Types, Weekdays));

    // Every weekday of 2026 is worked; enough for limits in working time.
    public static WorkingCalendar Weekdays { get; } = new(
        new Term("weekdays", "Weekdays", "工作日"), ImmutableArray.Create(new WorkingYear(2026, default, default)));

    /// <summary>A play whose only type, <c>typed</c>, has some features and a shipped lifecycle.</summary>
    public static OrderPlay Of(string lifecycle, params string[] features) => new(new OrderDefinitions(
        SampleLifecycles.All, new[] { TypeOf("typed", lifecycle, features) }, Weekdays));

    public static OrderPlay With(LifecycleDefinition lifecycle) =>
        new(new OrderDefinitions(new[] { lifecycle }, new[] { TypeOf("typed", lifecycle.Id) }, Weekdays));

    public static OrderType TypeOf(string code, string lifecycle, params string[] features) => OrderTypes.Read(
        $$"""{"types":[{"id":"{{code}}","zh":"类型","en":"Typed","lifecycle":"{{lifecycle}}","numbering":"T-{0}","features":["""
        + string.Join(",", features.Select(feature => "\"" + feature + "\"")) + "]}]}")
            .OrThrow()[0];

    /// <summary>The same store under other definitions.</summary>
    public void Reload(OrderDefinitions definitions) => Open(new DeskOptions { Definitions = definitions });

    /// <summary>The same store behind a desk that works another way.</summary>
    public void Open(DeskOptions options) => Desk = new OrderDesk(Store, Clock, options);

    public Task<DeskResult> Submit(KernelCommand command) => Desk.SubmitAsync(
        new Submission(CommandId.FromName("p" + commands++), new Actor("clerk-1", "erp"), command));

    public async Task Do(KernelCommand command) => (await Submit(command)).ThrowIfRefused();

    /// <summary>Captures as the type asks, and puts on file what its features ask of the customer and the office.</summary>
    public async Task<OrderId> Capture(string type, string id = "SO-1", long pieces = 2)
    {
        var order = new OrderId(id);
        bool Has(string feature) => Definitions.Type(type)?.Feature(feature) is not null;
        UnitPrice? price = Has("deposit") || Has("trade_in") || Has("consignment") ? new UnitPrice(100m, Currency.Cny) : null;
        await Do(new CaptureOrder(
            order, new PartnerId("P1"), Clock.Now, ImmutableArray.Create(new NewLine(1, Sku, new Quantity(pieces), price)),
            Has("rush") ? Clock.Now + Duration.FromDays(1) : null, Type: type));
        if (Has("deposit"))
        {
            await Do(new RecordPayment(order, new Money(pieces * 100_00, Currency.Cny), "PAY-" + id));
        }

        if (Has("trade_in"))
        {
            await Do(new AgreeTradeIn(order, "OLD-1", new Sku("OLD"), new Money(10_00, Currency.Cny), Clock.Now + Duration.FromDays(30)));
        }

        if (Has("sample") || Has("gift") || Has("return_replace"))
        {
            await Do(new AttachEvidence(order, Has("return_replace") ? "return_received" : "approval", "A-" + id));
        }

        return order;
    }

    public Task GoTo(Instant moment)
    {
        Clock.Advance(moment - Clock.Now);
        return Task.CompletedTask;
    }

    public async Task Stock(long pieces, string document = "R1") => await Do(
        new ReceiveStock(new DocumentId(document), ImmutableArray.Create(new StockLine(Cell, new Quantity(pieces)))));

    public async Task Signal(OrderId order, params string[] signals)
    {
        foreach (string signal in signals)
        {
            await Do(new SignalOrder(order, signal));
        }
    }

    public async Task Ship(OrderId order, long pieces = 2, string shipment = "SH-1")
    {
        if ((await Desk.ReadOrderAsync(order)).Supply != SupplyState.Held)
        {
            await Do(new HoldStock(order));
        }

        await Do(new ShipOrder(
            order, new ShipmentId(shipment), Clock.Now, ImmutableArray.Create(new ShipLine(1, new Quantity(pieces)))));
    }

    /// <summary>Plans, ships and delivers an order a piece at a time.</summary>
    public async Task ShipInParts(OrderId order, int parts)
    {
        ImmutableArray<LineQuantity> one = ImmutableArray.Create(new LineQuantity(1, new Quantity(1)));
        await Do(new SplitOrder(order, Enumerable.Range(1, parts).Select(i => new NewPart(one, Clock.Now + Duration.FromDays(i)))
            .ToImmutableArray(), "plan"));
        await Do(new HoldStock(order));
        for (int part = 1; part <= parts; part++)
        {
            var shipment = new ShipmentId("SH-" + part);
            await Do(new SignalOrder(order, "picking_started", Part: part));
            await Do(new ShipOrder(order, shipment, Clock.Now, ImmutableArray.Create(new ShipLine(1, new Quantity(1))), Part: part));
            await Do(new ConfirmDelivery(order, shipment, Clock.Now));
        }
    }

    public async Task Deliver(OrderId order) => await Do(new ConfirmDelivery(order, new ShipmentId("SH-1"), Clock.Now));

    public async Task<string> StateOf(OrderId order, LifecycleRegion region = LifecycleRegion.Fulfilment) =>
        (await Desk.ReadOrderAsync(order)).Region(region)!.State;

    public static IEnumerable<string> Codes(DeskResult result) => result.Findings.Select(finding => finding.Code);
}
