using System;
using NodaTime;

namespace OrderKernel.Measures;

/// <summary>Instants as the kernel keeps them: cut, never rounded, to whole microseconds.</summary>
public static class Microseconds
{
    /// <summary>Whole microseconds since 1970-01-01T00:00:00Z; finer parts are cut towards the past.</summary>
    /// <param name="instant">The instant.</param>
    public static long Of(Instant instant)
    {
        long ticks = instant.ToUnixTimeTicks();
        long micros = ticks / 10;
        return ticks % 10 < 0 ? micros - 1 : micros;
    }

    /// <summary>The instant so many microseconds after 1970-01-01T00:00:00Z.</summary>
    /// <param name="micros">Microseconds; may be negative.</param>
    /// <exception cref="OverflowException">The instant is beyond what a tick count holds.</exception>
    public static Instant ToInstant(long micros) => Instant.FromUnixTimeTicks(checked(micros * 10));

    /// <summary>The instant without anything finer than a microsecond.</summary>
    /// <param name="instant">The instant.</param>
    public static Instant Cut(Instant instant) => ToInstant(Of(instant));
}
