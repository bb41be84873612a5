using System;
using System.Globalization;
using OrderKernel.Adapters.Dmn.Temporal;
using OrderKernel.Adapters.Dmn.Values;
using static OrderKernel.Adapters.Dmn.Functions.NumberFunctions;
using static OrderKernel.Adapters.Dmn.Functions.TextFunctions;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>Functions on dates, times and durations.</summary>
internal static class TemporalFunctions
{
    private static readonly string[] Days = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

    public static void AddTo(Library library)
    {
        library.Add("date", "from:s", 'd', (a, _) => Date(Text(a[0])));
        library.Add("date", "from:a", 'd', (a, _) => DateOf(a[0]) is FeelDate date ? new DateValue(date) : null);
        library.Add("date", "year:n,month:n,day:n", 'd', (a, _) => Date(Number(a[0]), Number(a[1]), Number(a[2])));
        library.Add("time", "from:s", 'h', (a, _) => Time(Text(a[0])));
        library.Add("time", "from:a", 'h', (a, _) => TimeOf(a[0]) is FeelTime time ? new TimeValue(time) : null);
        library.Add("time", "hour:n,minute:n,second:n,offset?:A", 'h', (a, _) => Time(a));
        library.Add("date and time", "from:s", 't', (a, _) => DateAndTime(Text(a[0])));
        library.Add("date and time", "from:a", 't', (a, _) => a[0] is DateTimeValue ? a[0] : a[0] is DateValue d ? Midnight(d)
            : null);
        library.Add("date and time", "date:a,time:a", 't', (a, _) => Join(a[0], a[1]));
        library.Add("date and time", "date:a,timezone:s", 't', (a, _) => InZone(a[0], Text(a[1])));
        library.Add("years and months duration", "from:a,to:a", 'a', (a, _) => Months(a[0], a[1]));
        library.Add("day of year", "date:a", 'n', (a, _) => OfDate(a[0], d => FeelValue.Of((decimal)d.DayOfYear)));
        library.Add("day of week", "date:a", 's', (a, _) => OfDate(a[0], d => FeelValue.Of(Days[d.Weekday - 1])));
        library.Add("month of year", "date:a", 's', (a, _) =>
            OfDate(a[0], d => FeelValue.Of(CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(d.Month))));
        library.Add("week of year", "date:a", 'n', (a, _) => OfDate(a[0], d => FeelValue.Of((decimal)d.Week)));
        library.Add("now", string.Empty, 't', (_, run) => run.Now.IsNull ? null : run.Now);
        library.Add("today", string.Empty, 'd', (_, run) => DateOf(run.Now) is FeelDate date ? new DateValue(date) : null);
    }

    private static FeelDate? DateOf(FeelValue value) => value switch
    {
        DateValue date => date.Date,
        DateTimeValue moment => moment.Date,
        _ => null,
    };

    private static FeelTime? TimeOf(FeelValue value) => value switch
    {
        TimeValue time => time.Time,
        DateTimeValue moment => moment.Time.Alone,
        DateValue => new FeelTime(0, 0, null),
        _ => null,
    };

    private static FeelValue? OfDate(FeelValue value, Func<FeelDate, FeelValue> read) => DateOf(value) is FeelDate date
        ? read(date) : null;

    private static DateTimeValue Midnight(DateValue date) => new(date.Date, new FeelTime(0, 0, null));

    private static FeelValue? Date(string text)
    {
        FeelValue date = TemporalText.DateOnly(text);
        return date.IsNull && TemporalText.DateAndTime(text) is DateTimeValue moment ? new DateValue(moment.Date)
            : ConversionFunctions.Found(date);
    }

    private static FeelValue? Date(decimal year, decimal month, decimal day)
    {
        bool whole = year == Math.Truncate(year) && month == Math.Truncate(month) && day == Math.Truncate(day);
        return whole && Math.Abs(year) <= FeelDate.MaxYear && month is >= 1 and <= 12 && day is >= 1 and <= 31
            && FeelDate.IsValid((long)year, (int)month, (int)day) ? new DateValue(new FeelDate((int)year, (int)month, (int)day))
                : null;
    }

    private static FeelValue? Time(string text)
    {
        FeelValue time = TemporalText.TimeOnly(text);
        return time.IsNull && TemporalText.DateAndTime(text) is DateTimeValue moment ? new TimeValue(moment.Time)
            : ConversionFunctions.Found(time);
    }

    private static FeelValue? Time(FeelValue[] a)
    {
        decimal hour = Number(a[0]);
        decimal minute = Number(a[1]);
        decimal second = Number(a[2]);
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or >= 60
            || hour != Math.Truncate(hour) || minute != Math.Truncate(minute) || (!a[3].IsNull && a[3] is not DaysValue))
        {
            return null;
        }

        decimal? offset = a[3] is DaysValue days ? days.Total / Nanoseconds.Second : null;
        if (offset is decimal seconds && (Math.Abs(seconds) > 14 * 3600 || seconds != Math.Truncate(seconds)))
        {
            return null;
        }

        decimal nanosecond = (((hour * 60) + minute) * Nanoseconds.Minute) + Math.Truncate(second * Nanoseconds.Second);
        return new TimeValue(new FeelTime((long)nanosecond, (int?)offset, null));
    }

    private static FeelValue? DateAndTime(string text)
    {
        FeelValue moment = TemporalText.DateAndTime(text);
        return moment.IsNull && TemporalText.DateOnly(text) is DateValue date
            ? new DateTimeValue(date.Date, new FeelTime(0, null, null)) : ConversionFunctions.Found(moment);
    }

    private static FeelValue? Join(FeelValue date, FeelValue time) =>
        DateOf(date) is FeelDate day && time is TimeValue of ? new DateTimeValue(day, of.Time) : null;

    private static FeelValue? InZone(FeelValue moment, string zone) =>
        moment is DateTimeValue value && FeelTime.IsZone(zone)
            ? new DateTimeValue(value.Date, new FeelTime(value.Time.Nanosecond, null, zone)) : null;

    /// <summary>Whole months from one date to the other, towards zero; the time of day does not count.</summary>
    private static FeelValue? Months(FeelValue from, FeelValue to)
    {
        if (DateOf(from) is not FeelDate a || DateOf(to) is not FeelDate b)
        {
            return null;
        }

        long months = ((b.Year - (long)a.Year) * 12) + b.Month - a.Month;
        return new MonthsValue(months > 0 && b.Day < a.Day ? months - 1 : months < 0 && b.Day > a.Day ? months + 1 : months);
    }
}
