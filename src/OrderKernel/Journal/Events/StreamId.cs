using System;
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrderKernel.Findings;

namespace OrderKernel.Journal;

/// <summary>Names one append-only sequence of events: a category and the id of the thing whose history it is.</summary>
/// <remarks><para><c>default</c> is a bug: reading it throws.</para></remarks>
[JsonConverter(typeof(StreamIdJson))]
public readonly record struct StreamId : IComparable<StreamId>
{
    private readonly string? category;
    private readonly string? key;

    /// <summary>Makes a stream name.</summary>
    /// <param name="category">What kind of thing, such as <c>order</c>.</param>
    /// <param name="key">Its id within the tenant.</param>
    /// <exception cref="ArgumentException">A part is blank or malformed.</exception>
    public StreamId(string category, string key)
    {
        this.category = TextRule.CheckName(category, nameof(category), 32);
        this.key = TextRule.CheckName(key, nameof(key), 64);
    }

    /// <summary>The category of order streams.</summary>
    public const string OrderCategory = "order";

    /// <summary>The category of stock document streams.</summary>
    public const string StockCategory = "stock";

    /// <summary>The category of the stream of a tenant's definitions.</summary>
    public const string DefinitionsCategory = "definitions";

    /// <summary>The category of the streams that business numbers are counted on.</summary>
    public const string NumbersCategory = "numbers";

    /// <summary>Every category that events are stored under, in ordinal order: what an audit has to walk through.</summary>
    public static ImmutableArray<string> EventCategories { get; } =
        ImmutableArray.Create(DefinitionsCategory, NumbersCategory, OrderCategory, StockCategory);

    /// <summary>What kind of thing.</summary>
    public string Category => category ?? throw new InvalidOperationException("This StreamId was never given a value.");

    /// <summary>The id of the thing.</summary>
    public string Key => key ?? throw new InvalidOperationException("This StreamId was never given a value.");

    /// <inheritdoc />
    public int CompareTo(StreamId other)
    {
        int byCategory = string.CompareOrdinal(category, other.category);
        return byCategory != 0 ? byCategory : string.CompareOrdinal(key, other.key);
    }

    /// <summary>The category, a slash and the key.</summary>
    public override string ToString() => $"{category}/{key}";
}
