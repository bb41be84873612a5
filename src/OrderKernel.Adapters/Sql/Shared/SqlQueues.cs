using System;
using System.Collections.Immutable;
using System.Data.Common;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Claims and confirmations of messages and timers, and what was received. Every change states what it expects in its
/// condition, and the number of rows says whether it was so.</summary>
internal sealed class SqlQueues : IDisposable
{
    private const string MessageColumns = "message_id, destination, category, stream_key, version, body";

    private readonly Statement claimMessages;
    private readonly Statement changeMessage;
    private readonly Statement parked;
    private readonly Statement rearm;
    private readonly Statement markSent;
    private readonly Statement claimTimers;
    private readonly Statement postponeTimer;
    private readonly Statement findReceived;
    private readonly Statement addReceived;
    private readonly Statement forgetReceived;
    private readonly SqlDialect dialect;

    public SqlQueues(SqlSession session)
    {
        dialect = session.Dialect;

        // Only the first unsent message of a stream and destination may be claimed. That one is locked, so no later one can be.
        claimMessages = new Statement(
            session,
            "UPDATE om_outbox SET attempts = attempts + 1, fence = fence + 1, free_at = @2, lease_owner = @3 WHERE message_pos IN "
            + "(SELECT o.message_pos FROM om_outbox o WHERE o.tenant = @0 AND o.sent = 0 AND o.parked = 0 AND o.free_at <= @1 "
            + "AND NOT EXISTS (SELECT 1 FROM om_outbox p WHERE p.tenant = @0 AND p.sent = 0 AND p.destination = o.destination "
            + "AND p.category = o.category AND p.stream_key = o.stream_key AND p.message_pos < o.message_pos) "
            + $"ORDER BY o.message_pos LIMIT @4{dialect.SkipLocked}) "
            + $"RETURNING {MessageColumns}, fence, attempts, message_pos, (SELECT e.recorded_at FROM om_event e WHERE e.tenant = @0 "
            + "AND e.category = om_outbox.category AND e.stream_key = om_outbox.stream_key AND e.version = om_outbox.version)",
            5);
        changeMessage = new Statement(
            session,
            "UPDATE om_outbox SET sent = @3, parked = @4, free_at = @5, failure = @6, fence = fence + 1, lease_owner = '' "
            + "WHERE tenant = @0 AND message_id = @1 AND fence = @2 AND sent = 0",
            7);
        parked = new Statement(
            session,
            $"SELECT {MessageColumns}, attempts, failure FROM om_outbox WHERE tenant = @0 AND sent = 0 AND parked = 1 "
            + "ORDER BY message_pos LIMIT @1",
            2);
        rearm = new Statement(
            session,
            "UPDATE om_outbox SET parked = 0, attempts = 0, free_at = @2, failure = '' "
            + "WHERE tenant = @0 AND message_id = @1 AND sent = 0 AND parked = 1",
            3);
        markSent = new Statement(
            session, $"UPDATE om_outbox SET sent = 1 WHERE tenant = @0 AND message_id {dialect.InList("@1")}", 2);
        claimTimers = new Statement(
            session,
            "UPDATE om_timer SET fence = fence + 1, free_at = @2, lease_owner = @3 WHERE tenant = @0 "
            + "AND (category, stream_key, purpose) IN (SELECT category, stream_key, purpose FROM om_timer WHERE tenant = @0 "
            + $"AND due <= @1 AND free_at <= @1 ORDER BY due, category, stream_key LIMIT @4{dialect.SkipLocked}) "
            + "RETURNING category, stream_key, purpose, generation, due, fence",
            5);
        postponeTimer = new Statement(
            session,
            "UPDATE om_timer SET free_at = @6, fence = fence + 1, lease_owner = '' WHERE tenant = @0 AND category = @1 "
            + "AND stream_key = @2 AND purpose = @3 AND generation = @4 AND fence = @5",
            7);
        findReceived = new Statement(
            session, "SELECT note FROM om_inbox WHERE tenant = @0 AND consumer = @1 AND source = @2 AND message_id = @3", 4);
        addReceived = new Statement(
            session,
            "INSERT INTO om_inbox (tenant, consumer, source, message_id, note, received_at) VALUES (@0, @1, @2, @3, @4, @5) "
            + "ON CONFLICT (tenant, consumer, source, message_id) DO NOTHING",
            6);
        forgetReceived = new Statement(
            session,
            "DELETE FROM om_inbox WHERE tenant = @0 AND (consumer, source, message_id) IN (SELECT consumer, source, message_id "
            + "FROM om_inbox WHERE tenant = @0 AND received_at < @1 ORDER BY received_at LIMIT @2)",
            3);
    }

