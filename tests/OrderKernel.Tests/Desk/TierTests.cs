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

public class TierTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 9, 1, 0, 0);
    private static readonly Sku Sku = new("SKU-A");
    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Start);
    private readonly DeskPlay play;

    public TierTests() => play = new DeskPlay(store, clock, new DeskOptions { Tiers = TierPolicy.PaidBeforeUnpaid });

    [Fact]
    [Trait("Req", "S4-18")]
    public async Task Hold_PaidVipAfterUnpaid_TakesFromTheSoftLockWithNoticeAndNeverFromAHardOne()
    {
        await play.Receive(Sku, 10);
        await play.Order("O1", Sku, 8, promised: true);
        Assert.True((await play.Hold("O1")).IsAccepted);
        Assert.Equal(HoldTier.Planned, (await play.State("O1")).HoldTier);

        clock.Advance(Duration.FromMinutes(10));
        await play.Order("O2", Sku, 6);
        await play.Submit(new SetStanding(new OrderId("O2"), new OrderStanding("VIP", "电汇", isPaid: true)));
        Assert.False((await play.Hold("O2", preempt: false)).IsAccepted);
        Assert.True((await play.Hold("O2")).IsAccepted);
        Assert.Equal((6, 4), (await play.Held("O2"), await play.Held("O1")));
        OrderState displaced = await play.State("O1");
        Assert.Null(displaced.CurrentPromise);
        Assert.Equal("displaced", displaced.UnpromisedFor);
        Assert.NotNull(displaced.FirstPromise);

        // The notice and the loss are one commit with the hold: one command, and a message that tells who, how many and why.
        OutgoingMessage notice = Assert.Single(await store.ReadOutboxAsync(new DeskOptions().Tenant, 9, CancellationToken.None));
        Assert.Equal(("notices", "order/O1"), (notice.Destination, notice.Stream.ToString()));
        Assert.Contains("\"by\":\"O2\",\"held_as\":\"planned\",\"taken_as\":\"firm\",\"rule\":\"tier\"", notice.Body);
        Assert.Equal((await play.Last("O2")).Command, (await play.Last("O1")).Command);

        // Hard-locked, paid stock is never taken: all or nothing is refused, and in part only what is soft is given.
        await play.Order("O3", Sku, 5);
        await play.Submit(new SetStanding(new OrderId("O3"), new OrderStanding("VIP", "电汇", isPaid: true, priority: 9)));
        DeskResult refused = await play.Hold("O3");
        Assert.Equal(new[] { "SKU-A", "5", "4" }, Assert.Single(refused.Findings).Facts.Select(fact => fact.Value));
        Assert.Equal((6, 4), (await play.Held("O2"), await play.Held("O1")));
        Assert.True((await play.Hold("O3", part: true)).IsAccepted);
        Assert.Equal((6, 0, 4), (await play.Held("O2"), await play.Held("O1"), await play.Held("O3")));
        await play.CheckLaws();
    }

    [Fact]
    [Trait("Req", "S4-18")]
    public async Task Hold_Soft_ExpiresAfterThirtyMinutesAndHardNever()
    {
        await play.Receive(Sku, 10);
        await play.Order("O1", Sku, 8);
        await play.Order("O2", Sku, 2);
        await play.Submit(new SetStanding(new OrderId("O2"), new OrderStanding(isPaid: true)));
        await play.Hold("O1");
        await play.Hold("O2");
        clock.Advance(Duration.FromMinutes(30) - Duration.FromSeconds(1));
        Assert.Equal(0, await play.Desk.WakeAsync(DeskPlay.Clerk));
        Assert.Equal(8, await play.Held("O1"));
        clock.Advance(Duration.FromSeconds(1));
        Assert.Equal(1, await play.Desk.WakeAsync(DeskPlay.Clerk));
        clock.Advance(Duration.FromDays(1000));
        Assert.Equal(0, await play.Desk.WakeAsync(DeskPlay.Clerk));
        Assert.Equal((0, 2), (await play.Held("O1"), await play.Held("O2")));
    }

    [Fact]
    public async Task Hold_OnceItIsPaid_BecomesFirmAndNoLongerExpires()
    {
        await play.Receive(Sku, 8);
        await play.Order("O1", Sku, 8);
        await play.Hold("O1");
        await play.Submit(new SetStanding(new OrderId("O1"), new OrderStanding(isPaid: true)));
        Assert.True((await play.Hold("O1")).IsAccepted);
        OrderState state = await play.State("O1");
        Assert.Equal((HoldTier.Firm, (Instant?)null), (state.HoldTier, state.HoldsExpireAt));
        clock.Advance(Duration.FromDays(1));
        await play.Desk.WakeAsync(DeskPlay.Clerk);
        Assert.Equal(8, await play.Held("O1"));
        await play.CheckLaws();
    }

    [Fact]
    public async Task Hold_SeveralWeakerOrders_GiveUpInReverseRankAndOnlyWhatIsNeeded()
    {
        await play.Receive(Sku, 9);
        foreach (string order in new[] { "A", "B", "C" })
        {
            await play.Order(order, Sku, 3);
            await play.Hold(order);
            clock.Advance(Duration.FromMinutes(1));
        }

        await play.Order("VIP", Sku, 4);
        await play.Submit(new SetStanding(new OrderId("VIP"), new OrderStanding(isPaid: true)));
        Assert.True((await play.Hold("VIP")).IsAccepted);
        Assert.Equal((3, 2, 0, 4), (await play.Held("A"), await play.Held("B"), await play.Held("C"), await play.Held("VIP")));
        await play.CheckLaws();
    }

    [Fact]
    public async Task Displaced_WithAnOutlook_IsPromisedBehindEverybodyWhoWaitsAlready()
    {
        Instant soon = Start + Duration.FromDays(20), later = Start + Duration.FromDays(30);
        var desk = new DeskPlay(store, clock, new DeskOptions
        {
            Tiers = TierPolicy.PaidBeforeUnpaid,
            Outlook = new Outlook(new ExpectedSupply(Sku, soon, new Quantity(5)), new ExpectedSupply(Sku, later, new Quantity(9))),
        });
        await desk.Receive(Sku, 10);
        await desk.Order("WAITS", Sku, 3, promised: true);
        await desk.Order("O1", Sku, 10, promised: true);
        await desk.Hold("O1");
        await desk.Order("O2", Sku, 4);
        await desk.Submit(new SetStanding(new OrderId("O2"), new OrderStanding(isPaid: true)));
        await desk.Hold("O2");
        PromiseRecord promise = (await desk.State("O1")).CurrentPromise!;
        Assert.Equal((later, PromiseCause.Displaced, "O2"), (promise.PromisedAt, promise.Cause, promise.Note));
        await desk.CheckLaws();
    }

    [Fact]
    public async Task Promise_PartsAreStoredWithIt()
    {
        await play.Order("O1", Sku, 1);
        Instant arrives = Start + Duration.FromDays(3);
        await play.Submit(new PromiseOrder(
            new OrderId("O1"), arrives + Duration.FromDays(1), PromiseCause.First, string.Empty, Start + Duration.FromDays(1), arrives));
        PromiseRecord promise = (await play.State("O1")).CurrentPromise!;
        Assert.Equal((Start + Duration.FromDays(1), arrives, Duration.FromDays(1)), (promise.ShipsAt, promise.ArrivesAt, promise.Buffer));
    }

    private sealed class Outlook(params ExpectedSupply[] supply) : ISupplyOutlook
    {
        public ValueTask<ImmutableArray<ExpectedSupply>> ReadAsync(
            TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) => new(supply.ToImmutableArray());
    }
}
