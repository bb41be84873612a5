using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Calendars;

/// <summary>What can be wrong with the notice of a year, beside what can be wrong with any JSON.</summary>
public static class CalendarFindings
{
    /// <summary>The notice names no day.</summary>
    public static FindingKind NoticeEmpty { get; } = new(
        "calendar.notice_empty", Severity.Refusal,
        "{place}: the notice of {year} names no day, so the year stays unknown. Load it again once it has its days.",
        "{place}：{year} 年的通知没有列出任何日期，该年仍为“未知”。请在通知有了日期之后再导入。");

    /// <summary>A day lies outside what a notice governs.</summary>
    public static FindingKind DayOutside { get; } = new(
        "calendar.day_outside", Severity.Refusal,
        "{place}: {day} is not governed by the notice of {year}, which covers that year and the December before it. "
        + "Correct the day or the year.",
        "{place}：{day} 不在 {year} 年通知的范围内（该年以及上一年 12 月）。请更正日期或年份。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(NoticeEmpty, DayOutside);
}
