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
            (a, run) => FeelValue.Of(Charge(a[0], run).Any(i => Same(i, a[1], run))));
        library.Add("count", "list:l", 'n', (a, _) => FeelValue.Of((decimal)a[0].Items.Length));
        library.Add("sublist", "list:l,start position:n,length?:n", 'l', (a, run) => Sublist(a, run));
        library.AddVariadic("append", "list:L,items:L", 'l',
            (a, run) => Append(Semantics.AsList(a[0]).Values, a[1].Items, run));
        library.AddVariadic("concatenate", "lists:l", 'l', (a, run) => Concatenate(a[0].Items, run));
        library.AddVariadic("union", "lists:l", 'l', (a, run) => Concatenate(a[0].Items, run) is FeelValue all
            ? Distinct(all, run) : null);
        library.Add("insert before", "list:l,position:n,newItem:A", 'l', (a, run) => Insert(Copied(a[0], run), Number(a[1]), a[2]));
        library.Add("remove", "list:l,position:n", 'l', (a, run) => Remove(Copied(a[0], run), Number(a[1])));
        library.Add("list replace", "list:l,position:n,newItem:A", 'l',
            (a, run) => Replace(Copied(a[0], run), Number(a[1]), a[2]));
        library.Add("list replace", "list:l,match:f,newItem:A", 'l',
            (a, run) => Replace(a[0].Items, (FunctionValue)a[1], a[2], run));
        library.Add("reverse", "list:l", 'l', (a, run) => new ListValue(Copied(a[0], run).Reverse().ToImmutableArray()));
        library.Add("index of", "list:l,match:A", 'l', (a, run) => IndexOf(Charge(a[0], run), a[1], run));
        library.Add("distinct values", "list:l", 'l', (a, run) => Distinct(a[0], run));
        library.Add("flatten", "list:l", 'l', (a, run) => Flatten(a[0].Items, run));
        library.Add("sort", "list:l,precedes:f", 'l', (a, run) => Sort(a[0].Items, (FunctionValue)a[1], run));
    }

    public static ImmutableArray<FeelValue> Charge(FeelValue list, Run run)
    {
        run.Spend(list.Items.Length);
        return list.Items;
    }

    /// <summary>The items of a list that is about to be copied, with one more.</summary>
    private static ImmutableArray<FeelValue> Copied(FeelValue list, Run run)
    {
        run.SpendList(list.Items.Length + 1L, list.Items.Length + 1L);
        return list.Items;
    }

    private static bool Same(FeelValue a, FeelValue b, Run run) => Equality.Equal(a, b, run) == true;

    private static ListValue Append(ImmutableArray<FeelValue> items, ImmutableArray<FeelValue> more, Run run)
    {
        run.SpendList((long)items.Length + more.Length, (long)items.Length + more.Length);
        return new ListValue(items.AddRange(more));
    }

    private static FeelValue? Sublist(FeelValue[] a, Run run)
    {
        ImmutableArray<FeelValue> items = a[0].Items;
        decimal start = decimal.Truncate(Number(a[1]));
        decimal length = a[2] is NumberValue given ? decimal.Truncate(given.Number) : items.Length;
        if (start == 0 || System.Math.Abs(start) > items.Length || length < 0)
        {
            return null;
        }

        int from = (int)(start > 0 ? start - 1 : items.Length + start);
        int count = (int)System.Math.Min(length, items.Length - from);
        run.SpendList(count, count);
        return new ListValue(ImmutableArray.Create(items, from, count));
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

            ImmutableArray<FeelValue> items = Semantics.AsList(list).Values;
            run.SpendList((long)all.Count + items.Length, items.Length);
            all.AddRange(items);
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

    private static FeelValue IndexOf(ImmutableArray<FeelValue> items, FeelValue match, Run run)
    {
        var places = ImmutableArray.CreateBuilder<FeelValue>();
        for (int i = 0; i < items.Length; i++)
        {
            if (Same(items[i], match, run))
            {
                run.Keep(64);
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
            if (!distinct.Any(known => Same(known, item, run)))
            {
                distinct.Add(item);
            }
        }

        return new ListValue(distinct.ToImmutable());
    }

    private static FeelValue Flatten(ImmutableArray<FeelValue> items, Run run)
    {
        var flat = ImmutableArray.CreateBuilder<FeelValue>();
        Add(items);
        return new ListValue(flat.ToImmutable());

        // As deep as values nest, which is bounded.
        void Add(ImmutableArray<FeelValue> some)
        {
            foreach (FeelValue item in some)
            {
                run.SpendList(flat.Count + 1L, 1);
                if (item is ListValue list)
                {
                    Add(list.Values);
                }
                else
                {
                    flat.Add(item);
                }
            }
        }
    }

    // Merge sort: stable, and a comparison that contradicts itself cannot keep it from ending.
    private static FeelValue? Sort(ImmutableArray<FeelValue> items, FunctionValue precedes, Run run)
    {
        if (items.Length < 2)
        {
            return new ListValue(items);
        }

        run.SpendList(0, 2L * items.Length);
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
