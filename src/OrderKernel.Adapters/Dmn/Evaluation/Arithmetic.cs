using System;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Functions;
using OrderKernel.Adapters.Dmn.Temporal;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Evaluation;

/// <summary>The arithmetic operators over every pair of kinds; C# null where a pair has no answer.</summary>
/// <remarks><para>Source: DMN 1.5 §10.3.2.15, tables 55 to 59.</para></remarks>
internal static class Arithmetic
{
    public static FeelValue? Apply(Operator sign, FeelValue a, FeelValue b, Run run)
    {
        try
        {
            return sign switch
            {
                Operator.Add => Add(a, b, run),
                Operator.Subtract => Subtract(a, b),
                Operator.Multiply => Multiply(a, b) ?? Multiply(b, a),
                Operator.Divide => Divide(a, b),
                _ => a is NumberValue x && b is NumberValue y && DecimalMath.Power(x.Number, y.Number) is decimal power
                    ? FeelValue.Of(power) : null,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    public static FeelValue? Negate(FeelValue value) => value switch
    {
        NumberValue number => FeelValue.Of(-number.Number),
        DaysValue days => new DaysValue(-days.Total),
        MonthsValue { Months: > long.MinValue } months => new MonthsValue(-months.Months),
        _ => null,
    };

    private static FeelValue? Add(FeelValue a, FeelValue b, Run run)
    {
        switch (a, b)
        {
            case (NumberValue x, NumberValue y):
                return FeelValue.Of(x.Number + y.Number);
            case (TextValue x, TextValue y):
                run.SpendText((long)x.Text.Length + y.Text.Length);
                return FeelValue.Of(x.Text + y.Text);
            case (DaysValue x, DaysValue y):
                return new DaysValue(x.Total + y.Total);
            case (MonthsValue x, MonthsValue y):
                return new MonthsValue(x.Months + y.Months);
            case (DaysValue x, _):
                return Shift(b, x.Total);
            case (_, DaysValue y):
                return Shift(a, y.Total);
            case (MonthsValue x, _):
                return Shift(b, x.Months);
            case (_, MonthsValue y):
                return Shift(a, y.Months);
            default:
                return null;
        }
    }

    private static FeelValue? Subtract(FeelValue a, FeelValue b) => (a, b) switch
    {
        (NumberValue x, NumberValue y) => FeelValue.Of(x.Number - y.Number),
        (DaysValue x, DaysValue y) => new DaysValue(x.Total - y.Total),
        (MonthsValue x, MonthsValue y) => new MonthsValue(x.Months - y.Months),
        (DateValue or DateTimeValue, DateValue or DateTimeValue) => Between(a, b),
        (TimeValue x, TimeValue y) => x.Time.IsLocal != y.Time.IsLocal ? null
            : new DaysValue(Flat(x.Time) - Flat(y.Time)),
        (_, DaysValue y) => Shift(a, -y.Total),
        (_, MonthsValue y) => Shift(a, -y.Months),
        _ => null,
    };

    private static decimal Flat(FeelTime time) => time.Nanosecond - (time.OffsetAlone * (decimal)Nanoseconds.Second);

    // Dates count as midnight UTC; a local and a placed moment have no distance.
    private static DaysValue? Between(FeelValue a, FeelValue b)
    {
        DateTimeValue x = AsMoment(a);
        DateTimeValue y = AsMoment(b);
        return x.Time.IsLocal != y.Time.IsLocal ? null : new DaysValue(x.Instant - y.Instant);
    }

    private static DateTimeValue AsMoment(FeelValue value) =>
        value is DateValue date ? new DateTimeValue(date.Date, new FeelTime(0, 0, null)) : (DateTimeValue)value;

    private static FeelValue? Shift(FeelValue value, long months) => value switch
    {
        DateValue date => date.Date.PlusMonths(months) is FeelDate moved ? new DateValue(moved) : null,
        DateTimeValue moment => moment.Date.PlusMonths(months) is FeelDate moved ? On(moved, moment.Time) : null,
        _ => null,
    };

    // Months move the date on the wall; where the clock shows that time twice, the offset stays what it was.
    private static DateTimeValue On(FeelDate date, FeelTime time)
    {
        (FeelDate placed, FeelTime shown) = time.Zone is null ? (date, time) : ZonedClock.Place(date, time.Alone, time.Offset);
        return new DateTimeValue(placed, shown);
    }

    private static FeelValue? Shift(FeelValue value, decimal nanoseconds)
    {
        switch (value)
        {
            case DateValue date:
                decimal days = Math.Floor(((date.Date.DayNumber * Nanoseconds.Day) + nanoseconds) / Nanoseconds.Day);
                return FeelDate.FromDayNumber(days) is FeelDate shifted ? new DateValue(shifted) : null;
            case DateTimeValue { Time.Zone: string zone } placed:
                return ZonedClock.Show(placed.Instant + nanoseconds, zone) is { } shown
                    ? new DateTimeValue(shown.Date, shown.Time) : null;
            case DateTimeValue moment:
                decimal total = moment.LocalNanoseconds + nanoseconds;
                decimal day = Math.Floor(total / Nanoseconds.Day);
                return FeelDate.FromDayNumber(day) is FeelDate reached
                    ? new DateTimeValue(reached, moment.Time with { Nanosecond = (long)(total - (day * Nanoseconds.Day)) })
                        : null;
            case TimeValue time:
                decimal sum = time.Time.Nanosecond + nanoseconds;
                decimal rest = sum - (Math.Floor(sum / Nanoseconds.Day) * Nanoseconds.Day);
                return new TimeValue(time.Time with { Nanosecond = (long)rest });
            default:
                return null;
        }
    }

    private static FeelValue? Multiply(FeelValue a, FeelValue b) => (a, b) switch
    {
        (NumberValue x, NumberValue y) => FeelValue.Of(x.Number * y.Number),
        (DaysValue x, NumberValue y) => new DaysValue(Math.Truncate(x.Total * y.Number)),
        (MonthsValue x, NumberValue y) => new MonthsValue((long)Math.Truncate(x.Months * y.Number)),
        _ => null,
    };

    private static FeelValue? Divide(FeelValue a, FeelValue b) => (a, b) switch
    {
        (_, NumberValue { Number: 0 } or DaysValue { Total: 0 } or MonthsValue { Months: 0 }) => null,
        (NumberValue x, NumberValue y) => FeelValue.Of(x.Number / y.Number),
        (DaysValue x, NumberValue y) => new DaysValue(Math.Truncate(x.Total / y.Number)),
        (DaysValue x, DaysValue y) => FeelValue.Of(x.Total / y.Total),
        (MonthsValue x, NumberValue y) => new MonthsValue((long)Math.Truncate(x.Months / y.Number)),
        (MonthsValue x, MonthsValue y) => FeelValue.Of((decimal)x.Months / y.Months),
        _ => null,
    };
}
