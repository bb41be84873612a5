using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Adapters.Sql;

/// <summary>Seals what was committed, after the commit: writers of many hosts need not wait for each other to make a chain.</summary>
/// <remarks>
/// <para>A command that waits was committed with a row that says so, and loses that row to its seal. Any number may seal at once: the
/// lock lets one work at a time, and it takes its picture only after it has the lock.</para>
/// </remarks>
internal static class PostgresSeals
{
    private const string Waiting =
        "SELECT " + SqlSeals.CommandColumns + ", w.messages FROM om_seal_waiting w JOIN om_command c ON c.tenant = w.tenant "
        + "AND c.command_id = w.command_id WHERE w.tenant = @0 ORDER BY c.command_pos LIMIT @1";

    /// <summary>Numbers and seals everything of a tenant that is committed.</summary>
    public static async ValueTask Seal(SqlSession session, TenantId tenant, CancellationToken cancellation)
    {
        while (await PostgresFeed.Sequence(session, tenant, cancellation).ConfigureAwait(false)
            || await SealPage(session, tenant, cancellation).ConfigureAwait(false))
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static async ValueTask<bool> SealPage(SqlSession session, TenantId tenant, CancellationToken cancellation)
    {
        using DbTransaction? own = session.Transaction is null
            ? session.Connection.BeginTransaction(IsolationLevel.ReadCommitted)
            : null;
        SqlSession inside = session with { Transaction = own ?? session.Transaction };
        using (var queue = new Statement(inside, "SELECT pg_advisory_xact_lock(hashtextextended('om_feed/' || @0, 0))", 1))
        {
            await queue.ExecuteAsync(cancellation, tenant.Text).ConfigureAwait(false);
        }

        using var seals = new SqlSeals(inside);
        HistorySeal? last = seals.Last(tenant);
        using var waiting = new Statement(inside, Waiting, 2);
        ImmutableArray<SealedCommand> commands = await SqlReader.All(
            waiting, row => SqlSeals.ReadDigest(tenant, row, row.GetString(10)), cancellation, tenant.Text, SqlSeals.MostCommands)
            .ConfigureAwait(false);
        List<string> events = seals.EventsAfter(tenant, last?.FeedEnd ?? 0, SqlSeals.MostEvents);
        if (commands.IsEmpty && events.Count == 0)
        {
            return false;
        }

        seals.Add(tenant, HistorySeal.Next(tenant, last, commands, events));
        if (!commands.IsEmpty)
        {
            using var done = new Statement(
                inside, $"DELETE FROM om_seal_waiting WHERE tenant = @0 AND command_id {inside.Dialect.InList("@1")}", 2);
            object ids = inside.Dialect.List(ImmutableArray.CreateRange(commands, static command => command.Id.ToString()));
            await done.ExecuteAsync(cancellation, tenant.Text, ids).ConfigureAwait(false);
        }

        own?.Commit();
        return true;
    }
}