    public async ValueTask<ImmutableArray<ClaimedMessage>> ClaimMessages(
        TenantId tenant, Lease lease, int most, CancellationToken cancellation)
    {
        ImmutableArray<(long Position, ClaimedMessage Message)> claimed = await SqlReader.All(
            claimMessages,
            static row => (row.GetInt64(8), new ClaimedMessage(
                SqlReader.ReadMessage(row, 0), row.GetInt64(6), row.GetInt32(7) - 1,
                row.IsDBNull(9) ? null : Microseconds.ToInstant(row.GetInt64(9)))),
            cancellation, tenant.Text, Microseconds.Of(lease.Now), Microseconds.Of(lease.Until), lease.Owner, most)
            .ConfigureAwait(false);
        return ImmutableArray.CreateRange(claimed.OrderBy(static one => one.Position).Select(static one => one.Message));
    }

    public Task<bool> Confirm(TenantId tenant, ClaimedMessage message, CancellationToken cancellation) =>
        Change(tenant, message, 1, 0, 0, string.Empty, cancellation);

    public Task<bool> Postpone(
        TenantId tenant, ClaimedMessage message, Instant notBefore, string failure, CancellationToken cancellation) =>
        Change(tenant, message, 0, 0, Microseconds.Of(notBefore), failure, cancellation);

    public Task<bool> Park(TenantId tenant, ClaimedMessage message, string failure, CancellationToken cancellation) =>
        Change(tenant, message, 0, 1, 0, failure, cancellation);

    public ValueTask<ImmutableArray<ParkedMessage>> Parked(TenantId tenant, int most, CancellationToken cancellation) =>
        SqlReader.All(
            parked, static row => new ParkedMessage(SqlReader.ReadMessage(row, 0), row.GetInt32(6), row.GetString(7)), cancellation,
            tenant.Text, most);

    public async Task<bool> Rearm(TenantId tenant, Guid message, CancellationToken cancellation) =>
        await rearm.ExecuteAsync(cancellation, tenant.Text, message.ToString("D"), long.MinValue).ConfigureAwait(false) == 1;

    public Task<int> MarkSent(TenantId tenant, ImmutableArray<Guid> messages, CancellationToken cancellation) =>
        markSent.ExecuteAsync(
            cancellation, tenant.Text, dialect.List(ImmutableArray.CreateRange(messages, static id => id.ToString("D"))));

    public async ValueTask<ImmutableArray<ClaimedTimer>> ClaimTimers(
        TenantId tenant, Lease lease, int most, CancellationToken cancellation)
    {
        ImmutableArray<ClaimedTimer> claimed = await SqlReader.All(
            claimTimers,
            static row => new ClaimedTimer(
                new TimerChange(
                    new StreamId(row.GetString(0), row.GetString(1)), row.GetString(2), row.GetInt32(3),
                    Microseconds.ToInstant(row.GetInt64(4))),
                row.GetInt64(5)),
            cancellation, tenant.Text, Microseconds.Of(lease.Now), Microseconds.Of(lease.Until), lease.Owner, most)
            .ConfigureAwait(false);
        return ImmutableArray.CreateRange(claimed.OrderBy(static one => one.Timer.Due).ThenBy(static one => one.Timer.Stream));
    }

    public async Task<bool> Postpone(TenantId tenant, ClaimedTimer timer, Instant notBefore, CancellationToken cancellation) =>
        await postponeTimer.ExecuteAsync(
            cancellation, tenant.Text, timer.Timer.Stream.Category, timer.Timer.Stream.Key, timer.Timer.Purpose,
            timer.Timer.Generation, timer.Fence, Microseconds.Of(notBefore)).ConfigureAwait(false) == 1;

    public async Task<string?> FindReceived(TenantId tenant, ReceivedMessage message, CancellationToken cancellation)
    {
        ImmutableArray<string> found = await SqlReader.All(
            findReceived, static row => row.GetString(0), cancellation, tenant.Text, message.Consumer, message.Source, message.Id)
            .ConfigureAwait(false);
        return found.IsEmpty ? null : found[0];
    }

    public async Task<bool> AddReceived(
        TenantId tenant, ReceivedMessage message, string note, Instant at, CancellationToken cancellation) =>
        await addReceived.ExecuteAsync(
            cancellation, tenant.Text, message.Consumer, message.Source, message.Id, Cut(note), Microseconds.Of(at))
            .ConfigureAwait(false) == 1;

    public Task<int> ForgetReceived(TenantId tenant, Instant before, int most, CancellationToken cancellation) =>
        forgetReceived.ExecuteAsync(cancellation, tenant.Text, Microseconds.Of(before), most);

    private async Task<bool> Change(
        TenantId tenant, ClaimedMessage message, int sent, int isParked, long freeAt, string failure, CancellationToken cancellation) =>
        await changeMessage.ExecuteAsync(
            cancellation, tenant.Text, message.Message.Id.ToString("D"), message.Fence, sent, isParked, freeAt, Cut(failure))
            .ConfigureAwait(false) == 1;

    // Driver messages may be long and may hold what a database text cannot.
    private static string Cut(string text) => (text.Length <= 1_000 ? text : text.Substring(0, 1_000)).Replace('\0', ' ');

    public void Dispose()
    {
        foreach (Statement statement in ImmutableArray.Create(
            claimMessages, changeMessage, parked, rearm, markSent, claimTimers, postponeTimer, findReceived, addReceived,
            forgetReceived))
        {
            statement.Dispose();
        }
    }
}
