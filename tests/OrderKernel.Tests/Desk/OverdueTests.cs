using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Testing;
using OrderKernel.Tests.Orders;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>Who is overdue comes first, not last.</summary>
public class OverdueTests
{
    [Fact]
    public async Task Receipt_ServesTheOrderWhoseDeadlineHasPassed_BeforeOneThatIsDueSoon()
    {
        var sku = new Sku("S");
        var clock = new FakeClock(Given.At);
        var play = new DeskPlay(new MemoryStore(), clock, new DeskOptions
        {
            ServesWaiting = true,
            Priority = new PriorityPolicy([PriorityRule.ByDeadline(PriorityFact.Due, 30, Duration.FromDays(2))]),
        });
        await play.Order("SOON", sku, 2);
        await play.Order("OVERDUE", sku, 2);
        await play.Submit(new PromiseOrder(new OrderId("OVERDUE"), clock.Now + Duration.FromDays(1), PromiseCause.First));
        await play.Submit(new PromiseOrder(new OrderId("SOON"), clock.Now + Duration.FromDays(3), PromiseCause.First));
        clock.Advance(Duration.FromDays(2));
        await play.Receive(sku, 2);
        Assert.Equal((2L, 0L), (await play.Held("OVERDUE"), await play.Held("SOON")));
        await play.CheckLaws();
    }
}
