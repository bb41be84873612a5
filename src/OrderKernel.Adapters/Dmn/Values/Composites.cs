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
        var keys = new List<string>();
        var values = new List<FeelValue>();
        foreach (KeyValuePair<string, FeelValue> entry in entries)
        {
            int at = keys.IndexOf(entry.Key);
            if (at >= 0)
            {
                values[at] = entry.Value ?? Null;
            }
            else
            {
                keys.Add(entry.Key);
                values.Add(entry.Value ?? Null);
            }
        }

        return new ContextValue(keys.ToImmutableArray(), values.ToImmutableArray());
    }

    /// <summary>The entry, or C# null where there is no such entry (an entry may hold FEEL's null).</summary>
    public FeelValue? Find(string name)
    {
        for (int i = 0; i < Keys.Length; i++)
        {
            if (string.Equals(Keys[i], name, StringComparison.Ordinal))
            {
                return Values[i];
            }
        }

        return null;
    }

    public ContextValue With(string name, FeelValue value)
    {
        int at = Keys.IndexOf(name);
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
