using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Testing;
using OrderKernel.Tests.Desk;
using OrderKernel.Tests.Orders;
using Xunit;

namespace OrderKernel.Tests.Promising;

/// <summary>Many systems write the last day there is for "no date"; it is far away, and nothing more.</summary>
public class FarDateTests
{
    private static readonly Instant Never = Instant.FromUtc(9999, 12, 31, 23, 59, 59);
    private static readonly Sku Sku = new("S");

    [Fact]
    public async Task AnOrderThatIsDueOnTheLastDay_LetsOthersBeServed()
    {
        var options = new DeskOptions
        {
            ServesWaiting = true,
            Priority = new PriorityPolicy([
                PriorityRule.ByDeadline(PriorityFact.Due, 10, Duration.FromDays(30)),
                PriorityRule.ByWaiting(5, Duration.FromDays(30))]),
        };
        var play = new DeskPlay(new MemoryStore(), new FakeClock(Given.At), options);
        await play.Submit(new CaptureOrder(
            new OrderId("A"), new PartnerId("P"), Instant.FromUtc(1, 1, 1, 0, 0), [new NewLine(1, Sku, new Quantity(2))], Never));
        await play.Submit(new CaptureOrder(
            new OrderId("B"), new PartnerId("P"), Given.At, [new NewLine(1, Sku, new Quantity(2))], Given.At));
        await play.Receive(Sku, 3);
        Assert.Equal(3, await play.Held("A") + await play.Held("B"));
        await play.CheckLaws();
    }

    [Fact]
    public void APromiseOnTheLastDay_IsKeptWithAnyGrace()
    {
        OrderState order = OrderScenario.Given(
            Given.Captured(Given.Line(1, 5)), new OrderPromised(Given.At, Never, PromiseCause.First, string.Empty),
            Given.Held(Given.Take(1, 5)), Given.Shipped(Given.Take(1, 5)), Given.Delivered()).State;
        OnTimeReport report = OnTimeReport.Of([order], Given.At + Duration.FromDays(1), Duration.FromHours(2));
        Assert.All(report.Rates, static rate => Assert.Equal((1L, 1L), (rate.OnTime, rate.Counted)));
    }
}
