using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>Whoever is to hear of an event hears of it once, however many name him.</summary>
public class AnnouncementTests
{
    [Fact]
    public async Task OneReceiver_NamedByTheLifecycleAndByTheHost_HearsOnce()
    {
        OrderPlay play = OrderPlay.Of("trade_in_order", "trade_in");
        play.Open(new DeskOptions { Definitions = play.Definitions }.Announce("order.entered", "credit_reversal"));
        await play.Stock(2);
        OrderId order = await play.Capture("typed");
        await play.GoTo(play.Clock.Now + Duration.FromDays(31));
        DeskResult lapsed = await play.Submit(new CloseTradeIn(order, "OLD-1", Received: false));
        Assert.Empty(lapsed.Findings);
        var messages = await play.Store.ClaimMessagesAsync(
            new DeskOptions().Tenant, new Lease("test", play.Clock.Now, Duration.FromMinutes(1)), 1_000, default);
        for (int sent = 0; messages.Length > 0; sent++)
        {
            Assert.True(sent < 50);
            foreach (ClaimedMessage message in messages)
            {
                Assert.True(await play.Store.ConfirmMessageAsync(new DeskOptions().Tenant, message, default));
            }

            messages = await play.Store.ClaimMessagesAsync(
                new DeskOptions().Tenant, new Lease("test", play.Clock.Now, Duration.FromMinutes(1)), 1_000, default);
        }
    }
}
