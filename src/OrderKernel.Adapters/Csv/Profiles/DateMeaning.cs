using NodaTime;
using NodaTime.Text;

namespace OrderKernel.Adapters.Csv.Profiles;

/// <summary>Which moment of a day a date without a time stands for.</summary>
/// <remarks><para>Always in the profile's zone; a time that a clock change skips moves to after it.</para></remarks>
public sealed class DateMeaning
{
    private readonly LocalTime? time;
    private readonly bool end;

    private DateMeaning(string text, LocalTime? time, bool end)
    {
        Text = text;
        this.time = time;
        this.end = end;
    }

    /// <summary>The first moment of the day; in profiles <c>start_of_day</c>.</summary>
    public static DateMeaning StartOfDay { get; } = new("start_of_day", null, false);

    /// <summary>The last microsecond of the day, so that the whole day still counts; in profiles <c>end_of_day</c>.</summary>
    public static DateMeaning EndOfDay { get; } = new("end_of_day", null, true);

    /// <summary>How it stands in profiles.</summary>
    public string Text { get; }

    /// <summary>Reads <c>start_of_day</c>, <c>end_of_day</c> or a time such as <c>18:00</c>; null for anything else.</summary>
    /// <param name="text">The text.</param>
    public static DateMeaning? Read(string text)
    {
        if (text is "start_of_day" or "end_of_day")
        {
            return text == "end_of_day" ? EndOfDay : StartOfDay;
        }

        ParseResult<LocalTime> read = LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text ?? string.Empty);
        return read.Success ? new DateMeaning(text!, read.Value, false) : null;
    }

    /// <summary>The moment that a date stands for.</summary>
    /// <param name="date">The date.</param>
    /// <param name="zone">The zone whose days are meant.</param>
    public Instant Of(LocalDate date, DateTimeZone zone) => time is { } at
        ? zone.AtLeniently(date + at).ToInstant()
        : end
            ? zone.AtStartOfDay(date.PlusDays(1)).ToInstant() - Duration.FromNanoseconds(1_000)
            : zone.AtStartOfDay(date).ToInstant();
}
