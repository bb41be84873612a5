using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>Where a cell may be overdrawn: what is borrowed does not leave, and goods that come cover who borrowed first.</summary>
public class BorrowedPiecesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 9, 1, 0, 0);
    private static readonly Sku Sku = new("SKU-A");
    private static readonly NodeId Main = new("W1");
    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Start);
    private DeskPlay play;
    private int count;

    public BorrowedPiecesTests() => play = Play();

    [Fact]
    public async Task Ship_MoreThanLiesThere_IsRefusedAndWhatLiesThereMayGo()
    {
        await play.Receive(Sku, 3);
        await Overdraft(Main, 5);
        await Hold("O1", 8);
        Finding refused = Assert.Single((await Ship("O1", 8)).Findings);
        Assert.Equal("order.ship_not_covered", refused.Code);
        Assert.Contains("8 of SKU-A to ship, 3 may go (3 @ W1)", refused.Text(Language.English), System.StringComparison.Ordinal);
        Assert.Contains("可发 3 件（3 @ W1）", refused.Text(Language.Chinese), System.StringComparison.Ordinal);
        Assert.True((await Ship("O1", 3)).IsAccepted);
        Assert.Equal("order.ship_not_covered", Assert.Single((await Ship("O1", 1)).Findings).Code);
        await CheckLaws();
    }

    [Fact]
    public async Task Receipt_OnePieceForTwoWhoBorrowed_CoversTheFirst()
    {
        await Overdraft(Main, 5);
        await Hold("B", 1);
        clock.Advance(Duration.FromMinutes(1));
        await Hold("A", 1);
        await play.Receive(Sku, 1);
        Assert.Equal(OrderStage.ReadyToShip, (await play.State("B")).Stage);
        Assert.Equal(OrderStage.AwaitingStock, (await play.State("A")).Stage);
        Assert.False((await Ship("A", 1)).IsAccepted);
        Assert.True((await Ship("B", 1)).IsAccepted);
        Assert.False((await Ship("A", 1)).IsAccepted);
        await CheckLaws();
    }

    [Fact]
    public async Task Ship_PreSellerWhoBorrowed_DoesNotTakeWhatAnotherHolds()
    {
        await play.Receive(Sku, 3);
        await Overdraft(Main, 5);
        await Hold("X", 3);
        await Hold("Y", 3);
        Assert.Contains("0 may go", Assert.Single((await Ship("Y", 3)).Findings).Text(Language.English), System.StringComparison.Ordinal);
        Assert.Equal(OrderStage.ReadyToShip, (await play.State("X")).Stage);
        Assert.True((await Ship("X", 3)).IsAccepted);
        await play.Receive(Sku, 3, "R2");
        Assert.Equal(OrderStage.ReadyToShip, (await play.State("Y")).Stage);
        Assert.True((await Ship("Y", 3)).IsAccepted);
        await CheckLaws();
    }

    [Fact]
    public async Task Board_PartlyCovered_SaysHowManyMayLeave()
    {
        await play.Receive(Sku, 3);
        await Overdraft(Main, 5);
        await Hold("O1", 8);
        BoardRow row = BoardRow.Of(new OrderId("O1"), await play.State("O1"), clock.Now);
        Assert.Equal((OrderStage.PartiallyHeld, 3L, 8L, "purchasing"), (row.Stage, row.Covered.Units, row.Open.Units, row.Role));
        Assert.Equal("Partially held: 3 of 8 may leave", row.StageText(Language.English));
        Assert.Equal("部分锁货：可发 3/8", row.StageText(Language.Chinese));
        Assert.Equal(SupplyState.PartiallyHeld, (await play.State("O1")).Supply);
        await play.Receive(Sku, 5, "R2");
        row = BoardRow.Of(new OrderId("O1"), await play.State("O1"), clock.Now);
        Assert.Equal(("Ready to ship", 8L), (row.StageText(Language.English), row.Covered.Units));
    }

    [Theory]
    [InlineData("release")]
    [InlineData("cancel")]
    [InlineData("amend")]
    [InlineData("expire")]
    [InlineData("count")]
    [InlineData("transfer")]
    [InlineData("inspect")]
    public async Task WhateverComes_CoversWhoBorrowed(string way)
    {
        await play.Receive(Sku, 2);
        await Overdraft(Main, 5);
        await Hold("X", 2, expires: way == "expire" ? Start + Duration.FromHours(1) : null);
        if (way == "inspect")
        {
            await Ship("X", 2);
            await play.Submit(new ConfirmDelivery(new OrderId("X"), new ShipmentId("SH1"), clock.Now));
            await play.Submit(new ReturnLines(new OrderId("X"), [new LineQuantity(1, new Quantity(2))], "back"));
        }

        await Hold("Y", 2);
        Assert.Equal(OrderStage.AwaitingStock, (await play.State("Y")).Stage);
        var from = new StockCell(Sku, new NodeId("W2"));
        clock.Advance(Duration.FromHours(2));
        KernelCommand? command = way switch
        {
            "release" => new ReleaseStock(new OrderId("X"), [1], "let go"),
            "cancel" => new CancelLines(new OrderId("X"), [new LineQuantity(1, new Quantity(2))], "no"),
            "amend" => new AmendOrder(new OrderId("X"), [new FieldChange(1, "quantity", "1")], "less", "V1"),
            "count" => new AdjustStock(new DocumentId("A1"), Cell(Main), 2, "count", "V1"),
            "inspect" => new InspectReturns(new DocumentId("I1"), Cell(Main), new Quantity(2), Quantity.Zero),
            "transfer" => new DispatchTransfer(new DocumentId("T1"), Main, [new StockLine(from, new Quantity(2))]),
            _ => null,
        };
        if (way == "transfer")
        {
            await play.Submit(new ReceiveStock(new DocumentId("R9"), [new StockLine(from, new Quantity(2))]));
        }

        if (command is null)
        {
            await play.Desk.WakeAsync(DeskPlay.Clerk);
        }
        else
        {
            DeskResult done = await play.Submit(command);
            Assert.True(done.IsAccepted, string.Join("; ", done.Findings));
        }

        if (way == "transfer")
        {
            Assert.Equal(OrderStage.AwaitingStock, (await play.State("Y")).Stage);
            await play.Submit(new ArriveTransfer(new DocumentId("T1"), [new TransferArrival(1, new Quantity(2), Quantity.Zero)]));
        }

        Assert.Equal(way == "amend" ? 1 : 2, (await play.State("Y")).Lines[0].Covered.Units);
        await CheckLaws();
    }

    [Fact]
    public async Task Receipt_DeskFailsRightAfterIt_TheTimerCovers()
    {
        await Overdraft(Main, 5);
        await Hold("A", 1);
        play = Play(on: new FailingStore(store) { CommitsLeft = 1 });
        Assert.True((await play.Receive(Sku, 1)).IsAccepted);
        play = Play();
        Assert.Equal(OrderStage.AwaitingStock, (await play.State("A")).Stage);
        await play.Desk.WakeAsync(DeskPlay.Clerk);
        Assert.Equal(OrderStage.ReadyToShip, (await play.State("A")).Stage);
        Assert.Empty(await store.ReadDueTimersAsync(new DeskOptions().Tenant, clock.Now + Duration.FromDays(9), 9, CancellationToken.None));
        await CheckLaws();
    }

    [Fact]
    public async Task Receipt_ManyBorrowed_AreCoveredInTheOrderInWhichTheyBorrowed()
    {
        await Overdraft(Main, 99);
        foreach (string order in new[] { "E", "A", "D", "B", "C" })
        {
            await Hold(order, 2);
            clock.Advance(Duration.FromMinutes(1));
        }

        await play.Submit(new AmendOrder(new OrderId("E"), [new FieldChange(1, "quantity", "4")], "more", "V1"));
        await play.Hold("E");
        await play.Receive(Sku, 9);
        Assert.Equal("E2 A2 D2 B2 C1", await CoveredBy("E", "A", "D", "B", "C"));
        await play.Receive(Sku, 3, "R2");
        Assert.Equal("E4 A2 D2 B2 C2", await CoveredBy("E", "A", "D", "B", "C"));
        await CheckLaws();
    }

    [Fact]
    public async Task Receipt_WhereNobodyMayBorrow_LeavesNoCommandAndNoTimer()
    {
        await play.Receive(Sku, 1);
        Assert.Single(await store.ReadCommandsAsync(new DeskOptions().Tenant, null, 99, CancellationToken.None));
        Assert.Empty(await store.ReadDueTimersAsync(new DeskOptions().Tenant, clock.Now, 9, CancellationToken.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LetGo_BorrowedPiecesGoBeforeRealOnes(bool byAmending)
    {
        await Overdraft(new NodeId("L1"), 1);
        await Overdraft(new NodeId("L3"), 1);
        await play.Submit(new ReceiveStock(new DocumentId("R1"), [new StockLine(Cell(new NodeId("L2")), new Quantity(1))]));
        await play.Order("O1", Sku, 3, promised: true);
        foreach (string node in new[] { "L1", "L2", "L3" })
        {
            await play.Submit(new HoldStock(new OrderId("O1"), [new NodeId(node)], TakePart: true));
        }

        Assert.Equal("L1 L2 L3", string.Join(" ", (await play.State("O1")).Lines[0].Holds.Select(hold => hold.Cell.Node)));
        await play.Submit(byAmending
            ? new AmendOrder(new OrderId("O1"), [new FieldChange(1, "quantity", "1")], "less", "V1")
            : new CancelLines(new OrderId("O1"), [new LineQuantity(1, new Quantity(2))], "less"));
        OrderLine line = (await play.State("O1")).Lines[0];
        Assert.Equal(("L2", 1L), (Assert.Single(line.Holds).Cell.Node.Text, line.Covered.Units));
        await CheckLaws();
    }

    [Fact]
    public async Task Hold_OneNodeHasAll_IsNotBorrowedFromAnother()
    {
        await Overdraft(new NodeId("L1"), 9);
        await play.Submit(new ReceiveStock(new DocumentId("R1"), [new StockLine(Cell(new NodeId("L2")), new Quantity(5))]));
        await Hold("O1", 5);
        Assert.Equal("L2", Assert.Single((await play.State("O1")).Lines[0].Holds).Cell.Node.Text);
        await Hold("O2", 2, nodes: [new NodeId("L2"), new NodeId("L1")]);
        Assert.Equal(Quantity.Zero, (await play.State("O2")).Lines[0].Covered);
        await CheckLaws();
    }

    [Theory]
    [InlineData("transfer")]
    [InlineData("consignment")]
    [InlineData("count")]
    public async Task LeavingWithoutAnOrder_NeverBorrows(string way)
    {
        await play.Receive(Sku, 3);
        await Overdraft(Main, 5);
        await Hold("X", 2);
        ImmutableArray<StockLine> lines = [new StockLine(Cell(Main), new Quantity(2))];
        StockCommand command = way switch
        {
            "transfer" => new DispatchTransfer(new DocumentId("D1"), new NodeId("W2"), lines),
            "consignment" => new SendConsignment(new DocumentId("D1"), new NodeId("SHOP"), lines),
            _ => new AdjustStock(new DocumentId("D1"), Cell(Main), -2, "count", "V1"),
        };
        Finding refused = Assert.Single((await play.Submit(command)).Findings);
        Assert.Contains("2 wanted, 1 free", refused.Text(Language.English), System.StringComparison.Ordinal);
        Assert.True((await Ship("X", 2)).IsAccepted);
        await CheckLaws();
    }

    [Fact]
    public async Task Preempt_FirmOrder_GetsTheRealPiecesOfTheDisplacedAndNotTheDebtOfOthers()
    {
        play = Play(new DeskOptions { Tiers = TierPolicy.PaidBeforeUnpaid });
        await play.Receive(Sku, 2);
        await Hold("Weak", 2, HoldTier.Planned);
        await Overdraft(Main, 1);
        await Hold("Pre", 1, HoldTier.Firm);
        await play.Order("Firm", Sku, 2, promised: true);
        await play.Submit(new HoldStock(new OrderId("Firm"), Tier: HoldTier.Firm, Preempt: true));
        Assert.Equal("Firm2 Weak0 Pre0", await CoveredBy("Firm", "Weak", "Pre"));
        Assert.Equal(OrderStage.ReadyToShip, (await play.State("Firm")).Stage);
        await CheckLaws();
    }

    private DeskPlay Play(DeskOptions? options = null, IOrderStore? on = null) =>
        new(on ?? store, clock, options ?? new DeskOptions { MaxOrdersInUnit = 2 });

    private static StockCell Cell(NodeId node) => new(Sku, node);

    private Task<DeskResult> Overdraft(NodeId node, long units) =>
        play.Submit(new SetOverdraft(new DocumentId("OD-" + node), Cell(node), new Quantity(units)));

    private async Task Hold(
        string order, long units, HoldTier? tier = null, Instant? expires = null, ImmutableArray<NodeId> nodes = default)
    {
        await play.Order(order, Sku, units, promised: true);
        DeskResult held = await play.Submit(new HoldStock(new OrderId(order), nodes, ExpiresAt: expires, Tier: tier));
        Assert.True(held.IsAccepted, string.Join("; ", held.Findings));
    }

    private Task<DeskResult> Ship(string order, long units) => play.Submit(new ShipOrder(
        new OrderId(order), new ShipmentId("SH" + (++count).ToString(System.Globalization.CultureInfo.InvariantCulture)), clock.Now,
        [new ShipLine(1, new Quantity(units))]));

    private async Task<string> CoveredBy(params string[] orders)
    {
        var texts = new System.Collections.Generic.List<string>();
        foreach (string order in orders)
        {
            texts.Add(order + (await play.State(order)).Lines[0].Covered);
        }

        return string.Join(" ", texts);
    }

    private async Task CheckLaws()
    {
        await play.CheckLaws();
        await KernelLaws.BorrowedIsOwed(store, new DeskOptions().Tenant);
    }
}
