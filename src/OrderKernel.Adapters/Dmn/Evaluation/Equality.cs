using System;
using OrderKernel.Adapters.Dmn.Temporal;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Evaluation;

/// <summary>Equality and order of values. Null answers mean "these two cannot be compared".</summary>
/// <remarks><para>Source: DMN 1.5 §10.3.2.15, tables 53 and 54.</para></remarks>
internal static class Equality
{
    /// <param name="a">One value.</param>
    /// <param name="b">The other.</param>
    /// <param name="run">Who pays for it; values that share parts hold far more than they take.</param>
    public static bool? Equal(FeelValue a, FeelValue b, Run run)
    {
        if (a.IsNull || b.IsNull)
        {
            return a.IsNull && b.IsNull;
        }

        // Whatever a value is, it equals itself.
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        return (a, b) switch
        {
            (NumberValue x, NumberValue y) => x.Number == y.Number,
            (TextValue x, TextValue y) => Texts(x.Text, y.Text, run),
            (BooleanValue x, BooleanValue y) => x.Flag == y.Flag,
            (DateValue x, DateValue y) => x.Date == y.Date,
            (TimeValue x, TimeValue y) => SameSecond(Moment(x.Time, y.Time), Moment(y.Time, x.Time)),
            (DateTimeValue x, DateTimeValue y) => SameSecond(Moment(x, y.Time), Moment(y, x.Time)),
            (DaysValue x, DaysValue y) => x.Total == y.Total,
            (MonthsValue x, MonthsValue y) => x.Months == y.Months,
            (ListValue x, ListValue y) => Lists(x, y, run),
            (ContextValue x, ContextValue y) => Contexts(x, y, run),
            (RangeValue x, RangeValue y) => Ranges(x, y, run),
            (Functions.FunctionValue x, Functions.FunctionValue y) => ReferenceEquals(x, y),
            _ => null,
        };
    }

    /// <summary>Less than zero, zero or more; null where there is no order between the two.</summary>
    public static int? Compare(FeelValue a, FeelValue b) => (a, b) switch
    {
        (NumberValue x, NumberValue y) => x.Number.CompareTo(y.Number),
        (TextValue x, TextValue y) => CompareText(x.Text, y.Text),
        (DateValue x, DateValue y) => x.Date.CompareTo(y.Date),
        (TimeValue x, TimeValue y) => Moment(x.Time, y.Time).CompareTo(Moment(y.Time, x.Time)),
        (DateTimeValue x, DateTimeValue y) => Moment(x, y.Time).CompareTo(Moment(y, x.Time)),
        (DaysValue x, DaysValue y) => x.Total.CompareTo(y.Total),
        (MonthsValue x, MonthsValue y) => x.Months.CompareTo(y.Months),
        _ => null,
    };

    /// <summary>By code point, so that the order does not depend on the encoding.</summary>
    public static int CompareText(string a, string b)
    {
        int length = Math.Min(a.Length, b.Length);
        for (int i = 0; i < length; i++)
        {
            if (a[i] != b[i])
            {
                bool surrogate = char.IsSurrogate(a[i]);
                return surrogate != char.IsSurrogate(b[i]) ? (surrogate ? 1 : -1) : a[i].CompareTo(b[i]);
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    /// <summary>Whether a range holds a value; null when they cannot be compared.</summary>
    public static bool? Within(RangeValue range, FeelValue value, Run run)
    {
        if (range.Excluding)
        {
            return Equal(range.Low, value, run) is bool equal ? !equal : null;
        }

        if (range.Sole)
        {
            return Equal(range.Low, value, run);
        }

        bool openLow = range.Low.IsNull && !range.LowIncluded;
        bool openHigh = range.High.IsNull && !range.HighIncluded;
        int? low = openLow ? 1 : Compare(value, range.Low);
        int? high = openHigh ? -1 : Compare(value, range.High);
        if (low is not int l || high is not int h || (openLow && openHigh))
        {
            return null;
        }

        return (l > 0 || (l == 0 && range.LowIncluded)) && (h < 0 || (h == 0 && range.HighIncluded));
    }

    private static bool Texts(string a, string b, Run run)
    {
        if (a.Length == b.Length && a.Length > 64)
        {
            run.Spend(a.Length / 64);
        }

        return string.Equals(a, b, StringComparison.Ordinal);
    }

    private static bool SameSecond(decimal a, decimal b) =>
        Math.Floor(a / Nanoseconds.Second) == Math.Floor(b / Nanoseconds.Second);

    /// <summary>A local time borrows the other's offset, so that the two compare by the clock on the wall.</summary>
    private static decimal Moment(FeelTime own, FeelTime other) =>
        own.IsLocal || other.IsLocal ? own.Nanosecond : own.Nanosecond - (own.OffsetAlone * (decimal)Nanoseconds.Second);

    private static decimal Moment(DateTimeValue own, FeelTime other) =>
        own.Time.IsLocal || other.IsLocal ? own.LocalNanoseconds : own.Instant;

    private static bool? Lists(ListValue a, ListValue b, Run run)
    {
        if (a.Values.Length != b.Values.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Values.Length; i++)
        {
            run.Spend(1);
            bool? equal = Equal(a.Values[i], b.Values[i], run);
            if (equal != true)
            {
                return equal;
            }
        }

        return true;
    }

    private static bool? Contexts(ContextValue a, ContextValue b, Run run)
    {
        if (a.Keys.Length != b.Keys.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Keys.Length; i++)
        {
            run.Spend(1);
            FeelValue? other = b.Find(a.Keys[i]);
            bool? equal = other is null ? false : Equal(a.Values[i], other, run);
            if (equal != true)
            {
                return equal;
            }
        }

        return true;
    }

    private static bool? Ranges(RangeValue a, RangeValue b, Run run)
    {
        if (a.LowIncluded != b.LowIncluded || a.HighIncluded != b.HighIncluded || a.Excluding != b.Excluding || a.Sole != b.Sole)
        {
            return false;
        }

        bool? low = Equal(a.Low, b.Low, run);
        return low == true ? Equal(a.High, b.High, run) : low;
    }
}
