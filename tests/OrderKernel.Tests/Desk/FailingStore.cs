using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Tests.Desk;

/// <summary>A store whose process dies after so many commits.</summary>
internal sealed class FailingStore(IOrderStore inner) : IOrderStore
{
    public int CommitsLeft { get; set; }

    public ValueTask<ImmutableArray<UnitResult>> CommitAsync(ImmutableArray<UnitOfWork> batch, CancellationToken cancellation) =>
        CommitsLeft-- > 0 ? inner.CommitAsync(batch, cancellation) : throw new OrderKernelException("The process died.", isTransient: true);

    public ValueTask<ImmutableArray<EventEnvelope>> ReadStreamAsync(
        TenantId tenant, StreamId stream, long after, CancellationToken cancellation) =>
        inner.ReadStreamAsync(tenant, stream, after, cancellation);

    public ValueTask<StockPicture> ReadStockAsync(TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        inner.ReadStockAsync(tenant, skus, cancellation);

    public ValueTask<ImmutableArray<OpenLine>> ReadOpenLinesAsync(
        TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        inner.ReadOpenLinesAsync(tenant, skus, cancellation);

    public ValueTask<DecidedCommand?> ReadCommandAsync(TenantId tenant, CommandId command, CancellationToken cancellation) =>
        inner.ReadCommandAsync(tenant, command, cancellation);

    public ValueTask<ImmutableArray<DecidedCommand>> ReadCommandsAsync(
        TenantId tenant, CommandId? after, int most, CancellationToken cancellation) =>
        inner.ReadCommandsAsync(tenant, after, most, cancellation);

    public ValueTask<ImmutableArray<StreamId>> ReadStreamNamesAsync(
        TenantId tenant, string category, string after, int most, CancellationToken cancellation) =>
        inner.ReadStreamNamesAsync(tenant, category, after, most, cancellation);

    public ValueTask<ImmutableArray<FeedEntry>> ReadFeedAsync(TenantId tenant, long after, int most, CancellationToken cancellation) =>
        inner.ReadFeedAsync(tenant, after, most, cancellation);

    public ValueTask<LedgerContents> ReadLedgerAsync(TenantId tenant, CancellationToken cancellation) =>
        inner.ReadLedgerAsync(tenant, cancellation);

    public ValueTask<ImmutableArray<TimerChange>> ReadDueTimersAsync(
        TenantId tenant, Instant now, int most, CancellationToken cancellation) =>
        inner.ReadDueTimersAsync(tenant, now, most, cancellation);

    public ValueTask<ImmutableArray<OutgoingMessage>> ReadOutboxAsync(TenantId tenant, int most, CancellationToken cancellation) =>
        inner.ReadOutboxAsync(tenant, most, cancellation);

    public ValueTask MarkSentAsync(TenantId tenant, ImmutableArray<System.Guid> messages, CancellationToken cancellation) =>
        inner.MarkSentAsync(tenant, messages, cancellation);
}
