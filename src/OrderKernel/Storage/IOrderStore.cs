using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Storage;

/// <summary>Where orders, the ledger and everything that belongs to a decision are kept. Hosts implement it; the contract suite of
/// <c>OrderKernel.Testing</c> proves an implementation.</summary>
/// <remarks>
/// <para>Errors: what the store cannot do at the moment or at all throws <see cref="OrderKernelException"/>.</para>
/// <para>Every read sees only committed units, and either all of a unit or nothing of it.</para>
/// </remarks>
public interface IOrderStore
{
    /// <summary>The events of a stream.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="stream">Which.</param>
    /// <param name="after">The last version already known; 0 for the whole stream.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>From version <paramref name="after"/> + 1 on, in order, without holes; empty when there is nothing newer.</returns>
    ValueTask<ImmutableArray<EventEnvelope>> ReadStreamAsync(
        TenantId tenant, StreamId stream, long after, CancellationToken cancellation);

    /// <summary>What may be taken from the cells of some SKUs.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="skus">Which; in ordinal order, each once.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask<StockPicture> ReadStockAsync(TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation);

    /// <summary>The open lines of some SKUs: what waits and what holds. Kept with every unit
    /// (<see cref="UnitOfWork.OpenLines"/>).</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="skus">Which; in ordinal order, each once.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>By SKU, order and line.</returns>
    ValueTask<ImmutableArray<OpenLine>> ReadOpenLinesAsync(
        TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation);

    /// <summary>Stores a batch of units. Each is all or nothing by itself; together they may share one transaction.</summary>
    /// <param name="batch">The units, in order; a later one sees what an earlier one changed.</param>
    /// <param name="cancellation">Gives up waiting; a unit that was already taken up may still be committed.</param>
    /// <returns>One answer per unit, in order. Committed units are durable when this returns.</returns>
    ValueTask<ImmutableArray<UnitResult>> CommitAsync(ImmutableArray<UnitOfWork> batch, CancellationToken cancellation);

    /// <summary>A stored command, or null.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="command">Which.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask<DecidedCommand?> ReadCommandAsync(TenantId tenant, CommandId command, CancellationToken cancellation);

    /// <summary>The stored commands, in the order in which they were taken up.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="after">The last command already read; null for the beginning.</param>
    /// <param name="most">How many to return at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Empty after the last, and after a command that is not stored. Pages together hold every command that was committed before
    /// the first one was read, each once; of those that are committed meanwhile some may be passed over.</returns>
    ValueTask<ImmutableArray<DecidedCommand>> ReadCommandsAsync(
        TenantId tenant, CommandId? after, int most, CancellationToken cancellation);

    /// <summary>The names of the streams of a category.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="category">Which category.</param>
    /// <param name="after">The key after which to go on, ordinally; empty for the first page.</param>
    /// <param name="most">How many to return at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>In ordinal order of keys.</returns>
    ValueTask<ImmutableArray<StreamId>> ReadStreamNamesAsync(
        TenantId tenant, string category, string after, int most, CancellationToken cancellation);

    /// <summary>The feed: every event once, those of a stream in version order, numbered without holes.</summary>
    /// <param name="tenant">Whose; other tenants' events take numbers of their own.</param>
    /// <param name="after">The last position already seen; 0 for the beginning.</param>
    /// <param name="most">How many to return at most; fewer are all that there were.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask<ImmutableArray<FeedEntry>> ReadFeedAsync(TenantId tenant, long after, int most, CancellationToken cancellation);

    /// <summary>The ledger as it is kept, for an audit.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <remarks><para>Cost: everything is read at once, in one consistent picture.</para></remarks>
    ValueTask<LedgerContents> ReadLedgerAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>The timers that are due.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="now">The moment by which they are due, inclusive.</param>
    /// <param name="most">How many to return at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Earliest first, then by stream. <see cref="TimerChange.Due"/> is never null.</returns>
    ValueTask<ImmutableArray<TimerChange>> ReadDueTimersAsync(
        TenantId tenant, Instant now, int most, CancellationToken cancellation);

    /// <summary>The messages that were not marked as sent.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="most">How many to return at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>In the order in which they were committed.</returns>
    ValueTask<ImmutableArray<OutgoingMessage>> ReadOutboxAsync(TenantId tenant, int most, CancellationToken cancellation);

    /// <summary>Marks messages as sent; one that is marked already or unknown is passed over.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="messages">The ids.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask MarkSentAsync(TenantId tenant, ImmutableArray<System.Guid> messages, CancellationToken cancellation);
}

/// <summary>One event of the feed.</summary>
/// <param name="Position">Its place, from 1 without holes.</param>
/// <param name="Event">The event.</param>
public readonly record struct FeedEntry(long Position, EventEnvelope Event);

/// <summary>A whole ledger: what was posted, and the balances and holds that are kept.</summary>
/// <param name="Journal">Every movement, in the order in which it was committed.</param>
/// <param name="Balances">The balances, in the order of cells.</param>
/// <param name="Holds">The open holds, by order, line and cell.</param>
public sealed record LedgerContents(
    ImmutableArray<Posting> Journal, ImmutableArray<CellBalance> Balances, ImmutableArray<HeldStock> Holds);
