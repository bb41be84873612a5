using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using Xunit;

namespace OrderKernel.Definitions.Tests.Fields;

/// <summary>Extension fields on orders: captured, amended, needed, and younger than the order.</summary>
public class OrderFieldTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 1, 1, 0);
    private static readonly OrderId Id = new("SO-1");
    private static readonly FieldSet Fields = FieldSet.Read("""
        { "fields": [
          { "code": "surgery_date", "en": "Surgery date", "zh": "手术日期", "of": "order", "type": "date", "sensitivity": "internal",
            "required": [ { "on": "order.cancel_lines", "field": "category", "is": "implant" } ] },
          { "code": "category", "en": "Category", "zh": "类别", "of": "order", "type": "text", "sensitivity": "internal",
            "required": [ { "on": "order.capture" } ] },
          { "code": "vbp", "en": "Volume procurement", "zh": "集采中选产品标识", 
            "of": "line", "type": "boolean", "sensitivity": "public" } ] }
        """).OrThrow();

    [Fact]
    public void Values_AreCapturedAndAmendedAndReadBack()
    {
        OrderState state = Evolve(
            OrderState.None, Capture(new FieldChange(0, "category", "implant"), new FieldChange(1, "vbp", "true")), Fields);
        Assert.Equal("implant", state.Field("category"));
        Assert.Equal("true", state.Field("vbp", 1));
        Assert.Null(state.Field("surgery_date"));
        state = Evolve(state, Amend(new FieldChange(0, "surgery_date", "2026-12-01"), new FieldChange(1, "vbp", "")), Fields);
        Assert.Equal("2026-12-01", state.Field("surgery_date"));
        Assert.Null(state.Field("vbp", 1));
        Assert.Equal(
            new[] { ("surgery_date", "", "2026-12-01"), ("vbp", "true", "") },
            state.Amendments.Single().Changes.Select(c => (c.Field, c.Before, c.After)));
    }

    [Fact]
    public void AnOrderOlderThanAField_ReadsItAsUnknownAndKeepsItsBytes()
    {
        CaptureOrder capture = Capture();
        Assert.DoesNotContain("fields", capture.ToJson(), System.StringComparison.Ordinal);
        Decision decision = OrderDecider.Decide(OrderState.None, capture, Context(FieldSet.Empty));
        DomainEvent captured = decision.Streams[0].Events[0];
        Assert.DoesNotContain("fields", captured.ToJson(), System.StringComparison.Ordinal);
        OrderState state = OrderFold.Evolve(OrderState.None, captured);
        Assert.Null(state.Field("category"));
        state = Evolve(state, Amend(new FieldChange(0, "category", "implant")), Fields);
        Assert.Equal("implant", state.Field("category"));
    }

    [Fact]
    public void WhatIsNeededOrWrong_IsRefusedAllAtOnce()
    {
        Decision capture = OrderDecider.Decide(
            OrderState.None,
            Capture(new FieldChange(0, "surgery_date", "soon"), new FieldChange(2, "vbp", "true"), new FieldChange(0, "colour", "red")),
            Context(Fields));
        Assert.Equal(
            new[] { "field.required category", "field.value_wrong surgery_date", "order.field_unknown colour", "order.line_unknown line" },
            Codes(capture));
        OrderState state = Evolve(OrderState.None, Capture(new FieldChange(0, "category", "implant")), Fields);
        Decision cancel = OrderDecider.Decide(
            state, CancelLines.All(Id, "customer"), Context(Fields));
        Assert.Equal(new[] { "field.required surgery_date" }, Codes(cancel));
        Assert.Contains("手术日期", cancel.Findings[0].Text(Language.Chinese), System.StringComparison.Ordinal);
        OrderState consumable = Evolve(OrderState.None, Capture(new FieldChange(0, "category", "gauze")), Fields);
        Assert.True(OrderDecider.Decide(
            consumable, CancelLines.All(Id, "customer"), Context(Fields)).IsAccepted);
    }

    [Fact]
    public void CommandsAndEvents_WithFields_ReadBackAsTheyWere()
    {
        CaptureOrder capture = Capture(new FieldChange(0, "category", "implant"));
        Assert.Equal(capture.ToJson(), StoredForms.ReadCommand(capture.ToJson()).ToJson());
        DomainEvent captured = OrderDecider.Decide(OrderState.None, capture, Context(Fields)).Streams[0].Events[0];
        EventEnvelope sealedEvent = EventEnvelope.Seal(
            capture.Stream, 1, captured, new CommandId(DerivedId.Of(DerivedId.Commands, "c")), 0, new Actor("u", "s"), ContentHash.None);
        Assert.Equal(captured.ToJson(), StoredForms.ReadEvent(sealedEvent).ToJson());
        Assert.Equal("implant", StoredForms.FoldOrder(ImmutableArray.Create(sealedEvent)).Field("category"));
    }

    private static IEnumerable<string> Codes(Decision decision) =>
        decision.Findings.Select(f => f.Code + " " + f.Field).Order(System.StringComparer.Ordinal);

    private static OrderState Evolve(OrderState state, OrderCommand command, FieldSet fields)
    {
        Decision decision = OrderDecider.Decide(state, command, Context(fields));
        Assert.Empty(decision.Findings);
        return decision.Streams[0].Events.Aggregate(state, OrderFold.Evolve);
    }

    private static CaptureOrder Capture(params FieldChange[] fields) => new(
        Id, new PartnerId("H-1"), Now, ImmutableArray.Create(new NewLine(1, new Sku("A"), new Quantity(5))),
        Fields: fields.ToImmutableArray());

    private static AmendOrder Amend(params FieldChange[] changes) => new(Id, changes.ToImmutableArray(), "call", "V-1");

    private static DecisionContext Context(FieldSet fields) => new(Now, StockPicture.Empty, fields: fields);
}
