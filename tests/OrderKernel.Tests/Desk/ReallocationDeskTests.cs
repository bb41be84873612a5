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

public class ReallocationDeskTests
{
    private static readonly Sku Sku = new("SKU-A");
    private static readonly Sku Other = new("SKU-B");

    private static readonly ImmutableArray<ReallocationSegment> Segments = ImmutableArray.Create(
        new ReallocationSegment("vip", ReallocationStrategy.Win, d => d.Facts.CustomerLevel == "VIP"),
        new ReallocationSegment("rest", ReallocationStrategy.Redistribute));

    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Instant.FromUtc(2026, 9, 1, 0, 0));

    [Fact]
    public async Task Commit_ASimulatedPlan_MakesItTrueAndTellsTheLoser()
    {
        DeskPlay play = await Backlog(50);
        SegmentedPlan plan = await play.Desk.SimulateReallocationAsync(new[] { Sku, Other }, Segments);
        Assert.Equal((6, 0), (await play.Held("OLD"), await play.Held("VIP")));
        ImmutableArray<DeskResult> results = await play.Desk.CommitReallocationAsync(new DocumentId("RUN-1"), plan, DeskPlay.Clerk);
        Assert.True(Assert.Single(results).IsAccepted);
        Assert.Equal((2, 5, 3), (await play.Held("OLD"), await play.Held("VIP"), await play.Held("B")));
        foreach (LineReallocation line in plan.Lines)
        {
            Assert.Equal(line.After.Sum(part => part.Quantity.Units), await play.Held(line.Order.Text));
        }

        OutgoingMessage notice = Assert.Single(await store.ReadOutboxAsync(new DeskOptions().Tenant, 9, CancellationToken.None));
        Assert.Contains("\"by\":\"VIP\"", notice.Body);
        Assert.Contains("\"rule\":\"rest\"", notice.Body);
        await play.CheckLaws();

        // The same run again answers what it answered; a plan that is out of date is refused and says where.
        ImmutableArray<DeskResult> again = await play.Desk.CommitReallocationAsync(new DocumentId("RUN-1"), plan, DeskPlay.Clerk);
        Assert.Equal(DeskStatus.Repeated, again[0].Status);
        ImmutableArray<DeskResult> late = await play.Desk.CommitReallocationAsync(new DocumentId("RUN-2"), plan, DeskPlay.Clerk);
        Assert.All(late[0].Findings, finding => Assert.Equal("order.reallocation_moved", finding.Code));
        Assert.Equal((2, 5), (await play.Held("OLD"), await play.Held("VIP")));
    }

    [Fact]
    public async Task Commit_InChunksOfOne_LetsGoBeforeAnybodyTakes()
    {
        DeskPlay play = await Backlog(1);
        SegmentedPlan plan = await play.Desk.SimulateReallocationAsync(new[] { Sku, Other }, Segments);
        ImmutableArray<DeskResult> results = await play.Desk.CommitReallocationAsync(new DocumentId("RUN-1"), plan, DeskPlay.Clerk);
        Assert.Equal(3, results.Length);
        Assert.All(results, result => Assert.True(result.IsAccepted));
        Assert.Equal((2, 5, 3), (await play.Held("OLD"), await play.Held("VIP"), await play.Held("B")));
        await play.CheckLaws();
    }

    private async Task<DeskPlay> Backlog(int most)
    {
        var play = new DeskPlay(store, clock, new DeskOptions { MaxOrdersInUnit = most });
        await play.Receive(Sku, 7);
        await play.Receive(Other, 3, "R2");
        await play.Order("OLD", Sku, 6, promised: true);
        await play.Hold("OLD");
        await play.Order("VIP", Sku, 5);
        await play.Submit(new SetStanding(new OrderId("VIP"), new OrderStanding("VIP")));
        await play.Order("B", Other, 4);
        return play;
    }
}
