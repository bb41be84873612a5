using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

public class WaitingTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 9, 1, 0, 0);
    private static readonly Sku Sku = new("SKU-A");
    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Start);
    private readonly DeskPlay play;

    public WaitingTests() => play = new DeskPlay(store, clock, new DeskOptions { ServesWaiting = true, MaxOrdersInUnit = 2 });

    [Fact]
    [Trait("Req", "S0-02")]
    public async Task Receipt_OfTwelve_ServesTheOrderOfTenInTheSameCallAndOnce()
    {
        await play.Order("O1", Sku, 10, promised: true);
        Assert.Equal(0, await play.Free(Sku));
        Assert.Equal(OrderStage.AwaitingStock, (await play.State("O1")).Stage);
        DeskResult result = await play.Receive(Sku, 12, "R1", "receipt-1");
        Assert.Equal(new FreeOfSku(Sku, 12, 2), Assert.Single(result.Waiting.Free));
        ServedOrder served = Assert.Single(result.Waiting.Orders);
        Assert.Equal(("O1", 10L), (served.Order.Text, served.Takes.Sum(take => take.Quantity.Units)));
        Assert.Equal(OrderStage.ReadyToShip, (await play.State("O1")).Stage);
        Assert.Equal(2, await play.Free(Sku));

        // The same command again, and the same receipt under another command: nothing changes.
        DeskResult again = await play.Receive(Sku, 12, "R1", "receipt-1");
        Assert.Equal((DeskStatus.Repeated, 0), (again.Status, again.Waiting.Orders.Length));
        Assert.Empty((await play.Receive(Sku, 12, "R1", "receipt-2")).Outcome.Events);
        Assert.Equal((2, 10), (await play.Free(Sku), await play.Held("O1")));
        await play.CheckLaws();
    }

    [Fact]
    public async Task Receipt_ManyWaiting_AreServedByRankInChunksAndTheLastInPart()
    {
        foreach (string order in new[] { "E", "D", "C", "B", "A" })
        {
            await play.Order(order, Sku, 2);
            clock.Advance(Duration.FromMinutes(1));
        }

        DeskResult result = await play.Receive(Sku, 9);
        Assert.Equal("E D C B A", string.Join(" ", result.Waiting.Orders.Select(served => served.Order.Text)));
        Assert.Equal((2, 1), (await play.Held("B"), await play.Held("A")));
        Assert.Equal(3, (await store.ReadCommandsAsync(new DeskOptions().Tenant, null, 99, CancellationToken.None))
            .Count(command => command.Body.Contains("waiting.serve")));
        Assert.Empty(await store.ReadDueTimersAsync(new DeskOptions().Tenant, clock.Now + Duration.FromDays(9), 9, CancellationToken.None));
        await play.CheckLaws();
    }

    [Fact]
    public async Task Release_ServesOthersAndNotTheOneWhoLetGo()
    {
        await play.Receive(Sku, 5);
        await play.Order("O1", Sku, 5);
        await play.Hold("O1");
        await play.Order("O2", Sku, 4);
        DeskResult released = await play.Submit(ReleaseStock.All(new OrderId("O1"), "changed mind"));
        Assert.Equal("O2", Assert.Single(released.Waiting.Orders).Order.Text);
        Assert.Equal((0, 4, 1), (await play.Held("O1"), await play.Held("O2"), await play.Free(Sku)));
        DeskResult cancelled = await play.Submit(CancelLines.All(new OrderId("O2"), "lost"));
        Assert.Equal("O1", Assert.Single(cancelled.Waiting.Orders).Order.Text);
        await play.CheckLaws();
    }

    [Fact]
    public async Task ServedByReceipt_HoldsAsFirmlyAsItsStandingSaysNow()
    {
        var tiers = new DeskPlay(store, clock, new DeskOptions { ServesWaiting = true, Tiers = TierPolicy.PaidBeforeUnpaid });
        await tiers.Order("UNPAID", Sku, 2);
        await tiers.Order("PAID", Sku, 2);
        await tiers.Submit(new SetStanding(new OrderId("PAID"), new OrderStanding(isPaid: true)));
        await tiers.Receive(Sku, 4);
        Assert.Equal((HoldTier.Planned, (Instant?)clock.Now + Duration.FromMinutes(30)), await Held("UNPAID"));
        Assert.Equal((HoldTier.Firm, (Instant?)null), await Held("PAID"));

        // The soft lock runs out, the order is paid, and the next receipt makes it firm.
        clock.Advance(Duration.FromHours(1));
        await tiers.Desk.WakeAsync(DeskPlay.Clerk);
        await tiers.Submit(new SetStanding(new OrderId("UNPAID"), new OrderStanding(isPaid: true)));
        Assert.Equal(0, await tiers.Held("UNPAID"));
        await tiers.Receive(Sku, 1, "R2");
        Assert.Equal((HoldTier.Firm, (Instant?)null), await Held("UNPAID"));
        Assert.Equal(2, await tiers.Held("UNPAID"));
        await tiers.CheckLaws();

        async Task<(HoldTier?, Instant?)> Held(string order)
        {
            OrderState state = await tiers.State(order);
            return (state.HoldTier, state.HoldsExpireAt);
        }
    }

    [Fact]
    public async Task BlockedOrder_IsNotServed()
    {
        await play.Order("O1", Sku, 5);
        await play.Submit(new BlockOrder(new OrderId("O1"), "credit", "finance"));
        await play.Order("O2", Sku, 5);
        Assert.Equal("O2", Assert.Single((await play.Receive(Sku, 5)).Waiting.Orders).Order.Text);
    }

    [Fact]
    public async Task Crash_AfterTheReceiptOrBetweenChunks_IsTakenUpByTheTimer()
    {
        for (int crash = 1; crash <= 3; crash++)
        {
            var memory = new MemoryStore();
            var options = new DeskOptions { ServesWaiting = true, MaxOrdersInUnit = 1 };
            var good = new DeskPlay(memory, clock, options);
            foreach (string order in new[] { "A", "B", "C" })
            {
                await good.Order(order, Sku, 2);
                clock.Advance(Duration.FromMinutes(1));
            }

            var failing = new FailingStore(memory) { CommitsLeft = crash };
            var bad = new DeskPlay(failing, clock, options);
            DeskResult received = await bad.Receive(Sku, 5);
            Assert.True(received.IsAccepted, "It is stored, so it is not said to have failed.");
            Assert.Empty(received.Waiting.Orders);
            Assert.True(await good.Held("C") == 0, "Something was left to do.");
            await good.Desk.WakeAsync(DeskPlay.Clerk);
            Assert.Equal((2, 2, 1), (await good.Held("A"), await good.Held("B"), await good.Held("C")));
            Assert.Equal(0, await good.Desk.WakeAsync(DeskPlay.Clerk));
            await good.CheckLaws();
        }
    }

    [Fact]
    public async Task Crash_BeforeOneChangeOfAnOrderIsServed_IsTakenUp_ThoughTheOrderChangedAgain()
    {
        var other = new Sku("SKU-B");
        await play.Receive(Sku, 5, "R1");
        await play.Receive(other, 5, "R2");
        await play.Submit(new CaptureOrder(
            new OrderId("O1"), new PartnerId("P"), clock.Now,
            [new NewLine(1, Sku, new Quantity(5)), new NewLine(2, other, new Quantity(5))]));
        await play.Hold("O1");
        await play.Order("A", Sku, 5);
        await play.Order("B", other, 5);
        var dying = new DeskPlay(
            new FailingStore(store) { CommitsLeft = 1 }, clock, new DeskOptions { ServesWaiting = true, MaxOrdersInUnit = 2 });
        Assert.Empty((await dying.Submit(new ReleaseStock(new OrderId("O1"), [1], "changed mind"))).Waiting.Orders);

        // The next change of the same order is served at once. It neither replaces nor clears the wake-up of the first.
        Assert.Equal("B", Assert.Single((await play.Submit(new ReleaseStock(new OrderId("O1"), [2], "both"))).Waiting.Orders).Order.Text);
        await play.Desk.WakeAsync(DeskPlay.Clerk);
        Assert.Equal((5, 5), (await play.Held("A"), await play.Held("B")));
        Assert.Equal(0, await play.Desk.WakeAsync(DeskPlay.Clerk));
        await play.CheckLaws();
    }
}
