using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Board;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;
using static OrderKernel.Tests.Orders.Given;

namespace OrderKernel.Tests.Orders;

public class LostOrderReportTests
{
    [Fact]
    [Trait("ReqPart", "S0-06")]
    public void Of_OrdersLostForWantOfStock_CountsThemWithTheirAmount()
    {
        OrderState lost = After(Cancelled(LostOrderReport.LostToStockout, Of(1, 7)), Cancelled(LostOrderReport.LostToStockout, Of(1, 3)));
        OrderState half = After(Cancelled(LostOrderReport.LostToStockout, Of(1, 1)), Cancelled("customer", Of(1, 2)));
        OrderState kept = OrderScenario.Given(Captured(Line(1, 10))).State;
        ImmutableArray<LostByReason> report = LostOrderReport.Of(new[] { half, kept, lost });
        Assert.Equal(
            new[]
            {
                new LostByReason("customer", Currency.Cny, 1, 2, 500),
                new LostByReason(LostOrderReport.LostToStockout, Currency.Cny, 2, 11, 2_750),
            },
            report);
        Assert.Equal(CommercialState.Cancelled, lost.Commercial);
    }

    private static OrderState After(params OrderLinesCancelled[] cancelled) =>
        OrderScenario.Given(cancelled.Prepend<OrderEvent>(Captured(Line(1, 10))).ToArray()).State;

    private static OrderLinesCancelled Cancelled(string reason, ImmutableArray<LineQuantity> lines) =>
        new(At, lines, ImmutableArray<Take>.Empty, reason);
}
