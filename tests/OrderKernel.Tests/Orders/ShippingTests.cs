using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;
using static OrderKernel.Tests.Orders.Given;

namespace OrderKernel.Tests.Orders;

public class ShippingTests
{
    private static OrderScenario ThreeLinesOfFiveHeld() => OrderScenario.Given(
        Captured(Line(1, 5), Line(2, 5), Line(3, 5)), Promised(), Held(Take(1, 5), Take(2, 5), Take(3, 5)));

    [Fact]
    [Trait("Req", "S0-03")]
    public void Ship_ThreeLinesOfFive_OnlyConfirmationShipsAndNeverMoreThanAllocated()
    {
        OrderScenario before = ThreeLinesOfFiveHeld();
        Assert.Equal(FulfilmentState.NotShipped, before.State.Fulfilment);

        OrderState shipped = before.When(Ship(Leaves(1, 5), Leaves(2, 5), Leaves(3, 0))).Accepted().State;
        Assert.Equal(FulfilmentState.PartiallyShipped, shipped.Fulfilment);
        Assert.Equal(OrderStage.PartiallyShipped, shipped.Stage);
        Assert.Equal(new Quantity(5), shipped.Line(3)!.Open);
        Assert.Equal(Quantity.Zero, shipped.Line(1)!.Open);

        ThreeLinesOfFiveHeld().When(Ship(Leaves(1, 6), Leaves(2, 5), Leaves(3, 0))).ThenRefused(OrderRefusals.ShipExceedsAllocated);

        OrderScenario tracked = OrderScenario.Given(Captured(Line(1, 2, serials: true)), Promised(), Held(Take(1, 2)));
        tracked.When(Ship(Leaves(1, 2))).ThenRefused(OrderRefusals.SerialsIncomplete);
        ShipLine scanned = new(1, new Quantity(2), null, ImmutableArray.Create("SN1", "SN2"));
        Assert.Equal("SN2", tracked.When(Ship(scanned)).Accepted().State.Shipments[0].Serials[0].Numbers[1]);
    }

    [Fact]
    public void Ship_MoreThanHeldOnTwoLines_NamesBoth() =>
        ThreeLinesOfFiveHeld().When(Ship(Leaves(1, 6), Leaves(2, 7), Leaves(3, 1)))
            .ThenRefused(OrderRefusals.ShipExceedsAllocated, OrderRefusals.ShipExceedsAllocated);

    [Fact]
    public void Ship_FromANodeThatHoldsLess_IsRefused()
    {
        OrderScenario twoNodes = OrderScenario.Given(
            Captured(Line(1, 5)), Held(Take(1, 3), Take(1, 2, "W2")));
        twoNodes.When(Ship(new ShipLine(1, new Quantity(3), new NodeId("W2")))).ThenRefused(OrderRefusals.ShipExceedsAllocated);
        OrderState left = twoNodes.When(Ship(new ShipLine(1, new Quantity(2), new NodeId("W2")))).Accepted().State;
        Assert.Equal(new LineHold(Cell(1), new Quantity(3)), Assert.Single(left.Line(1)!.Holds));
    }

    [Fact]
    public void Ship_Blocked_IsRefusedForEveryBlock() =>
        OrderScenario.Given(
                Captured(Line(1, 5)), Held(Take(1, 5)), new OrderBlocked(At, "credit", "finance", ""),
                new OrderBlocked(At, "address", "sales", ""))
            .When(Ship(Leaves(1, 5))).ThenRefused(OrderRefusals.IsBlocked, OrderRefusals.IsBlocked);

    [Fact]
    public void Ship_InTheFuture_IsRefused() =>
        ThreeLinesOfFiveHeld().When(Ship(Leaves(1, 1)) with { ShippedAt = At + Duration.FromDays(1) })
            .ThenRefused(OrderRefusals.TimeInFuture);

    [Fact]
    public void Ship_Nothing_IsRefused() =>
        ThreeLinesOfFiveHeld().When(Ship(Leaves(1, 0))).ThenRefused(OrderRefusals.ShipNothing);

    [Fact]
    public void Ship_SameShipmentAgain_IsAlreadyTrue() =>
        OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 5)), Shipped(Take(1, 5)))
            .When(Ship(Leaves(1, 5))).Then();

    [Fact]
    public void Ship_SameShipmentWithOtherContents_IsRefused() =>
        OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 5)), Shipped(Take(1, 4)))
            .When(Ship(Leaves(1, 5))).ThenRefused(OrderRefusals.ShipmentExists);

    [Fact]
    public void Ship_SerialThatLeftBefore_IsRefused()
    {
        ShipLine first = new(1, new Quantity(1), null, ImmutableArray.Create("SN1"));
        OrderState state = OrderScenario.Given(Captured(Line(1, 2, serials: true)), Held(Take(1, 2)))
            .When(Ship(first)).Accepted().State;
        var context = new DecisionContext(At + Duration.FromHours(2), OrderKernel.Stock.StockPicture.Empty);
        var decision = OrderDecider.Decide(state, Ship(first) with { Shipment = new ShipmentId("SH-2") }, context);
        Assert.Equal(OrderRefusals.SerialRepeated.Code, Assert.Single(decision.Findings).Code);
    }

    [Fact]
    public void Deliver_BeforeItLeft_IsRefused() =>
        OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 5)), Shipped(Take(1, 5)))
            .When(new ConfirmDelivery(Order, Shipment, At - Duration.FromHours(1)))
            .ThenRefused(OrderRefusals.DeliveredBeforeShipped);

    [Fact]
    public void Deliver_AgainAtAnotherTime_IsRefusedAndNamesTheRecord() =>
        OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 5)), Shipped(Take(1, 5)), Delivered())
            .When(new ConfirmDelivery(Order, Shipment, At + Duration.FromMinutes(1)))
            .ThenRefused(OrderRefusals.AlreadyDelivered);

    [Fact]
    public void Return_MoreThanDelivered_IsRefused() =>
        OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 5)), Shipped(Take(1, 5)))
            .When(new ReturnLines(Order, Of(1, 1), "broken")).ThenRefused(OrderRefusals.ReturnExceedsDelivered);

    [Fact]
    public void Return_ToAnotherNode_LandsInItsQuarantine()
    {
        OrderReturned expected = new(
            At + Duration.FromHours(1),
            ImmutableArray.Create(new ReturnedTake(Shipment, 1, Cell(1), Cell(1, "W9"), new Quantity(2))), "broken");
        OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 5)), Shipped(Take(1, 5)), Delivered())
            .When(new ReturnLines(Order, Of(1, 2), "broken", new NodeId("W9"))).Then(expected);
    }

    // As an order of the rules that did not tell borrowed pieces from real ones: nothing of it is said to be borrowed.
    [Fact]
    public void Ship_TwoLinesOfOneCell_TogetherNoMoreThanLiesThere()
    {
        NewLine twin = new(2, Sku(1), new Quantity(2));
        OrderScenario scenario = OrderScenario.Given(Captured(Line(1, 2), twin), Held(Take(1, 2), new Take(2, Cell(1), new Quantity(2))))
            .WithStock(new FreeStock(Cell(1), -1, new Quantity(1), default, new Quantity(4)));
        scenario.When(Ship(Leaves(1, 2), Leaves(2, 2))).ThenRefused(OrderRefusals.ShipNotCovered);
        scenario.When(Ship(Leaves(1, 2), Leaves(2, 1))).Accepted();
    }
}
