using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Testing;

/// <content>The other ports of a store, for pumps, relays, receivers and boards.</content>
public sealed partial class FaultingStore : IOutbox, ITimerQueue, IInbox, IOrderBoard
{
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
        await Call(async () =>
        {
            await Port<IOrderBoard>().ClearBoardAsync(tenant, cancellation).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);

    private TPort Port<TPort>()
        where TPort : class =>
        inner as TPort ?? throw new InvalidOperationException($"The wrapped store is no {typeof(TPort).Name}. Wrap one that is.");
}
