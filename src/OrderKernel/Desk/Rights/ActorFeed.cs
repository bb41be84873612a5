using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>A part of the feed as an actor is told it: what happened when to what is in reach, without what the events hold.</summary>
public sealed class ActorFeed
{
    internal ActorFeed(ImmutableArray<ActorFeedEntry> entries, long next)
    {
        Entries = entries;
        Next = next;
    }

    /// <summary>What happened, in the order of the feed; may be empty though more follows.</summary>
    public ImmutableArray<ActorFeedEntry> Entries { get; }

    /// <summary>The position after which to go on; the one that was asked for when nothing follows yet.</summary>
    public long Next { get; }
}

/// <summary>One event as an actor is told it. What changed by it is told by <see cref="ActorReads.ReadTrailAsync"/>, with what the roles
/// do not see masked.</summary>
public sealed class ActorFeedEntry
{
    internal ActorFeedEntry(FeedEntry entry)
    {
        Position = entry.Position;
        Stream = entry.Event.Stream;
        Version = entry.Event.Version;
        EventType = entry.Event.EventType;
        RecordedAt = entry.Event.RecordedAt;
        Actor = entry.Event.Actor;
    }

    /// <summary>Its place in the feed of the tenant, from 1; what is out of reach leaves holes.</summary>
    public long Position { get; }

    /// <summary>What it happened to.</summary>
    public StreamId Stream { get; }

    /// <summary>Which event of the stream it is, from 1.</summary>
    public long Version { get; }

    /// <summary>What happened, as the dotted name under which it is stored.</summary>
    public string EventType { get; }

    /// <summary>When it was recorded.</summary>
    public Instant RecordedAt { get; }

    /// <summary>Who did it.</summary>
    public Actor Actor { get; }
}

/// <summary>The feed for somebody.</summary>
public sealed partial class OrderDesk
{
    // Of an order counts where it stands now, as in every other read; what is no order is in reach of roles that reach everything.
    internal async Task<ActorFeed> ReadReachedFeedAsync(long after, int most, ReadGrant grant, CancellationToken cancellation)
    {
        ImmutableArray<FeedEntry> page = await store.ReadFeedAsync(options.Tenant, after, most, cancellation).ConfigureAwait(false);
        var reached = new Dictionary<StreamId, bool>();
        var entries = ImmutableArray.CreateBuilder<ActorFeedEntry>();
        foreach (FeedEntry entry in page)
        {
            StreamId stream = entry.Event.Stream;
            if (!reached.TryGetValue(stream, out bool isReached))
            {
                isReached = grant.Reaches(stream.Category == StreamId.OrderCategory
                    ? await ReadOrderAsync(new Measures.OrderId(stream.Key), cancellation).ConfigureAwait(false)
                    : OrderState.None);
                reached.Add(stream, isReached);
            }

            if (isReached)
            {
                entries.Add(new ActorFeedEntry(entry));
            }
        }

        return new ActorFeed(entries.ToImmutable(), page.IsEmpty ? after : page[page.Length - 1].Position);
    }
}
