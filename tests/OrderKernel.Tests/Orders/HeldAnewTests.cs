using System.Linq;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;
using static OrderKernel.Tests.Orders.Given;

namespace OrderKernel.Tests.Orders;

/// <summary>Holds upon holds: of one cell, and for another time.</summary>
public class HeldAnewTests
{
    [Fact]
    public void Hold_APlanThatNamesACellTwice_CanBeLetGoAgain()
    {
        OrderScenario open = OrderScenario.Given(Captured(Line(1, 5), Line(2, 1))).WithStock(Free(1, 9, "A"), Free(2, 9, "A"));
        OrderOutcome held = open.When(new HoldStock(Order, Plan: [Take(1, 3, "A"), Take(1, 2, "A"), Take(2, 1, "A")]));
        Assert.Equal(new LineHold(Cell(1, "A"), new Quantity(5)), Assert.Single(held.State.Line(1)!.Holds));
        OrderEvent[] all = [Captured(Line(1, 5), Line(2, 1)), .. held.Decision.Streams[0].Events.Cast<OrderEvent>()];
        OrderState left = OrderScenario.Given(all).When(ReleaseStock.All(Order, "not now")).Accepted().State;
        Assert.Equal(Quantity.Zero, left.Line(1)!.Held);
    }

    [Fact]
    public void Hold_UntilAnotherMoment_MovesTheExpiryOfWhatIsHeld()
    {
        Instant until = At + Duration.FromHours(2), later = At + Duration.FromHours(9);
        OrderScenario held = OrderScenario.Given(Captured(Line(1, 5)), new OrderStockHeld(At, [Take(1, 5)], 1, until));
        held.When(new HoldStock(Order, ExpiresAt: later)).Then(new OrderStockHeld(At + Duration.FromHours(1), [], 2, later));
        held.When(new HoldStock(Order, ExpiresAt: until)).Then();
        held.When(new HoldStock(Order)).Then(new OrderStockHeld(At + Duration.FromHours(1), [], 2, null));
        held.When(new HoldStock(Order, ExpiresAt: At + Duration.FromHours(1))).ThenRefused(OrderRefusals.ExpiryPassed);
        OrderScenario.Given(Captured(Line(1, 5)), Held(Take(1, 5)), Shipped(Take(1, 5)))
            .When(new HoldStock(Order, ExpiresAt: later)).ThenRefused(OrderRefusals.NothingOpen);
    }
}
