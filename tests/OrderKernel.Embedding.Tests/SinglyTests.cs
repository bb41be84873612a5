using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using Xunit;

namespace OrderKernel.Embedding.Tests;

/// <summary>A host takes one capability alone: the life of an order and the on-time figure, with no store, no ledger, no
/// certificates.</summary>
public class SinglyTests
{
    private static readonly OrderId Order = new("SO-1");
    private static readonly StockCell Elsewhere = new(new Sku("STENT-3.0"), new NodeId("ELSEWHERE"));

    // The stock port, stubbed: stock is kept elsewhere, so any quantity is permitted.
    private static readonly StockPicture NotOurs = new(ImmutableArray.Create(
        new FreeStock(Elsewhere, 1_000_000, Quantity.Zero)));

    [Fact]
    [Trait("Req", "S0-58")]
    public void LifeOfAnOrderAndOnTimeFigure_AloneRunFromCaptureToMetric()
    {
        Instant captured = Instant.FromUtc(2026, 11, 2, 1, 0);
        Instant promised = captured + Duration.FromDays(3);
        OrderState onTime = Live(captured, promised, shippedAt: promised - Duration.FromHours(1));
        OrderState late = Live(captured, promised, shippedAt: promised + Duration.FromHours(1));
        Assert.Equal(FulfilmentState.Shipped, onTime.Fulfilment);

        OnTimeRate rate = OnTimeReport.Of([onTime, late], promised + Duration.FromDays(1)).ShippedByFirst;
        Assert.Equal(1, rate.OnTime);
        Assert.Equal(2, rate.Counted);
        Assert.Equal(50.0m, rate.Percent);
    }

    private static OrderState Live(Instant captured, Instant promised, Instant shippedAt)
    {
        OrderState state = Decide(OrderState.None, captured, new CaptureOrder(
            Order, new PartnerId("HOSPITAL-7"), captured, ImmutableArray.Create(new NewLine(1, Elsewhere.Sku, new Quantity(5))),
            PromisedAt: promised));
        state = Decide(state, captured, new HoldStock(Order));
        return Decide(state, shippedAt, new ShipOrder(
            Order, new ShipmentId("SH-1"), shippedAt, ImmutableArray.Create(new ShipLine(1, new Quantity(5)))));
    }

    private static OrderState Decide(OrderState state, Instant now, OrderCommand command)
    {
        Decision decision = OrderDecider.Decide(state, command, new DecisionContext(now, NotOurs));
        Assert.True(decision.IsAccepted, string.Join(" ", decision.Findings));
        foreach (DomainEvent happened in decision.Streams[0].Events)
        {
            state = OrderFold.Evolve(state, happened);
        }

        return state;
    }
}
