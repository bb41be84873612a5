using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Calendars;

/// <summary>The JSON of a calendar.</summary>
public sealed partial class WorkingCalendar
{
    private static readonly string[] WeekDays = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

    /// <summary>Reads a calendar.</summary>
    /// <param name="json">The text; see docs/packs.md for its form.</param>
    /// <returns>The calendar, or every fault of the text with its place.</returns>
    /// <remarks><para>Errors: the codes of <see cref="DefinitionFaults"/>.</para></remarks>
    public static DefinitionReading<WorkingCalendar> Read(string json) => DefinitionNode.Read(json, ReadCalendar);

    /// <summary>The calendar in its one canonical form.</summary>
    public string ToJson()
    {
        JsonText json = JsonText.Start().WriteTerm(Name, "id").Member("zone", DayTime.Text(Zone));
        WriteTexts(json, "week", Week.Select(static day => WeekDays[(int)day - 1]));
        json.Optional("cut_off", CutOff is { } cutOff ? DayTime.Text(cutOff.NanosecondOfDay) : null).Member("hours", Hours.ToString());
        json.OpenArray("years");
        foreach (WorkingYear year in Years)
        {
            json.OpenObject().Member("year", year.Year);
            WriteTexts(json, "off", Runs(year.Off));
            WriteTexts(json, "make_up", Runs(year.MakeUp));
            json.CloseObject();
        }

        json.CloseArray().OpenArray("festivals");
        foreach (Festival festival in Festivals)
        {
            json.OpenObject().WriteTerm(festival.Name);
            WriteTexts(json, "dates", festival.Dates.Select(DayTime.Text));
            json.CloseObject();
        }

        return json.CloseArray().Finish();
    }

    private static WorkingCalendar? ReadCalendar(DefinitionNode root)
    {
        root.Only("id", "en", "zh", "zone", "week", "cut_off", "hours", "years", "festivals");
        Term? name = root.Term("id");
        root.NoteNames(name);
        DateTimeZone? zone = root.At("zone") is { IsThere: true } at
            ? DayTime.Zone(at.AsText()) ?? at.Wrong<DateTimeZone>(DefinitionForms.Of("zone"))
            : null;
        LocalTime? cutOff = root.At("cut_off").Parse(DayTime.Time, DefinitionForms.Of("time", "17:00"));
        OpeningHours? hours = root.At("hours") is { IsThere: true } open
            ? OpeningHours.TryParse(open.AsText()) ?? open.Wrong<OpeningHours>(DefinitionForms.Of("hours"))
            : null;
        var week = ImmutableArray.CreateBuilder<IsoDayOfWeek>();
        foreach (DefinitionNode day in root.Entries("week"))
        {
            IsoDayOfWeek? found = day.Parse(
                static text => Array.IndexOf(WeekDays, text) is var i and >= 0 ? (IsoDayOfWeek?)(i + 1) : null, "mon, tue, … sun");
            Once(day, week, found, found is { } some ? WeekDays[(int)some - 1] : string.Empty);
        }

        ImmutableArray<WorkingYear> years = ReadYears(root);
        ImmutableArray<Festival> festivals = ReadFestivals(root);
        return name is null ? null : new WorkingCalendar(
            name, years, festivals, zone, cutOff, hours, week.ToImmutable());
    }

    private static ImmutableArray<WorkingYear> ReadYears(DefinitionNode root)
    {
        var years = new SortedDictionary<int, WorkingYear>();
        foreach (DefinitionNode node in root.Entries("years"))
        {
            int year = node.Only("year", "off", "make_up").Int("year");
            if (year is < 1900 or > 2200)
            {
                node.At("year").Wrong<object>(DefinitionForms.Of("year"));
                continue;
            }

            if (years.ContainsKey(year))
            {
                node.Note(DefinitionFaults.Repeated, "year", DayTime.Year(year));
                continue;
            }

            var seen = new SortedSet<LocalDate>();
            ImmutableArray<LocalDate> off = ReadDays(node, "off", year, seen);
            ImmutableArray<LocalDate> makeUp = ReadDays(node, "make_up", year, seen);
            years.Add(year, new WorkingYear(year, off, makeUp));
        }

        return years.Values.ToImmutableArray();
    }

    private static ImmutableArray<LocalDate> ReadDays(DefinitionNode node, string member, int year, SortedSet<LocalDate> seen)
    {
        var days = ImmutableArray.CreateBuilder<LocalDate>();
        foreach (DefinitionNode entry in node.Entries(member))
        {
            if (entry.Parse(DayTime.Dates, DefinitionForms.Of("span")) is not { } span)
            {
                continue;
            }

            if (span.First.Year != year || span.Last.Year != year)
            {
                entry.Wrong<object>(DefinitionForms.Of("day_of_year", DayTime.Year(year)));
                continue;
            }

            for (LocalDate day = span.First; day <= span.Last; day = day.PlusDays(1))
            {
                if (seen.Add(day))
                {
                    days.Add(day);
                }
                else
                {
                    entry.Note(DefinitionFaults.Repeated, member, DayTime.Text(day));
                }
            }
        }

        return days.ToImmutable();
    }

    private static ImmutableArray<Festival> ReadFestivals(DefinitionNode root)
    {
        var festivals = new SortedDictionary<string, Festival>(StringComparer.Ordinal);
        foreach (DefinitionNode node in root.Entries("festivals"))
        {
            Term? name = node.Only("code", "en", "zh", "dates").Term();
            node.NoteNames(name);
            var dates = ImmutableArray.CreateBuilder<LocalDate>();
            foreach (DefinitionNode entry in node.Entries("dates"))
            {
                LocalDate? date = entry.Parse(DayTime.Date, DefinitionForms.Of("day", "2026-02-17"));
                bool again = date is { } day && dates.Any(other => other.Year == day.Year);
                Once(entry, dates, again ? null : date, string.Empty);
                if (again)
                {
                    entry.Note(DefinitionFaults.Repeated, "dates", DayTime.Year(date!.Value.Year));
                }
            }

            if (name is not null && festivals.ContainsKey(name.Code))
            {
                node.Note(DefinitionFaults.Repeated, "code", name.Code);
            }
            else if (name is not null)
            {
                festivals.Add(name.Code, new Festival(name, dates.ToImmutable()));
            }
        }

        return festivals.Values.ToImmutableArray();
    }

    private static void Once<T>(DefinitionNode entry, ImmutableArray<T>.Builder found, T? value, string text)
        where T : struct
    {
        if (value is { } some && found.Contains(some))
        {
            entry.Note(DefinitionFaults.Repeated, string.Empty, text);
        }
        else if (value is { } other)
        {
            found.Add(other);
        }
    }

    private static IEnumerable<string> Runs(ImmutableArray<LocalDate> days)
    {
        for (int i = 0; i < days.Length;)
        {
            int last = i;
            while (last + 1 < days.Length && days[last + 1] == days[last].PlusDays(1))
            {
                last++;
            }

            yield return last == i ? DayTime.Text(days[i]) : DayTime.Text(days[i]) + "/" + DayTime.Text(days[last]);
            i = last + 1;
        }
    }

    private static void WriteTexts(JsonText json, string name, IEnumerable<string> texts)
    {
        json.OpenArray(name);
        foreach (string text in texts)
        {
            json.Element(text);
        }

        json.CloseArray();
    }
}
