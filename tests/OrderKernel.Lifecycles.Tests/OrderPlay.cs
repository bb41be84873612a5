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

    public static OrderPlay With(LifecycleDefinition lifecycle) =>
        new(new OrderDefinitions(new[] { lifecycle }, new[] { TypeOf("typed", lifecycle.Id) }, Weekdays));

    public static OrderType TypeOf(string code, string lifecycle) => OrderTypes.Read(
        $$"""{"types":[{"id":"{{code}}","zh":"类型","en":"Typed","lifecycle":"{{lifecycle}}","numbering":"T-{0}"}]}""")
            .OrThrow()[0];

    /// <summary>The same store under other definitions.</summary>
    public void Reload(OrderDefinitions definitions) => Open(new DeskOptions { Definitions = definitions });

    /// <summary>The same store behind a desk that works another way.</summary>
    public void Open(DeskOptions options) => Desk = new OrderDesk(Store, Clock, options);

    public Task<DeskResult> Submit(KernelCommand command) => Desk.SubmitAsync(
        new Submission(CommandId.FromName("p" + commands++), new Actor("clerk-1", "erp"), command));

    public async Task Do(KernelCommand command) => (await Submit(command)).ThrowIfRefused();

    public async Task<OrderId> Capture(string type, string id = "SO-1", long pieces = 2)
    {
        var order = new OrderId(id);
        await Do(new CaptureOrder(
            order, new PartnerId("P1"), Clock.Now, ImmutableArray.Create(new NewLine(1, Sku, new Quantity(pieces))), Type: type));
        return order;
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

    public async Task Deliver(OrderId order) => await Do(new ConfirmDelivery(order, new ShipmentId("SH-1"), Clock.Now));

    public async Task<string> StateOf(OrderId order, LifecycleRegion region = LifecycleRegion.Fulfilment) =>
        (await Desk.ReadOrderAsync(order)).Region(region)!.State;

    public static IEnumerable<string> Codes(DeskResult result) => result.Findings.Select(finding => finding.Code);
}
