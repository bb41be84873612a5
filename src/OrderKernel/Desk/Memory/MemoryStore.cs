using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>A store that keeps everything in memory: for tests, what-ifs and first steps. What it holds is lost with the process.</summary>
/// <remarks><para>Safe to share between threads; commits happen one at a time.</para></remarks>
public sealed partial class MemoryStore : IOrderStore, IOutbox, ITimerQueue, IInbox, IOrderBoard, ISnapshots, IStoredHistory
{
    private readonly object gate = new();
    private readonly Dictionary<TenantId, MemoryTenant> tenants = new();

    /// <inheritdoc />
    public ValueTask<ImmutableArray<EventEnvelope>> ReadStreamAsync(
        TenantId tenant, StreamId stream, long after, CancellationToken cancellation) =>
        Read(tenant, data => After(data.Stream(stream), after), cancellation);

    /// <inheritdoc />
    public ValueTask<StockPicture> ReadStockAsync(
        TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) => Read(tenant, data => data.Stock(skus), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<OpenLine>> ReadOpenLinesAsync(
        TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        Read(tenant, data => data.OpenLines.Of(skus), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<UnitResult>> CommitAsync(ImmutableArray<UnitOfWork> batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            var results = ImmutableArray.CreateBuilder<UnitResult>(batch.Length);
            foreach (UnitOfWork unit in batch)
            {
                results.Add(Of(unit.Command.Tenant).Commit(unit));
            }

            return new ValueTask<ImmutableArray<UnitResult>>(results.MoveToImmutable());
        }
    }

    /// <inheritdoc />
    public ValueTask<DecidedCommand?> ReadCommandAsync(
        TenantId tenant, CommandId command, CancellationToken cancellation) => Read(tenant, data => data.Command(command), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<DecidedCommand>> ReadCommandsAsync(
        TenantId tenant, CommandId? after, int most, CancellationToken cancellation) =>
        Read(tenant, data => Page(data.Commands, data.PlaceAfter(after), most), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<StreamId>> ReadStreamNamesAsync(
        TenantId tenant, string category, string after, int most, CancellationToken cancellation) =>
        Read(
            tenant,
            data => ImmutableArray.CreateRange(data.Streams.Keys
                .Where(name => name.Category == category && string.CompareOrdinal(name.Key, after) > 0)
                .OrderBy(name => name).Take(most)),
            cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<FeedEntry>> ReadFeedAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation) =>
        Read(
            tenant,
            data => ImmutableArray.CreateRange(
                Page(data.Feed, after, most).Select((happened, i) => new FeedEntry(after + i + 1, happened))),
            cancellation);

    /// <inheritdoc />
    public ValueTask<LedgerContents> ReadLedgerAsync(TenantId tenant, CancellationToken cancellation) =>
        Read(tenant, data => data.Ledger(), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<TimerChange>> ReadDueTimersAsync(
        TenantId tenant, Instant now, int most, CancellationToken cancellation) =>
        Read(
            tenant,
            data => ImmutableArray.CreateRange(data.Timers.Values
                .Where(timer => timer.Due <= now).OrderBy(timer => timer.Due).ThenBy(timer => timer.Stream).Take(most)),
            cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<OutgoingMessage>> ReadOutboxAsync(
        TenantId tenant, int most, CancellationToken cancellation) =>
        Read(tenant, data => ImmutableArray.CreateRange(data.Outbox.Take(most)), cancellation);

    /// <inheritdoc />
    public ValueTask MarkSentAsync(TenantId tenant, ImmutableArray<Guid> messages, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            var sent = new HashSet<Guid>(messages);
            Of(tenant).Outbox.RemoveAll(message => sent.Contains(message.Id));
            return default;
        }
    }

    private ValueTask<T> Read<T>(TenantId tenant, Func<MemoryTenant, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new ValueTask<T>(read(Of(tenant)));
        }
    }

    private MemoryTenant Of(TenantId tenant)
    {
        if (!tenants.TryGetValue(tenant, out MemoryTenant? data))
        {
            data = new MemoryTenant();
            tenants.Add(tenant, data);
        }

        return data;
    }

    private static ImmutableArray<EventEnvelope> After(ImmutableArray<EventEnvelope> stream, long after) =>
        after == 0 ? stream
        : after >= stream.Length ? ImmutableArray<EventEnvelope>.Empty
        : ImmutableArray.Create(stream, (int)after, stream.Length - (int)after);

    private static ImmutableArray<T> Page<T>(List<T> all, long after, int most)
    {
        int from = (int)Math.Min(after, all.Count);
        return ImmutableArray.CreateRange(all.GetRange(from, Math.Min(most, all.Count - from)));
    }
}
