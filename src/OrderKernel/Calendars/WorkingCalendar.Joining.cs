using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;

namespace OrderKernel.Calendars;

/// <summary>A calendar that learns a year.</summary>
public sealed partial class WorkingCalendar
{
    /// <summary>The calendar with a year that it did not know, or with another content of one that it did.</summary>
    /// <param name="year">The year.</param>
    /// <returns>A new calendar; this one stays as it is.</returns>
    public WorkingCalendar With(WorkingYear year)
    {
        int stated = (year ?? throw new ArgumentNullException(nameof(year))).Year;
        return With(Years.RemoveAll(known => known.Year == stated).Add(year), Festivals);
    }

    /// <summary>What two statements of one calendar say together: the years and festivals of both. Null when they contradict each
    /// other in what both say.</summary>
    internal WorkingCalendar? Join(WorkingCalendar other)
    {
        bool same = Name.Code == other.Name.Code && Name.English == other.Name.English && Name.Chinese == other.Name.Chinese
            && DayTime.Text(Zone) == DayTime.Text(other.Zone) && CutOff == other.CutOff && Hours.ToString() == other.Hours.ToString()
            && Week.SequenceEqual(other.Week);
        ImmutableArray<WorkingYear> years = Years.AddRange(other.Years.Where(year => Year(year.Year) is null));
        ImmutableArray<Festival>? festivals = Join(Festivals, other.Festivals);
        return same && festivals is { } all && other.Years.All(year => Year(year.Year) is not { } known || IsSame(known, year))
            ? With(years, all)
            : null;
    }

    private WorkingCalendar With(ImmutableArray<WorkingYear> years, ImmutableArray<Festival> festivals) =>
        new(Name, years, festivals, Zone, CutOff, Hours, Week);

    private WorkingYear? Year(int year) => Years.FirstOrDefault(known => known.Year == year);

    private static bool IsSame(WorkingYear one, WorkingYear other) =>
        one.Off.SequenceEqual(other.Off) && one.MakeUp.SequenceEqual(other.MakeUp);

    private static ImmutableArray<Festival>? Join(ImmutableArray<Festival> ours, ImmutableArray<Festival> theirs)
    {
        var joined = new List<Festival>();
        foreach (IGrouping<string, Festival> same in ours.Concat(theirs).GroupBy(static festival => festival.Name.Code))
        {
            Festival first = same.First();
            LocalDate[] dates = same.SelectMany(static festival => festival.Dates).Distinct().ToArray();
            bool agree = same.All(other => other.Name.English == first.Name.English && other.Name.Chinese == first.Name.Chinese)
                && dates.Select(static date => date.Year).Distinct().Count() == dates.Length;
            if (!agree)
            {
                return null;
            }

            joined.Add(new Festival(first.Name, dates.ToImmutableArray()));
        }

        return joined.ToImmutableArray();
    }
}
