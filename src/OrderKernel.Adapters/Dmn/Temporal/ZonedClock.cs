using System;
using NodaTime;
using NodaTime.TimeZones;

namespace OrderKernel.Adapters.Dmn.Temporal;

/// <summary>Wall clocks of named zones and the line of time, both ways.</summary>
/// <remarks>
/// <para>Shape: a local time that a change of clocks skips is moved on by what was skipped; of two that bear one name the earlier
/// stands, unless an offset says which. The standard is silent; <c>java.time</c> does so, and with it the engines that the
/// conformance kit was made with.</para>
/// <para>Source: the zone rules of NodaTime. Years beyond ±9,000 take the rules of a year that has the same leap day.</para>
/// </remarks>
internal static class ZonedClock
{
    private const int LastYear = 9_000;

    /// <summary>The date and time that a reading of the clock stands for, with its offset.</summary>
    /// <param name="date">The date on the wall.</param>
    /// <param name="time">The time on the wall, in a named zone.</param>
    /// <param name="preferred">The offset to keep where the clock shows this time twice; null for the earlier.</param>
    public static (FeelDate Date, FeelTime Time) Place(FeelDate date, FeelTime time, int? preferred = null)
    {
        ZoneLocalMapping mapping = Map(date, time);
        if (mapping.Count == 0)
        {
            int skipped = mapping.LateInterval.WallOffset.Seconds - mapping.EarlyInterval.WallOffset.Seconds;
            decimal moved = Local(date, time) + (skipped * (decimal)Nanoseconds.Second);
            return At(moved, time with { Offset = mapping.LateInterval.WallOffset.Seconds }) ?? (date, time with
            {
                Offset = mapping.LateInterval.WallOffset.Seconds,
            });
        }

        int late = mapping.LateInterval.WallOffset.Seconds;
        return (date, time with { Offset = preferred == late ? late : mapping.EarlyInterval.WallOffset.Seconds });
    }

    /// <summary>What the clock of a zone shows at a moment; null outside the years.</summary>
    /// <param name="instant">Nanoseconds since 1970-01-01T00:00Z.</param>
    /// <param name="zone">The zone's name.</param>
    public static (FeelDate Date, FeelTime Time)? Show(decimal instant, string zone)
    {
        decimal day = Math.Floor(instant / Nanoseconds.Day);
        if (FeelDate.FromDayNumber(day) is not FeelDate date)
        {
            return null;
        }

        Instant moment = Within(date).AtMidnight().PlusNanoseconds((long)(instant - (day * Nanoseconds.Day))).InUtc().ToInstant();
        int offset = DateTimeZoneProviders.Tzdb[zone].GetUtcOffset(moment).Seconds;
        return At(instant + (offset * (decimal)Nanoseconds.Second), new FeelTime(0, offset, zone));
    }

    /// <summary>Whether the clock shows this time twice and this is the second.</summary>
    public static bool IsSecond(FeelDate date, FeelTime time)
    {
        ZoneLocalMapping mapping = Map(date, time);
        return mapping.Count == 2 && time.Offset == mapping.LateInterval.WallOffset.Seconds;
    }

    public static decimal Local(FeelDate date, FeelTime time) => (date.DayNumber * Nanoseconds.Day) + time.Nanosecond;

    private static (FeelDate Date, FeelTime Time)? At(decimal local, FeelTime time)
    {
        decimal day = Math.Floor(local / Nanoseconds.Day);
        return FeelDate.FromDayNumber(day) is FeelDate date
            ? (date, time with { Nanosecond = (long)(local - (day * Nanoseconds.Day)) }) : null;
    }

    private static ZoneLocalMapping Map(FeelDate date, FeelTime time) => DateTimeZoneProviders.Tzdb[time.Zone!]
        .MapLocal(Within(date).At(LocalTime.FromNanosecondsSinceMidnight(time.Nanosecond)));

    // Zone rules repeat by the calendar; years beyond the data read as a year that has the same leap day.
    private static LocalDate Within(FeelDate date)
    {
        int year = date.Year is >= -LastYear and <= LastYear ? date.Year : FeelDate.IsLeap(date.Year) ? 8000 : 8001;
        return new LocalDate(year, date.Month, date.Day);
    }
}
