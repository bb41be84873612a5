using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;

namespace OrderKernel.Calendars;

/// <summary>A festival and the days it falls on, as facts: lunar dates are looked up, never computed.</summary>
public sealed class Festival
{
    /// <summary>Makes a festival.</summary>
    /// <param name="name">Its code and names, such as <c>spring_festival</c>.</param>
    /// <param name="dates">The days, at most one a year; in any order.</param>
    public Festival(Term name, ImmutableArray<LocalDate> dates)
    {
        Name = name ?? throw new System.ArgumentNullException(nameof(name));
        Dates = dates.IsDefault ? ImmutableArray<LocalDate>.Empty : dates.Sort();
    }

    /// <summary>Its code and names.</summary>
    public Term Name { get; }

    /// <summary>The days that are known, ascending.</summary>
    public ImmutableArray<LocalDate> Dates { get; }

    /// <summary>The day it falls on in a year; null when that is not known.</summary>
    /// <param name="year">The Gregorian year.</param>
    public LocalDate? In(int year)
    {
        foreach (LocalDate date in Dates.Where(date => date.Year == year))
        {
            return date;
        }

        return null;
    }

    /// <summary>The days around the festival of a year, such as the fifteen days before it: [-15, -1].</summary>
    /// <param name="year">The Gregorian year.</param>
    /// <param name="from">The first day, counted from the festival; negative is before.</param>
    /// <param name="to">The last day, inclusive, counted from the festival; not before <paramref name="from"/>.</param>
    /// <returns>Both ends inclusive; null when the festival of that year is not known.</returns>
    public DateInterval? Window(int year, int from = -15, int to = -1) =>
        In(year) is { } day ? new DateInterval(day.PlusDays(from), day.PlusDays(to)) : null;

    /// <summary>Whether a day lies in the window around a festival.</summary>
    /// <param name="day">The day.</param>
    /// <param name="from">The first day of the window, counted from the festival.</param>
    /// <param name="to">The last day of the window, inclusive.</param>
    /// <returns>Null when the answer needs a festival that is not known.</returns>
    public bool? IsNear(LocalDate day, int from = -15, int to = -1)
    {
        // A window may reach into the next or the previous year, so the festivals that can matter are those of the years it touches.
        bool known = true;
        for (int year = day.PlusDays(-to).Year - 1; year <= day.PlusDays(-from).Year + 1; year++)
        {
            DateInterval? window = Window(year, from, to);
            bool needed = day.PlusDays(-to).Year <= year && year <= day.PlusDays(-from).Year;
            known &= window is not null || !needed;
            if (window is not null && window.Contains(day))
            {
                return true;
            }
        }

        return known ? false : null;
    }
}
