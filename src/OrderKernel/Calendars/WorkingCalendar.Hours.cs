using System;
using NodaTime;

namespace OrderKernel.Calendars;

/// <summary>Working time: what passes while work goes on.</summary>
public sealed partial class WorkingCalendar
{
    /// <summary>The earliest moment by which so much working time has passed.</summary>
    /// <param name="from">When counting starts; it may lie outside the hours.</param>
    /// <param name="time">How much; not negative, and zero answers <paramref name="from"/>.</param>
    /// <param name="hours">The hours of a working day; null for <see cref="Hours"/>.</param>
    /// <returns>Null when a year on the way is unknown.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public Instant? AddWorkingTime(Instant from, Duration time, OpeningHours? hours = null)
    {
        if (time < Duration.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(time), "Working time only goes forward.");
        }

        Duration left = time;
        Instant at = from;
        for (LocalDate day = DayOf(from); left > Duration.Zero; day = day.PlusDays(1))
        {
            switch (KindOf(day))
            {
                case DayKind.Unknown:
                    return null;
                case DayKind.Off:
                    continue;
                default:
                    foreach ((long opens, long closes) in (hours ?? Hours).Spans)
                    {
                        Instant start = Instant.Max(Moment(day, opens), from);
                        Duration open = Moment(day, closes) - start;
                        if (open >= left)
                        {
                            return start + left;
                        }

                        left -= open > Duration.Zero ? open : Duration.Zero;
                    }

                    break;
            }
        }

        return at;
    }

    /// <summary>How much working time lies between two moments.</summary>
    /// <param name="from">The earlier moment.</param>
    /// <param name="to">The later moment; zero passes when it is not later.</param>
    /// <param name="hours">The hours of a working day; null for <see cref="Hours"/>.</param>
    /// <returns>Null when a year on the way is unknown.</returns>
    public Duration? WorkingTimeBetween(Instant from, Instant to, OpeningHours? hours = null)
    {
        Duration passed = Duration.Zero;
        for (LocalDate day = DayOf(from); to > from && day <= DayOf(to); day = day.PlusDays(1))
        {
            DayKind kind = KindOf(day);
            if (kind == DayKind.Unknown)
            {
                return null;
            }

            for (int i = 0; kind == DayKind.Working && i < (hours ?? Hours).Spans.Length; i++)
            {
                (long opens, long closes) = (hours ?? Hours).Spans[i];
                Duration open = Instant.Min(Moment(day, closes), to) - Instant.Max(Moment(day, opens), from);
                passed += open > Duration.Zero ? open : Duration.Zero;
            }
        }

        return passed;
    }

    private Instant Moment(LocalDate day, long nanosecondOfDay) => nanosecondOfDay == OpeningHours.DayEnd
        ? StartOf(day.PlusDays(1))
        : Zone.AtLeniently(day + LocalTime.FromNanosecondsSinceMidnight(nanosecondOfDay)).ToInstant();
}
