using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using NodaTime;
using OrderKernel.Access;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Tests.Snapshots;

/// <summary>What is stored outlives every refactoring: the JSON of every event and command, and every code, is in git.</summary>
public class StoredFormTests
{
    private static readonly Instant At = Microseconds.ToInstant(1_790_000_000_123_456);
    private static readonly StockCell Cell = new(new Sku("单-1"), new NodeId("N1"), new LotId("L\"1"), new OwnerId("O1"));
    private static readonly ImmutableArray<Take> Takes = ImmutableArray.Create(new Take(1, Cell, new Quantity(2)));
    private static readonly ImmutableArray<StockLine> Lines = ImmutableArray.Create(new StockLine(Cell, new Quantity(3)));
    private static readonly NewLine Line = new(1, new Sku("S1"), new Quantity(5), new UnitPrice(0.0035m, Currency.Cny), true);
    private static readonly ImmutableArray<LineQuantity> Some = ImmutableArray.Create(new LineQuantity(1, new Quantity(1)));

    private static readonly DomainEvent[] Events =
    {
        new OrderCaptured(
            At, new PartnerId("P1"), At, ImmutableArray.Create(Line), At, SignOff.Shipment, "E\t1", new SubjectReference("subj", 2)),
        new OrderAmended(
            At, ImmutableArray.Create(new FieldChanged(1, "quantity", "5", "4")), ImmutableArray.Create(Line with { Number = 2 }), Takes,
            "why", "V1"),
        new OrderPromised(At, At, PromiseCause.StockShort, "note"),
        new OrderStockHeld(At, Takes, 2, At),
        new OrderStockHeld(At, Takes, 2, At) { Borrowed = ImmutableArray.Create(new Take(1, Cell, new Quantity(1))) },
        new OrderStockCovered(At, Takes),
        new OrderStockReleased(At, Takes, "why"),
        new OrderShipped(
            At, new ShipmentId("SH1"), At, Takes, "SF", "W1",
            ImmutableArray.Create(new LineSerials(1, ImmutableArray.Create("SN1", "SN2")))),
        new OrderDelivered(At, new ShipmentId("SH1"), At),
        new OrderLinesCancelled(At, Some, Takes, "why"),
        new OrderReturned(
            At, ImmutableArray.Create(new ReturnedTake(new ShipmentId("SH1"), 1, Cell, Cell.At(new NodeId("N2")), new Quantity(1))), "why"),
        new OrderReturned(
            At, ImmutableArray.Create(new ReturnedTake(new ShipmentId("SH1"), 1, Cell, Cell, new Quantity(1))), "why",
            ImmutableArray.Create(new LineSerials(1, ImmutableArray.Create("SN1")))),
        new OrderBlocked(At, "credit", "finance", "note"),
        new OrderBlocked(At, "credit", "finance", "note", At),
        new OrderUnblocked(At, "credit", "note"),
        new OrderFactCorrected(At, RecordedFact.Delivered, "SH1", At, At, "why", "V1"),
        new OrderArchived(At, "why"),
        new OrderPromised(At, At, PromiseCause.Displaced, "O2", At, At),
        new OrderStockHeld(At, Takes, 3, null, HoldTier.Planned),
        new OrderStandingSet(At, new OrderStanding("VIP", "电汇", true, 7)),
        new OrderDisplaced(At, Takes, new OrderId("O2"), HoldTier.Planned, HoldTier.Firm, "tier"),
        new OrderUnpromised(At, "displaced"),
        new OrderTyped(At, "rush", "standard_order", ContentHash.None),
        new OrderEntered(
            At, LifecycleRegion.AfterSales, "open", "packed", "ship", "warehouse", At, true, ImmutableArray.Create("wms_pick", "mail")),
        new OrderSignalled(At, "paid", ImmutableArray.Create("unpaid"), "note"),
        new OrderEvidenceAttached(At, "report", "R1", "h"),
        new OrderTyped(At, "rush", "standard_order", ContentHash.None, ImmutableArray.Create(
            new OrderFeature("deposit", "30"), new OrderFeature("rush", ""))),
        new OrderEntered(At, LifecycleRegion.Fulfilment, "", "to_pick", "capture", "warehouse", null, false, default, 2),
        new OrderSignalled(At, "paid", default, "note", 2),
        new OrderShipped(At, new ShipmentId("SH1"), At, Takes, "SF", "W1", ImmutableArray<LineSerials>.Empty, new NodeId("P1"), 2),
        new OrderReturned(
            At, ImmutableArray.Create(new ReturnedTake(new ShipmentId("SH1"), 1, Cell, Cell, new Quantity(1), new NodeId("P1"))), "why"),
        new OrderLinesCancelled(At, Some, Takes, "why", 2),
        new OrderTyped(At, "rush", "standard_order", ContentHash.None, default, "SO-{yyyy}-{00000}"),
        new OrderNumbered(At, new OrderId("O1"), "SO-2026-00001"),
        new OrderPaid(At, new Money(1234, Currency.Cny), "BANK-1"),
        new OrderTradeInAgreed(At, "OLD-1", new Sku("S9"), new Money(800, Currency.Cny), At),
        new OrderTradeInClosed(At, "OLD-1", true),
        new OrderPerformed(At, Some, "REPORT-1"),
        new OrderConsumed(
            At, ImmutableArray.Create(new ConsumedTake(new ShipmentId("SH1"), 1, Cell, Cell.At(new NodeId("P1")), new Quantity(1))), "C-1"),
        new OrderSplit(
            At, ImmutableArray.Create(new NewPart(Some, At, new NodeId("N1"), "VENDOR"), new NewPart(Some)), "sub_order", ContentHash.None,
            "why"),
        new StockReceived(At, Lines),
        new StockAdjusted(At, Cell, -4, "why", "V1"),
        new TransferDispatched(At, new NodeId("N2"), Lines),
        new TransferArrived(At, ImmutableArray.Create(new ArrivedLine(1, Cell, new Quantity(2), new Quantity(1)))),
        new ReturnsInspected(At, Cell, new Quantity(2), new Quantity(1)),
        new OverdraftSet(At, Cell, new Quantity(9)),
        new TransferRequested(At, new NodeId("N2"), Lines),
        new ConsignmentSent(At, new NodeId("N2"), Lines),
        new ConsignmentReported(
            At, "R1", 1, ConsignmentReport.Returned, Cell, new Quantity(2), Cell.At(new NodeId("N1")), new Quantity(7)),
        new ConsignmentReported(At, "R2", 1, ConsignmentReport.Counted, Cell, new Quantity(2), null, new Quantity(7)),
    };

