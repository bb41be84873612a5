using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Sql;

/// <summary>Keeps a host that is stopped, hangs or has lost its network from holding up the others.</summary>
/// <remarks>
/// <para>The server ends what waits for its host inside a transaction, and what cannot send its answer. It does not end what waits for
/// the rest of a batch, though locks are held by then; whoever waits for such a lock too long ends it.</para>
/// <para>Source: PostgreSQL 15 documentation, 20.11.1 (idle_in_transaction_session_timeout, lock_timeout), 20.3.1 (tcp_user_timeout);
/// docs/adr/0032-nobody-waits-for-the-paused.md.</para>
/// </remarks>
internal static class PostgresPauses
{
    // The lock that every session of ours holds, by which it is known to the others. It keeps nobody out.
    private const string Mark = "hashtextextended('om_session', 0)";

    /// <summary>Refuses what is no limit.</summary>
    public static void Check(TimeSpan limit, string parameter)
    {
        if (limit < PostgresStoreOptions.ShortestPause || limit > PostgresStoreOptions.LongestPause)
        {
            throw new ArgumentOutOfRangeException(parameter, limit, "A pause is limited to between 100 milliseconds and an hour.");
        }
    }

    /// <summary>Sets the limits of a connection of ours; they end with it. A host that is gone is found out while its connection lies
    /// idle, too, so that its place at the server is free again.</summary>
    public static void Limit(SqlSession session, TimeSpan limit)
    {
        using Statement settings = Settings(session);
        settings.Execute(Milliseconds(limit));
    }

    /// <summary>As <see cref="Limit"/>, without a thread that waits.</summary>
    public static async ValueTask LimitAsync(SqlSession session, TimeSpan limit, CancellationToken cancellation)
    {
        using Statement settings = Settings(session);
        await settings.ExecuteAsync(cancellation, Milliseconds(limit)).ConfigureAwait(false);
    }

    /// <summary>Sets the limits for the rest of a host's transaction, each where the host's connection has none.</summary>
    public static void LimitTransaction(SqlSession session, TimeSpan limit)
    {
        using var settings = new Statement(
            session,
            "SELECT set_config(name, @0, true) FROM (VALUES ('idle_in_transaction_session_timeout'), ('lock_timeout')) AS t (name) "
            + "WHERE current_setting(name) = '0'",
            1, isRunOnce: true);
        settings.Execute(Milliseconds(limit));
    }

    /// <summary>Ends sessions of ours that hold locks and have waited for their host for longer than the limit. What they had not
    /// committed never was; their host is told, and repeats it.</summary>
    public static void End(SqlSession session, TimeSpan limit)
    {
        using Statement end = Ending(session);
        end.Execute(Milliseconds(limit));
    }

    /// <summary>As <see cref="End"/>, without a thread that waits.</summary>
    public static async ValueTask EndAsync(SqlSession session, TimeSpan limit, CancellationToken cancellation)
    {
        using Statement end = Ending(session);
        await end.ExecuteAsync(cancellation, Milliseconds(limit)).ConfigureAwait(false);
    }

    /// <summary>Says that what was asked for waited for others until it was given up.</summary>
    public static OrderKernelException Held(Exception fault, TimeSpan limit) => new(
        "Another transaction has held what was asked for twice as long as a host may pause "
        + $"({limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds). Nothing was stored: repeat it, and look in "
        + "pg_stat_activity for who holds what for so long.", isTransient: true, fault);

    private static Statement Settings(SqlSession session) => new(
        session,
        "SELECT set_config(name, value, false) FROM (VALUES ('default_transaction_isolation', 'read committed'), "
        + "('idle_in_transaction_session_timeout', @0), ('lock_timeout', @0), ('tcp_user_timeout', @0), "
        + "('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '3')) AS t (name, value); "
        + $"SELECT pg_advisory_lock_shared({Mark})",
        1, isRunOnce: true);

    private static Statement Ending(SqlSession session) => new(
        session,
        "SELECT count(*) FILTER (WHERE s.ended) FROM (SELECT pg_terminate_backend(a.pid) AS ended FROM pg_stat_activity a "
        + "WHERE a.datname = current_database() AND a.usename = current_user AND a.pid <> pg_backend_pid() AND a.state = 'active' "
        + "AND a.wait_event_type = 'Client' AND a.state_change < clock_timestamp() - @0::bigint * interval '1 millisecond' "
        + "AND EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = a.pid AND l.mode = 'RowExclusiveLock') "
        + "AND EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.objsubid = 1 "
        + $"AND (l.classid::bigint << 32 | l.objid::bigint) = {Mark})) s",
        1, isRunOnce: true);

    private static string Milliseconds(TimeSpan limit) => ((long)limit.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
