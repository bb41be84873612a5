using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>What goes wrong at one call of a store or of a sender.</summary>
public enum StoreFault
{
    /// <summary>The call fails before anything happened.</summary>
    Before = 0,

    /// <summary>The call does its work, and its answer is lost.</summary>
    AnswerLost = 1,

    /// <summary>The call arrives twice; the second answer is heard.</summary>
    Duplicate = 2,

    /// <summary>A read shows how things were before the last command of a stream, or at the last read of the stock.</summary>
    StaleRead = 3,

    /// <summary>The call does its work, and the caller does not live to hear of it: the failure is not transient, and whoever goes
    /// on must open a new desk.</summary>
    CallerDies = 4,
}

/// <summary>A store that fails where a plan says so: what a network, a disk or a process does to any store sooner or later.</summary>
/// <remarks>
/// <para>Calls are counted from 0 over all members of all ports. Not safe to share between threads.</para>
/// <para>Errors: <see cref="InvalidOperationException"/> when a port is called that the wrapped store does not have.</para>
/// </remarks>
public sealed partial class FaultingStore : IOrderStore
{
    private readonly IOrderStore inner;
    private readonly IReadOnlyDictionary<int, StoreFault> plan;
    private StockPicture? remembered;

    /// <summary>Wraps a store.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="plan">Which call goes wrong, and how; empty for none.</param>
    public FaultingStore(IOrderStore inner, IReadOnlyDictionary<int, StoreFault> plan)
    {
        this.inner = inner ?? throw new ArgumentNullException(nameof(inner));
        this.plan = plan ?? throw new ArgumentNullException(nameof(plan));
    }

    /// <summary>How many calls there were: the points at which a fault could be put.</summary>
    public int Calls { get; private set; }

    /// <summary>How many faults happened.</summary>
    public int Faults { get; private set; }

    /// <inheritdoc />
    public ValueTask<ImmutableArray<UnitResult>> CommitAsync(ImmutableArray<UnitOfWork> batch, CancellationToken cancellation) =>
        Call(() => inner.CommitAsync(batch, cancellation));

    /// <inheritdoc />
    public ValueTask<ImmutableArray<EventEnvelope>> ReadStreamAsync(
        TenantId tenant, StreamId stream, long after, CancellationToken cancellation) => Call(
        () => inner.ReadStreamAsync(tenant, stream, after, cancellation),
        static events => events.IsEmpty
            ? events
            : ImmutableArray.CreateRange(events.Where(one => one.Command != events[events.Length - 1].Command)));

    /// <inheritdoc />
    public async ValueTask<StockPicture> ReadStockAsync(
        TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation)
    {
        StockPicture picture = await Call(
            () => inner.ReadStockAsync(tenant, skus, cancellation),
            now => remembered is { } before && SkusOf(before).SetEquals(SkusOf(now)) ? before : now).ConfigureAwait(false);
        remembered = picture;
        return picture;
    }

    /// <inheritdoc />
    public ValueTask<ImmutableArray<OpenLine>> ReadOpenLinesAsync(
        TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        Call(() => inner.ReadOpenLinesAsync(tenant, skus, cancellation));

    /// <inheritdoc />
    public ValueTask<DecidedCommand?> ReadCommandAsync(TenantId tenant, CommandId command, CancellationToken cancellation) =>
        Call(() => inner.ReadCommandAsync(tenant, command, cancellation));

    /// <inheritdoc />
    public ValueTask<ImmutableArray<DecidedCommand>> ReadCommandsAsync(
        TenantId tenant, CommandId? after, int most, CancellationToken cancellation) =>
        Call(() => inner.ReadCommandsAsync(tenant, after, most, cancellation));

    /// <inheritdoc />
    public ValueTask<ImmutableArray<StreamId>> ReadStreamNamesAsync(
        TenantId tenant, string category, string after, int most, CancellationToken cancellation) =>
        Call(() => inner.ReadStreamNamesAsync(tenant, category, after, most, cancellation));

    /// <inheritdoc />
    public ValueTask<ImmutableArray<FeedEntry>> ReadFeedAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation) =>
        Call(
            () => inner.ReadFeedAsync(tenant, after, most, cancellation),
            static page => page.IsEmpty ? page : page.RemoveAt(page.Length - 1));

    /// <inheritdoc />
    public ValueTask<LedgerContents> ReadLedgerAsync(TenantId tenant, CancellationToken cancellation) =>
        Call(() => inner.ReadLedgerAsync(tenant, cancellation));

    /// <inheritdoc />
    public ValueTask<ImmutableArray<TimerChange>> ReadDueTimersAsync(
        TenantId tenant, Instant now, int most, CancellationToken cancellation) =>
        Call(() => inner.ReadDueTimersAsync(tenant, now, most, cancellation));

    /// <inheritdoc />
    public ValueTask<ImmutableArray<OutgoingMessage>> ReadOutboxAsync(
        TenantId tenant, int most, CancellationToken cancellation) => Call(() => inner.ReadOutboxAsync(tenant, most, cancellation));

    /// <inheritdoc />
    public async ValueTask MarkSentAsync(TenantId tenant, ImmutableArray<Guid> messages, CancellationToken cancellation) =>
        await Call(() => Done(inner.MarkSentAsync(tenant, messages, cancellation))).ConfigureAwait(false);

    private async ValueTask<T> Call<T>(Func<ValueTask<T>> call, Func<T, T>? stale = null)
    {
        if (!plan.TryGetValue(Calls++, out StoreFault fault))
        {
            return await call().ConfigureAwait(false);
        }

        Faults++;
        if (fault == StoreFault.Before)
        {
            throw Lost("The store could not be reached.");
        }

        T answer = await call().ConfigureAwait(false);
        return fault switch
        {
            StoreFault.AnswerLost => throw Lost("The answer of the store was lost."),
            StoreFault.CallerDies => throw new OrderKernelException("The caller died.", isTransient: false),
            StoreFault.Duplicate => await call().ConfigureAwait(false),
            _ => stale is null ? answer : stale(answer),
        };
    }

    private static OrderKernelException Lost(string message) => new(message, isTransient: true);

    private static HashSet<Sku> SkusOf(StockPicture picture) => new(picture.Cells.Select(static free => free.Cell.Sku));
}
