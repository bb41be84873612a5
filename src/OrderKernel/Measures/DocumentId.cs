using System;
using System.Text.Json.Serialization;
using OrderKernel.Findings;

namespace OrderKernel.Measures;

/// <summary>Names a stock document: a receipt, an adjustment, a transfer. The same id always means the same document.</summary>
/// <remarks><para>1 to 64 characters, compared ordinally. <c>default</c> is a bug: reading it throws.</para></remarks>
[JsonConverter(typeof(MeasureJson))]
public readonly record struct DocumentId : IComparable<DocumentId>
{
    private readonly string? text;

    /// <summary>Makes the id.</summary>
    /// <param name="text">The id as text.</param>
    /// <exception cref="ArgumentException">The text is blank, too long, or holds NUL or a lone surrogate.</exception>
    public DocumentId(string text) => this.text = TextRule.CheckName(text, nameof(text), MaxLength);

    /// <summary>The greatest length of the text.</summary>
    public const int MaxLength = 64;

    /// <summary>The id as text.</summary>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public string Text => text ?? throw new InvalidOperationException("This DocumentId was never given a value.");

    /// <inheritdoc />
    public int CompareTo(DocumentId other) => string.CompareOrdinal(text, other.text);

    /// <summary>The id as text; empty for the default value.</summary>
    public override string ToString() => text ?? string.Empty;
}
