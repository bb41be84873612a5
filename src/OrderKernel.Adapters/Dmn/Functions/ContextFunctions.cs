using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Values;
using static OrderKernel.Adapters.Dmn.Functions.TextFunctions;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>Functions on contexts.</summary>
internal static class ContextFunctions
{
    public static void AddTo(Library library)
    {
        library.Add("get value", "m:c,key:s", 'a', (a, _) => ((ContextValue)a[0]).Find(Text(a[1])));
        library.Add("get entries", "m:c", 'l', (a, run) => Entries(Copied((ContextValue)a[0], run)));
        library.Add("context put", "context:c,key:s,value:A", 'c', (a, run) => Copied((ContextValue)a[0], run).With(Text(a[1]), a[2]));
        library.Add("context put", "context:c,keys:l,value:A", 'c', (a, run) => Put((ContextValue)a[0], a[1].Items, a[2], run));
        library.Add("context merge", "contexts:l", 'c', (a, run) => Merge(a[0].Items, run));
        library.Add("context", "entries:l", 'c', (a, run) => Build(a[0].Items, run));
    }

    private static FeelValue Entries(ContextValue context) =>
        new ListValue(context.Keys.Select((key, i) => FeelValue.Context(new[]
        {
            new KeyValuePair<string, FeelValue>("key", FeelValue.Of(key)),
            new KeyValuePair<string, FeelValue>("value", context.Values[i]),
        })).ToImmutableArray());

    private static FeelValue? Put(ContextValue context, ImmutableArray<FeelValue> keys, FeelValue value, Run run)
    {
        if (keys.Length == 0 || keys[0] is not TextValue key)
        {
            return null;
        }

        if (keys.Length == 1)
        {
            return Copied(context, run).With(key.Text, value);
        }

        run.Spend(keys.Length);
        return context.Find(key.Text) is ContextValue inner && Put(inner, keys.RemoveAt(0), value, run) is FeelValue changed
            ? Copied(context, run).With(key.Text, changed) : null;
    }

    private static ContextValue? Merge(ImmutableArray<FeelValue> contexts, Run run)
    {
        var entries = new List<KeyValuePair<string, FeelValue>>();
        foreach (FeelValue item in contexts)
        {
            if (item is not ContextValue context)
            {
                return null;
            }

            run.SpendList(entries.Count + (long)context.Keys.Length, 4L * context.Keys.Length);
            for (int i = 0; i < context.Keys.Length; i++)
            {
                entries.Add(new KeyValuePair<string, FeelValue>(context.Keys[i], context.Values[i]));
            }
        }

        return ContextValue.From(entries);
    }

    private static ContextValue? Build(ImmutableArray<FeelValue> items, Run run)
    {
        run.SpendList(items.Length, 4L * items.Length);
        var entries = new List<KeyValuePair<string, FeelValue>>(items.Length);
        var names = new HashSet<string>(System.StringComparer.Ordinal);
        foreach (FeelValue item in items)
        {
            if (item is not ContextValue entry || entry.Find("key") is not TextValue key
                || entry.Find("value") is not FeelValue value || !names.Add(key.Text))
            {
                return null;
            }

            entries.Add(new KeyValuePair<string, FeelValue>(key.Text, value));
        }

        return ContextValue.From(entries);
    }

    /// <summary>A context that is about to be copied.</summary>
    private static ContextValue Copied(ContextValue context, Run run)
    {
        run.SpendList(context.Keys.Length, 4L * (context.Keys.Length + 1));
        return context;
    }
}
