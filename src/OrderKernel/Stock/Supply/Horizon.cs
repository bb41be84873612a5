using System;
using NodaTime;

namespace OrderKernel.Stock;

/// <summary>The days that a picture looks at, by index and back.</summary>
/// <remarks><para>Days are looked up more often than anything else, so a table of months does it and no calendar.</para></remarks>
internal sealed class Horizon
{
    // By month, the index of its first day less one. Empty where the calendar is not the ISO one.
    private readonly int[] months;
    private readonly int firstMonth;

    public Horizon(LocalDate today, int days)
    {
        Today = today;
        Days = days;
        firstMonth = MonthOf(today);
        months = new int[today.Calendar == CalendarSystem.Iso ? MonthOf(today.PlusDays(days - 1)) - firstMonth + 1 : 0];
        LocalDate month = today.PlusDays(1 - today.Day);
        for (int i = 0; i < months.Length; i++)
        {
            months[i] = Period.DaysBetween(today, month.PlusMonths(i)) - 1;
        }
    }

    /// <summary>The first day.</summary>
    public LocalDate Today { get; }

    /// <summary>How many days.</summary>
    public int Days { get; }

    /// <summary>The index of a day, cut to the days looked at.</summary>
    public int IndexOf(LocalDate day)
    {
        int month = MonthOf(day) - firstMonth;
        int index = month >= 0 && month < months.Length && day.Calendar == CalendarSystem.Iso
            ? months[month] + day.Day
            : Period.DaysBetween(Today, day);
        return Math.Min(Days - 1, Math.Max(0, index));
    }

    /// <summary>The day of an index.</summary>
    public LocalDate DayOf(int index)
    {
        // No month is longer than 31 days, so the guess is never too late.
        int month = (index + Today.Day - 1) / 31;
        while (month + 1 < months.Length && months[month + 1] < index)
        {
            month++;
        }

        int number = firstMonth + month - 1;
        return month < months.Length
            ? new LocalDate(number / 12, (number % 12) + 1, index - months[month])
            : Today.PlusDays(index);
    }

    private static int MonthOf(LocalDate day) => (day.Year * 12) + day.Month;
}
