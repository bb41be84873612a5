using OrderKernel.Adapters.Dmn.Temporal;

namespace OrderKernel.Adapters.Dmn.Values;

internal sealed class NullValue : FeelValue
{
    public static readonly NullValue Instance = new();

    /// <summary>An argument that was left out, where one that is null would be refused.</summary>
    public static readonly NullValue Missing = new();

    public override FeelKind Kind => FeelKind.Null;
}

internal sealed class NumberValue(decimal number) : FeelValue
{
    public decimal Number { get; } = number;

    public override FeelKind Kind => FeelKind.Number;
}

internal sealed class TextValue(string text) : FeelValue
{
    public string Text { get; } = text;

    public override FeelKind Kind => FeelKind.Text;
}

internal sealed class BooleanValue : FeelValue
{
    public static readonly BooleanValue True = new(true);
    public static readonly BooleanValue False = new(false);

    private BooleanValue(bool flag) => Flag = flag;

    public bool Flag { get; }

    public override FeelKind Kind => FeelKind.Boolean;

    public static new FeelValue Of(bool flag) => flag ? True : False;

    /// <summary>Ternary: null stands for "cannot be told".</summary>
    public static FeelValue Of(bool? flag) => flag is bool known ? Of(known) : NullValue.Instance;
}

internal sealed class DateValue(FeelDate date) : FeelValue
{
    public FeelDate Date { get; } = date;

    public override FeelKind Kind => FeelKind.Date;
}

internal sealed class TimeValue(FeelTime time) : FeelValue
{
    public FeelTime Time { get; } = time.Alone;

    public override FeelKind Kind => FeelKind.Time;
}

/// <summary>A date and a time of day; in a named zone a moment that exists there, with its offset.</summary>
internal sealed class DateTimeValue : FeelValue
{
    public DateTimeValue(FeelDate date, FeelTime time) => (Date, Time) = time.Zone is null || time.Offset is not null
        ? (date, time) : ZonedClock.Place(date, time);

    public FeelDate Date { get; }

    public FeelTime Time { get; }

    public override FeelKind Kind => FeelKind.DateTime;

    /// <summary>Nanoseconds since 1970-01-01T00:00Z; a local value is read as UTC.</summary>
    public decimal Instant => LocalNanoseconds - ((Time.Offset ?? 0) * (decimal)Nanoseconds.Second);

    public decimal LocalNanoseconds => ZonedClock.Local(Date, Time);

    /// <summary>The text that reads back to this moment. FEEL has no word for the second of two equal times in a zone: that one is
    /// written with its offset.</summary>
    public string Text => Date + "T" + (Time.Zone is not null && ZonedClock.IsSecond(Date, Time) ? Time with { Zone = null }
        : Time);
}

/// <summary>Days, hours, minutes and seconds, kept as nanoseconds.</summary>
internal sealed class DaysValue(decimal nanoseconds) : FeelValue
{
    public decimal Total { get; } = nanoseconds;

    public override FeelKind Kind => FeelKind.DaysDuration;
}

/// <summary>Years and months, kept as months.</summary>
internal sealed class MonthsValue(long months) : FeelValue
{
    public long Months { get; } = months;

    public override FeelKind Kind => FeelKind.MonthsDuration;
}
