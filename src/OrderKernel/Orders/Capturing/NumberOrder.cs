using System;
using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>Gives an order its business number: the next of the series that its type's pattern counts in.</summary>
/// <remarks>
/// <para>Shape: decided on the stream of the series, so numbers have no holes and no two orders of a tenant get one, whatever their types.
/// The sequence is the length of that stream and never starts again; only the date in the number comes from the moment of the decision. The
/// order's id and its number in other systems stay as they are.</para>
/// <para>Cost: orders of one series are numbered one after the other, which is why capturing does not wait for it.</para>
/// </remarks>
public sealed record NumberOrder : KernelCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="order">The order.</param>
    /// <param name="pattern">The pattern of its type: <see cref="OrderState.Numbering"/>.</param>
    /// <exception cref="ArgumentException">The pattern cannot be used.</exception>
    public NumberOrder(OrderId order, string pattern)
    {
        Order = order;
        Pattern = pattern ?? throw new ArgumentNullException(nameof(pattern));
        Stream = new StreamId(StreamId.NumbersCategory, NumberPattern.Series(pattern) ?? throw new ArgumentException(
            $"'{pattern}' is no pattern of numbers. Write one such as SO-{{yyyy}}-{{00000}}.", nameof(pattern)));
    }

    /// <summary>The order.</summary>
    public OrderId Order { get; }

    /// <summary>The pattern of its type.</summary>
    public string Pattern { get; }

    /// <inheritdoc />
    public override StreamId Stream { get; }

    /// <inheritdoc />
    public override string CommandType => "order.number";

    internal override void WriteBody(JsonText json) => json.Member("order", Order.Text).Member("pattern", Pattern);

    internal static NumberOrder Read(JsonElement json) => new(new OrderId(json.Text("order")), json.Text("pattern"));

    /// <summary>Decides: the order in sight gets the number after the last of the series.</summary>
    /// <param name="last">How many numbers the series has given.</param>
    /// <param name="context">The order, and the calendar whose day it is.</param>
    internal Decision Decide(long last, DecisionContext context)
    {
        OrderState state = context.Sight.Others[0].State;
        if (!state.Exists)
        {
            return Decision.Refuse(OrderRefusals.Unknown.About(string.Empty, "order", Order.Text));
        }

        if (state.Numbering != Pattern)
        {
            return Decision.Refuse(OrderLifecycleRefusals.NumberingOther.About(
                string.Empty, "pattern", Pattern, state.Numbering.Length == 0 ? "-" : state.Numbering));
        }

        if (state.Number.Length > 0)
        {
            return Decision.AlreadyTrue();
        }

        LocalDate day = context.Definitions.Calendar?.DayOf(context.Now) ?? context.Now.InUtc().Date;
        var numbered = new OrderNumbered(context.Now, Order, NumberPattern.Format(Pattern, day, last + 1));
        return Decision.Accept(ImmutableArray.Create(
            new StreamEvents(Stream, ImmutableArray.Create<DomainEvent>(numbered)),
            new StreamEvents(new StreamId(StreamId.OrderCategory, Order.Text), ImmutableArray.Create<DomainEvent>(numbered))));
    }
}

/// <summary>An order got its business number; stands in the series and in the order.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Order">The order.</param>
/// <param name="Number">The number.</param>
public sealed record OrderNumbered(Instant At, OrderId Order, string Number) : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.numbered";

    internal override void WriteBody(JsonText json) => json.Member("order", Order.Text).Member("number", Number);
}

public sealed partial record OrderState
{
    /// <summary>The pattern of its type's numbers, as it was when the order began; empty for none.</summary>
    public string Numbering { get; internal init; } = string.Empty;

    /// <summary>Its business number; empty until <see cref="NumberOrder"/> gives one.</summary>
    public string Number { get; internal init; } = string.Empty;
}
