using System;
using System.Collections.Immutable;
using NodaTime;

namespace OrderKernel.Adapters.RabbitMq;

/// <summary>One CloudEvent: what happened, where, and what the sender says about it.</summary>
/// <remarks>
/// <para>Source: CloudEvents 1.0.2 §3. <see cref="CloudEventJson"/> checks every rule when it reads or writes one.</para>
/// </remarks>
public sealed record CloudEvent
{
    /// <summary>Names an event.</summary>
    /// <param name="id">Unique for its source, the same on every delivery; not empty.</param>
    /// <param name="source">Where it comes from, a URI reference; not empty.</param>
    /// <param name="type">What kind of thing happened; not empty.</param>
    public CloudEvent(string id, string source, string type)
    {
        Id = id ?? throw new ArgumentNullException(nameof(id));
        Source = source ?? throw new ArgumentNullException(nameof(source));
        Type = type ?? throw new ArgumentNullException(nameof(type));
    }

    /// <summary>Unique for its source, the same on every delivery.</summary>
    public string Id { get; init; }

    /// <summary>Where it comes from, a URI reference.</summary>
    public string Source { get; init; }

    /// <summary>What kind of thing happened.</summary>
    public string Type { get; init; }

    /// <summary>What it happened to, within the source; null when not said.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened; null when not said.</summary>
    public OffsetDateTime? Time { get; init; }

    /// <summary>The media type of the data; null means JSON.</summary>
    public string? DataContentType { get; init; }

    /// <summary>The absolute URI of a schema of the data; null when not said.</summary>
    public string? DataSchema { get; init; }

    /// <summary>Further attributes: lower-case letters and digits, with a string, a bool or an int each.</summary>
    public ImmutableSortedDictionary<string, object> Extensions { get; init; } =
        ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal);

    /// <summary>The data as JSON text, byte for byte as it was sent; null when there is none or it is binary.</summary>
    public string? Data { get; init; }

    /// <summary>The data as bytes; default when there is none or it is JSON.</summary>
    public ImmutableArray<byte> BinaryData { get; init; }
}
