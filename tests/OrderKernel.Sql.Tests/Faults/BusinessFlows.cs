using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Tests.Shared;
using static OrderKernel.Sql.Tests.Faults.FlowStep;

namespace OrderKernel.Sql.Tests.Faults;

/// <summary>What businesses do: every flow is another story, short enough to be broken at each of its calls.</summary>
internal static partial class BusinessFlows
{
    private static readonly Sku A = new("A");
    private static readonly Sku B = new("B");
    private static readonly NodeId North = new("NORTH");
    private static readonly NodeId South = new("SOUTH");
    private static readonly OrderId One = new("O1");
    private static readonly OrderId Two = new("O2");
    private static readonly Instant Placed = Instant.FromUtc(2026, 8, 31, 8, 0);

    public static ImmutableArray<BusinessFlow> All { get; } =
        [.. Capturing(), .. Holding(), .. Shipping(), .. Changing(), .. Competing(), .. Stocking(), .. Systems()];

    private static IEnumerable<BusinessFlow> Capturing() =>
    [
        new("capture", Capture(One, (A, 2))),
        new("capture refused twice", Capture(One, (A, 2)), new Send(CaptureOf(One, (B, 1)), IsAccepted: false)),
        new("command repeated", Capture(One, (A, 2)), new SendAgain()),
        new("id used for another command", Capture(One, (A, 2)), new ReuseId(CaptureOf(Two, (A, 2)))),
        new("promise slips twice", Capture(One, (A, 2)), Promise(PromiseCause.First, 3), Promise(PromiseCause.SupplyLate, 6),
            Promise(PromiseCause.CustomerRequest, 9)),
        new("blocked for credit, then shipped", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One),
            new Send(new BlockOrder(One, "credit", "finance")), new Send(ShipOf(One, "S1", (1, 2)), IsAccepted: false),
            new Send(new UnblockOrder(One, "credit")), Ship(One, "S2", (1, 2))),
    ];

    private static IEnumerable<BusinessFlow> Holding() =>
    [
        new("reserve", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One)),
        new("reserve more than there is", Receipt("R", (A, North, 5)), Capture(One, (A, 6)), Hold(One, accepted: false)),
        new("reserve a part", Receipt("R", (A, North, 5)), Capture(One, (A, 6), (B, 1)), new Send(new HoldStock(One, TakePart: true))),
        new("reserve over two places", Receipt("R", (A, North, 2), (A, South, 3)), Capture(One, (A, 4)), Hold(One)),
        new("release", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One), Release(One)),
        new("re-source", Receipt("R", (A, North, 5), (A, South, 5)), Capture(One, (A, 2)), HoldAt(One, North), Release(One),
            HoldAt(One, South)),
        new("hold expires by its timer", Receipt("R", (A, North, 5)), Capture(One, (A, 2)),
            new Send(new HoldStock(One, ExpiresAt: Instant.FromUtc(2026, 9, 1, 5, 0))), new Wait(Duration.FromHours(6)), new WakeTimers()),
        new("late expiry of a hold that was renewed", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One), Release(One), Hold(One),
            new Send(new ExpireHold(One, 1))),
    ];

    private static IEnumerable<BusinessFlow> Shipping() =>
    [
        new("ship", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One), Ship(One, "S1", (1, 2))),
        new("ship in parts", Receipt("R", (A, North, 5)), Capture(One, (A, 3)), Hold(One), Ship(One, "S1", (1, 1)),
            Ship(One, "S2", (1, 2)), Deliver(One, "S2"), Deliver(One, "S1")),
        new("ship more than is held", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One),
            new Send(ShipOf(One, "S1", (1, 3)), IsAccepted: false)),
        new("signed off on delivery", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One), Ship(One, "S1", (1, 2)),
            Deliver(One, "S1"), new Send(new ArchiveOrder(One, "done"))),
        new("return that is good", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One), Ship(One, "S1", (1, 2)),
            Deliver(One, "S1"), Return(One, 1), Inspect(good: 1, scrapped: 0)),
        new("return that is scrap", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One), Ship(One, "S1", (1, 2)),
            Deliver(One, "S1"), Return(One, 2), Inspect(good: 1, scrapped: 1)),
        new("delivery date corrected", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One), Ship(One, "S1", (1, 2)),
            Deliver(One, "S1"), new Send(new CorrectFact(
                One, RecordedFact.Delivered, Instant.FromUtc(2026, 9, 1, 4, 30), "typed wrong", "V1", new ShipmentId("S1")))),
    ];

    private static IEnumerable<BusinessFlow> Changing() =>
    [
        new("cancel before anything is held", Capture(One, (A, 2)), Cancel(One)),
        new("cancel what is held, twice", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One), Cancel(One), Cancel(One)),
        new("cancel a part", Receipt("R", (A, North, 5)), Capture(One, (A, 3)), Hold(One),
            new Send(new CancelLines(One, [new LineQuantity(1, new Quantity(1))], "one less"))),
        new("cancel the rest after a shipment", Receipt("R", (A, North, 5)), Capture(One, (A, 3)), Hold(One), Ship(One, "S1", (1, 1)),
            Cancel(One)),
        new("edit to more", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One), Amend(One, "quantity", "4"), Hold(One)),
        new("edit to less", Receipt("R", (A, North, 5)), Capture(One, (A, 3)), Hold(One), Amend(One, "quantity", "1")),
        new("edit of the price alone", Receipt("R", (A, North, 5)), Capture(One, (A, 3)), Hold(One), Amend(One, "unit_price", "2.5")),
        new("amended while shipping", Receipt("R", (A, North, 5)), Capture(One, (A, 3)), Hold(One), Ship(One, "S1", (1, 1)),
            Amend(One, "quantity", "2"), Ship(One, "S2", (1, 1)), Deliver(One, "S1")),
        new("line added", Receipt("R", (A, North, 5), (B, North, 2)), Capture(One, (A, 1)), Hold(One),
            new Send(new AmendOrder(One, [], "one more", "V", [new NewLine(2, B, new Quantity(2))])), Hold(One)),
    ];

    private static Send Capture(OrderId order, params (Sku Sku, long Units)[] lines) => new(CaptureOf(order, lines));

    private static CaptureOrder CaptureOf(OrderId order, params (Sku Sku, long Units)[] lines) => new(
        order, new PartnerId("P"), Placed,
        [.. lines.Select((line, i) => new NewLine(i + 1, line.Sku, new Quantity(line.Units), new UnitPrice(12.5m, Currency.Cny)))]);

    private static Send Receipt(string document, params (Sku Sku, NodeId Node, long Units)[] lines) => new(new ReceiveStock(
        new DocumentId(document),
        [.. lines.Select(line => new StockLine(new StockCell(line.Sku, line.Node), new Quantity(line.Units)))]));

    private static Send Promise(PromiseCause cause, int days) =>
        new(new PromiseOrder(One, Instant.FromUtc(2026, 9, 2, 0, 0) + Duration.FromDays(days), cause, "as agreed"));

    private static Send Hold(OrderId order, bool accepted = true) => new(new HoldStock(order), accepted);

    private static Send HoldAt(OrderId order, NodeId node) => new(new HoldStock(order, [node]));

    private static Send Release(OrderId order) => new(ReleaseStock.All(order, "let go"));

    private static Send Ship(OrderId order, string shipment, params (int Line, long Units)[] lines) => new(ShipOf(order, shipment, lines));

    private static ShipOrder ShipOf(OrderId order, string shipment, params (int Line, long Units)[] lines) => new(
        order, new ShipmentId(shipment), Instant.FromUtc(2026, 9, 1, 3, 30),
        [.. lines.Select(line => new ShipLine(line.Line, new Quantity(line.Units)))], "SF", "W-" + shipment);

    private static Send Deliver(OrderId order, string shipment) =>
        new(new ConfirmDelivery(order, new ShipmentId(shipment), Instant.FromUtc(2026, 9, 1, 4, 0)));

    private static Send Return(OrderId order, long units) =>
        new(new ReturnLines(order, [new LineQuantity(1, new Quantity(units))], "not wanted", North));

    private static Send Inspect(long good, long scrapped) => new(new InspectReturns(
        new DocumentId("I"), new StockCell(A, North), new Quantity(good), new Quantity(scrapped)));

    private static Send Cancel(OrderId order) => new(CancelLines.All(order, "changed my mind"));

    private static Send Amend(OrderId order, string field, string value) =>
        new(new AmendOrder(order, [new FieldChange(1, field, value)], "customer asked", "V"));
}
