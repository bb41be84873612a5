using System.Linq;
using NodaTime;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using Xunit;

namespace OrderKernel.Definitions.Tests.Fields;

/// <summary>When a field is needed, and that what is needed can be stated.</summary>
public class NeededFieldTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 1, 1, 0);
    private static readonly FieldSet Fields = FieldSet.Read("""
        { "fields": [
          { "code": "share", "en": "Share", "zh": "份额", "of": "order", "type": "decimal", "places": 2, "sensitivity": "internal" },
          { "code": "approver", "en": "Approver", "zh": "审批人", "of": "order", "type": "text", "sensitivity": "internal",
            "required": [ { "on": "order.capture", "field": "share", "is": "5" } ] },
          { "code": "contract", "en": "Contract", "zh": "合同", "of": "order", "type": "text", "sensitivity": "internal",
            "required": [ { "on": "order.amend" } ] } ] }
        """).OrThrow();

    [Theory]
    [InlineData("5")]
    [InlineData("5.0")]
    [InlineData("5.00")]
    public void ANeed_HoldsHoweverTheValueIsWritten(string share)
    {
        Assert.Equal(["field.required"], Codes(OrderState.None, Capture(new FieldChange(0, "share", share))));
        Assert.Empty(Codes(OrderState.None, Capture(new FieldChange(0, "share", share), new FieldChange(0, "approver", "Li"))));
        Assert.Empty(Codes(OrderState.None, Capture(new FieldChange(0, "share", "5.01"))));
    }

    [Fact]
    public void AnAmendment_MaySupplyWhatAmendmentsNeed()
    {
        Assert.Equal(["field.required"], Codes(Old, Amend(new FieldChange(0, "share", "1"))));
        Assert.Empty(Codes(Old, Amend(new FieldChange(0, "contract", "C-1"))));
        OrderState supplied = Decide(Old, Amend(new FieldChange(0, "contract", "C-1")), Fields).Streams[0].Events
            .Aggregate(Old, OrderFold.Evolve);
        Assert.Empty(Codes(supplied, Amend(new FieldChange(0, "share", "1"))));
        Assert.Equal(["field.required"], Codes(supplied, Amend(new FieldChange(0, "contract", string.Empty))));
    }

    private static OrderState Old => Decide(OrderState.None, Capture(), FieldSet.Empty).Streams[0].Events
        .Aggregate(OrderState.None, OrderFold.Evolve);

    private static string[] Codes(OrderState state, OrderCommand command) =>
        Decide(state, command, Fields).Findings.Select(static finding => finding.Code).ToArray();

    private static Decision Decide(OrderState state, OrderCommand command, FieldSet fields) =>
        OrderDecider.Decide(state, command, new DecisionContext(Now, StockPicture.Empty, fields: fields));

    private static CaptureOrder Capture(params FieldChange[] fields) => new(
        new OrderId("SO-1"), new PartnerId("H-1"), Now, [new NewLine(1, new Sku("A"), new Quantity(5))], Fields: [.. fields]);

    private static AmendOrder Amend(params FieldChange[] changes) => new(new OrderId("SO-1"), [.. changes], "asked", "V-1");
}
