using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Measures;

namespace OrderKernel.Adapters.Sql;

/// <summary>The sequencer: gives every event that is visible and has none yet its place in the feed.</summary>
/// <remarks>
/// <para>An event that is visible implies that every earlier event of its stream is visible and was drawn a lower position. An
/// event that becomes visible later gets a later place, whatever its position. So nothing is skipped or disordered, and places have
/// no holes. Any number may run at once: the lock lets one work at a time, and it takes its picture only after it has the lock.</para>
/// </remarks>
internal static class PostgresFeed
{
    private const int Page = 5_000;

    /// <summary>Numbers what waits; false when nothing did.</summary>
    public static async ValueTask<bool> Sequence(SqlSession session, TenantId tenant, CancellationToken cancellation)
    {
        using (var waits = new Statement(session, "SELECT 1 FROM om_feed_waiting WHERE tenant = @0 LIMIT 1", 1, isRunOnce: true))
        {
            ImmutableArray<int> found = await SqlReader.All(waits, static row => row.GetInt32(0), cancellation, tenant.Text)
                .ConfigureAwait(false);
            if (found.IsEmpty)
            {
                return false;
            }
        }

        // Two statements in one trip are one transaction, which the server begins and ends by itself: whatever becomes of the host
        // meanwhile, the lock is held no longer than the server works. The second statement takes its picture after the first.
        using var number = new Statement(
            session,
            "SELECT pg_advisory_xact_lock(hashtextextended('om_feed/' || @0, 0)); "
            + "WITH taken AS (DELETE FROM om_feed_waiting WHERE tenant = @0 AND event_pos IN "
            + "(SELECT event_pos FROM om_feed_waiting WHERE tenant = @0 ORDER BY event_pos LIMIT @1) RETURNING event_pos) "
            + "INSERT INTO om_feed (tenant, feed_pos, event_pos) SELECT @0, m.last + row_number() OVER (ORDER BY taken.event_pos), "
            + "taken.event_pos FROM taken, (SELECT coalesce(max(feed_pos), 0) AS last FROM om_feed WHERE tenant = @0) m",
            2, isRunOnce: true);
        await number.ExecuteAsync(cancellation, tenant.Text, (long)Page).ConfigureAwait(false);
        return true;
    }
}
