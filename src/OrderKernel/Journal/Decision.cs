using System;
using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Journal;

/// <summary>The events that a decision adds to one stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Events">The events in order; never empty.</param>
public sealed record StreamEvents(StreamId Stream, ImmutableArray<DomainEvent> Events);

/// <summary>The answer to a command: accepted with the events of one or several streams, or refused with every finding.</summary>
/// <remarks>
/// <para>Accepted with no events means that what was asked is already true. A refusal holds at least one finding.</para>
/// </remarks>
public sealed class Decision
{
    private static readonly Decision Nothing = new(ImmutableArray<StreamEvents>.Empty, ImmutableArray<Finding>.Empty);

    private Decision(ImmutableArray<StreamEvents> streams, ImmutableArray<Finding> findings)
    {
        Streams = streams;
        Findings = findings;
    }

    /// <summary>Whether the command is accepted.</summary>
    public bool IsAccepted => Findings.IsEmpty;

    /// <summary>The events per stream; empty when refused or already true.</summary>
    public ImmutableArray<StreamEvents> Streams { get; }

    /// <summary>Why it is refused, every reason up to <see cref="CommandFaults.MaxFindings"/>; empty when accepted.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Accepts: what was asked is already true.</summary>
    public static Decision AlreadyTrue() => Nothing;

    /// <summary>Accepts with events of one stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="events">The events in order; with none this is <see cref="AlreadyTrue"/>.</param>
    public static Decision Accept(StreamId stream, params DomainEvent[] events)
    {
        if (events is null)
        {
            throw new ArgumentNullException(nameof(events));
        }

        return events.Length == 0
            ? Nothing
            : new Decision(ImmutableArray.Create(new StreamEvents(stream, ImmutableArray.Create(events))), ImmutableArray<Finding>.Empty);
    }

    /// <summary>Accepts with events of several streams.</summary>
    /// <param name="streams">The events per stream, each stream once.</param>
    public static Decision Accept(ImmutableArray<StreamEvents> streams) => new(streams, ImmutableArray<Finding>.Empty);

    /// <summary>Refuses.</summary>
    /// <param name="findings">Every reason; at least one. Where there are more than <see cref="CommandFaults.MaxFindings"/>, the last that
    /// is kept says how many more there are.</param>
    /// <exception cref="ArgumentException">There is no reason.</exception>
    public static Decision Refuse(params Finding[] findings) => findings is { Length: > 0 }
        ? new Decision(ImmutableArray<StreamEvents>.Empty, CommandFaults.Capped(ImmutableArray.Create(findings)))
        : throw new ArgumentException("A refusal says why.", nameof(findings));
}
