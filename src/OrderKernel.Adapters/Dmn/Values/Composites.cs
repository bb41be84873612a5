using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace OrderKernel.Adapters.Dmn.Values;

internal sealed class ListValue(ImmutableArray<FeelValue> values) : FeelValue
{
    public static readonly ListValue Empty = new(ImmutableArray<FeelValue>.Empty);

    public ImmutableArray<FeelValue> Values { get; } = values;

    public override FeelKind Kind => FeelKind.List;

    internal override int Nesting { get; } = Around(values);
}

internal sealed class ContextValue : FeelValue
{
    private const int Few = 12;

    // Made when first asked for; two threads that ask at once make the same.
    private Dictionary<string, int>? places;

    public static readonly ContextValue Empty = new(ImmutableArray<string>.Empty, ImmutableArray<FeelValue>.Empty);

    private ContextValue(ImmutableArray<string> keys, ImmutableArray<FeelValue> values)
    {
        Keys = keys;
        Values = values;
        Nesting = Around(values);
    }

    public ImmutableArray<string> Keys { get; }

    public ImmutableArray<FeelValue> Values { get; }

    public override FeelKind Kind => FeelKind.Context;

    internal override int Nesting { get; }

    public static ContextValue From(IEnumerable<KeyValuePair<string, FeelValue>> entries)
    {
        var keys = ImmutableArray.CreateBuilder<string>();
        var values = ImmutableArray.CreateBuilder<FeelValue>();
        Dictionary<string, int>? places = null;
        foreach (KeyValuePair<string, FeelValue> entry in entries)
        {
            int at = places is null ? keys.IndexOf(entry.Key) : places.TryGetValue(entry.Key, out int known) ? known : -1;
            if (at >= 0)
            {
                values[at] = entry.Value ?? Null;
                continue;
            }

            places?.Add(entry.Key, keys.Count);
            keys.Add(entry.Key);
            values.Add(entry.Value ?? Null);
            places ??= keys.Count > Few ? Places(keys) : null;
        }

        return new ContextValue(keys.ToImmutable(), values.ToImmutable()) { places = places };
    }

    /// <summary>The entry, or C# null where there is no such entry (an entry may hold FEEL's null).</summary>
    public FeelValue? Find(string name)
    {
        int at = IndexOf(name);
        return at >= 0 ? Values[at] : null;
    }

    private int IndexOf(string name)
    {
        if (Keys.Length > Few)
        {
            places ??= Places(Keys);
            return places.TryGetValue(name, out int place) ? place : -1;
        }

        for (int i = 0; i < Keys.Length; i++)
        {
            if (string.Equals(Keys[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private static Dictionary<string, int> Places(IReadOnlyList<string> keys)
    {
        var places = new Dictionary<string, int>(keys.Count, StringComparer.Ordinal);
        for (int i = 0; i < keys.Count; i++)
        {
            places.Add(keys[i], i);
        }

        return places;
    }

    public ContextValue With(string name, FeelValue value)
    {
        int at = IndexOf(name);
        return at >= 0
            ? new ContextValue(Keys, Values.SetItem(at, value))
            : new ContextValue(Keys.Add(name), Values.Add(value));
    }
}

/// <summary>An interval. A one-sided range such as <c>&lt; 10</c> has a null end that is not included.</summary>
internal sealed class RangeValue(FeelValue low, bool lowIncluded, FeelValue high, bool highIncluded) : FeelValue
{
    public FeelValue Low { get; } = low;

    public bool LowIncluded { get; } = lowIncluded;

    public FeelValue High { get; } = high;

    public bool HighIncluded { get; } = highIncluded;

    public override FeelKind Kind => FeelKind.Range;

    internal override int Nesting { get; } = Around(ImmutableArray.Create(low, high));

    /// <summary>Everything but one value, as <c>!= x</c> in a cell.</summary>
    public bool Excluding { get; private init; }

    /// <summary>Exactly one value, as <c>= x</c>; not the same range as <c>[x..x]</c>, and of any kind.</summary>
    public bool Sole { get; private init; }

    public static RangeValue AllBut(FeelValue value) => new(value, true, value, true) { Excluding = true };

    public static RangeValue Only(FeelValue value) => new(value, true, value, true) { Sole = true };
}
