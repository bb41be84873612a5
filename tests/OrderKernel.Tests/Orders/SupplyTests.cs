using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;
using static OrderKernel.Tests.Orders.Given;

namespace OrderKernel.Tests.Orders;

public class SupplyTests
{
    [Fact]
    public void Hold_TwoLinesOfOneSku_AreServedFromOneBalance()
    {
        NewLine twin = new(2, Sku(1), new Quantity(4));
        OrderScenario scenario = OrderScenario.Given(Captured(Line(1, 4), twin)).WithStock(Free(1, 7));
        OrderOutcome outcome = scenario.When(new HoldStock(Order)).ThenRefused(StockRefusals.Insufficient);
        Assert.Equal(new[] { Sku(1).Text, "8", "7" }, outcome.Decision.Findings[0].Facts.Select(fact => fact.Value));
        OrderState part = scenario.When(new HoldStock(Order, TakePart: true)).Accepted().State;
        Assert.Equal(7, part.Lines.Sum(line => line.Held.Units));
        Assert.Equal(OrderStage.AwaitingPromise, part.Stage);
    }

    [Fact]
    public void Hold_TwoShortSkus_NamesBoth() =>
        OrderScenario.Given(Captured(Line(1, 4), Line(2, 4), Line(3, 1))).WithStock(Free(1, 3), Free(3, 9))
            .When(new HoldStock(Order)).ThenRefused(StockRefusals.Insufficient, StockRefusals.Insufficient);

    [Fact]
    public void Hold_NamedNodes_TakesThemInTheirOrderAndNoOther()
    {
        OrderScenario scenario = OrderScenario.Given(Captured(Line(1, 5)))
            .WithStock(Free(1, 3, "A"), Free(1, 3, "B"), Free(1, 3, "C"));
        var nodes = ImmutableArray.Create(new NodeId("C"), new NodeId("A"));
        scenario.When(new HoldStock(Order, nodes))
            .Then(new OrderStockHeld(At + Duration.FromHours(1), ImmutableArray.Create(Take(1, 3, "C"), Take(1, 2, "A")), 1, null));
        scenario.When(new HoldStock(Order, ImmutableArray.Create(new NodeId("B")))).ThenRefused(StockRefusals.Insufficient);
    }

    [Fact]
    public void Hold_ConsignmentStock_IsNotTaken() =>
        OrderScenario.Given(Captured(Line(1, 1)))
            .WithStock(new FreeStock(new StockCell(Sku(1), Node, default, new OwnerId("SUPPLIER-1")), 9, Quantity.Zero))
            .When(new HoldStock(Order)).ThenRefused(StockRefusals.Insufficient);

    [Fact]
    public void Hold_EverythingHeldAlready_IsAlreadyTrue() =>
        OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 5))).When(new HoldStock(Order)).Then();

    [Fact]
    public void Hold_FirmerOnceNothingIsOpenAnyMore_IsRefused() =>
        OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 5)), Shipped(Take(1, 5)))
            .When(new HoldStock(Order, Tier: HoldTier.Firm)).ThenRefused(OrderRefusals.NothingOpen);

    [Fact]
    public void Cancel_HalfOfWhatIsHeld_ReleasesOnlyWhatIsTooMuch()
    {
        OrderOutcome outcome = OrderScenario.Given(Captured(Line(1, 10)), Held(Take(1, 6)))
            .When(new CancelLines(Order, Of(1, 7), "less needed"));
        OrderLine line = outcome.Accepted().State.Line(1)!;
        Assert.Equal((3L, 3L, 7L), (line.Held.Units, line.Open.Units, line.Cancelled.Units));
    }

    [Fact]
    public void Cancel_WhatHasLeft_IsRefused() =>
        OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 5)), Shipped(Take(1, 3)))
            .When(new CancelLines(Order, Of(1, 3), "late")).ThenRefused(OrderRefusals.CancelExceedsOpen);

    [Fact]
    public void Cancel_CancelledOrder_IsAlreadyTrue()
    {
        var cancelled = new OrderLinesCancelled(At, Of(1, 5), ImmutableArray<Take>.Empty, "x");
        OrderScenario.Given(Captured(Line(1, 5)), cancelled).When(CancelLines.All(Order, "again")).Then();
    }

    [Fact]
    public void Expire_OfAnOlderHold_ChangesNothing()
    {
        OrderStockHeld second = Held(Take(1, 2)) with { Generation = 2, ExpiresAt = At };
        OrderScenario scenario = OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 3)), second);
        scenario.When(new ExpireHold(Order, 1)).Then();
        Assert.Equal(Quantity.Zero, scenario.When(new ExpireHold(Order, 2)).Accepted().State.Line(1)!.Held);
    }

    [Fact]
    public void Allocation_IsIndependentOfTheOrderOfCells()
    {
        FreeStock[] cells = { Free(1, 3, "A"), Free(1, 4, "B"), Free(2, 5, "A") };
        var demands = ImmutableArray.Create(new Demand(1, Sku(1), new Quantity(5)), new Demand(2, Sku(2), new Quantity(5)));
        Allocation one = Allocation.Serve(demands, new StockPicture(cells.ToImmutableArray()), default);
        Allocation two = Allocation.Serve(demands, new StockPicture(cells.Reverse().ToImmutableArray()), default);
        Assert.Equal(one.Takes.AsEnumerable(), two.Takes);
        Assert.Empty(one.Shortages);
    }
}
