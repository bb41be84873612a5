using System;
using System.Text.Json.Serialization;
using OrderKernel.Findings;

namespace OrderKernel.Measures;

/// <summary>Names a production lot or batch of a SKU; <c>default</c> means that the goods carry none.</summary>
/// <remarks><para>1 to 64 characters when given, compared ordinally.</para></remarks>
[JsonConverter(typeof(MeasureJson))]
public readonly record struct LotId : IComparable<LotId>
{
    private readonly string? text;

    /// <summary>Makes the id.</summary>
    /// <param name="text">The id as text.</param>
    /// <exception cref="ArgumentException">The text is blank, too long, or holds NUL or a lone surrogate.</exception>
    public LotId(string text) => this.text = TextRule.CheckName(text, nameof(text), 64);

    /// <summary>The id as text; empty for <c>default</c>.</summary>
    public string Text => text ?? string.Empty;

    /// <summary>Reads a stored text back: empty gives <c>default</c>.</summary>
    /// <param name="text">The id as text, or empty.</param>
    public static LotId FromText(string text) => string.IsNullOrEmpty(text) ? default : new LotId(text);

    /// <inheritdoc />
    public int CompareTo(LotId other) => string.CompareOrdinal(Text, other.Text);

    /// <summary>The id as text; empty for <c>default</c>.</summary>
    public override string ToString() => Text;
}
