using System;
using System.Globalization;
using System.Text;
using NodaTime;
using OrderKernel.Measures;

namespace OrderKernel.Journal;

/// <summary>A stored event: where it stands, who caused it, what it says, and the hash that ties it to the one before.</summary>
public sealed record EventEnvelope
{
    /// <summary>Makes an envelope from its stored parts; <see cref="Seal"/> makes a new one.</summary>
    /// <param name="stream">The stream it belongs to.</param>
    /// <param name="version">Its place in the stream, from 1, without holes.</param>
    /// <param name="eventId">UUIDv5 of the command id and the ordinal.</param>
    /// <param name="eventType">The dotted type name.</param>
    /// <param name="schemaVersion">The version of the payload's form.</param>
    /// <param name="recordedAt">When it was recorded.</param>
    /// <param name="command">The command that caused it.</param>
    /// <param name="ordinal">Its place among all events of that command, from 0.</param>
    /// <param name="actor">Who issued the command, from which system.</param>
    /// <param name="previousHash">The hash of the event before in the stream, or <see cref="ContentHash.None"/>.</param>
    /// <param name="hash">The hash over all other parts.</param>
    /// <param name="payload">The canonical JSON of the event.</param>
    public EventEnvelope(
        StreamId stream, long version, Guid eventId, string eventType, int schemaVersion, Instant recordedAt,
        CommandId command, int ordinal, Actor actor, string previousHash, string hash, string payload)
    {
        Stream = stream;
        Version = version;
        EventId = eventId;
        EventType = eventType ?? throw new ArgumentNullException(nameof(eventType));
        SchemaVersion = schemaVersion;
        RecordedAt = recordedAt;
        Command = command;
        Ordinal = ordinal;
        Actor = actor ?? throw new ArgumentNullException(nameof(actor));
        PreviousHash = previousHash ?? throw new ArgumentNullException(nameof(previousHash));
        Hash = hash ?? throw new ArgumentNullException(nameof(hash));
        Payload = payload ?? throw new ArgumentNullException(nameof(payload));
    }

    /// <summary>The stream it belongs to.</summary>
    public StreamId Stream { get; }

    /// <summary>Its place in the stream, from 1, without holes.</summary>
    public long Version { get; }

    /// <summary>UUIDv5 of the command id and the ordinal: the same decision always makes the same id.</summary>
    public Guid EventId { get; }

    /// <summary>The dotted type name.</summary>
    public string EventType { get; }

    /// <summary>The version of the payload's form, from 1.</summary>
    public int SchemaVersion { get; }

    /// <summary>When it was recorded, in whole microseconds.</summary>
    public Instant RecordedAt { get; }

    /// <summary>The command that caused it.</summary>
    public CommandId Command { get; }

    /// <summary>Its place among all events of that command, from 0.</summary>
    public int Ordinal { get; }

    /// <summary>Who issued the command, from which system.</summary>
    public Actor Actor { get; }

    /// <summary>The hash of the event before in the stream, or 64 zeros.</summary>
    public string PreviousHash { get; }

    /// <summary>SHA-256 over all other parts.</summary>
    public string Hash { get; }

    /// <summary>The canonical JSON of the event, kept as text so that its bytes never change.</summary>
    public string Payload { get; }

    /// <summary>Makes the envelope of a new event and computes its hash.</summary>
    /// <param name="stream">The stream it belongs to.</param>
    /// <param name="version">Its place in the stream.</param>
    /// <param name="happened">The event.</param>
    /// <param name="command">The command that caused it.</param>
    /// <param name="ordinal">Its place among the command's events.</param>
    /// <param name="actor">Who issued the command.</param>
    /// <param name="previousHash">The hash of the event before.</param>
    public static EventEnvelope Seal(
        StreamId stream, long version, DomainEvent happened, CommandId command, int ordinal, Actor actor, string previousHash)
    {
        string payload = (happened ?? throw new ArgumentNullException(nameof(happened))).ToJson();
        Guid id = EventIdOf(command, ordinal);
        var open = new EventEnvelope(
            stream, version, id, happened.EventType, happened.SchemaVersion, happened.At, command, ordinal, actor,
            previousHash, string.Empty, payload);
        return new EventEnvelope(
            stream, version, id, open.EventType, open.SchemaVersion, open.RecordedAt, command, ordinal, actor,
            previousHash, open.ComputeHash(), payload);
    }

    /// <summary>The id of a command's n-th event.</summary>
    /// <param name="command">The command.</param>
    /// <param name="ordinal">Its place among the command's events, from 0.</param>
    public static Guid EventIdOf(CommandId command, int ordinal) => DerivedId.Of(
        DerivedId.Events, command.ToString() + "/" + ordinal.ToString(CultureInfo.InvariantCulture));

    /// <summary>The hash that belongs to the parts as they are now; differs from <see cref="Hash"/> after tampering.</summary>
    public string ComputeHash()
    {
        var text = new StringBuilder(Payload.Length + 320);
        text.Append(PreviousHash).Append('\n').Append(Stream.Category).Append('/').Append(Stream.Key).Append('\n');
        Append(text, Version);
        text.Append(EventId.ToString("D")).Append('\n').Append(EventType).Append('\n');
        Append(text, SchemaVersion);
        Append(text, Microseconds.Of(RecordedAt));
        text.Append(Command.ToString()).Append('\n');
        Append(text, Ordinal);
        text.Append(OneLine(Actor.Id)).Append('\n').Append(OneLine(Actor.SourceSystem)).Append('\n').Append(Payload);
        return ContentHash.Of(text.ToString());
    }

    // Where one part ends and the next begins is sealed too: no text holds NUL, so a line break cannot move from one to the other.
    private static string OneLine(string text) => text.Replace('\n', '\0');

    private static void Append(StringBuilder text, long number) =>
        text.Append(number.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
