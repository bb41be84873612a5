using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>What every store over SQL does alike: orders and ledger, outbox, timers, inbox, the board and snapshots.</summary>
/// <remarks><para>Errors: <see cref="OrderKernelException"/> with the database's failure inside; it says whether trying again could
/// help.</para></remarks>
public abstract partial class SqlStore : IOrderStore, IOutbox, ITimerQueue, IInbox, IOrderBoard, ISnapshots, IStoredHistory
{
    private protected SqlStore()
    {
    }

    /// <inheritdoc />
    public abstract ValueTask<ImmutableArray<UnitResult>> CommitAsync(
        ImmutableArray<UnitOfWork> batch, CancellationToken cancellation);

    /// <inheritdoc />
    public abstract ValueTask<ImmutableArray<FeedEntry>> ReadFeedAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation);

    /// <summary>Reads over a connection of its own, on one committed picture per statement.</summary>
    private protected abstract ValueTask<T> Read<T>(Func<PreparedReaders, ValueTask<T>> read, CancellationToken cancellation);

    /// <summary>Changes in a transaction of its own; false as an answer rolls back.</summary>
    private protected abstract ValueTask<T> Change<T>(Func<PreparedReaders, ValueTask<T>> change, CancellationToken cancellation);

    /// <summary>Changes by one statement, which is a transaction by itself.</summary>
    private protected virtual ValueTask<T> ChangeAtOnce<T>(Func<PreparedReaders, ValueTask<T>> change, CancellationToken cancellation) =>
        Change(change, cancellation);

    /// <summary>Refuses to claim by a clock that cannot be right. One process alone has nobody to disagree with.</summary>
    private protected virtual void CheckClock(SqlSession session)
    {
    }

    private ValueTask<T> Claim<T>(Func<PreparedReaders, ValueTask<T>> claim, CancellationToken cancellation) => ChangeAtOnce(
        db =>
        {
            CheckClock(db.Session);
            return claim(db);
        },
        cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<EventEnvelope>> ReadStreamAsync(
        TenantId tenant, StreamId stream, long after, CancellationToken cancellation) =>
        Read(db => db.Reader.Stream(tenant, stream, after, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<StockPicture> ReadStockAsync(TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        Read(db => db.Reader.Stock(tenant, skus, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<OpenLine>> ReadOpenLinesAsync(
        TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        Read(db => db.Reader.OpenLines(tenant, skus, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<DecidedCommand?> ReadCommandAsync(TenantId tenant, CommandId command, CancellationToken cancellation) =>
        Read(db => db.Reader.Command(tenant, command, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<DecidedCommand>> ReadCommandsAsync(
        TenantId tenant, CommandId? after, int most, CancellationToken cancellation) =>
        Read(db => db.Reader.Commands(tenant, after, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<StreamId>> ReadStreamNamesAsync(
        TenantId tenant, string category, string after, int most, CancellationToken cancellation) =>
        Read(db => db.Reader.Names(tenant, category, after, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<LedgerContents> ReadLedgerAsync(TenantId tenant, CancellationToken cancellation) =>
        Read(db => db.Reader.Ledger(tenant, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<TimerChange>> ReadDueTimersAsync(
        TenantId tenant, Instant now, int most, CancellationToken cancellation) =>
        Read(db => db.Reader.DueTimers(tenant, now, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<OutgoingMessage>> ReadOutboxAsync(
        TenantId tenant, int most, CancellationToken cancellation) =>
        Read(db => db.Reader.Outbox(tenant, most, cancellation), cancellation);

    /// <inheritdoc />
    public async ValueTask MarkSentAsync(TenantId tenant, ImmutableArray<Guid> messages, CancellationToken cancellation) =>
        await ChangeAtOnce(async db => await db.Queues.MarkSent(tenant, messages, cancellation).ConfigureAwait(false), cancellation)
            .ConfigureAwait(false);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<ClaimedMessage>> ClaimMessagesAsync(
        TenantId tenant, Lease lease, int most, CancellationToken cancellation) =>
        Claim(db => db.Queues.ClaimMessages(tenant, lease, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> ConfirmMessageAsync(TenantId tenant, ClaimedMessage message, CancellationToken cancellation) =>
        ChangeAtOnce(async db => await db.Queues.Confirm(tenant, message, cancellation).ConfigureAwait(false), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> PostponeMessageAsync(
        TenantId tenant, ClaimedMessage message, Instant notBefore, string failure, CancellationToken cancellation) => ChangeAtOnce(
        async db => await db.Queues.Postpone(tenant, message, notBefore, failure, cancellation).ConfigureAwait(false), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> ParkMessageAsync(
        TenantId tenant, ClaimedMessage message, string failure, CancellationToken cancellation) =>
        ChangeAtOnce(async db => await db.Queues.Park(tenant, message, failure, cancellation).ConfigureAwait(false), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<ParkedMessage>> ReadParkedMessagesAsync(
        TenantId tenant, int most, CancellationToken cancellation) =>
        Read(db => db.Queues.Parked(tenant, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> RearmMessageAsync(TenantId tenant, Guid message, CancellationToken cancellation) =>
        ChangeAtOnce(async db => await db.Queues.Rearm(tenant, message, cancellation).ConfigureAwait(false), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<ClaimedTimer>> ClaimTimersAsync(
        TenantId tenant, Lease lease, int most, CancellationToken cancellation) =>
        Claim(db => db.Queues.ClaimTimers(tenant, lease, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> PostponeTimerAsync(
        TenantId tenant, ClaimedTimer timer, Instant notBefore, CancellationToken cancellation) =>
        ChangeAtOnce(async db => await db.Queues.Postpone(tenant, timer, notBefore, cancellation).ConfigureAwait(false), cancellation);

    /// <inheritdoc />
    public ValueTask<string?> FindReceivedAsync(TenantId tenant, ReceivedMessage message, CancellationToken cancellation) =>
        Read(async db => await db.Queues.FindReceived(tenant, message, cancellation).ConfigureAwait(false), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> AddReceivedAsync(
        TenantId tenant, ReceivedMessage message, string note, Instant at, CancellationToken cancellation) =>
        ChangeAtOnce(
            async db => await db.Queues.AddReceived(tenant, message, note, at, cancellation).ConfigureAwait(false), cancellation);

    /// <inheritdoc />
    public ValueTask<int> ForgetReceivedAsync(TenantId tenant, Instant before, int most, CancellationToken cancellation) =>
        ChangeAtOnce(
            async db => await db.Queues.ForgetReceived(tenant, before, most, cancellation).ConfigureAwait(false), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<BoardEntry>> ReadBoardAsync(
        TenantId tenant, BoardQuery query, CancellationToken cancellation) =>
        Read(db => db.Board.Read(tenant, query, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<long> ReadBoardPositionAsync(TenantId tenant, CancellationToken cancellation) =>
        Read(async db => await db.Board.Position(tenant, cancellation).ConfigureAwait(false), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> SaveBoardAsync(
        TenantId tenant, long from, long to, ImmutableArray<BoardEntry> entries, CancellationToken cancellation) =>
        Change(async db => await db.Board.Save(tenant, from, to, entries, cancellation).ConfigureAwait(false), cancellation);

    /// <inheritdoc />
    public async ValueTask ClearBoardAsync(TenantId tenant, CancellationToken cancellation) =>
        await Change(async db => await db.Board.Clear(tenant, cancellation).ConfigureAwait(false), cancellation)
            .ConfigureAwait(false);
}

/// <summary>The statements of one connection.</summary>
internal sealed class PreparedReaders : IDisposable
{
    public PreparedReaders(SqlSession session)
    {
        Session = session;
        Reader = new SqlReader(session);
        Queues = new SqlQueues(session);
        Board = new SqlBoard(session);
        Snapshots = new SqlSnapshots(session);
    }

    public SqlSession Session { get; }

    public SqlReader Reader { get; }

    public SqlQueues Queues { get; }

    public SqlBoard Board { get; }

    public SqlSnapshots Snapshots { get; }

    public void Dispose()
    {
        Reader.Dispose();
        Queues.Dispose();
        Board.Dispose();
        Snapshots.Dispose();
    }
}
