using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Adapters.Dmn.Temporal;

namespace OrderKernel.Adapters.Dmn.Values;

/// <summary>One value of the FEEL language. Immutable; every operation that has no answer yields <see cref="Null"/>.</summary>
/// <remarks>
/// <para>Shape: read it by <see cref="Kind"/> and the matching <c>Try…</c> member. Text is compared ordinally.</para>
/// <para>Units: numbers are <see cref="decimal"/> (28 digits), not the decimal128 of the standard.</para>
/// <para>Source: DMN 1.5 §10.3.2.3.</para>
/// </remarks>
public abstract class FeelValue
{
    private const int MaxNesting = 200;

    private protected FeelValue()
    {
    }

    /// <summary>What kind of thing this is.</summary>
    public abstract FeelKind Kind { get; }

    /// <summary>No value.</summary>
    public static FeelValue Null => NullValue.Instance;

    /// <summary>A number.</summary>
    /// <param name="number">The number; trailing zeros carry no meaning.</param>
    public static FeelValue Of(decimal number) => new NumberValue(number);

    /// <summary>Text; null gives <see cref="Null"/>.</summary>
    /// <param name="text">The text.</param>
    public static FeelValue Of(string? text) => text is null ? NullValue.Instance : new TextValue(text);

    /// <summary>True or false.</summary>
    /// <param name="flag">The truth value.</param>
    public static FeelValue Of(bool flag) => BooleanValue.Of(flag);

    /// <summary>A date.</summary>
    /// <param name="date">The date; its ISO reading is taken.</param>
    public static FeelValue Of(LocalDate date)
    {
        LocalDate iso = date.WithCalendar(CalendarSystem.Iso);
        return new DateValue(new FeelDate(iso.Year, iso.Month, iso.Day));
    }

    /// <summary>A date, time, date and time or duration from its ISO text, as FEEL's <c>@"…"</c> reads it.</summary>
    /// <param name="text">Such as <c>2026-02-17</c>, <c>2026-02-17T08:00:00@Asia/Shanghai</c> or <c>P15D</c>.</param>
    /// <returns>The value, or <see cref="Null"/> when the text is none of them.</returns>
    public static FeelValue Temporal(string text) =>
        TemporalText.Any(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>A list in the order given.</summary>
    /// <param name="items">The items; a C# null counts as <see cref="Null"/>.</param>
    /// <exception cref="InvalidOperationException">Lists or contexts lie more than 200 deep in one another.</exception>
    public static FeelValue List(IEnumerable<FeelValue> items)
    {
        if (items is null)
        {
            throw new ArgumentNullException(nameof(items));
        }

        var list = ImmutableArray.CreateBuilder<FeelValue>();
        foreach (FeelValue item in items)
        {
            list.Add(item ?? NullValue.Instance);
        }

        return new ListValue(list.ToImmutable());
    }

    /// <summary>A context: named entries in the order given.</summary>
    /// <param name="entries">The entries; of two with one name the later stands.</param>
    public static FeelValue Context(IEnumerable<KeyValuePair<string, FeelValue>> entries) =>
        ContextValue.From(entries ?? throw new ArgumentNullException(nameof(entries)));

    /// <summary>How deeply lists, contexts and ranges lie in one another; 0 for anything else.</summary>
    internal virtual int Nesting => 0;

    /// <summary>The nesting around some values; refused beyond what comparing them may cost of the stack.</summary>
    private protected static int Around(ImmutableArray<FeelValue> values)
    {
        int deepest = 0;
        foreach (FeelValue value in values)
        {
            deepest = Math.Max(deepest, value.Nesting);
        }

        return deepest < MaxNesting ? deepest + 1 : throw new Evaluation.BudgetException("nesting", MaxNesting);
    }

    /// <summary>True when this is no value.</summary>
    public bool IsNull => Kind == FeelKind.Null;

    /// <summary>Answers the number, when this is one.</summary>
    /// <param name="number">The number; zero otherwise.</param>
    public bool TryGetNumber(out decimal number)
    {
        number = this is NumberValue value ? value.Number : 0m;
        return Kind == FeelKind.Number;
    }

    /// <summary>Answers the text, when this is text.</summary>
    /// <param name="text">The text; empty otherwise.</param>
    public bool TryGetText(out string text)
    {
        text = this is TextValue value ? value.Text : string.Empty;
        return Kind == FeelKind.Text;
    }

    /// <summary>Answers the truth value, when this is one.</summary>
    /// <param name="flag">The truth value; false otherwise.</param>
    public bool TryGetBoolean(out bool flag)
    {
        flag = this is BooleanValue { Flag: true };
        return Kind == FeelKind.Boolean;
    }

    /// <summary>The items of a list, in order; empty for anything that is not a list.</summary>
    public ImmutableArray<FeelValue> Items => this is ListValue list ? list.Values : ImmutableArray<FeelValue>.Empty;

    /// <summary>The entry names of a context, in order; empty for anything that is not a context.</summary>
    public ImmutableArray<string> Names => this is ContextValue context ? context.Keys : ImmutableArray<string>.Empty;

    /// <summary>The entry of a context with this name; <see cref="Null"/> when there is none.</summary>
    /// <param name="name">The entry's name, compared ordinally.</param>
    public FeelValue Entry(string name) => this is ContextValue context ? context.Find(name) ?? Null : Null;

    /// <summary>Whether two values are one in FEEL: numbers by amount, contexts regardless of order. Values that take more than the
    /// default budget to compare are not found the same.</summary>
    /// <param name="other">The other value.</param>
    public bool IsSameAs(FeelValue other)
    {
        try
        {
            return Evaluation.Equality.Equal(this, other, new Evaluation.Run(Evaluation.Budget.Default, Null)) == true;
        }
        catch (Evaluation.BudgetException)
        {
            return false;
        }
    }

    /// <summary>The value as FEEL's <c>string()</c> writes it; <c>null</c> for no value. Cut, with an ellipsis, beyond sixteen million
    /// characters.</summary>
    public override string ToString() => ValueText.Plain(this);

    /// <summary>The value as a FEEL literal that reads back to it: text in quotes, temporals with <c>@</c>. Cut, with an ellipsis,
    /// beyond sixteen million characters.</summary>
    public string ToLiteral() => ValueText.Literal(this);
}
