using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;

namespace OrderKernel.Calendars;

/// <summary>The notice of a year as people publish it: the days that are off, and those that are worked to make up.</summary>
/// <remarks>
/// <para>It may name days of the December before, which the notice of the year before does not know yet.</para>
/// <para>Shape: immutable and safe to share. Source: the JSON of github.com/NateScarlet/holiday-cn and its schema.</para>
/// </remarks>
public sealed class HolidayNotice
{
    private HolidayNotice(int year, ImmutableArray<LocalDate> off, ImmutableArray<LocalDate> makeUp)
    {
        Year = year;
        Off = off;
        MakeUp = makeUp;
    }

    /// <summary>The Gregorian year.</summary>
    public int Year { get; }

    /// <summary>The days off, ascending, each once; days of the December before come first.</summary>
    public ImmutableArray<LocalDate> Off { get; }

    /// <summary>The make-up days, ascending, each once.</summary>
    public ImmutableArray<LocalDate> MakeUp { get; }

    /// <summary>Reads a notice:
    /// <c>{ "year": 2027, "papers": [], "days": [ { "name": "…", "date": "2027-01-01", "isOffDay": true } ] }</c>.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The notice, or every fault of the text with its place.</returns>
    /// <remarks><para>Errors: the codes of <see cref="DefinitionFaults"/> and <see cref="CalendarFindings"/>; a notice without days is
    /// one, for a year is never known to have no holidays.</para></remarks>
    public static DefinitionReading<HolidayNotice> Read(string json) => DefinitionNode.Read(json, ReadNotice);

    /// <summary>A calendar that knows the year.</summary>
    /// <param name="calendar">The calendar; it stays as it is.</param>
    /// <remarks><para>Days of the December before change that year where the calendar knows it; a year that is unknown stays so.</para>
    /// </remarks>
    public WorkingCalendar ApplyTo(WorkingCalendar calendar)
    {
        if (calendar is null)
        {
            throw new ArgumentNullException(nameof(calendar));
        }

        WorkingCalendar known = calendar.With(new WorkingYear(Year, Of(Off, Year), Of(MakeUp, Year)));
        ImmutableArray<LocalDate> off = Of(Off, Year - 1);
        ImmutableArray<LocalDate> makeUp = Of(MakeUp, Year - 1);
        WorkingYear? before = known.Years.FirstOrDefault(year => year.Year == Year - 1);
        return before is null || (off.IsEmpty && makeUp.IsEmpty) ? known : known.With(new WorkingYear(
            before.Year, before.Off.RemoveAll(makeUp.Contains).AddRange(off), before.MakeUp.RemoveAll(off.Contains).AddRange(makeUp)));
    }

    /// <summary>The days that a calendar knows otherwise, ascending; empty when it knows them so, or does not know their year.</summary>
    /// <param name="calendar">The calendar.</param>
    public ImmutableArray<LocalDate> Differences(WorkingCalendar calendar)
    {
        if (calendar is null)
        {
            throw new ArgumentNullException(nameof(calendar));
        }

        WorkingCalendar changed = ApplyTo(calendar);
        return ImmutableArray.CreateRange(calendar.Years.Where(year => year.Year == Year || year.Year == Year - 1)
            .SelectMany(static year => Enumerable.Range(0, CalendarSystem.Iso.GetDaysInYear(year.Year))
                .Select(day => new LocalDate(year.Year, 1, 1).PlusDays(day)))
            .Where(day => calendar.KindOf(day) != changed.KindOf(day)));
    }

    private static ImmutableArray<LocalDate> Of(ImmutableArray<LocalDate> days, int year) =>
        days.RemoveAll(day => day.Year != year);

    private static HolidayNotice? ReadNotice(DefinitionNode root)
    {
        int year = root.Only("$schema", "$id", "year", "papers", "days").Int("year");
        if (year is < 1900 or > 2200)
        {
            if (root.At("year").IsThere)
            {
                root.At("year").Wrong<object>(DefinitionForms.Of("year"));
            }

            return null;
        }

        var days = new SortedDictionary<LocalDate, bool>();
        root.Needed("days");
        foreach (DefinitionNode entry in root.Entries("days"))
        {
            LocalDate? date = entry.Only("name", "date", "isOffDay").Needed("date").Parse(
                DayTime.Date, DefinitionForms.Of("date", DayTime.Year(year) + "-01-01"));
            entry.Needed("isOffDay");
            bool off = entry.Flag("isOffDay");
            if (date is not { } day)
            {
                continue;
            }

            if (day.Year != year && !(day.Year == year - 1 && day.Month == 12))
            {
                entry.At("date").Note(CalendarFindings.DayOutside, string.Empty, DayTime.Text(day), DayTime.Year(year));
            }
            else if (days.ContainsKey(day))
            {
                entry.At("date").Note(DefinitionFaults.Repeated, string.Empty, DayTime.Text(day));
            }
            else
            {
                days.Add(day, off);
            }
        }

        if (!root.Entries("days").Any() && root.At("days").IsThere)
        {
            root.At("days").Note(CalendarFindings.NoticeEmpty, string.Empty, DayTime.Year(year));
        }

        return new HolidayNotice(
            year, ImmutableArray.CreateRange(days.Where(static day => day.Value).Select(static day => day.Key)),
            ImmutableArray.CreateRange(days.Where(static day => !day.Value).Select(static day => day.Key)));
    }
}
