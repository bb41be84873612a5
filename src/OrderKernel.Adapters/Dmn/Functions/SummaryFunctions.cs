using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>Functions that make one value of a list.</summary>
internal static class SummaryFunctions
{
    public static void AddTo(Library library)
    {
        library.AddVariadic("min", "list:l", 'a', (a, run) => Extreme(ListFunctions.Charge(a[0], run), -1));
        library.AddVariadic("max", "list:l", 'a', (a, run) => Extreme(ListFunctions.Charge(a[0], run), 1));
        library.AddVariadic("sum", "list:l", 'a', (a, run) => Sum(ListFunctions.Charge(a[0], run)));
        Numeric(library, "mean", n => n.Length == 0 ? null : n.Sum() / n.Length);
        Numeric(library, "product", n => n.Length == 0 ? null : n.Aggregate(1m, (x, y) => x * y));
        Numeric(library, "median", Median);
        Numeric(library, "stddev", Deviation);
        library.AddVariadic("mode", "list:l", 'l', (a, run) => Mode(ListFunctions.Charge(a[0], run)));
        library.AddVariadic("all", "list:l", 'b', (a, run) => Fold(ListFunctions.Charge(a[0], run), Feel.Operator.And));
        library.AddVariadic("any", "list:l", 'b', (a, run) => Fold(ListFunctions.Charge(a[0], run), Feel.Operator.Or));
    }

    /// <summary>The smallest or largest item; null for an empty list or items without an order.</summary>
    public static FeelValue? Extreme(ImmutableArray<FeelValue> items, int sign)
    {
        FeelValue? best = null;
        foreach (FeelValue item in items)
        {
            int? order = Equality.Compare(item, best ?? item);
            if (order is not int known)
            {
                return null;
            }

            best = best is null || known * sign > 0 ? item : best;
        }

        return best;
    }

    /// <summary>The sum of numbers or of durations of one kind; null for an empty list.</summary>
    public static FeelValue? Sum(ImmutableArray<FeelValue> items)
    {
        if (items.Length == 0)
        {
            return null;
        }

        return items[0] switch
        {
            NumberValue => items.All(i => i is NumberValue) ? FeelValue.Of(items.Sum(i => ((NumberValue)i).Number)) : null,
            DaysValue => items.All(i => i is DaysValue) ? new DaysValue(items.Sum(i => ((DaysValue)i).Total)) : null,
            MonthsValue => items.All(i => i is MonthsValue) ? new MonthsValue(items.Sum(i => ((MonthsValue)i).Months)) : null,
            _ => null,
        };
    }

    private static void Numeric(Library library, string name, Func<decimal[], decimal?> body) =>
        library.AddVariadic(name, "list:l", 'n', (a, run) =>
            Numbers(ListFunctions.Charge(a[0], run)) is decimal[] numbers ? NumberFunctions.Of(body(numbers)) : null);

    private static decimal[]? Numbers(ImmutableArray<FeelValue> items) =>
        items.All(i => i is NumberValue) ? items.Select(NumberFunctions.Number).ToArray() : null;

    private static decimal? Median(decimal[] numbers)
    {
        if (numbers.Length == 0)
        {
            return null;
        }

        Array.Sort(numbers);
        int middle = numbers.Length / 2;
        return numbers.Length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2m;
    }

    private static decimal? Deviation(decimal[] numbers)
    {
        if (numbers.Length < 2)
        {
            return null;
        }

        decimal mean = numbers.Sum() / numbers.Length;
        return DecimalMath.Sqrt(numbers.Sum(n => (n - mean) * (n - mean)) / (numbers.Length - 1));
    }

    private static FeelValue? Mode(ImmutableArray<FeelValue> items)
    {
        if (Numbers(items) is not decimal[] numbers)
        {
            return null;
        }

        List<IGrouping<decimal, decimal>> groups = numbers.GroupBy(n => n).ToList();
        int most = groups.Count == 0 ? 0 : groups.Max(g => g.Count());
        return new ListValue(groups.Where(g => g.Count() == most).Select(g => g.Key).OrderBy(n => n)
            .Select(FeelValue.Of).ToImmutableArray());
    }

    private static FeelValue? Fold(ImmutableArray<FeelValue> items, Feel.Operator sign)
    {
        FeelValue folded = BooleanValue.Of(sign == Feel.Operator.And);
        foreach (FeelValue item in items)
        {
            folded = Semantics.Logic(sign, folded, item);
            if (Semantics.Decides(sign, folded))
            {
                return folded;
            }
        }

        return folded.IsNull ? null : folded;
    }
}
