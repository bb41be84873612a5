using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Testing;
using OrderKernel.Tests.Orders;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>The last hold says until when everything is held, however much was held before; what others do leaves it as it is.</summary>
public class HoldExpiryTests
{
    private static readonly Sku Sku = new("S");
    private readonly FakeClock clock = new(Given.At);

    [Theory]
    [InlineData(5)]
    [InlineData(4)]
    public async Task Hold_ForEverAfterAQuarterOfAnHour_IsNotLetGo(int first)
    {
        var play = new DeskPlay(new MemoryStore(), clock, new DeskOptions());
        await play.Receive(Sku, first);
        await play.Order("O1", Sku, 5);
        await play.Submit(new HoldStock(new OrderId("O1"), TakePart: true, ExpiresAt: clock.Now + Duration.FromMinutes(15)));
        await play.Receive(Sku, 5 - first + 1, "R2");
        clock.Advance(Duration.FromMinutes(5));
        DeskResult held = await play.Submit(new HoldStock(new OrderId("O1")));
        Assert.Equal((DeskExtent.Done, 1), (held.Extent, held.Outcome.Events.Length));
        Assert.Equal(DeskExtent.AlreadySo, (await play.Submit(new HoldStock(new OrderId("O1")))).Extent);
        clock.Advance(Duration.FromMinutes(10));
        await play.Desk.WakeAsync(DeskPlay.Clerk);
        Assert.Equal(5, await play.Held("O1"));
        await play.CheckLaws();
    }

    [Fact]
    public async Task Hold_UntilAMomentThatIsOverAndFinerThanWhatIsStored_ReplaysAsItWasRefused()
    {
        var play = new DeskPlay(new MemoryStore(), clock, new DeskOptions());
        await play.Receive(Sku, 5);
        await play.Order("O1", Sku, 5);
        Instant over = clock.Now - Duration.FromNanoseconds(1_234_567);
        DeskResult refused = await play.Submit(new HoldStock(new OrderId("O1"), ExpiresAt: over));
        Assert.Equal("order.expiry_passed", Assert.Single(refused.Findings).Code);
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    // Nothing, some or all held before; held for ever or for a while; asked for ever, earlier or later; with and without tiers; from
    // where it likes, in part or by plan: one rule.
    [Fact]
    public void Hold_WhateverWasHeldBefore_ExpiresAsItSays() => Prop.ForAll(
        Gen.Choose(0, (3 * 2 * 4 * 2 * 3) - 1).ToArbitrary(), choice => Check(choice).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    private static async Task Check(int choice)
    {
        int before = choice % 3, lasting = choice / 3 % 2, asked = choice / 6 % 4, way = choice / 48;
        bool hasTiers = choice / 24 % 2 == 1;
        var clock = new FakeClock(Given.At);
        var play = new DeskPlay(new MemoryStore(), clock, new DeskOptions { Tiers = hasTiers ? TierPolicy.PaidBeforeUnpaid : null });
        await play.Order("O1", Sku, 4);
        var order = new OrderId("O1");
        if (before > 0)
        {
            await play.Receive(Sku, before == 1 ? 2 : 4);
            await play.Submit(new HoldStock(
                order, TakePart: true, ExpiresAt: lasting == 0 ? null : clock.Now + Duration.FromMinutes(60)));
        }

        await play.Receive(Sku, 2, "R2");
        clock.Advance(Duration.FromMinutes(10));
        Instant? expires = asked switch
        {
            0 => null,
            1 => clock.Now + Duration.FromMinutes(5),
            2 => clock.Now + Duration.FromMinutes(500),
            _ => Given.At + Duration.FromMinutes(60),
        };
        var hold = new HoldStock(
            order, TakePart: way != 2, ExpiresAt: expires,
            Plan: way == 2 && before < 2 ? [new Take(1, new StockCell(Sku, new NodeId("W1")), new Quantity(2))] : default);
        DeskResult result = (await play.Submit(hold)).ThrowIfRefused();
        OrderState state = await play.State("O1");
        Assert.Equal(expires ?? (hasTiers ? clock.Now + Duration.FromMinutes(30) : null), state.HoldsExpireAt);
        bool isSo = before == 2 && !(hasTiers && asked == 0)
            && (asked == 3 ? lasting == 1 : asked == 0 && lasting == 0);
        Assert.Equal(isSo, result.Extent == DeskExtent.AlreadySo);
        await play.CheckLaws();
    }

    [Fact]
    public async Task Serving_AnOrderHeldForAWhile_NeitherShortensNorLengthensIt()
    {
        var play = new DeskPlay(new MemoryStore(), clock, new DeskOptions { ServesWaiting = true });
        await play.Receive(Sku, 2);
        await play.Order("O1", Sku, 4);
        Instant until = clock.Now + Duration.FromMinutes(15);
        await play.Submit(new HoldStock(new OrderId("O1"), TakePart: true, ExpiresAt: until));
        await play.Receive(Sku, 2, "R2");
        Assert.Equal((4L, (Instant?)until), (await play.Held("O1"), (await play.State("O1")).HoldsExpireAt));
        await play.CheckLaws();
    }

    [Fact]
    public async Task Serving_AnOrderHeldForEver_DoesNotEndIt_WhenTiersCameLaterOrItsTierRose()
    {
        var store = new MemoryStore();
        var before = new DeskPlay(store, clock, new DeskOptions());
        await before.Receive(Sku, 2);
        await before.Order("O1", Sku, 4);
        await before.Hold("O1", preempt: false, part: true);
        var firmLasts = new TierPolicy([new TierRule(HoldTier.Firm, IsPaid: true)], [30, 0, 60, 60], HoldTier.Firm);
        var after = new DeskPlay(store, clock, new DeskOptions { ServesWaiting = true, Tiers = firmLasts });
        await after.Receive(Sku, 1, "R2");
        Assert.Equal((3L, (Instant?)null), (await after.Held("O1"), (await after.State("O1")).HoldsExpireAt));

        await after.Order("O2", Sku, 3);
        await after.Receive(Sku, 2, "R3");
        await after.Submit(new SetStanding(new OrderId("O2"), new OrderStanding(isPaid: true)));
        await after.Receive(Sku, 9, "R4");
        OrderState raised = await after.State("O2");
        Assert.Equal((HoldTier.Firm, (Instant?)null), (raised.HoldTier!.Value, raised.HoldsExpireAt));
        await after.CheckLaws();
    }
}
