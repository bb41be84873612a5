using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Outbox, timers, inbox and board of the memory store.</summary>
public sealed partial class MemoryStore
{
    /// <inheritdoc />
    public ValueTask<ImmutableArray<ClaimedMessage>> ClaimMessagesAsync(
        TenantId tenant, Lease lease, int most, CancellationToken cancellation) =>
        Read(tenant, data => data.Queues.ClaimMessages(data.Outbox, lease, most, data.RecordedAt), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> ConfirmMessageAsync(TenantId tenant, ClaimedMessage message, CancellationToken cancellation) =>
        Read(tenant, data => data.Queues.Confirm(data.Outbox, message), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> PostponeMessageAsync(
        TenantId tenant, ClaimedMessage message, Instant notBefore, string failure, CancellationToken cancellation) =>
        Read(tenant, data => data.Queues.Postpone(data.Outbox, message, notBefore), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> ParkMessageAsync(
        TenantId tenant, ClaimedMessage message, string failure, CancellationToken cancellation) =>
        Read(tenant, data => data.Queues.Park(data.Outbox, message, failure), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<ParkedMessage>> ReadParkedMessagesAsync(
        TenantId tenant, int most, CancellationToken cancellation) =>
        Read(tenant, data => data.Queues.Parked(data.Outbox, most), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> RearmMessageAsync(TenantId tenant, Guid message, CancellationToken cancellation) =>
        Read(tenant, data => data.Queues.Rearm(data.Outbox, message), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<ClaimedTimer>> ClaimTimersAsync(
        TenantId tenant, Lease lease, int most, CancellationToken cancellation) =>
        Read(
            tenant,
            data => data.Queues.ClaimTimers(
                data.Timers.Values.Where(timer => timer.Due <= lease.Now).OrderBy(timer => timer.Due).ThenBy(timer => timer.Stream),
                lease, most),
            cancellation);

    /// <inheritdoc />
    public ValueTask<bool> PostponeTimerAsync(
        TenantId tenant, ClaimedTimer timer, Instant notBefore, CancellationToken cancellation) =>
        Read(tenant, data => data.Queues.Postpone(data.Timers.Values, timer, notBefore), cancellation);

    /// <inheritdoc />
    public ValueTask<string?> FindReceivedAsync(TenantId tenant, ReceivedMessage message, CancellationToken cancellation) =>
        Read(tenant, data => data.Queues.FindReceived(message), cancellation);

    /// <inheritdoc />
    public ValueTask<bool> AddReceivedAsync(
        TenantId tenant, ReceivedMessage message, string note, Instant at, CancellationToken cancellation) =>
        Read(tenant, data => data.Queues.TryReceive(message, note, at), cancellation);

    /// <inheritdoc />
    public ValueTask<int> ForgetReceivedAsync(TenantId tenant, Instant before, int most, CancellationToken cancellation) =>
        Read(tenant, data => data.Queues.Forget(before, most), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<BoardEntry>> ReadBoardAsync(
        TenantId tenant, BoardQuery query, CancellationToken cancellation) =>
        Read(tenant, data => query.Evaluate(data.Queues.Board.Values), cancellation);

    /// <inheritdoc />
    public ValueTask<long> ReadBoardPositionAsync(TenantId tenant, CancellationToken cancellation) =>
        Read(tenant, data => data.Queues.BoardPosition, cancellation);

    /// <inheritdoc />
    public ValueTask<bool> SaveBoardAsync(
        TenantId tenant, long from, long to, ImmutableArray<BoardEntry> entries, CancellationToken cancellation) =>
        Read(
            tenant,
            data =>
            {
                bool isNext = data.Queues.BoardPosition == from;
                if (isNext)
                {
                    data.Queues.BoardPosition = to;
                    foreach (BoardEntry entry in entries)
                    {
                        data.Queues.Board[entry.Order.Text] = entry;
                    }
                }

                return isNext;
            },
            cancellation);

    /// <inheritdoc />
    public ValueTask ClearBoardAsync(TenantId tenant, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            Of(tenant).Queues.Board.Clear();
            Of(tenant).Queues.BoardPosition = 0;
            return default;
        }
    }
}
