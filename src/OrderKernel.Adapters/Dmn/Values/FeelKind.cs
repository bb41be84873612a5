namespace OrderKernel.Adapters.Dmn.Values;

/// <summary>What kind of thing a FEEL value is.</summary>
/// <remarks><para>Source: DMN 1.5 §10.3.2.3.</para></remarks>
public enum FeelKind
{
    /// <summary>No value; also what an error yields.</summary>
    Null = 0,

    /// <summary>A number: decimal with 28 significant digits.</summary>
    Number = 1,

    /// <summary>Text; its length is counted in Unicode code points.</summary>
    Text = 2,

    /// <summary>True or false.</summary>
    Boolean = 3,

    /// <summary>A date of the proleptic Gregorian calendar, year -999999999 to 999999999.</summary>
    Date = 4,

    /// <summary>A time of day to the nanosecond, with or without an offset or a zone.</summary>
    Time = 5,

    /// <summary>A date and a time of day.</summary>
    DateTime = 6,

    /// <summary>A duration in days, hours, minutes and seconds.</summary>
    DaysDuration = 7,

    /// <summary>A duration in years and months.</summary>
    MonthsDuration = 8,

    /// <summary>A list of values.</summary>
    List = 9,

    /// <summary>Named entries in order.</summary>
    Context = 10,

    /// <summary>An interval between two end points.</summary>
    Range = 11,

    /// <summary>A function.</summary>
    Function = 12,
}
