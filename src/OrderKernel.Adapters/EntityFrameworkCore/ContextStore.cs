using System;
using System.Collections.Immutable;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Board;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.EntityFrameworkCore;

/// <summary>The store in the SQLite file of a host's context, for what happens outside the host's own transactions: timers, the outbox,
/// the board, orders without a row of the host.</summary>
/// <typeparam name="TContext">The host's context, with the tables of <see cref="OrderKernelModel.ApplyOrderKernel"/>.</typeparam>
/// <remarks>
/// <para>Give it to the kernel by <c>kernel.UseStore&lt;ContextStore&lt;ShopContext&gt;&gt;()</c>.</para>
/// <para>Every call has a context and a transaction of its own, so it is safe to share, and slower than a store with its own file.</para>
/// <para>Errors: a file that stays locked is a transient <see cref="OrderKernelException"/>. On PostgreSQL it throws
/// <see cref="NotSupportedException"/>: a <c>PostgresStore</c> on the same database does the same work in groups.</para>
/// <para>Source: docs/adr/0017-inside-the-hosts-transaction.md.</para>
/// </remarks>
public sealed class ContextStore<TContext> : IOrderStore, IOutbox, ITimerQueue, IInbox, IOrderBoard, IStoredHistory
    where TContext : DbContext
{
    private readonly IServiceScopeFactory scopes;

    /// <summary>Makes a store; nothing is opened yet.</summary>
    /// <param name="scopes">Makes the host's contexts.</param>
    public ContextStore(IServiceScopeFactory scopes) => this.scopes = scopes ?? throw new ArgumentNullException(nameof(scopes));

    /// <inheritdoc />
    public ValueTask<ImmutableArray<UnitResult>> CommitAsync(ImmutableArray<UnitOfWork> batch, CancellationToken cancellation) =>
        InAsync(store => store.CommitAsync(batch, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<EventEnvelope>> ReadStreamAsync(
        TenantId tenant, StreamId stream, long after, CancellationToken cancellation) =>
        InAsync(store => store.ReadStreamAsync(tenant, stream, after, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<StockPicture> ReadStockAsync(TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        InAsync(store => store.ReadStockAsync(tenant, skus, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<OpenLine>> ReadOpenLinesAsync(
        TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        InAsync(store => store.ReadOpenLinesAsync(tenant, skus, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<DecidedCommand?> ReadCommandAsync(TenantId tenant, CommandId command, CancellationToken cancellation) =>
        InAsync(store => store.ReadCommandAsync(tenant, command, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<DecidedCommand>> ReadCommandsAsync(
        TenantId tenant, CommandId? after, int most, CancellationToken cancellation) =>
        InAsync(store => store.ReadCommandsAsync(tenant, after, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<StreamId>> ReadStreamNamesAsync(
        TenantId tenant, string category, string after, int most, CancellationToken cancellation) =>
        InAsync(store => store.ReadStreamNamesAsync(tenant, category, after, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<FeedEntry>> ReadFeedAsync(TenantId tenant, long after, int most, CancellationToken cancellation) =>
        InAsync(store => store.ReadFeedAsync(tenant, after, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<LedgerContents> ReadLedgerAsync(TenantId tenant, CancellationToken cancellation) =>
        InAsync(store => store.ReadLedgerAsync(tenant, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<TimerChange>> ReadDueTimersAsync(
        TenantId tenant, Instant now, int most, CancellationToken cancellation) =>
        InAsync(store => store.ReadDueTimersAsync(tenant, now, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<OutgoingMessage>> ReadOutboxAsync(TenantId tenant, int most, CancellationToken cancellation) =>
        InAsync(store => store.ReadOutboxAsync(tenant, most, cancellation), cancellation);

    /// <inheritdoc />
    public async ValueTask MarkSentAsync(TenantId tenant, ImmutableArray<Guid> messages, CancellationToken cancellation) =>
        await InAsync(
            async store =>
            {
                await store.MarkSentAsync(tenant, messages, cancellation).ConfigureAwait(false);
                return true;
            },
            cancellation).ConfigureAwait(false);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<ClaimedMessage>> ClaimMessagesAsync(
        TenantId tenant, Lease lease, int most, CancellationToken cancellation) =>
        InAsync(store => store.ClaimMessagesAsync(tenant, lease, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> ConfirmMessageAsync(TenantId tenant, ClaimedMessage message, CancellationToken cancellation) =>
        InAsync(store => store.ConfirmMessageAsync(tenant, message, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> PostponeMessageAsync(
        TenantId tenant, ClaimedMessage message, Instant notBefore, string failure, CancellationToken cancellation) =>
        InAsync(store => store.PostponeMessageAsync(tenant, message, notBefore, failure, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> ParkMessageAsync(TenantId tenant, ClaimedMessage message, string failure, CancellationToken cancellation) =>
        InAsync(store => store.ParkMessageAsync(tenant, message, failure, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<ParkedMessage>> ReadParkedMessagesAsync(
        TenantId tenant, int most, CancellationToken cancellation) =>
        InAsync(store => store.ReadParkedMessagesAsync(tenant, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> RearmMessageAsync(TenantId tenant, Guid message, CancellationToken cancellation) =>
        InAsync(store => store.RearmMessageAsync(tenant, message, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<ClaimedTimer>> ClaimTimersAsync(
        TenantId tenant, Lease lease, int most, CancellationToken cancellation) =>
        InAsync(store => store.ClaimTimersAsync(tenant, lease, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> PostponeTimerAsync(TenantId tenant, ClaimedTimer timer, Instant notBefore, CancellationToken cancellation) =>
        InAsync(store => store.PostponeTimerAsync(tenant, timer, notBefore, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<string?> FindReceivedAsync(TenantId tenant, ReceivedMessage message, CancellationToken cancellation) =>
        InAsync(store => store.FindReceivedAsync(tenant, message, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> AddReceivedAsync(
        TenantId tenant, ReceivedMessage message, string note, Instant at, CancellationToken cancellation) =>
        InAsync(store => store.AddReceivedAsync(tenant, message, note, at, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<int> ForgetReceivedAsync(TenantId tenant, Instant before, int most, CancellationToken cancellation) =>
        InAsync(store => store.ForgetReceivedAsync(tenant, before, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<BoardEntry>> ReadBoardAsync(TenantId tenant, BoardQuery query, CancellationToken cancellation) =>
        InAsync(store => store.ReadBoardAsync(tenant, query, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<long> ReadBoardPositionAsync(TenantId tenant, CancellationToken cancellation) =>
        InAsync(store => store.ReadBoardPositionAsync(tenant, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> SaveBoardAsync(
        TenantId tenant, long from, long to, ImmutableArray<BoardEntry> entries, CancellationToken cancellation) =>
        InAsync(store => store.SaveBoardAsync(tenant, from, to, entries, cancellation), cancellation);

    /// <inheritdoc />
    public async ValueTask ClearBoardAsync(TenantId tenant, CancellationToken cancellation) =>
        await InAsync(
            async store =>
            {
                await store.ClearBoardAsync(tenant, cancellation).ConfigureAwait(false);
                return true;
            },
            cancellation).ConfigureAwait(false);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<HistorySeal>> ReadSealsAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation) =>
        InAsync(store => store.ReadSealsAsync(tenant, after, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<StoredContents> ReadContentsAsync(TenantId tenant, CancellationToken cancellation) =>
        InAsync(store => store.ReadContentsAsync(tenant, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<TenantId>> ReadTenantsAsync(CancellationToken cancellation) =>
        InAsync(store => store.ReadTenantsAsync(cancellation), cancellation);

    private async ValueTask<T> InAsync<T>(Func<SqlStore, ValueTask<T>> work, CancellationToken cancellation)
    {
        AsyncServiceScope scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            TContext context = scope.ServiceProvider.GetRequiredService<TContext>();
            SqlDialect dialect = OrderKernelModel.MappedDialect(context.Model);
            if (dialect.Name != SqlDialect.Sqlite.Name)
            {
                throw new NotSupportedException(
                    "This store is for SQLite. On PostgreSQL call kernel.UsePostgres(...) with the connection string of the context.");
            }

            try
            {
                return await InTransactionAsync(context, dialect, work, cancellation).ConfigureAwait(false);
            }
            catch (DbException fault)
            {
                throw new OrderKernelException(
                    "The host's file could not be used. Repeat the call if another transaction had locked it.",
                    dialect.IsTransient(fault), fault);
            }
        }
    }

    private static async ValueTask<T> InTransactionAsync<T>(
        TContext context, SqlDialect dialect, Func<SqlStore, ValueTask<T>> work, CancellationToken cancellation)
    {
        IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            DbConnection connection = context.Database.GetDbConnection();
            SqliteGuard.Check(connection, transaction.GetDbTransaction());
            T answer;
            using (var store = new SqlTransactionStore(dialect, connection, transaction.GetDbTransaction()))
            {
                answer = await work(store).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
            return answer;
        }
    }
}
