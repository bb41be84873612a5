using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace OrderKernel.Calendars;

/// <summary>Dates and times of day as calendars write them.</summary>
internal static class DayTime
{
    private const long Minute = NodaConstants.NanosecondsPerMinute;

    /// <summary>A time of day in nanoseconds as <c>HH:mm</c>; the end of the day is <c>24:00</c>.</summary>
    public static string Text(long nanoseconds)
    {
        long minutes = nanoseconds / Minute;
        return (minutes / 60).ToString("00", CultureInfo.InvariantCulture) + ":" + (minutes % 60).ToString("00", CultureInfo.InvariantCulture);
    }

    public static string Text(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static long? Parse(string text)
    {
        bool digits = text.Length == 5 && text[2] == ':' && Digit(text[0]) && Digit(text[1]) && Digit(text[3]) && Digit(text[4]);
        int hours = digits ? ((text[0] - '0') * 10) + text[1] - '0' : 99;
        int minutes = digits ? ((text[3] - '0') * 10) + text[4] - '0' : 99;
        bool valid = minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0));
        return valid ? ((hours * 60) + minutes) * Minute : null;
    }

    public static LocalTime? Time(string text) =>
        Parse(text) is { } time && time < OpeningHours.DayEnd ? LocalTime.FromNanosecondsSinceMidnight(time) : null;

    public static bool IsWholeMinute(long nanoseconds) => nanoseconds % Minute == 0;

    public static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);

    public static LocalDate? Date(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true } parsed ? parsed.Value : null;

    /// <summary>A date, or a first and a last one joined by a slash.</summary>
    public static (LocalDate First, LocalDate Last)? Dates(string text)
    {
        string[] ends = text.Split('/');
        LocalDate? first = Date(ends[0]);
        LocalDate? last = ends.Length == 1 ? first : ends.Length == 2 ? Date(ends[1]) : null;
        return first is { } from && last is { } to && from <= to ? (from, to) : null;
    }

    /// <summary>A zone: a fixed offset such as <c>+08:00</c>, or a name of the time zone database. Null when it is neither.</summary>
    public static DateTimeZone? Zone(string text) =>
        OffsetPattern.CreateWithInvariantCulture("+HH:mm").Parse(text) is { Success: true } offset
            ? DateTimeZone.ForOffset(offset.Value)
            : DateTimeZoneProviders.Tzdb.GetZoneOrNull(text);

    public static string Text(DateTimeZone zone) => zone.MinOffset == zone.MaxOffset
        ? OffsetPattern.CreateWithInvariantCulture("+HH:mm").Format(zone.MinOffset)
        : zone.Id;

    private static bool Digit(char c) => c is >= '0' and <= '9';
}
