using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Orders;

/// <summary>What was recorded stays: promises, shipments, revisions.</summary>
public class RecordedFactsTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 9, 1, 0, 0);
    private static readonly OrderId Order = new("SO-9");
    private readonly FakeClock clock = new(Start);
    private readonly MemoryStore store = new();
    private int commands;

    private OrderDesk Desk => new(store, clock);

    [Fact]
    [Trait("Req", "S0-48")]
    public async Task Timestamps_AreCorrectedBesideTheRecordAndNeverInIt()
    {
        Instant first = Start + Duration.FromDays(5);
        await Prepare(first);
        await Do(new PromiseOrder(Order, Start + Duration.FromDays(20), PromiseCause.SupplyLate));

        DeskResult overwrite = await Submit(Amend("first_promised_at", "2026-12-31T00:00:00Z", null));
        Assert.Equal(OrderRefusals.FieldIsRecorded.Code, Assert.Single(overwrite.Findings).Code);
        DeskResult shipped = await Submit(Amend("shipped_at", "2026-09-01T00:00:00Z", null));
        Assert.Equal(OrderRefusals.FieldIsRecorded.Code, Assert.Single(shipped.Findings).Code);

        clock.Advance(Duration.FromDays(7));
        await Do(new ShipOrder(
            Order, new ShipmentId("S1"), clock.Now, ImmutableArray.Create(new ShipLine(1, new Quantity(5)))));
        Instant claimed = Start + Duration.FromDays(4);
        await Do(new CorrectFact(Order, RecordedFact.Shipped, claimed, "scanned late", "GATE-LOG-3", new ShipmentId("S1")));
        OrderState state = await Desk.ReadOrderAsync(Order);
        CorrectionRecord correction = Assert.Single(state.Corrections);
        Assert.Equal((clock.Now, claimed, "scanned late"), (correction.Recorded, correction.Corrected, correction.Reason));
        Assert.Equal(first, state.FirstPromise!.PromisedAt);
        Assert.Equal(clock.Now, state.Shipments[0].ShippedAt);

        OnTimeReport report = OnTimeReport.Of(new[] { state }, clock.Now);
        Assert.Equal((0L, 1L), (report.ShippedByFirst.OnTime, report.ShippedByFirst.Counted));
        Assert.Equal(1, report.ShippedByCurrent.OnTime);

        ImmutableArray<EventEnvelope> trail = await Desk.ReadTrailAsync(Order);
        Assert.Null(HashChain.FirstTampered(trail));
        for (int i = 0; i < trail.Length; i++)
        {
            Assert.Equal(i + 1, HashChain.FirstTampered(trail.SetItem(i, Tampered(trail[i]))));
        }
    }

    [Fact]
    public void Hash_SealsWhereTheActorEndsAndItsSystemBegins()
    {
        EventEnvelope Seal(string actor, string system) => EventEnvelope.Seal(
            new StreamId(StreamId.OrderCategory, Order.Text), 1, new OrderArchived(Start, "done"), CommandId.FromName("1"), 0,
            new Actor(actor, system), new string('0', 64));
        Assert.NotEqual(Seal("a\nb", "c").Hash, Seal("a", "b\nc").Hash);
        Assert.Equal(Seal("a", "b").Hash, Seal("a", "b").Hash);
    }

    [Fact]
    [Trait("Req", "S4-11")]
    public async Task Edits_OnOneVersion_TheSecondSeesWhatTheFirstChanged()
    {
        await Prepare(Start + Duration.FromDays(5));
        await Do(new BlockOrder(Order, "address", "sales"));
        await Do(new UnblockOrder(Order, "address"));
        OrderState five = await Desk.ReadOrderAsync(Order);
        Assert.Equal(5, five.Version);

        await Do(Amend("quantity", "4", 5, line: 1));
        Assert.Equal(6, (await Desk.ReadOrderAsync(Order)).Version);
        DeskResult second = await Submit(Amend("quantity", "3", 5, line: 1));
        Finding conflict = Assert.Single(second.Findings);
        Assert.Equal(OrderRefusals.VersionConflict.Code, conflict.Code);
        Assert.Equal(new[] { "5", "6", "quantity[1] 5 → 4" }, conflict.Facts.Select(fact => fact.Value));
        Assert.Contains("quantity[1] 5 → 4", conflict.Text(Language.Chinese), System.StringComparison.Ordinal);

        OrderState three = await Desk.ReadRevisionAsync(Order, 3);
        Assert.Equal((3L, 5L, 5L), (three.Version, three.Line(1)!.Ordered.Units, three.Line(1)!.Held.Units));

        await Do(CancelLines.All(Order, "not wanted"));
        await Do(new ArchiveOrder(Order, "deleted by the clerk"));
        OrderState archived = await Desk.ReadOrderAsync(Order);
        Assert.Equal(OrderStage.Archived, archived.Stage);
        Assert.Equal(8, (await Desk.ReadTrailAsync(Order)).Length);
        Assert.Equal(4, (await Desk.ReadRevisionAsync(Order, 6)).Line(1)!.Ordered.Units);
    }

    private static EventEnvelope Tampered(EventEnvelope e) => new(
        e.Stream, e.Version, e.EventId, e.EventType, e.SchemaVersion, e.RecordedAt, e.Command, e.Ordinal, e.Actor, e.PreviousHash,
        e.Hash, e.Payload.Replace("1", "2", System.StringComparison.Ordinal));

    // Captured and promised (two events of one command), then held: version 3.
    private async Task Prepare(Instant promise)
    {
        var cell = new StockCell(new Sku("SKU-1"), new NodeId("W1"));
        await Do(new ReceiveStock(new DocumentId("R1"), ImmutableArray.Create(new StockLine(cell, new Quantity(9)))));
        await Do(new CaptureOrder(
            Order, new PartnerId("P1"), Start, ImmutableArray.Create(new NewLine(1, new Sku("SKU-1"), new Quantity(5))),
            PromisedAt: promise));
        await Do(new HoldStock(Order));
    }

    private static AmendOrder Amend(string field, string value, long? version, int line = 0) => new(
        Order, ImmutableArray.Create(new FieldChange(line, field, value)), "asked by phone", "CALL-1", default, version);

    private async Task Do(KernelCommand command) => (await Submit(command)).ThrowIfRefused();

    private Task<DeskResult> Submit(KernelCommand command) => Desk.SubmitAsync(
        new Submission(CommandId.FromName("t" + commands++), new Actor("clerk-1", "erp"), command));
}
