using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Values;
using static OrderKernel.Adapters.Dmn.Functions.NumberFunctions;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>Functions that take lists apart and put them together.</summary>
internal static class ListFunctions
{
    public static void AddTo(Library library)
    {
        library.Add("list contains", "list:l,element:A", 'b',
            (a, run) => FeelValue.Of(Charge(a[0], run).Any(i => Same(i, a[1]))));
        library.Add("count", "list:l", 'n', (a, _) => FeelValue.Of((decimal)a[0].Items.Length));
        library.Add("sublist", "list:l,start position:n,length?:n", 'l', (a, _) => Sublist(a));
        library.AddVariadic("append", "list:L,items:L", 'l',
            (a, run) => List(Semantics.AsList(a[0]).Values.AddRange(Charge(a[1], run)), run));
        library.AddVariadic("concatenate", "lists:l", 'l', (a, run) => Concatenate(a[0].Items, run));
        library.AddVariadic("union", "lists:l", 'l', (a, run) => Concatenate(a[0].Items, run) is FeelValue all
            ? Distinct(all, run) : null);
        library.Add("insert before", "list:l,position:n,newItem:A", 'l', (a, _) => Insert(a[0].Items, Number(a[1]), a[2]));
        library.Add("remove", "list:l,position:n", 'l', (a, _) => Remove(a[0].Items, Number(a[1])));
        library.Add("list replace", "list:l,position:n,newItem:A", 'l', (a, _) => Replace(a[0].Items, Number(a[1]), a[2]));
        library.Add("list replace", "list:l,match:f,newItem:A", 'l',
            (a, run) => Replace(a[0].Items, (FunctionValue)a[1], a[2], run));
        library.Add("reverse", "list:l", 'l', (a, run) => List(Charge(a[0], run).Reverse().ToImmutableArray(), run));
        library.Add("index of", "list:l,match:A", 'l', (a, run) => IndexOf(Charge(a[0], run), a[1]));
        library.Add("distinct values", "list:l", 'l', (a, run) => Distinct(a[0], run));
        library.Add("flatten", "list:l", 'l', (a, run) => Flatten(a[0].Items, run));
        library.Add("sort", "list:l,precedes:f", 'l', (a, run) => Sort(a[0].Items, (FunctionValue)a[1], run));
    }

    public static ImmutableArray<FeelValue> Charge(FeelValue list, Run run)
    {
        run.Spend(list.Items.Length);
        return list.Items;
    }

    public static FeelValue List(ImmutableArray<FeelValue> items, Run run)
    {
        run.Spend(items.Length);
        return new ListValue(items);
    }

    private static bool Same(FeelValue a, FeelValue b) => Equality.Equal(a, b) == true;

    private static FeelValue? Sublist(FeelValue[] a)
    {
        ImmutableArray<FeelValue> items = a[0].Items;
        decimal start = decimal.Truncate(Number(a[1]));
        decimal length = a[2] is NumberValue given ? decimal.Truncate(given.Number) : items.Length;
        if (start == 0 || System.Math.Abs(start) > items.Length || length < 0)
        {
            return null;
        }

        int from = (int)(start > 0 ? start - 1 : items.Length + start);
        return new ListValue(items.Skip(from).Take((int)System.Math.Min(length, items.Length)).ToImmutableArray());
    }

    private static FeelValue? Concatenate(ImmutableArray<FeelValue> lists, Run run)
    {
        var all = ImmutableArray.CreateBuilder<FeelValue>();
        foreach (FeelValue list in lists)
        {
            if (list.IsNull)
            {
                return null;
            }

            run.Spend(list.Items.Length);
            all.AddRange(Semantics.AsList(list).Values);
        }

        return new ListValue(all.ToImmutable());
    }

    /// <summary>The index of a place counted from 1, or from the end, its fraction cut off; -1 when there is no such
    /// place.</summary>
    private static int Place(decimal position, int count)
    {
        position = decimal.Truncate(position);
        bool exists = position != 0 && System.Math.Abs(position) <= count;
        return !exists ? -1 : (int)(position > 0 ? position - 1 : count + position);
    }

