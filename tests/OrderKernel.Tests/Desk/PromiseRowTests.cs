using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Promising;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>Stories of the shop floor that rest on the ledger and the waiting lines.</summary>
public class PromiseRowTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 9, 1, 0, 0);
    private static readonly Sku Sku = new("SKU-A");
    private static readonly StockCell Cell = new(Sku, new NodeId("W1"));
    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Start);
    private readonly DeskPlay play;

    public PromiseRowTests() => play = new DeskPlay(store, clock, new DeskOptions { ServesWaiting = true });

    // The open item with a deadline, for shipping first and writing later, is not part of the kernel yet.
    [Fact]
    [Trait("ReqPart", "S4-09")]
    public async Task Count_TwoFewerThanTheBooks_IsAnAdjustmentBeforeAnythingShips()
    {
        await play.Receive(Sku, 10);
        await play.Order("O1", Sku, 10);
        DeskResult adjusted = await play.Submit(new AdjustStock(new DocumentId("COUNT-1"), Cell, -2, "counted 8", "SHEET-1"));
        Assert.True(adjusted.IsAccepted);
        Assert.False((await play.Hold("O1")).IsAccepted);
        Assert.True((await play.Hold("O1", part: true)).IsAccepted);

        DeskResult tooMuch = await play.Submit(Ship("O1", "S1", 10));
        Assert.Equal(OrderRefusals.ShipExceedsAllocated.Code, Assert.Single(tooMuch.Outcome.Findings).Code);
        Assert.True((await play.Submit(Ship("O1", "S1", 8))).IsAccepted);
        Assert.Equal(2, (await play.State("O1")).Lines.Sum(static line => line.Open.Units));
        await play.CheckLaws();
    }

    // The alert itself belongs to the packages that watch; what is shown is that a lock under its id happens once.
    [Fact]
    [Trait("ReqPart", "S4-20")]
    public async Task LockUnderAnAlertsId_IsOneLockHoweverOftenItIsPressed()
    {
        await play.Receive(Sku, 5);
        await play.Order("O1", Sku, 5);
        var hold = new HoldStock(new OrderId("O1"));
        DeskResult first = await play.Submit(hold, "alert-17/lock");
        DeskResult second = await play.Submit(hold, "alert-17/lock");
        Assert.Equal((DeskStatus.Decided, DeskStatus.Repeated), (first.Status, second.Status));
        Assert.Equal(first.Outcome.Events.ToArray(), second.Outcome.Events.ToArray());
        Assert.Equal(5, await play.Held("O1"));

        await play.Submit(Ship("O1", "S1", 5));
        Assert.Empty((await play.Submit(hold, "alert-18/lock")).Outcome.Events);
        await play.CheckLaws();
    }

    // Finding the duplicate across channels is the rule's work; what is shown is that a suspended order reserves nothing.
    [Fact]
    [Trait("ReqPart", "S4-29")]
    public async Task SuspendedOrder_IsPassedOverUntilItIsReleased_AndTheFirstKeepsItsOwn()
    {
        await play.Order("TAOBAO-1", Sku, 3);
        await play.Order("DOUYIN-1", Sku, 3);
        await play.Submit(new BlockOrder(new OrderId("DOUYIN-1"), "duplicate", "service"));
        await play.Receive(Sku, 6);
        Assert.Equal((3L, 0L), (await play.Held("TAOBAO-1"), await play.Held("DOUYIN-1")));
        Assert.Equal(3, await play.Free(Sku));

        await play.Submit(new UnblockOrder(new OrderId("DOUYIN-1"), "duplicate"));
        await play.Hold("DOUYIN-1");
        Assert.Equal((3L, 3L), (await play.Held("TAOBAO-1"), await play.Held("DOUYIN-1")));
        await play.CheckLaws();
    }

    // Promises are given per order, so a batch has no promise of its own here.
    [Fact]
    [Trait("ReqPart", "S2-06")]
    public async Task NineHundredInThreeBatches_EachShippedByItself_OverDeliveryRefused()
    {
        await play.Receive(Sku, 1_000);
        await play.Order("O1", Sku, 900);
        await play.Hold("O1");
        for (int batch = 1; batch <= 3; batch++)
        {
            clock.Advance(Duration.FromDays(30));
            Assert.NotEqual(OrderStage.Completed, (await play.State("O1")).Stage);
            Assert.True((await play.Submit(Ship("O1", "B" + batch, 300))).IsAccepted);
            Assert.True((await play.Submit(new ConfirmDelivery(
                new OrderId("O1"), new ShipmentId("B" + batch), clock.Now))).IsAccepted);
        }

        Assert.Equal(OrderStage.Completed, (await play.State("O1")).Stage);
        Assert.False((await play.Submit(Ship("O1", "B4", 1))).IsAccepted);
        await play.CheckLaws();
    }

    // Shipments stand for sub-orders: each has its own times and sign-off, and the order's state derives from theirs.
    [Fact]
    [Trait("ReqPart", "S2-43")]
    public async Task PartsSignedOneByOne_TheOrderDerivesFromThem()
    {
        await play.Receive(Sku, 30);
        await play.Order("O1", Sku, 30);
        await play.Hold("O1");
        await play.Submit(Ship("O1", "A", 10));
        await play.Submit(Ship("O1", "B", 10));
        clock.Advance(Duration.FromDays(1));
        await play.Submit(new ConfirmDelivery(new OrderId("O1"), new ShipmentId("A"), clock.Now));
        OrderState some = await play.State("O1");
        Assert.Equal((FulfilmentState.PartiallyShipped, OrderStage.PartiallyShipped), (some.Fulfilment, some.Stage));
        Assert.Equal(new[] { true, false }, some.Shipments.Select(static shipment => shipment.DeliveredAt is not null));

        await play.Submit(new CancelLines(new OrderId("O1"), Of(1, 10), "not needed"));
        Assert.Equal(OrderStage.InTransit, (await play.State("O1")).Stage);
        await play.Submit(new ConfirmDelivery(new OrderId("O1"), new ShipmentId("B"), clock.Now));
        OrderState all = await play.State("O1");
        Assert.Equal((FulfilmentState.Delivered, OrderStage.Completed), (all.Fulfilment, all.Stage));
        await play.CheckLaws();
    }

    private static ImmutableArray<LineQuantity> Of(int line, long units) =>
        ImmutableArray.Create(new LineQuantity(line, new Quantity(units)));

    private ShipOrder Ship(string order, string shipment, long units) => new(
        new OrderId(order), new ShipmentId(shipment), clock.Now,
        ImmutableArray.Create(new ShipLine(1, new Quantity(units))));
}
