using System;
using System.Collections.Generic;
using System.Linq;
using NodaTime;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Measures;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>A row that was read: one value per field of its document, already of the field's kind.</summary>
/// <remarks><para>Errors: asking for a field that the document does not have, or as another kind, throws.</para></remarks>
public sealed class CsvRow
{
    private readonly DocumentShape shape;
    private readonly object?[] values;
    private readonly int[] assumed;

    internal CsvRow(DocumentShape shape, int row, object?[] values, IReadOnlyCollection<int> assumed)
    {
        this.shape = shape;
        this.values = values;
        this.assumed = assumed.Count == 0 ? Array.Empty<int>() : assumed.ToArray();
        Row = row;
    }

    /// <summary>The line of the file at which it begins; the header is line 1.</summary>
    public int Row { get; }

    /// <summary>The text of a key or text field; null when the cell is empty.</summary>
    /// <param name="field">The field.</param>
    /// <exception cref="ArgumentException">The document has no such field, or it is of another kind.</exception>
    public string? Text(string field) => (string?)Value(field, FieldKind.Key, FieldKind.Text);

    /// <summary>The moment of a moment or promise field; null when the cell is empty.</summary>
    /// <param name="field">The field.</param>
    /// <exception cref="ArgumentException">The document has no such field, or it is of another kind.</exception>
    public Instant? Moment(string field) => (Instant?)Value(field, FieldKind.Moment, FieldKind.Promise);

    /// <summary>A quantity; null when the cell is empty.</summary>
    /// <param name="field">The field.</param>
    /// <exception cref="ArgumentException">The document has no such field, or it is of another kind.</exception>
    public Quantity? Quantity(string field) => (Quantity?)Value(field, FieldKind.Quantity, FieldKind.Quantity);

    /// <summary>A whole number; null when the cell is empty.</summary>
    /// <param name="field">The field.</param>
    /// <exception cref="ArgumentException">The document has no such field, or it is of another kind.</exception>
    public int? Number(string field) => (int?)Value(field, FieldKind.Number, FieldKind.Number);

    /// <summary>A price; null when the cell is empty.</summary>
    /// <param name="field">The field.</param>
    /// <exception cref="ArgumentException">The document has no such field, or it is of another kind.</exception>
    public decimal? Price(string field) => (decimal?)Value(field, FieldKind.Price, FieldKind.Price);

    /// <summary>What the row itself says in a field, not what the profile assumes for it; null when it says nothing.</summary>
    internal object? Stated(int field) => Array.IndexOf(assumed, field) < 0 ? values[field] : null;

    /// <summary>The row, saying also what others of the same thing say where it says nothing.</summary>
    internal CsvRow With(IReadOnlyCollection<CsvRow> others)
    {
        object?[] merged = values.Select((value, i) => Stated(i) ?? others.Select(other => other.Stated(i)).FirstOrDefault(
            static stated => stated is not null) ?? value).ToArray();
        return new CsvRow(shape, Row, merged, Array.Empty<int>());
    }

    private object? Value(string field, FieldKind one, FieldKind other)
    {
        int at = shape.IndexOf(field);
        return at >= 0 && (shape.Fields[at].Kind == one || shape.Fields[at].Kind == other)
            ? values[at]
            : throw new ArgumentException($"The document '{shape.Kind}' has no such field of that kind: {field}.", nameof(field));
    }
}
