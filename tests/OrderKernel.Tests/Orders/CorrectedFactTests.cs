using NodaTime;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;
using static OrderKernel.Tests.Orders.Given;

namespace OrderKernel.Tests.Orders;

/// <summary>What goods did is corrected to what they did, never to what they will do.</summary>
public class CorrectedFactTests
{
    [Fact]
    public void Correct_AFactIntoTheFuture_IsRefused()
    {
        OrderScenario delivered = OrderScenario.Given(
            Captured(Line(1, 5)), Promised(), Held(Take(1, 5)), Shipped(Take(1, 5)), Delivered());
        Instant later = At + Duration.FromDays(1);
        delivered.When(Correct(RecordedFact.Shipped, later)).ThenRefused(OrderRefusals.TimeInFuture);
        delivered.When(Correct(RecordedFact.Delivered, later)).ThenRefused(OrderRefusals.TimeInFuture);
        delivered.When(Correct(RecordedFact.Delivered, At + Duration.FromMinutes(59))).Accepted();
        delivered.When(new CorrectFact(Order, RecordedFact.FirstPromise, later, "typed wrong", "V-1")).Accepted();
    }

    private static CorrectFact Correct(RecordedFact fact, Instant to) => new(Order, fact, to, "typed wrong", "V-1", Shipment);
}
