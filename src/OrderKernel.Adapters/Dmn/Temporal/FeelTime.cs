using System;
using System.Globalization;
using NodaTime;

namespace OrderKernel.Adapters.Dmn.Temporal;

/// <summary>A time of day; local, with an offset in seconds, or in a named zone.</summary>
/// <remarks><para>Shape: as part of a date and time, a time in a zone also carries the offset that it has there; alone it
/// carries none.</para></remarks>
internal readonly record struct FeelTime(long Nanosecond, int? Offset, string? Zone)
{
    public int Hour => (int)(Nanosecond / Nanoseconds.Hour);

    public int Minute => (int)(Nanosecond / Nanoseconds.Minute % 60);

    public int Second => (int)(Nanosecond / Nanoseconds.Second % 60);

    public int Fraction => (int)(Nanosecond % Nanoseconds.Second);

    public bool IsLocal => Offset is null && Zone is null;

    public static bool IsZone(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is not null;

    /// <summary>The offset of a time without a date: a zone answers for the start of 1970; 0 for a local time.</summary>
    public int OffsetAlone => Zone is null ? Offset ?? 0
        : DateTimeZoneProviders.Tzdb[Zone].GetUtcOffset(NodaConstants.UnixEpoch).Seconds;

    /// <summary>The same time without a date, which in a zone has no offset of its own.</summary>
    public FeelTime Alone => Zone is null ? this : this with { Offset = null };

    public override string ToString()
    {
        string text = FormattableString.Invariant($"{Hour:00}:{Minute:00}:{Second:00}");
        if (Fraction != 0)
        {
            text += "." + Fraction.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
        }

        return Zone is not null ? text + "@" + Zone : text + OffsetText(Offset);
    }

    private static string OffsetText(int? offset)
    {
        if (offset is not int seconds)
        {
            return string.Empty;
        }

        if (seconds == 0)
        {
            return "Z";
        }

        int size = Math.Abs(seconds);
        string text = FormattableString.Invariant($"{(seconds < 0 ? '-' : '+')}{size / 3600:00}:{size / 60 % 60:00}");
        return size % 60 == 0 ? text : text + FormattableString.Invariant($":{size % 60:00}");
    }
}
