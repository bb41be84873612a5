using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;
using static OrderKernel.Tests.Orders.Given;

namespace OrderKernel.Tests.Orders;

/// <summary>Numbers at the end of what can be counted are refused with a reason, and nothing later stumbles over them.</summary>
public class LargeOrderTests
{
    [Fact]
    public void Capture_MorePiecesThanCanBeCounted_IsRefused()
    {
        Capture(Pieces(1, long.MaxValue), Pieces(2, 1)).ThenRefused(OrderRefusals.TooLarge);
        OrderState state = Capture(Pieces(1, long.MaxValue - 1), Pieces(2, 1)).Accepted().State;
        Assert.Equal(long.MaxValue, BoardRow.Of(Order, state, At).Open.Units);
    }

    [Fact]
    public void Capture_AnAmountThatCannotBeCounted_IsRefused()
    {
        Capture(Priced(1, 1L << 60, 1_000_000_000_000m)).ThenRefused(OrderRefusals.TooLarge);
        Capture(Priced(1, long.MaxValue, 0.1m)).ThenRefused(OrderRefusals.TooLarge);
        Capture(Priced(1, 1L << 61, 0.02m), Priced(2, 1L << 61, 0.02m)).ThenRefused(OrderRefusals.TooLarge);
        Assert.Equal(1L << 62, Capture(Priced(1, 1L << 62, 0.01m)).Accepted().State.Total!.Value.MinorUnits);
        Assert.Equal(0, Capture(Priced(1, long.MaxValue, 0m)).Accepted().State.Total!.Value.MinorUnits);
    }

    [Fact]
    public void Amend_BeyondWhatCanBeCounted_IsRefused()
    {
        OrderScenario small = OrderScenario.Given(Captured(Line(1, 5), Line(2, 5)));
        small.When(Amend(new FieldChange(1, "quantity", "9223372036854775807"))).ThenRefused(
            OrderRefusals.TooLarge, OrderRefusals.TooLarge);
        OrderScenario.Given(Captured(Priced(1, 1L << 40, 1m)))
            .When(Amend(new FieldChange(1, "unit_price", "1000000000000"))).ThenRefused(OrderRefusals.TooLarge);
    }

    [Fact]
    public void Payments_BeyondWhatCanBeCounted_AreRefused() =>
        OrderScenario.Given(Captured(Line(1, 5)), new OrderPaid(At, new Money(long.MaxValue, Currency.Cny), "P-1"))
            .When(new RecordPayment(Order, new Money(1, Currency.Cny), "P-2")).ThenRefused(OrderRefusals.TooLarge);

    [Fact]
    public void Hold_APlanOfMoreThanCanBeCounted_IsRefused() =>
        OrderScenario.Given(Captured(Line(1, 5))).WithStock(Free(1, 9, "A"), Free(1, 9, "B"))
            .When(new HoldStock(Order, Plan: [Take(1, long.MaxValue, "A"), Take(1, long.MaxValue, "B")]))
            .ThenRefused(OrderRefusals.PlanExceedsOpen);

    private static OrderOutcome Capture(params NewLine[] lines) => OrderScenario.Given().When(
        new CaptureOrder(Order, new PartnerId("HOSPITAL-1"), At, lines.ToImmutableArray()));

    private static AmendOrder Amend(FieldChange change) => new(Order, [change], "more", "V-1");

    private static NewLine Pieces(int line, long units) => new(line, Sku(line), new Quantity(units));

    private static NewLine Priced(int line, long units, decimal price) =>
        new(line, Sku(line), new Quantity(units), new UnitPrice(price, Currency.Cny));
}
