using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;
using static OrderKernel.Tests.Orders.Given;

namespace OrderKernel.Tests.Orders;

public class OnTimeReportTests
{
    private static readonly Instant Promise = At + Duration.FromDays(7);

    private static OrderState Life(Instant? shipped, Instant? signed, bool promised = true)
    {
        var happened = new List<OrderEvent> { Captured(Line(1, 5)) };
        if (promised)
        {
            happened.Add(Promised());
        }

        happened.Add(Held(Take(1, 5)));
        if (shipped is { } left)
        {
            happened.Add(Shipped(Take(1, 5)) with { ShippedAt = left });
        }

        if (signed is { } at)
        {
            happened.Add(Delivered() with { DeliveredAt = at });
        }

        return OrderScenario.Given(happened.ToArray()).State;
    }

    [Fact]
    [Trait("Req", "S2-54")]
    public void Rates_ThousandShippedNineHundredFiftySigned_ShowBothViewsAndWhoIsOverdue()
    {
        Instant onTime = Promise - Duration.FromDays(1);
        var orders = Enumerable.Repeat(Life(onTime, Promise), 900)
            .Concat(Enumerable.Repeat(Life(onTime, Promise + Duration.FromMinutes(1)), 50))
            .Concat(Enumerable.Repeat(Life(onTime, null), 50));
        OnTimeReport report = OnTimeReport.Of(orders, Promise + Duration.FromDays(2));

        OnTimeRate erp = report.ShippedByFirst;
        OnTimeRate customer = report.DeliveredByFirst;
        Assert.Equal((1000L, 1000L, 100m), (erp.OnTime, erp.Counted, erp.Percent));
        Assert.Equal((900L, 950L, 94.7m), (customer.OnTime, customer.Counted, customer.Percent));
        Assert.Equal(50, report.DeliveredByFirst.OverdueUnfinished);
    }

    [Fact]
    public void Rate_WhenItLeftIsNotStated_OnlyTheDeliveryCounts()
    {
        OrderState unstated = OrderScenario.Given(
            Captured(Line(1, 5)) with { PlacedAt = null }, Promised(), Held(Take(1, 5)),
            Shipped(Take(1, 5)) with { ShippedAt = null }, Delivered() with { DeliveredAt = Promise }).State;
        OnTimeReport report = OnTimeReport.Of(new[] { unstated }, Promise + Duration.FromDays(2));
        OnTimeRate left = report.ShippedByFirst;
        Assert.Equal((0L, 0L, 0L, 0L), (left.OnTime, left.Counted, left.OverdueUnfinished, left.WithoutPromise));
        Assert.Equal((1L, 1L), (report.DeliveredByFirst.OnTime, report.DeliveredByFirst.Counted));
    }

    [Fact]
    public void Rate_NothingCounted_IsNoNumber() => Assert.Null(OnTimeReport.Of(new[] { Life(null, null) }, At).ShippedByFirst.Percent);

    [Fact]
    public void Rate_PerformedServices_AreNotOverdueForEver()
    {
        OrderState done = OrderScenario.Given(Captured(Line(1, 5)), Promised(1), new OrderPerformed(At, Of(1, 5), "W-1")).State;
        OnTimeReport report = OnTimeReport.Of([done], At + Duration.FromDays(9));
        Assert.All(report.Rates, static rate => Assert.Equal((0L, 0L), (rate.Counted, rate.OverdueUnfinished)));
    }

    [Fact]
    public void Rate_OrdersWithoutPromise_AreListedNotDropped()
    {
        OnTimeRate rate = OnTimeReport.Of(new[] { Life(At, At, promised: false), Life(At, At) }, At).DeliveredByFirst;
        Assert.Equal((1L, 1L, 1L), (rate.OnTime, rate.Counted, rate.WithoutPromise));
    }

    [Fact]
    public void Rate_PartiallyShipped_CountsOnlyWhenTheLastPieceLeft()
    {
        OrderState part = OrderScenario.Given(Captured(Line(1, 5)), Promised(), Held(Take(1, 5)), Shipped(Take(1, 4))).State;
        OnTimeRate rate = OnTimeReport.Of(new[] { part }, Promise + Duration.FromDays(1)).ShippedByFirst;
        Assert.Equal((0L, 1L), (rate.Counted, rate.OverdueUnfinished));
    }

    [Fact]
    public void Rate_MovedPromise_IsLateByTheFirstAndOnTimeByTheCurrent()
    {
        OrderState moved = OrderScenario.Given(
            Captured(Line(1, 5)), Promised(1), new OrderPromised(At, Promise, PromiseCause.SupplyLate, ""), Held(Take(1, 5)),
            Shipped(Take(1, 5)) with { ShippedAt = At + Duration.FromDays(3) }).State;
        OnTimeReport report = OnTimeReport.Of(new[] { moved }, Promise);
        Assert.Equal((0L, 1L), (report.ShippedByFirst.OnTime, report.ShippedByCurrent.OnTime));
    }

    [Fact]
    public void Board_BlockedOrder_NamesTheRoleAndSinceWhen()
    {
        Instant since = At + Duration.FromHours(3);
        OrderState blocked = OrderScenario.Given(
            Captured(Line(1, 5)), Promised(), new OrderBlocked(since, "credit", "finance", "")).State;
        BoardRow row = BoardRow.Of(Order, blocked, Promise + Duration.FromDays(1));
        Assert.Equal((OrderStage.Blocked, "finance", since, true), (row.Stage, row.Role, row.Since, row.IsOverdue));
        Assert.Equal("已冻结: 信用审核", row.StageText(OrderKernel.Findings.Language.Chinese));
    }
}
