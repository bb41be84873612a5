using System.Linq;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;
using static OrderKernel.Tests.Orders.Given;

namespace OrderKernel.Tests.Orders;

/// <summary>A value is what it says, however it is written, and moments are no finer than they are stored.</summary>
public class AmendedValueTests
{
    private static readonly OrderScenario Order7 = OrderScenario.Given(Captured(Line(1, 7)));

    [Theory]
    [InlineData("quantity", "007")]
    [InlineData("unit_price", "2.50")]
    public void Amend_ToWhatItIsInOtherWords_IsAlreadyTrue(string field, string value) =>
        Order7.When(Amend(new FieldChange(1, field, value))).Then();

    [Fact]
    public void Amend_AFinerMoment_KeepsWhatASnapshotKeeps()
    {
        OrderOutcome outcome = Order7.When(Amend(new FieldChange(0, "requested_at", "2026-10-20T10:00:00.123456789Z")));
        Assert.Equal(Microseconds.Cut(outcome.State.RequestedAt!.Value), outcome.State.RequestedAt);
        OrderEvent[] all = [Captured(Line(1, 7)), .. outcome.Decision.Streams[0].Events.Cast<OrderEvent>()];
        OrderScenario.Given(all).When(Amend(new FieldChange(0, "requested_at", "2026-10-20T10:00:00.1234567Z"))).Then();
    }

    [Fact]
    public void Capture_LessThanAMicrosecondAhead_IsNow() => OrderScenario.Given().At(At).When(new CaptureOrder(
        Order, new PartnerId("HOSPITAL-1"), At + Duration.FromNanoseconds(500), [Line(1, 1)])).Accepted();

    private static AmendOrder Amend(FieldChange change) => new(Order, [change], "asked", "V-1");
}
