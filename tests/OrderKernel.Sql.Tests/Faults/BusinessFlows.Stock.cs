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

/// <content>Orders that compete, stock that moves, and other systems.</content>
internal static partial class BusinessFlows
{
    private static IEnumerable<BusinessFlow> Competing() =>
    [
        new("the last pieces go to the first", Receipt("R", (A, North, 3)), Capture(One, (A, 2)), Capture(Two, (A, 2)), Hold(One),
            Hold(Two, accepted: false), Release(One), Hold(Two)),
        new("payment makes a hold firm", WithTiers, [Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One), Pay(One), Hold(One)]),
        new("a paid order takes from an unpaid one", WithTiers, [
            Receipt("R", (A, North, 5)), Capture(One, (A, 4)), Hold(One), Capture(Two, (A, 3)), Pay(Two),
            new Send(new HoldStock(Two, Preempt: true))]),
        new("soft hold runs out", WithTiers, [
            Receipt("R", (A, North, 5)), Capture(One, (A, 4)), Hold(One), new Wait(Duration.FromHours(2)), new WakeTimers()]),
        new("reallocation", Receipt("R", (A, North, 4)), Capture(One, (A, 4)), Hold(One), Capture(Two, (A, 2)),
            new Send(new ReallocateStock(new DocumentId("RUN"), 0, [
                new ReallocationMove(One, 1, new Quantity(4), new Quantity(2), "vip", Two),
                new ReallocationMove(Two, 1, new Quantity(0), new Quantity(2), "vip")]))),
        new("receipt serves those who wait", Serving, [
            Capture(One, (A, 4)), Capture(Two, (A, 4)), Receipt("R", (A, North, 6)), new Wait(Duration.FromHours(1)), new WakeTimers()]),
        new("cancellation serves those who wait", Serving, [
            Receipt("R", (A, North, 4)), Capture(One, (A, 4)), Hold(One), Capture(Two, (A, 3)), Cancel(One),
            new Wait(Duration.FromHours(1)), new WakeTimers()]),
    ];

    private static IEnumerable<BusinessFlow> Stocking() =>
    [
        new("transfer with a loss", Receipt("R", (A, North, 5)),
            new Send(new RequestTransfer(new DocumentId("T"), South, [Line(A, North, 4)])),
            new Send(new DispatchTransfer(new DocumentId("T"), South, [Line(A, North, 4)])),
            new Send(new ArriveTransfer(new DocumentId("T"), [new TransferArrival(1, new Quantity(3), new Quantity(1))]))),
        new("transfer of what is held", Receipt("R", (A, North, 5)), Capture(One, (A, 3)), Hold(One),
            new Send(new DispatchTransfer(new DocumentId("T"), South, [Line(A, North, 4)]), IsAccepted: false)),
        new("consignment", Receipt("R", (A, North, 5)),
            new Send(new SendConsignment(new DocumentId("C"), new NodeId("SHOP"), [Line(A, North, 3)])),
            Report("R1", ConsignmentReport.Consumed, 1), Report("R2", ConsignmentReport.Returned, 1, North)),
        new("count finds less", Receipt("R", (A, North, 5)),
            new Send(new AdjustStock(new DocumentId("ADJ"), new StockCell(A, North), -2, "count", "V"))),
        new("sold below zero where that is allowed",
            new Send(new SetOverdraft(new DocumentId("OD"), new StockCell(A, North), new Quantity(3))), Capture(One, (A, 2)), Hold(One),
            Receipt("R", (A, North, 5)), new Wait(Duration.FromHours(1)), new WakeTimers()),
        new("receipt arrives twice under two ids", Receipt("R", (A, North, 5)), Receipt("R", (A, North, 5))),
        new("a life of two orders", Receipt("R", (A, North, 9), (B, South, 9)), Capture(One, (A, 2), (B, 1)), Capture(Two, (B, 3)),
            Hold(Two), Hold(One), Ship(One, "S1", (1, 2), (2, 1)), Cancel(Two), Deliver(One, "S1")),
    ];

    private static IEnumerable<BusinessFlow> Systems() =>
    [
        new("message of a shop brings the order", new Receive("M1", CaptureOf(One, (A, 2))), new SendAgain()),
        new("shipment is announced to the ERP", Announcing, [
            Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Hold(One), Ship(One, "S1", (1, 2)), new PassOnMessages()]),
        new("board follows", Receipt("R", (A, North, 5)), Capture(One, (A, 2)), Capture(Two, (A, 1)), Hold(One), new CatchUpBoard(),
            Cancel(Two), new CatchUpBoard()),
        new("pack activated and set", static options => options.UsePacks = true, [
            new Send(new ActivatePack(StockLock)), new Send(new SetParameter("STOCK_LOCK", "lock_minutes", "45", "peak season")),
            Capture(One, (A, 2))]),
        new("field added and filled", static options => options.UsePacks = true, [
            new Send(new AddField(
                """{"code":"vbp","en":"Volume procurement","zh":"集采中选产品标识","of":"line","type":"boolean","sensitivity":"internal"}""",
                [], [])),
            Capture(One, (A, 2)), Amend(One, "vbp", "true")]),
    ];

    public static Pack StockLock => ReadPack("STOCK_LOCK");

    private static void WithTiers(DeskOptions options) => options.Tiers = TierPolicy.PaidBeforeUnpaid;

    private static void Serving(DeskOptions options) => options.ServesWaiting = true;

    private static void Announcing(DeskOptions options) => options.Announce("order.shipped", "erp").Announce("order.captured", "erp");

    private static Send Pay(OrderId order) => new(new SetStanding(order, new OrderStanding("VIP", "card", isPaid: true)));

    private static StockLine Line(Sku sku, NodeId node, long units) => new(new StockCell(sku, node), new Quantity(units));

    private static Send Report(string report, ConsignmentReport kind, long units, NodeId? back = null) =>
        new(new ReportConsignment(new DocumentId("C"), report, 1, kind, new Quantity(units), back));

    private static Pack ReadPack(string name) => Pack.Read(
        Directory.GetFiles(Repository.Path("samples", "packs", "modules", name))
            .ToDictionary(file => Path.GetFileName(file)!, File.ReadAllText)).OrThrow();
}
