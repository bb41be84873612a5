using System;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Temporal;

/// <summary>The properties of dates, times, durations and ranges that a path may name.</summary>
/// <remarks><para>Source: DMN 1.5 §10.3.2.7 table 53 and §10.3.2.3.8.</para></remarks>
internal static class TemporalParts
{
    public static readonly string[] Names =
    {
        "year", "month", "day", "weekday", "hour", "minute", "second", "time offset", "timezone", "days", "hours", "minutes",
        "seconds", "years", "months", "start", "end", "start included", "end included", "value",
    };

    public static FeelValue? Find(FeelValue value, string part) => value switch
    {
        DateValue date => OfDate(date.Date, part) ?? OfTime(new FeelTime(0, 0, null), part, new FeelTime(0, 0, null)),
        DateTimeValue moment => OfDate(moment.Date, part) ?? OfTime(moment.Time, part, moment.Time),
        TimeValue time => OfTime(time.Time, part, time.Time),
        DaysValue days => OfDays(days.Total, part),
        MonthsValue months => OfMonths(months.Months, part),
        RangeValue range => OfRange(range, part),
        _ => null,
    };

    private static FeelValue? OfDate(FeelDate date, string part) => part switch
    {
        "year" => FeelValue.Of((decimal)date.Year),
        "month" => FeelValue.Of((decimal)date.Month),
        "day" => FeelValue.Of((decimal)date.Day),
        "weekday" => FeelValue.Of((decimal)date.Weekday),
        _ => null,
    };

    private static FeelValue? OfTime(FeelTime time, string part, FeelTime shown) => part switch
    {
        "hour" => FeelValue.Of((decimal)time.Hour),
        "minute" => FeelValue.Of((decimal)time.Minute),
        "second" => FeelValue.Of((decimal)time.Second),
        "time offset" => shown.IsLocal ? FeelValue.Null
            : new DaysValue((shown.Offset ?? shown.OffsetAlone) * (decimal)Nanoseconds.Second),
        "timezone" => FeelValue.Of(shown.Zone),
        _ => null,
    };

    private static FeelValue? OfDays(decimal total, string part) => part switch
    {
        "days" => Whole(total / Nanoseconds.Day),
        "hours" => Whole(total / Nanoseconds.Hour % 24),
        "minutes" => Whole(total / Nanoseconds.Minute % 60),
        "seconds" => FeelValue.Of(total / Nanoseconds.Second % 60),
        _ => null,
    };

    private static FeelValue? OfMonths(long months, string part) => part switch
    {
        "years" => FeelValue.Of((decimal)(months / 12)),
        "months" => FeelValue.Of((decimal)(months % 12)),
        _ => null,
    };

    private static FeelValue? OfRange(RangeValue range, string part) => part switch
    {
        "start" => range.Low,
        "end" => range.High,
        "start included" => BooleanValue.Of(range.LowIncluded),
        "end included" => BooleanValue.Of(range.HighIncluded),
        _ => null,
    };

    private static FeelValue Whole(decimal number) => FeelValue.Of(Math.Truncate(number));
}
