using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Testing;
using OrderKernel.Tests.Orders;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>An order takes as firmly as it holds, whatever its standing became.</summary>
public class KeptTierTests
{
    [Fact]
    public async Task AFirmHolder_WhoseStandingFell_StillTakesFromWeakerHolds()
    {
        var sku = new Sku("S");
        var play = new DeskPlay(
            new MemoryStore(), new FakeClock(Given.At), new DeskOptions { Tiers = TierPolicy.PaidBeforeUnpaid });
        await play.Order("FIRM", sku, 5);
        await play.Order("WEAK", sku, 2);
        await play.Receive(sku, 3);
        await play.Submit(new SetStanding(new OrderId("FIRM"), new OrderStanding(isPaid: true)));
        Assert.True((await play.Hold("FIRM", part: true)).IsAccepted);
        await play.Receive(sku, 2, "R2");
        Assert.True((await play.Hold("WEAK")).IsAccepted);
        await play.Submit(new SetStanding(new OrderId("FIRM"), OrderStanding.Unknown));
        Assert.True((await play.Hold("FIRM")).IsAccepted);
        Assert.Equal((5L, 0L), (await play.Held("FIRM"), await play.Held("WEAK")));
        await play.CheckLaws();
    }
}