    private static readonly OrderId Order = new("O1");
    private static readonly DocumentId Document = new("D1");

    private static readonly KernelCommand[] Commands =
    {
        new CaptureOrder(
            Order, new PartnerId("P1"), At, ImmutableArray.Create(Line), At, At, SignOff.Shipment, "E1", new SubjectReference("s", 1)),
        new AmendOrder(Order, ImmutableArray.Create(new FieldChange(1, "quantity", "4")), "why", "V1", ImmutableArray.Create(Line), 7),
        new PromiseOrder(Order, At, PromiseCause.CarrierLate, "note"),
        new HoldStock(Order, ImmutableArray.Create(new NodeId("N1")), true, At),
        new ReleaseStock(Order, ImmutableArray.Create(1, 2), "why"),
        new ExpireHold(Order, 3),
        new ShipOrder(
            Order, new ShipmentId("SH1"), At,
            ImmutableArray.Create(new ShipLine(1, new Quantity(2), new NodeId("N1"), ImmutableArray.Create("SN1", "SN2"))), "SF", "W1"),
        new ConfirmDelivery(Order, new ShipmentId("SH1"), At),
        new CancelLines(Order, Some, "why"),
        CancelLines.All(Order, "why", 2),
        ReleaseStock.All(Order, "why"),
        ConfirmService.All(Order, "REPORT-2"),
        new ReturnLines(
            Order, Some, "why", null, ImmutableArray.Create(new LineSerials(1, ImmutableArray.Create("SN1")))),
        new ReturnLines(Order, Some, "why", new NodeId("N2")),
        new BlockOrder(Order, "credit", "finance", "note"),
        new BlockOrder(Order, "credit", "finance", "note", At),
        new UnblockOrder(Order, "credit", "note"),
        new CorrectFact(Order, RecordedFact.Shipped, At, "why", "V1", new ShipmentId("SH1")),
        new ArchiveOrder(Order, "why"),
        new PromiseOrder(Order, At, PromiseCause.CarrierLate, "note", At, At),
        new HoldStock(Order, default, false, null, HoldTier.Picked, true),
        new HoldStock(Order, Plan: Takes),
        new SetStanding(Order, new OrderStanding("VIP", "电汇", true, 7)),
        new CoverBorrowed(new StreamId("stock", "R1"), CommandId.FromName("r"), new Sku("S1"), 0, 50),
        new ServeWaiting(new StreamId("stock", "R1"), 1, 0, 50, ImmutableArray.Create(new Sku("S1"), new Sku("S2"))),
        new ReallocateStock(new DocumentId("RUN"), 2, ImmutableArray.Create(
            new ReallocationMove(Order, 1, new Quantity(3), new Quantity(1), "vip", new OrderId("O2")),
            new ReallocationMove(new OrderId("O2"), 1, new Quantity(0), new Quantity(2), "vip"))),
        new SignalOrder(Order, "paid", "note"),
        new AttachEvidence(Order, "report", "R1", "h"),
        new NumberOrder(Order, "SO-{yyyy}-{00000}"),
        new RecordPayment(Order, new Money(1234, Currency.Cny), "BANK-1"),
        new AgreeTradeIn(Order, "OLD-1", new Sku("S9"), new Money(800, Currency.Cny), At),
        new CloseTradeIn(Order, "OLD-1", true),
        new ConfirmService(Order, Some, "REPORT-1"),
        new ReportConsumption(Order, Some, "C-1"),
        new SplitOrder(Order, ImmutableArray.Create(new NewPart(Some, At, new NodeId("N1"), "VENDOR"), new NewPart(Some)), "why"),
        new SignalOrder(Order, "paid", "note", 2),
        new CancelLines(Order, Some, "why", 2),
        new ShipOrder(Order, new ShipmentId("SH1"), At, ImmutableArray.Create(new ShipLine(1, new Quantity(2))), "SF", "W1", 2),
        new MigrateLifecycle(Order, ContentHash.None, ImmutableArray.Create(new StateMove("a", "b")), "why"),
        new ReceiveStock(Document, Lines),
        new AdjustStock(Document, Cell, -4, "why", "V1"),
        new RequestTransfer(Document, new NodeId("N2"), Lines),
        new SendConsignment(Document, new NodeId("N2"), Lines),
        new ReportConsignment(Document, "R1", 1, ConsignmentReport.Returned, new Quantity(2), new NodeId("N1")),
        new DispatchTransfer(Document, new NodeId("N2"), Lines),
        new ArriveTransfer(Document, ImmutableArray.Create(new TransferArrival(1, new Quantity(2), new Quantity(1)))),
        new InspectReturns(Document, Cell, new Quantity(2), new Quantity(1)),
        new SetOverdraft(Document, Cell, new Quantity(9)),
    };

