using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Sourcing;
using OrderKernel.Stock;
using OrderKernel.Testing;
using OrderKernel.Tests.Desk;
using Xunit;
using static OrderKernel.Tests.Orders.Given;

namespace OrderKernel.Tests.Orders;

/// <summary>A plan is held as it was made, or not at all.</summary>
public class PlannedHoldTests
{
    private static readonly FreeStock[] Two = [Free(1, 9, "A"), Free(1, 9, "B"), Free(2, 9, "A"), Free(2, 9, "B")];

    [Fact]
    public void Hold_APlan_TakesExactlyThatAndLeavesTheOtherLines()
    {
        OrderScenario scenario = OrderScenario.Given(Captured(Line(1, 5), Line(2, 4), Line(3, 4))).WithStock(Two);
        ImmutableArray<Take> plan = [Take(1, 2, "B"), Take(1, 3, "A"), Of(2, 2, 4, "B")];
        scenario.When(new HoldStock(Order, Plan: plan)).Then(new OrderStockHeld(At + Duration.FromHours(1), plan, 1, null));
    }

    [Fact]
    public void Hold_APlanThatNoLongerFits_IsRefusedWithEveryReason()
    {
        OrderScenario scenario = OrderScenario.Given(Captured(Line(1, 5), Line(2, 4))).WithStock(Two);
        Assert.Equal(
            ["order.plan_exceeds_open", "order.plan_of_other_goods", "order.line_unknown"],
            Codes(scenario, Take(1, 3, "A"), Take(1, 3, "B"), Of(2, 1, 1, "A"), Of(7, 1, 1, "A")));
        Assert.Equal(["stock.short", "stock.short"], Codes(
            OrderScenario.Given(Captured(Line(1, 5), Line(2, 4))).WithStock(Free(1, 2, "A"), Free(2, 3, "A")),
            Take(1, 3, "A"), Of(2, 2, 4, "A")));
    }

    [Fact]
    public void Hold_APlanOverTwoLinesOfOneCell_CountsThemTogether()
    {
        NewLine twin = new(2, Sku(1), new Quantity(4));
        Assert.Equal(["stock.short"], Codes(
            OrderScenario.Given(Captured(Line(1, 5), twin)).WithStock(Free(1, 8, "A")), Take(1, 5, "A"), Of(2, 1, 4, "A")));
    }

    [Fact]
    public void Hold_APlanAndSomethingElse_IsMalformed()
    {
        ImmutableArray<Take> plan = [Take(1, 1, "A")];
        foreach (HoldStock both in new[]
        {
            new HoldStock(Order, [new NodeId("A")], Plan: plan), new HoldStock(Order, TakePart: true, Plan: plan),
            new HoldStock(Order, Preempt: true, Plan: plan),
        })
        {
            DeskResult result = Submit(new DeskPlay(new MemoryStore(), new FakeClock(At), new DeskOptions()), both);
            Assert.Equal(["command.plan_is_exact"], result.Outcome.Findings.Select(static finding => finding.Kind.Code));
        }
    }

    [Fact]
    public async Task Hold_ThePlanOfACase_AtTheDesk_LiesWhereThePlanSays()
    {
        var clock = new FakeClock(At);
        var play = new DeskPlay(new MemoryStore(), clock, new DeskOptions());
        StockCell soon = new(Sku(1), new NodeId("A"), new LotId("SOON")), late = new(Sku(1), new NodeId("B"), new LotId("LATE"));
        await play.Submit(new ReceiveStock(
            new DocumentId("R"), [new StockLine(soon, new Quantity(9)), new StockLine(late, new Quantity(9))]));
        await play.Order("O", Sku(1), 6);
        StockPicture stock = await play.Desk.ReadStockAsync([Sku(1)]);
        var goodUntil = new[] { 30, 200 };
        var sourcing = new SourcingCase(
            [new SourcingDemand("1", Sku(1), new Quantity(6), 10_000) { GoodUntilDay = 90 }],
            [new SourcingSite(new NodeId("A"), SiteKind.Own, 10), new SourcingSite(new NodeId("B"), SiteKind.Own, 900)],
            [.. stock.Cells.Select((cell, i) => new SiteStock(
                cell.Cell.Node, cell.Cell.Sku, cell.Cell.Lot.Text, new Quantity(cell.Free), ExpiryDay: goodUntil[i]))]);
        ImmutableArray<Take> plan = sourcing.TakesOf(sourcing.Decide(), static id => int.Parse(id, CultureInfo.InvariantCulture));
        Assert.Equal([new Take(1, late, new Quantity(6))], plan.AsEnumerable());
        var hold = new HoldStock(new OrderId("O"), Plan: plan);
        Assert.True((await play.Submit(hold)).IsAccepted);
        Assert.Equal([(late, 6L)], (await play.State("O")).Lines[0].Holds.Select(static h => (h.Cell, h.Quantity.Units)));
        await play.Order("P", Sku(1), 6);
        DeskResult stale = await play.Submit(new HoldStock(new OrderId("P"), Plan: plan));
        Assert.Equal(["stock.short"], stale.Outcome.Findings.Select(static finding => finding.Kind.Code));
        Assert.Equal(0, await play.Held("P"));
        await play.CheckLaws();
    }

    private static string[] Codes(OrderScenario scenario, params Take[] plan) =>
        [.. scenario.When(new HoldStock(Order, Plan: [.. plan])).Decision.Findings.Select(static finding => finding.Kind.Code)];

    private static DeskResult Submit(DeskPlay play, KernelCommand command) => play.Submit(command).GetAwaiter().GetResult();

    private static Take Of(int line, int sku, long units, string node) =>
        new(line, new StockCell(Sku(sku), new NodeId(node)), new Quantity(units));
}
