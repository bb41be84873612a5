using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <content>The other ports of a store, for pumps, relays, receivers and boards.</content>
public sealed partial class FaultingStore : IOutbox, ITimerQueue, IInbox, IOrderBoard, IStoredHistory
{
    /// <inheritdoc />
    public ValueTask<ImmutableArray<HistorySeal>> ReadSealsAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation) =>
        Call(() => Port<IStoredHistory>().ReadSealsAsync(tenant, after, most, cancellation));

    /// <inheritdoc />
    public ValueTask<StoredContents> ReadContentsAsync(TenantId tenant, CancellationToken cancellation) =>
        Call(() => Port<IStoredHistory>().ReadContentsAsync(tenant, cancellation));

    /// <inheritdoc />
    public ValueTask<ImmutableArray<TenantId>> ReadTenantsAsync(CancellationToken cancellation) =>
        Call(() => Port<IStoredHistory>().ReadTenantsAsync(cancellation));

    /// <inheritdoc />
    public ValueTask<ImmutableArray<ClaimedMessage>> ClaimMessagesAsync(
        TenantId tenant, Lease lease, int most, CancellationToken cancellation) =>
        Call(() => Port<IOutbox>().ClaimMessagesAsync(tenant, lease, most, cancellation));

    /// <inheritdoc />
    public ValueTask<bool> ConfirmMessageAsync(TenantId tenant, ClaimedMessage message, CancellationToken cancellation) =>
        Call(() => Port<IOutbox>().ConfirmMessageAsync(tenant, message, cancellation));

    /// <inheritdoc />
    public ValueTask<bool> PostponeMessageAsync(
        TenantId tenant, ClaimedMessage message, Instant notBefore, string failure, CancellationToken cancellation) =>
        Call(() => Port<IOutbox>().PostponeMessageAsync(tenant, message, notBefore, failure, cancellation));

    /// <inheritdoc />
    public ValueTask<bool> ParkMessageAsync(
        TenantId tenant, ClaimedMessage message, string failure, CancellationToken cancellation) =>
        Call(() => Port<IOutbox>().ParkMessageAsync(tenant, message, failure, cancellation));

    /// <inheritdoc />
    public ValueTask<ImmutableArray<ParkedMessage>> ReadParkedMessagesAsync(
        TenantId tenant, int most, CancellationToken cancellation) =>
        Call(() => Port<IOutbox>().ReadParkedMessagesAsync(tenant, most, cancellation));

    /// <inheritdoc />
    public ValueTask<bool> RearmMessageAsync(TenantId tenant, Guid message, CancellationToken cancellation) =>
        Call(() => Port<IOutbox>().RearmMessageAsync(tenant, message, cancellation));

    /// <inheritdoc />
    public ValueTask<ImmutableArray<ClaimedTimer>> ClaimTimersAsync(
        TenantId tenant, Lease lease, int most, CancellationToken cancellation) =>
        Call(() => Port<ITimerQueue>().ClaimTimersAsync(tenant, lease, most, cancellation));

    /// <inheritdoc />
    public ValueTask<bool> PostponeTimerAsync(
        TenantId tenant, ClaimedTimer timer, Instant notBefore, CancellationToken cancellation) =>
        Call(() => Port<ITimerQueue>().PostponeTimerAsync(tenant, timer, notBefore, cancellation));

    /// <inheritdoc />
    public ValueTask<string?> FindReceivedAsync(TenantId tenant, ReceivedMessage message, CancellationToken cancellation) =>
        Call(() => Port<IInbox>().FindReceivedAsync(tenant, message, cancellation), static _ => null);

    /// <inheritdoc />
    public ValueTask<bool> AddReceivedAsync(
        TenantId tenant, ReceivedMessage message, string note, Instant at, CancellationToken cancellation) =>
        Call(() => Port<IInbox>().AddReceivedAsync(tenant, message, note, at, cancellation));

    /// <inheritdoc />
    public ValueTask<int> ForgetReceivedAsync(TenantId tenant, Instant before, int most, CancellationToken cancellation) =>
        Call(() => Port<IInbox>().ForgetReceivedAsync(tenant, before, most, cancellation));

    /// <inheritdoc />
    public ValueTask<ImmutableArray<BoardEntry>> ReadBoardAsync(
        TenantId tenant, BoardQuery query, CancellationToken cancellation) =>
        Call(() => Port<IOrderBoard>().ReadBoardAsync(tenant, query, cancellation));

    /// <inheritdoc />
    public ValueTask<long> ReadBoardPositionAsync(TenantId tenant, CancellationToken cancellation) =>
        Call(() => Port<IOrderBoard>().ReadBoardPositionAsync(tenant, cancellation), static _ => 0L);

    /// <inheritdoc />
    public ValueTask<bool> SaveBoardAsync(
        TenantId tenant, long from, long to, ImmutableArray<BoardEntry> entries, CancellationToken cancellation) =>
        Call(() => Port<IOrderBoard>().SaveBoardAsync(tenant, from, to, entries, cancellation));

    /// <inheritdoc />
    public async ValueTask ClearBoardAsync(TenantId tenant, CancellationToken cancellation) =>
        await Call(() => Done(Port<IOrderBoard>().ClearBoardAsync(tenant, cancellation))).ConfigureAwait(false);

    /// <summary>A sender whose calls are counted with those of the store and fail by the same plan.</summary>
    /// <param name="sender">The sender.</param>
    public IMessageSender Over(IMessageSender sender) =>
        new FaultingSender(this, sender ?? throw new ArgumentNullException(nameof(sender)));

    private static async ValueTask<bool> Done(ValueTask work)
    {
        await work.ConfigureAwait(false);
        return true;
    }

    private TPort Port<TPort>()
        where TPort : class =>
        inner as TPort ?? throw new InvalidOperationException($"The wrapped store is no {typeof(TPort).Name}. Wrap one that is.");

    private sealed class FaultingSender(FaultingStore store, IMessageSender sender) : IMessageSender
    {
        public async ValueTask PrepareAsync(CancellationToken cancellation) =>
            await store.Call(() => Done(sender.PrepareAsync(cancellation))).ConfigureAwait(false);

        public async ValueTask SendAsync(TenantId tenant, OutgoingMessage message, CancellationToken cancellation) =>
            await store.Call(() => Done(sender.SendAsync(tenant, message, cancellation))).ConfigureAwait(false);
    }
}
