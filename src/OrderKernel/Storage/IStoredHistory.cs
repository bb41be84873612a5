using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Storage;

/// <summary>What an audit reads of a store beyond orders, commands and feed. A store may offer it beside <see cref="IOrderStore"/>;
/// without it nothing tells that a refused command was taken away.</summary>
public interface IStoredHistory
{
    /// <summary>The chain of seals over all commands and the feed.</summary>
    /// <param name="tenant">Whose; each has a chain of its own.</param>
    /// <param name="after">The last number already read; 0 for the beginning.</param>
    /// <param name="most">How many to return at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>In order, without holes. A store that seals later than it commits seals first what waits, so that whatever was committed
    /// before the call is covered when the last seal was read.</returns>
    ValueTask<ImmutableArray<HistorySeal>> ReadSealsAsync(TenantId tenant, long after, int most, CancellationToken cancellation);

    /// <summary>What is kept beside the events and follows from them.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <remarks><para>Cost: everything is read at once, in one consistent picture.</para></remarks>
    ValueTask<StoredContents> ReadContentsAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Every tenant of whom anything is stored.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>In ordinal order.</returns>
    ValueTask<ImmutableArray<TenantId>> ReadTenantsAsync(CancellationToken cancellation);
}

/// <summary>What a store keeps beside the events, as it is kept.</summary>
/// <param name="Streams">The streams with the versions that are kept of them, by category and key.</param>
/// <param name="Postings">Every movement with the command that made it, in the order in which they were committed.</param>
/// <param name="OpenLines">The index of open lines, by SKU, order and line.</param>
/// <param name="Timers">Every timer that is set, by stream and purpose; the moment is never null.</param>
/// <param name="Messages">Every message that is kept, in the order in which they were committed.</param>
/// <param name="KeepsSent">Whether messages are kept when they were sent.</param>
public sealed record StoredContents(
    ImmutableArray<StoredStream> Streams, ImmutableArray<StoredPosting> Postings, ImmutableArray<OpenLine> OpenLines,
    ImmutableArray<TimerChange> Timers, ImmutableArray<OutgoingMessage> Messages, bool KeepsSent);

/// <summary>A stream and the version that is kept of it.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Version">The version; 0 where events are stored and no version is.</param>
public sealed record StoredStream(StreamId Stream, long Version);

/// <summary>A movement and what made it.</summary>
/// <param name="Command">The command; null where none is stored that the movement belongs to.</param>
/// <param name="Posting">The movement.</param>
public sealed record StoredPosting(CommandId? Command, Posting Posting);
