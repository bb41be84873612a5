using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Definitions.Tests.Access;

/// <summary>A store in which somebody changed the reason of one event behind our back.</summary>
internal sealed class AlteredStore : IOrderStore
{
    private readonly IOrderStore inner;
    private readonly long version;

    public AlteredStore(IOrderStore inner, long version)
    {
        this.inner = inner;
        this.version = version;
    }

    public async ValueTask<ImmutableArray<EventEnvelope>> ReadStreamAsync(
        TenantId tenant, StreamId stream, long after, CancellationToken cancellation) =>
        ImmutableArray.CreateRange((await inner.ReadStreamAsync(tenant, stream, after, cancellation)).Select(e => e.Version != version ? e
            : new EventEnvelope(
                e.Stream, e.Version, e.EventId, e.EventType, e.SchemaVersion, e.RecordedAt, e.Command, e.Ordinal, e.Actor, e.PreviousHash,
                e.Hash, e.Payload.Replace("customer called", "nobody called", StringComparison.Ordinal))));

    public ValueTask<StockPicture> ReadStockAsync(TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        inner.ReadStockAsync(tenant, skus, cancellation);

    public ValueTask<ImmutableArray<OpenLine>> ReadOpenLinesAsync(
        TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        inner.ReadOpenLinesAsync(tenant, skus, cancellation);

    public ValueTask<ImmutableArray<UnitResult>> CommitAsync(ImmutableArray<UnitOfWork> batch, CancellationToken cancellation) =>
        inner.CommitAsync(batch, cancellation);

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

    public ValueTask MarkSentAsync(TenantId tenant, ImmutableArray<Guid> messages, CancellationToken cancellation) =>
        inner.MarkSentAsync(tenant, messages, cancellation);
}