    private static FeelValue? Insert(ImmutableArray<FeelValue> items, decimal position, FeelValue item)
    {
        int at = decimal.Truncate(position) == items.Length + 1 ? items.Length : Place(position, items.Length);
        return at < 0 ? null : new ListValue(items.Insert(at, item));
    }

    private static FeelValue? Remove(ImmutableArray<FeelValue> items, decimal position)
    {
        int at = Place(position, items.Length);
        return at < 0 ? null : new ListValue(items.RemoveAt(at));
    }

    private static FeelValue? Replace(ImmutableArray<FeelValue> items, decimal position, FeelValue item)
    {
        int at = Place(position, items.Length);
        return at < 0 ? null : new ListValue(items.SetItem(at, item));
    }

    private static FeelValue? Replace(ImmutableArray<FeelValue> items, FunctionValue match, FeelValue item, Run run)
    {
        var replaced = ImmutableArray.CreateBuilder<FeelValue>(items.Length);
        foreach (FeelValue old in items)
        {
            if (match.Call(run, old, item) is not BooleanValue hit)
            {
                return null;
            }

            replaced.Add(hit.Flag ? item : old);
        }

        return new ListValue(replaced.ToImmutable());
    }

    private static FeelValue IndexOf(ImmutableArray<FeelValue> items, FeelValue match)
    {
        var places = ImmutableArray.CreateBuilder<FeelValue>();
        for (int i = 0; i < items.Length; i++)
        {
            if (Same(items[i], match))
            {
                places.Add(FeelValue.Of(i + 1m));
            }
        }

        return new ListValue(places.ToImmutable());
    }

    private static FeelValue Distinct(FeelValue list, Run run)
    {
        var distinct = ImmutableArray.CreateBuilder<FeelValue>();
        foreach (FeelValue item in list.Items)
        {
            run.Spend(1 + distinct.Count);
            if (!distinct.Any(known => Same(known, item)))
            {
                distinct.Add(item);
            }
        }

        return new ListValue(distinct.ToImmutable());
    }

    private static FeelValue Flatten(ImmutableArray<FeelValue> items, Run run)
    {
        var flat = ImmutableArray.CreateBuilder<FeelValue>();
        var left = new Stack<FeelValue>(items.Reverse());
        while (left.Count > 0)
        {
            run.Spend(1);
            FeelValue next = left.Pop();
            if (next is ListValue list)
            {
                foreach (FeelValue inner in list.Values.Reverse())
                {
                    left.Push(inner);
                }
            }
            else
            {
                flat.Add(next);
            }
        }

        return new ListValue(flat.ToImmutable());
    }

    // Merge sort: stable, and a comparison that contradicts itself cannot keep it from ending.
    private static FeelValue? Sort(ImmutableArray<FeelValue> items, FunctionValue precedes, Run run)
    {
        if (items.Length < 2)
        {
            return new ListValue(items);
        }

        int middle = items.Length / 2;
        if (Sort(items.RemoveRange(middle, items.Length - middle), precedes, run) is not FeelValue left
            || Sort(items.RemoveRange(0, middle), precedes, run) is not FeelValue right)
        {
            return null;
        }

        ImmutableArray<FeelValue> a = left.Items;
        ImmutableArray<FeelValue> b = right.Items;
        var merged = ImmutableArray.CreateBuilder<FeelValue>(items.Length);
        int i = 0;
        int j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (precedes.Call(run, b[j], a[i]) is not BooleanValue later)
            {
                return null;
            }

            merged.Add(later.Flag ? b[j++] : a[i++]);
        }

        for (; i < a.Length; i++)
        {
            merged.Add(a[i]);
        }

        for (; j < b.Length; j++)
        {
            merged.Add(b[j]);
        }

        return new ListValue(merged.ToImmutable());
    }
}
