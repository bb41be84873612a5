using System;
using System.Globalization;
using System.Text.RegularExpressions;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Temporal;

/// <summary>Reads and writes dates, times and durations as XML Schema and FEEL spell them.</summary>
internal static class TemporalText
{
    // Nanoseconds of more days than these are beyond a number's 28 digits.
    private const decimal MaxDays = 900_000_000_000_000m;
    private const RegexOptions Fixed = RegexOptions.CultureInvariant;

    private static readonly Regex DateForm = new(@"\A(-?)([1-9]\d{4,8}|\d{4})-(\d\d)-(\d\d)\z", Fixed);

    private static readonly Regex TimeForm = new(
        @"\A(\d\d):(\d\d):(\d\d)(?:\.(\d{1,}))?(?:(Z)|([+-])(\d\d):(\d\d)(?::(\d\d))?|@([A-Za-z_+\-0-9/]+))?\z", Fixed);

    private static readonly Regex DaysForm = new(
        @"\A(-?)P(?:(\d{1,18})D)?(?:T(?=\d)(?:(\d{1,18})H)?(?:(\d{1,18})M)?(?:(\d{1,18})(?:\.(\d*))?S)?)?\z", Fixed);

    private static readonly Regex MonthsForm = new(@"\A(-?)P(?:(\d{1,17})Y)?(?:(\d{1,17})M)?\z", Fixed);

    public static FeelValue Any(string text)
    {
        FeelValue value = Duration(text);
        value = value.IsNull ? DateOnly(text) : value;
        value = value.IsNull ? DateAndTime(text) : value;
        return value.IsNull ? TimeOnly(text) : value;
    }

    public static FeelValue DateOnly(string text) => Date(text) is FeelDate date ? new DateValue(date) : FeelValue.Null;

    public static FeelValue TimeOnly(string text) =>
        Time(text) is { } time ? new TimeValue(time.Value) : FeelValue.Null;

    public static FeelValue DateAndTime(string text)
    {
        int cut = text.IndexOf('T');
        if (cut < 0 || Date(text.Substring(0, cut)) is not FeelDate date || Time(text.Substring(cut + 1)) is not { } time)
        {
            return FeelValue.Null;
        }

        FeelDate? day = time.NextDay ? FeelDate.FromDayNumber(date.DayNumber + 1) : date;
        return day is FeelDate known ? new DateTimeValue(known, time.Value) : FeelValue.Null;
    }

    public static FeelValue Duration(string text)
    {
        Match months = MonthsForm.Match(text);
        if (months.Success && (months.Groups[2].Success || months.Groups[3].Success))
        {
            decimal total = (Whole(months.Groups[2]) * 12) + Whole(months.Groups[3]);
            return total > long.MaxValue ? FeelValue.Null
                : new MonthsValue(months.Groups[1].Length > 0 ? -(long)total : (long)total);
        }

        Match days = DaysForm.Match(text);
        if (!days.Success || text.EndsWith("P", StringComparison.Ordinal) || text.EndsWith("T", StringComparison.Ordinal))
        {
            return FeelValue.Null;
        }

        decimal count = Whole(days.Groups[2]);
        if (count > MaxDays)
        {
            return FeelValue.Null;
        }

        decimal nanoseconds = (count * Nanoseconds.Day) + (Whole(days.Groups[3]) * Nanoseconds.Hour)
            + (Whole(days.Groups[4]) * Nanoseconds.Minute) + (Whole(days.Groups[5]) * Nanoseconds.Second)
                + Fraction(days.Groups[6]);
        return new DaysValue(days.Groups[1].Length > 0 ? -nanoseconds : nanoseconds);
    }

    public static string Days(decimal nanoseconds)
    {
        decimal rest = Math.Abs(nanoseconds);
        if (rest == 0)
        {
            return "PT0S";
        }

        decimal days = Math.Truncate(rest / Nanoseconds.Day);
        rest -= days * Nanoseconds.Day;
        long left = (long)rest;
        long hours = left / Nanoseconds.Hour;
        long minutes = left / Nanoseconds.Minute % 60;
        long seconds = left / Nanoseconds.Second % 60;
        long fraction = left % Nanoseconds.Second;
        string text = (nanoseconds < 0 ? "-P" : "P") + Part(days, "D");
        if (hours != 0 || minutes != 0 || seconds != 0 || fraction != 0)
        {
            text += "T" + Part(hours, "H") + Part(minutes, "M");
            if (seconds != 0 || fraction != 0)
            {
                string digits = fraction == 0 ? string.Empty
                    : "." + fraction.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
                text += seconds.ToString(CultureInfo.InvariantCulture) + digits + "S";
            }
        }

        return text;
    }

    public static string Months(long months)
    {
        decimal size = Math.Abs((decimal)months);
        decimal years = Math.Truncate(size / 12);
        string text = Part(years, "Y") + Part(size - (years * 12), "M");
        return (months < 0 ? "-P" : "P") + (text.Length == 0 ? "0M" : text);
    }

    private static FeelDate? Date(string text)
    {
        Match match = DateForm.Match(text);
        if (!match.Success)
        {
            return null;
        }

        long year = long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) * (match.Groups[1].Length > 0 ? -1 : 1);
        int month = Small(match.Groups[3]);
        int day = Small(match.Groups[4]);
        return FeelDate.IsValid(year, month, day) ? new FeelDate((int)year, month, day) : null;
    }

    private static (FeelTime Value, bool NextDay)? Time(string text)
    {
        Match match = TimeForm.Match(text);
        if (!match.Success)
        {
            return null;
        }

        int hour = Small(match.Groups[1]);
        int minute = Small(match.Groups[2]);
        int second = Small(match.Groups[3]);
        long fraction = (long)Fraction(match.Groups[4]);
        bool midnight = hour == 24 && minute == 0 && second == 0 && fraction == 0;
        if ((hour > 23 && !midnight) || minute > 59 || second > 59)
        {
            return null;
        }

        long nanosecond = midnight ? 0
            : (hour * Nanoseconds.Hour) + (minute * Nanoseconds.Minute) + (second * Nanoseconds.Second) + fraction;
        string? zone = match.Groups[10].Success ? match.Groups[10].Value : null;
        if (zone is not null && !FeelTime.IsZone(zone))
        {
            return null;
        }

        int? offset = match.Groups[5].Success ? 0 : null;
        if (match.Groups[6].Success)
        {
            int hours = Small(match.Groups[7]);
            int minutes = Small(match.Groups[8]);
            int seconds = match.Groups[9].Success ? Small(match.Groups[9]) : 0;
            int size = (hours * 3600) + (minutes * 60) + seconds;
            if (minutes > 59 || seconds > 59 || size > 14 * 3600)
            {
                return null;
            }

            offset = match.Groups[6].Value == "-" ? -size : size;
        }

        return (new FeelTime(nanosecond, offset, zone), midnight);
    }

    private static decimal Whole(Group group) =>
        group.Success && group.Length > 0 ? decimal.Parse(group.Value, CultureInfo.InvariantCulture) : 0m;

    private static int Small(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    /// <summary>Digits after the point as nanoseconds; what is finer is cut off.</summary>
    private static decimal Fraction(Group group) =>
        group.Success && group.Length > 0
            ? decimal.Parse(group.Value.PadRight(9, '0').Substring(0, 9), CultureInfo.InvariantCulture)
            : 0m;

    private static string Part(decimal amount, string unit) =>
        amount == 0 ? string.Empty : amount.ToString("0", CultureInfo.InvariantCulture) + unit;
}
