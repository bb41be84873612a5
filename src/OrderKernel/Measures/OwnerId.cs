using System;
using System.Text.Json.Serialization;
using OrderKernel.Findings;

namespace OrderKernel.Measures;

/// <summary>Names whose goods these are (consignment); <c>default</c> means the tenant's own.</summary>
/// <remarks><para>1 to 64 characters when given, compared ordinally.</para></remarks>
[JsonConverter(typeof(MeasureJson))]
public readonly record struct OwnerId : IComparable<OwnerId>
{
    private readonly string? text;

    /// <summary>Makes the id.</summary>
    /// <param name="text">The id as text.</param>
    /// <exception cref="ArgumentException">The text is blank, too long, or holds NUL or a lone surrogate.</exception>
    public OwnerId(string text) => this.text = TextRule.CheckName(text, nameof(text), 64);

    /// <summary>The id as text; empty for <c>default</c>.</summary>
    public string Text => text ?? string.Empty;

    /// <summary>Reads a stored text back: empty gives <c>default</c>.</summary>
    /// <param name="text">The id as text, or empty.</param>
    public static OwnerId FromText(string text) => string.IsNullOrEmpty(text) ? default : new OwnerId(text);

    /// <inheritdoc />
    public int CompareTo(OwnerId other) => string.CompareOrdinal(Text, other.Text);

    /// <summary>The id as text; empty for <c>default</c>.</summary>
    public override string ToString() => Text;
}
