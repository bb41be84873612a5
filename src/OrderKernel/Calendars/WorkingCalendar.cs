using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;

namespace OrderKernel.Calendars;

/// <summary>Which days are worked, in whose zone, until what hour: all of it data. A year without data is unknown, and so is every
/// answer that would need it.</summary>
/// <remarks>
/// <para>Shape: immutable and safe to share. Units: local dates and times are of <see cref="Zone"/>.</para>
/// <para>Cost: a look-up of a day is O(1); counting days and hours is O(days passed).</para>
/// </remarks>
public sealed partial class WorkingCalendar
{
    private static readonly ImmutableArray<IsoDayOfWeek> MondayToFriday = ImmutableArray.Create(
        IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday);

    private readonly Dictionary<int, bool[]> worked = new();

    /// <summary>Makes a calendar.</summary>
    /// <param name="name">Its code and names.</param>
    /// <param name="years">The years that are known; no year twice.</param>
    /// <param name="festivals">The festivals that are known; empty for none.</param>
    /// <param name="zone">The business zone; null for a fixed +08:00.</param>
    /// <param name="cutOff">The last local moment, inclusive, at which an order still counts for the day; null for none.</param>
    /// <param name="hours">The hours of a working day; null for 08:30-12:00 and 13:00-17:30.</param>
    /// <param name="week">The days of the week that are worked; empty for Monday to Friday.</param>
    /// <exception cref="ArgumentException">A year or a festival stands twice, or the cut-off is not a whole minute.</exception>
    public WorkingCalendar(
        Term name, ImmutableArray<WorkingYear> years, ImmutableArray<Festival> festivals = default, DateTimeZone? zone = null,
        LocalTime? cutOff = null, OpeningHours? hours = null, ImmutableArray<IsoDayOfWeek> week = default)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Years = years.IsDefault ? ImmutableArray<WorkingYear>.Empty : years.Sort(static (a, b) => a.Year.CompareTo(b.Year));
        Festivals = festivals.IsDefault
            ? ImmutableArray<Festival>.Empty
            : festivals.Sort(static (a, b) => string.CompareOrdinal(a.Name.Code, b.Name.Code));
        Zone = zone ?? DateTimeZone.ForOffset(Offset.FromHours(8));
        CutOff = cutOff is null || DayTime.IsWholeMinute(cutOff.Value.NanosecondOfDay)
            ? cutOff
            : throw new ArgumentException("A cut-off is a whole minute.", nameof(cutOff));
        Hours = hours ?? OpeningHours.Of(new LocalTime(8, 30), new LocalTime(12, 0), new LocalTime(13, 0), new LocalTime(17, 30));
        Week = week.IsDefaultOrEmpty ? MondayToFriday : ImmutableArray.CreateRange(week.Distinct().OrderBy(static day => day));
        foreach (WorkingYear year in Years)
        {
            worked.Add(year.Year, DaysWorked(year));
        }

        if (Festivals.Select(static festival => festival.Name.Code).Distinct().Count() != Festivals.Length)
        {
            throw new ArgumentException("A festival stands twice.", nameof(festivals));
        }
    }

    /// <summary>Its code and names.</summary>
    public Term Name { get; }

    /// <summary>The business zone.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The days of the week that are worked, Monday first.</summary>
    public ImmutableArray<IsoDayOfWeek> Week { get; }

    /// <summary>The last local moment, inclusive, at which an order still counts for the day; null for none.</summary>
    public LocalTime? CutOff { get; }

    /// <summary>The hours of a working day.</summary>
    public OpeningHours Hours { get; }

    /// <summary>The years that are known, ascending.</summary>
    public ImmutableArray<WorkingYear> Years { get; }

    /// <summary>The festivals that are known, by code.</summary>
    public ImmutableArray<Festival> Festivals { get; }

    /// <summary>What is known of a day.</summary>
    /// <param name="day">The day.</param>
    public DayKind KindOf(LocalDate day) =>
        !worked.TryGetValue(day.Year, out bool[]? year) ? DayKind.Unknown
        : year[day.DayOfYear - 1] ? DayKind.Working : DayKind.Off;

    /// <summary>The working day that is so many working days away.</summary>
    /// <param name="day">The day to count from; it is not counted itself and may be off.</param>
    /// <param name="days">How many; negative counts backwards, 0 answers the day itself or the next working day when it is off.</param>
    /// <returns>Null when a year on the way is unknown.</returns>
    public LocalDate? AddWorkingDays(LocalDate day, int days)
    {
        if (days == 0)
        {
            return KindOf(day) == DayKind.Working ? day : NextWorkingDay(day);
        }

        LocalDate at = day;
        for (int left = Math.Abs(days); left > 0;)
        {
            at = at.PlusDays(Math.Sign(days));
            DayKind kind = KindOf(at);
            if (kind == DayKind.Unknown)
            {
                return null;
            }

            left -= kind == DayKind.Working ? 1 : 0;
        }

        return at;
    }

    /// <summary>The first working day after a day.</summary>
    /// <param name="day">The day; it is not considered itself.</param>
    /// <returns>Null when a year on the way is unknown.</returns>
    public LocalDate? NextWorkingDay(LocalDate day) => AddWorkingDays(day, 1);

    /// <summary>The local day of a moment.</summary>
    /// <param name="moment">The moment.</param>
    public LocalDate DayOf(Instant moment) => moment.InZone(Zone).Date;

    /// <summary>The moment at which a local day begins.</summary>
    /// <param name="day">The day.</param>
    public Instant StartOf(LocalDate day) => day.AtStartOfDayInZone(Zone).ToInstant();

    /// <summary>The working day for which something that arrives at a moment counts: the same day up to the cut-off on a working
    /// day, otherwise the next working day.</summary>
    /// <param name="moment">When it arrives.</param>
    /// <returns>Null when a year on the way is unknown.</returns>
    public LocalDate? CountsFor(Instant moment)
    {
        LocalDateTime local = moment.InZone(Zone).LocalDateTime;
        return KindOf(local.Date) switch
        {
            DayKind.Unknown => null,
            DayKind.Working when CutOff is null || local.TimeOfDay <= CutOff.Value => local.Date,
            _ => NextWorkingDay(local.Date),
        };
    }

    /// <summary>The festival with a code; null when the calendar has none.</summary>
    /// <param name="code">The code.</param>
    public Festival? Festival(string code) => Festivals.FirstOrDefault(festival => festival.Name.Code == code);

    private bool[] DaysWorked(WorkingYear year)
    {
        var first = new LocalDate(year.Year, 1, 1);
        var days = new bool[CalendarSystem.Iso.GetDaysInYear(year.Year)];
        for (int i = 0; i < days.Length; i++)
        {
            days[i] = Week.Contains(first.PlusDays(i).DayOfWeek);
        }

        foreach (LocalDate off in year.Off)
        {
            days[off.DayOfYear - 1] = false;
        }

        foreach (LocalDate makeUp in year.MakeUp)
        {
            days[makeUp.DayOfYear - 1] = true;
        }

        return days;
    }
}
