using System;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using Xunit;

namespace OrderKernel.Tests.Orders;

/// <summary>Steps between forms are chained, and a form that no step starts from stays what it is.</summary>
public class EventFormsTests
{
    private static readonly EventForms Forms = EventForms.Kernel
        .Add(new EventUpcaster("x.y", 1, static json => json + "b"))
        .Add(new EventUpcaster("x.y", 3, static json => json + "d"))
        .Add(new EventUpcaster("x.y", 2, static json => json + "c"))
        .Add(new EventUpcaster("x.z", 2, static json => json + "z"));

    [Theory]
    [InlineData("x.y", 1, 4, "abcd")]
    [InlineData("x.y", 3, 4, "ad")]
    [InlineData("x.y", 4, 4, "a")]
    [InlineData("x.y", 0, 0, "a")]
    [InlineData("x.z", 1, 1, "a")]
    [InlineData("x.z", 2, 3, "az")]
    [InlineData("x.other", 1, 1, "a")]
    public void Lift_AnyForm_GoesAsFarAsTheStepsLead(string type, int from, int to, string payload)
    {
        EventEnvelope stored = Envelope(type, from);
        EventEnvelope lifted = Forms.Lift(stored);
        Assert.Equal((to, payload, "hash"), (lifted.SchemaVersion, lifted.Payload, lifted.Hash));
        Assert.Equal((from, "a"), (stored.SchemaVersion, stored.Payload));
        Assert.Equal(lifted, Forms.Lift([stored])[0]);
    }

    [Fact]
    public void Add_SecondStepFromOneForm_IsRefusedWithItsName()
    {
        var fault = Assert.Throws<ArgumentException>(() => Forms.Add(new EventUpcaster("x.y", 2, static json => json)));
        Assert.Contains("x.y from version 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lift_StepThatReturnsNothing_NamesTheStep()
    {
        EventForms bad = EventForms.Kernel.Add(new EventUpcaster("x.y", 1, static _ => null!));
        var fault = Assert.Throws<InvalidOperationException>(() => bad.Lift(Envelope("x.y", 1)));
        Assert.Contains("x.y from version 1", fault.Message, StringComparison.Ordinal);
    }

    private static EventEnvelope Envelope(string type, int form) => new(
        new StreamId("order", "O1"), 1, Guid.Empty, type, form, Instant.FromUnixTimeSeconds(0), CommandId.FromName("c"), 0,
        new Actor("a", "test"), ContentHash.None, "hash", "a");
}
