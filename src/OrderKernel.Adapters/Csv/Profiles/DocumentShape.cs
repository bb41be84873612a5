using System;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>How the text of a cell is understood.</summary>
public enum FieldKind
{
    /// <summary>The name of a thing: 1 to 64 characters.</summary>
    Key = 0,

    /// <summary>Free text or a word: at most 400 characters.</summary>
    Text = 1,

    /// <summary>When something happened; a date alone means what <c>dateOnly.fact</c> says.</summary>
    Moment = 2,

    /// <summary>The latest moment that keeps a promise; a date alone means what <c>dateOnly.promise</c> says.</summary>
    Promise = 3,

    /// <summary>A whole number above zero, in smallest units.</summary>
    Quantity = 4,

    /// <summary>A whole number from 1 to 2,147,483,647, such as a line number.</summary>
    Number = 5,

    /// <summary>A price of one piece: zero or more, at most 10 decimal places.</summary>
    Price = 6,
}

/// <summary>A field that a document may carry.</summary>
/// <param name="Name">Its name in profiles, such as <c>placed_at</c>.</param>
/// <param name="Kind">How its text is understood.</param>
/// <param name="IsRequired">Whether every row needs it, unless the profile says that the source states it only in part.</param>
public sealed record FieldShape(string Name, FieldKind Kind, bool IsRequired = false);

/// <summary>A kind of document and the fields it may carry. A host may define kinds of its own.</summary>
public sealed class DocumentShape
{
    /// <summary>Defines a kind of document.</summary>
    /// <param name="kind">Its name in profiles, such as <c>orders</c>.</param>
    /// <param name="fields">Its fields, each once.</param>
    /// <exception cref="ArgumentException">The name is blank, there is no field, or a field stands twice.</exception>
    public DocumentShape(string kind, params FieldShape[] fields)
    {
        Kind = TextRule.CheckName(kind, nameof(kind), 64);
        Fields = fields is { Length: > 0 }
            ? ImmutableArray.Create(fields)
            : throw new ArgumentException("A document has at least one field.", nameof(fields));
        if (Fields.Select(static field => field.Name).Distinct(StringComparer.Ordinal).Count() != Fields.Length)
        {
            throw new ArgumentException("A field stands twice.", nameof(fields));
        }
    }

    /// <summary>Orders, one row each: what was ordered by whom, promised for when, and how far the source says it came.</summary>
    public static DocumentShape Orders { get; } = new(
        "orders",
        new FieldShape("order", FieldKind.Key, true),
        new FieldShape("customer", FieldKind.Key, true),
        new FieldShape("placed_at", FieldKind.Moment, true),
        new FieldShape("external_key", FieldKind.Text),
        new FieldShape("requested_at", FieldKind.Promise),
        new FieldShape("promised_at", FieldKind.Promise),
        new FieldShape("hold_until", FieldKind.Promise),
        new FieldShape("shipped_at", FieldKind.Moment),
        new FieldShape("delivered_at", FieldKind.Moment),
        new FieldShape("status", FieldKind.Text),
        new FieldShape("cancelled_at", FieldKind.Moment));

    /// <summary>The lines of orders, one row each.</summary>
    public static DocumentShape Lines { get; } = new(
        "lines",
        new FieldShape("order", FieldKind.Key, true),
        new FieldShape("line", FieldKind.Number),
        new FieldShape("sku", FieldKind.Key, true),
        new FieldShape("quantity", FieldKind.Quantity, true),
        new FieldShape("price", FieldKind.Price));

    /// <summary>Receipts: one row for what came in of one SKU at one node; rows of one document belong together.</summary>
    public static DocumentShape Stock { get; } = new(
        "stock",
        new FieldShape("document", FieldKind.Key, true),
        new FieldShape("at", FieldKind.Moment, true),
        new FieldShape("sku", FieldKind.Key, true),
        new FieldShape("node", FieldKind.Key, true),
        new FieldShape("lot", FieldKind.Key),
        new FieldShape("quantity", FieldKind.Quantity, true));

    /// <summary>The kinds that the kernel's own documents have.</summary>
    public static ImmutableArray<DocumentShape> BuiltIn { get; } = ImmutableArray.Create(Orders, Lines, Stock);

    /// <summary>Its name in profiles.</summary>
    public string Kind { get; }

    /// <summary>Its fields.</summary>
    public ImmutableArray<FieldShape> Fields { get; }

    /// <summary>The place of a field, or -1.</summary>
    internal int IndexOf(string field)
    {
        for (int i = 0; i < Fields.Length; i++)
        {
            if (string.Equals(Fields[i].Name, field, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
