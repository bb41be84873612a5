using System;
using OrderKernel.Measures;

namespace OrderKernel.Journal;

/// <summary>What another system shall hear, stored with the decision and sent later, at least once, always with one id.</summary>
/// <remarks><para>The body is canonical JSON without personal data.</para></remarks>
public sealed record OutgoingMessage
{
    /// <summary>Makes a message.</summary>
    /// <param name="id">UUIDv5 of event and destination.</param>
    /// <param name="destination">A host's name for the receiver, such as <c>orders</c>.</param>
    /// <param name="stream">Keeps order: messages of one stream are sent one after the other.</param>
    /// <param name="version">The version of the event it tells of.</param>
    /// <param name="body">Canonical JSON.</param>
    public OutgoingMessage(Guid id, string destination, StreamId stream, long version, string body)
    {
        Id = id;
        Destination = destination ?? throw new ArgumentNullException(nameof(destination));
        Stream = stream;
        Version = version;
        Body = body ?? throw new ArgumentNullException(nameof(body));
    }

    /// <summary>UUIDv5 of event and destination.</summary>
    public Guid Id { get; }

    /// <summary>A host's name for the receiver.</summary>
    public string Destination { get; }

    /// <summary>The stream whose order it keeps.</summary>
    public StreamId Stream { get; }

    /// <summary>The version of the event it tells of.</summary>
    public long Version { get; }

    /// <summary>Canonical JSON.</summary>
    public string Body { get; }

    /// <summary>Announces a stored event to a destination.</summary>
    /// <param name="envelope">The event.</param>
    /// <param name="destination">A host's name for the receiver.</param>
    public static OutgoingMessage Announce(EventEnvelope envelope, string destination)
    {
        if (envelope is null)
        {
            throw new ArgumentNullException(nameof(envelope));
        }

        Guid id = DerivedId.Of(DerivedId.Messages, envelope.EventId.ToString("D") + "/" + destination);
        string body = JsonText.Start()
            .Member("event", envelope.EventId.ToString("D"))
            .Member("type", envelope.EventType)
            .Member("stream", envelope.Stream.ToString())
            .Member("version", envelope.Version)
            .Raw("data", envelope.Payload)
            .Finish();
        return new OutgoingMessage(id, destination, envelope.Stream, envelope.Version, body);
    }
}
