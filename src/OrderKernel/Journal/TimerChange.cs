using System;
using NodaTime;

namespace OrderKernel.Journal;

/// <summary>Sets, moves or clears one wake-up of a stream; committed with the decision that asked for it.</summary>
/// <remarks>
/// <para>A timer is named by stream and purpose. Setting it again raises its generation, so that a wake-up already on
/// its way finds itself outdated and does nothing.</para>
/// </remarks>
public sealed record TimerChange
{
    /// <summary>Makes a change.</summary>
    /// <param name="stream">Whose timer.</param>
    /// <param name="purpose">What it is for, such as <c>hold_expiry</c>.</param>
    /// <param name="generation">Counts the settings of this timer, from 1.</param>
    /// <param name="due">When to wake up; null clears the timer.</param>
    public TimerChange(StreamId stream, string purpose, int generation, Instant? due)
    {
        Stream = stream;
        Purpose = purpose ?? throw new ArgumentNullException(nameof(purpose));
        Generation = generation;
        Due = due;
    }

    /// <summary>Whose timer.</summary>
    public StreamId Stream { get; }

    /// <summary>What it is for.</summary>
    public string Purpose { get; }

    /// <summary>Counts the settings of this timer, from 1.</summary>
    public int Generation { get; }

    /// <summary>When to wake up; null clears the timer.</summary>
    public Instant? Due { get; }
}
