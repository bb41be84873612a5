using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Values;
using static OrderKernel.Adapters.Dmn.Functions.TextFunctions;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>Functions on contexts.</summary>
internal static class ContextFunctions
{
    public static void AddTo(Library library)
    {
        library.Add("get value", "m:c,key:s", 'a', (a, _) => ((ContextValue)a[0]).Find(Text(a[1])));
        library.Add("get entries", "m:c", 'l', (a, _) => Entries((ContextValue)a[0]));
        library.Add("context put", "context:c,key:s,value:A", 'c', (a, _) => ((ContextValue)a[0]).With(Text(a[1]), a[2]));
        library.Add("context put", "context:c,keys:l,value:A", 'c', (a, _) => Put((ContextValue)a[0], a[1].Items, a[2]));
        library.Add("context merge", "contexts:l", 'c', (a, _) => Merge(a[0].Items));
        library.Add("context", "entries:l", 'c', (a, _) => Build(a[0].Items));
    }

    private static FeelValue Entries(ContextValue context) =>
        new ListValue(context.Keys.Select((key, i) => FeelValue.Context(new[]
        {
            new KeyValuePair<string, FeelValue>("key", FeelValue.Of(key)),
            new KeyValuePair<string, FeelValue>("value", context.Values[i]),
        })).ToImmutableArray());

    private static FeelValue? Put(ContextValue context, ImmutableArray<FeelValue> keys, FeelValue value)
    {
        if (keys.Length == 0 || keys[0] is not TextValue key)
        {
            return null;
        }

        if (keys.Length == 1)
        {
            return context.With(key.Text, value);
        }

        return context.Find(key.Text) is ContextValue inner && Put(inner, keys.RemoveAt(0), value) is FeelValue changed
            ? context.With(key.Text, changed) : null;
    }

    private static FeelValue? Merge(ImmutableArray<FeelValue> contexts)
    {
        ContextValue merged = ContextValue.Empty;
        foreach (FeelValue item in contexts)
        {
            if (item is not ContextValue context)
            {
                return null;
            }

            for (int i = 0; i < context.Keys.Length; i++)
            {
                merged = merged.With(context.Keys[i], context.Values[i]);
            }
        }

        return merged;
    }

    private static FeelValue? Build(ImmutableArray<FeelValue> entries)
    {
        ContextValue built = ContextValue.Empty;
        foreach (FeelValue item in entries)
        {
            if (item is not ContextValue entry || entry.Find("key") is not TextValue key
                || entry.Find("value") is not FeelValue value
                || built.Find(key.Text) is not null)
            {
                return null;
            }

            built = built.With(key.Text, value);
        }

        return built;
    }
}