    [Fact]
    public void EventJson_IsAsStored() =>
        Match(Events.Select(e => $"{e.EventType} {e.SchemaVersion}\n{e.ToJson()}"), "Events.txt");

    [Fact]
    public void CommandJson_IsAsStored() => Match(Commands.Select(c => c.ToJson()), "Commands.txt");

    [Fact]
    public void EveryEventAndCommand_IsInTheGoldenList()
    {
        Assert.Equal(Concrete(typeof(DomainEvent)), Events.Select(e => e.GetType().Name).Distinct().Order(StringComparer.Ordinal));

        // What is kept of a denial is the desk's alone; its form stands in the tests of rights.
        Assert.Equal(
            Concrete(typeof(KernelCommand)),
            Commands.Select(c => c.GetType().Name).Append("DeniedCommand").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryEvent_ReadsBackAsItWas()
    {
        foreach (DomainEvent happened in Events)
        {
            var stream = new StreamId(StreamId.OrderCategory, "O1");
            EventEnvelope envelope = EventEnvelope.Seal(
                stream, 1, happened, CommandId.FromName("c"), 0, new Actor("a", "s"), ContentHash.None);
            Assert.Equal(happened.ToJson(), StoredForms.ReadEvent(envelope).ToJson());
            Assert.Equal(happened.GetType(), StoredForms.ReadEvent(envelope).GetType());
        }
    }

    [Fact]
    public void EveryCommand_ReadsBackAsItWas() => Assert.All(
        Commands, command => Assert.Equal(command.ToJson(), StoredForms.ReadCommand(command.ToJson()).ToJson()));

    [Fact]
    public void UnknownOrDamagedStoredForms_AreRefusedAndNamed()
    {
        Assert.Contains("order.teleport", Refused("{\"type\":\"order.teleport\"}"), StringComparison.Ordinal);
        Assert.Contains("damaged", Refused("{\"type\":\"order.promise\",\"order\":\"O1\"}"), StringComparison.Ordinal);
        Assert.Contains("damaged", Refused("not json"), StringComparison.Ordinal);
    }

    [Fact]
    public void FindingCodes_AreAsReleased() => Match(
        KernelFindings.Catalog.All.Select(k => $"{k.Code} {k.Severity}\n  {k.Name.English}\n  {k.Name.Chinese}"), "Findings.txt");

    [Fact]
    public void Terms_AreAsReleased() => Match(
        OrderWords.All.AddRange(OnTimeReport.Definitions).AddRange(LifecycleWords.All).AddRange(OrderTypes.Features)
            .AddRange(FeatureEvidence.Kinds)
            .OrderBy(term => term.Code, StringComparer.Ordinal)
            .Select(term => $"{term.Code}\n  {term.English}\n  {term.Chinese}"),
        "Terms.txt");

    private static string Refused(string body) => Assert.Throws<KernelInvariantException>(() => StoredForms.ReadCommand(body)).Message;

    private static IEnumerable<string> Concrete(Type root) => typeof(OrderDesk).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(root))

        // What concerns definitions and rights is read by its own room and held by the tests of definitions.
        .Where(type => !type.IsSubclassOf(typeof(DefinitionEvent)) && !type.IsSubclassOf(typeof(DefinitionCommand)))
        .Where(type => type != typeof(ExportOrders)).Select(type => type.Name).Order(StringComparer.Ordinal);

    private static void Match(IEnumerable<string> lines, string name)
    {
        var text = new StringBuilder();
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
        }

        Snapshot.Match(text.ToString(), name, "tests", "OrderKernel.Tests", "Snapshots");
    }
}
