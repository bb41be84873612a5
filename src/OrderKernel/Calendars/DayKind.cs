namespace OrderKernel.Calendars;

/// <summary>What a calendar knows of a day.</summary>
public enum DayKind
{
    /// <summary>The calendar has no data for the year. Nothing may be concluded.</summary>
    Unknown = 0,

    /// <summary>Nobody works.</summary>
    Off = 1,

    /// <summary>A working day, by the week or as a make-up day.</summary>
    Working = 2,
}
