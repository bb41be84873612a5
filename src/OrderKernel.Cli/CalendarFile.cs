using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Calendars;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary>What a file says of years: the notice of one, or a calendar with several.</summary>
internal sealed class CalendarFile
{
    private readonly HolidayNotice? notice;
    private readonly ImmutableArray<WorkingYear> stated;

    private CalendarFile(HolidayNotice? notice, ImmutableArray<WorkingYear> stated) => (this.notice, this.stated) = (notice, stated);

    public IEnumerable<int> Years => notice is null ? stated.Select(static year => year.Year) : [notice.Year];

    /// <summary>Reads a file; a calendar must be the one that is to learn from it.</summary>
    public static DefinitionReading<CalendarFile> Read(string text, WorkingCalendar known)
    {
        if (!IsCalendar(text))
        {
            DefinitionReading<HolidayNotice> read = HolidayNotice.Read(text);
            return new DefinitionReading<CalendarFile>(read.Value is null ? null : new CalendarFile(read.Value, []), read.Findings);
        }

        DefinitionReading<WorkingCalendar> calendar = WorkingCalendar.Read(text);
        if (calendar.Value is { } other && other.Name.Code != known.Name.Code)
        {
            return new DefinitionReading<CalendarFile>(
                null, [CalendarText.OtherCalendar.About("$.id", string.Empty, other.Name.Code, known.Name.Code)]);
        }

        return new DefinitionReading<CalendarFile>(
            calendar.Value is null ? null : new CalendarFile(null, calendar.Value.Years), calendar.Findings);
    }

    public WorkingCalendar ApplyTo(WorkingCalendar calendar) =>
        notice?.ApplyTo(calendar) ?? stated.Aggregate(calendar, static (known, year) => known.With(year));

    /// <summary>Every day that is known otherwise.</summary>
    public IEnumerable<Finding> Differences(WorkingCalendar known)
    {
        WorkingCalendar changed = ApplyTo(known);
        foreach (LocalDate day in notice?.Differences(known) ?? known.Years.Where(year => Years.Contains(year.Year)).SelectMany(DaysOf)
            .Where(day => known.KindOf(day) != changed.KindOf(day)))
        {
            FindingKind kind = changed.KindOf(day) == DayKind.Off ? CalendarText.OffDiffers : CalendarText.WorkedDiffers;
            yield return kind.About(Text(day), string.Empty, Text(day));
        }
    }

    /// <summary>The days worked to make up that are working days anyway.</summary>
    public IEnumerable<Finding> OddMakeUpDays(WorkingCalendar calendar) => (notice?.MakeUp ?? [])
        .Where(day => calendar.Week.Contains(day.DayOfWeek))
        .Select(static day => CalendarText.OddMakeUp.About(Text(day), string.Empty, Text(day)));

    private static IEnumerable<LocalDate> DaysOf(WorkingYear year)
    {
        for (var day = new LocalDate(year.Year, 1, 1); day.Year == year.Year; day = day.PlusDays(1))
        {
            yield return day;
        }
    }

    private static bool IsCalendar(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(
                text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("years", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Text(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
