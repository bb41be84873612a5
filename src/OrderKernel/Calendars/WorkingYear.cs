using System;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;

namespace OrderKernel.Calendars;

/// <summary>What the notice of one year says: which days are off although the week says otherwise, and which are worked to make up.</summary>
public sealed class WorkingYear
{
    /// <summary>Makes a year.</summary>
    /// <param name="year">The Gregorian year.</param>
    /// <param name="off">The days off, in any order; each within the year.</param>
    /// <param name="makeUp">The make-up days, in any order; each within the year and none of them off.</param>
    /// <exception cref="ArgumentException">A day lies in another year, or is both off and worked.</exception>
    public WorkingYear(int year, ImmutableArray<LocalDate> off, ImmutableArray<LocalDate> makeUp)
    {
        Year = year;
        Off = Sorted(off);
        MakeUp = Sorted(makeUp);
        if (Off.Concat(MakeUp).Any(day => day.Year != year))
        {
            throw new ArgumentException($"A day lies outside {year}.", nameof(off));
        }

        if (Off.Intersect(MakeUp).Any())
        {
            throw new ArgumentException("A day is both off and worked.", nameof(makeUp));
        }
    }

    /// <summary>The Gregorian year.</summary>
    public int Year { get; }

    /// <summary>The days off, ascending, each once.</summary>
    public ImmutableArray<LocalDate> Off { get; }

    /// <summary>The make-up days, ascending, each once.</summary>
    public ImmutableArray<LocalDate> MakeUp { get; }

    private static ImmutableArray<LocalDate> Sorted(ImmutableArray<LocalDate> days) =>
        days.IsDefault ? ImmutableArray<LocalDate>.Empty : ImmutableArray.CreateRange(days.Distinct().OrderBy(static day => day));
}
