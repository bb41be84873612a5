using System.Collections.Immutable;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Promising;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>An order whose promise has passed is the most urgent there is; it does not fall behind those that are due next.</summary>
public class PastDeadlineTests
{
    private static readonly Sku Sku = new("SKU-A");
    private readonly FakeClock clock = new(Instant.FromUtc(2026, 9, 1, 0, 0));
    private readonly DeskPlay play;

    public PastDeadlineTests() => play = new DeskPlay(new MemoryStore(), clock, new DeskOptions
    {
        ServesWaiting = true,
        Priority = new PriorityPolicy([PriorityRule.ByDeadline(PriorityFact.Due, 30, Duration.FromHours(48))]),
    });

    [Fact]
    public async Task Receipt_OneWhosePromisePassed_IsServedBeforeOneThatIsDueSoon()
    {
        await Promised("SOON", hours: 73);
        await Promised("LATE", hours: 24);
        clock.Advance(Duration.FromHours(72));
        await play.Receive(Sku, 2);
        Assert.Equal((2L, 0L), (await play.Held("LATE"), await play.Held("SOON")));
        await play.Receive(Sku, 2, "R2");
        Assert.Equal(2L, await play.Held("SOON"));
        await play.CheckLaws();
    }

    private async Task Promised(string order, int hours) => Assert.True((await play.Submit(new CaptureOrder(
        new OrderId(order), new PartnerId("P"), clock.Now, [new NewLine(1, Sku, new Quantity(2))],
        PromisedAt: clock.Now + Duration.FromHours(hours)))).IsAccepted);
}
