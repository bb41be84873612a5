using System;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;

namespace OrderKernel.Calendars;

/// <summary>The hours of a working day in which work goes on, such as 08:30-12:00 and 13:00-17:30.</summary>
/// <remarks><para>Shape: spans in ascending order that do not touch; local times in whole minutes, starts inclusive, ends exclusive.</para></remarks>
public sealed class OpeningHours
{
    internal const long DayEnd = NodaConstants.NanosecondsPerDay;

    private OpeningHours(ImmutableArray<(long From, long To)> spans) => Spans = spans;

    /// <summary>The whole day.</summary>
    public static OpeningHours AllDay { get; } = new(ImmutableArray.Create((0L, DayEnd)));

    internal ImmutableArray<(long From, long To)> Spans { get; }

    /// <summary>One span a day.</summary>
    /// <param name="from">When work begins.</param>
    /// <param name="to">When it ends, exclusive; midnight is the end of the day.</param>
    /// <exception cref="ArgumentException">It ends before it begins, or a time is not a whole minute.</exception>
    public static OpeningHours Of(LocalTime from, LocalTime to) => OrThrow(Spanned((from, to)));

    /// <summary>Two spans a day, with a break between them.</summary>
    /// <param name="from">When work begins.</param>
    /// <param name="breakFrom">When the break begins.</param>
    /// <param name="breakTo">When the break ends.</param>
    /// <param name="to">When work ends, exclusive; midnight is the end of the day.</param>
    /// <exception cref="ArgumentException">The times do not ascend, or one is not a whole minute.</exception>
    public static OpeningHours Of(LocalTime from, LocalTime breakFrom, LocalTime breakTo, LocalTime to) =>
        OrThrow(Spanned((from, breakFrom), (breakTo, to)));

    /// <summary>The spans as text, such as <c>08:30-12:00 13:00-17:30</c>; the end of the day is 24:00.</summary>
    public override string ToString() => string.Join(" ", Spans.Select(static span => $"{DayTime.Text(span.From)}-{DayTime.Text(span.To)}"));

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Null when it is of another form or the spans do not ascend.</returns>
    public static OpeningHours? TryParse(string text)
    {
        var spans = ImmutableArray.CreateBuilder<(long, long)>();
        foreach (string part in (text ?? throw new ArgumentNullException(nameof(text))).Split(' '))
        {
            string[] ends = part.Split('-');
            if (ends.Length != 2 || DayTime.Parse(ends[0]) is not { } from || DayTime.Parse(ends[1]) is not { } to)
            {
                return null;
            }

            spans.Add((from, to));
        }

        return Checked(spans.ToImmutable());
    }

    private static OpeningHours? Spanned(params (LocalTime From, LocalTime To)[] spans) => Checked(ImmutableArray.CreateRange(
        spans.Select(static span => (span.From.NanosecondOfDay, span.To == LocalTime.Midnight ? DayEnd : span.To.NanosecondOfDay))));

    private static OpeningHours? Checked(ImmutableArray<(long From, long To)> spans)
    {
        long end = -1;
        foreach ((long from, long to) in spans)
        {
            if (from <= end || to <= from || !DayTime.IsWholeMinute(from) || !DayTime.IsWholeMinute(to))
            {
                return null;
            }

            end = to;
        }

        return spans.IsEmpty ? null : new OpeningHours(spans);
    }

    private static OpeningHours OrThrow(OpeningHours? hours) => hours ?? throw new ArgumentException("The times do not ascend in whole minutes.");
}
