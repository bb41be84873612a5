using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Seals what was committed, after the commit: writers of many hosts need not wait for each other to make a chain.</summary>
/// <remarks>
/// <para>A command that waits was committed with a row that says so, and loses that row to its seal. Any number may seal at once, and
/// none holds a lock while it computes: a seal is put down by one statement, in which whoever comes second adds and removes nothing and
/// looks again. The last seal is read first, so that what is read after it is in no seal unless somebody else was faster.</para>
/// </remarks>
internal static class PostgresSeals
{
    private const string Waiting =
        "SELECT " + SqlSeals.CommandColumns + ", w.messages FROM om_seal_waiting w JOIN om_command c ON c.tenant = w.tenant "
        + "AND c.command_id = w.command_id WHERE w.tenant = @0 ORDER BY c.command_pos LIMIT @1";

    private const string Sealing =
        "WITH added AS (INSERT INTO om_seal (tenant, seal_pos, commands, feed_end, hash) VALUES (@0, @1, @2, @3, @4) "
        + "ON CONFLICT DO NOTHING RETURNING tenant) "
        + "DELETE FROM om_seal_waiting w USING added WHERE w.tenant = added.tenant AND w.command_id {ids}";

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
        using var seals = new SqlSeals(session);
        HistorySeal? last = seals.Last(tenant);
        using var waiting = new Statement(session, Waiting, 2);
        ImmutableArray<SealedCommand> commands = await SqlReader.All(
            waiting, row => SqlSeals.ReadDigest(tenant, row, row.GetString(10)), cancellation, tenant.Text, SqlSeals.MostCommands)
            .ConfigureAwait(false);
        List<string> events = seals.EventsAfter(tenant, last?.FeedEnd ?? 0, SqlSeals.MostEvents);
        if (commands.IsEmpty && events.Count == 0)
        {
            return false;
        }

        HistorySeal next = HistorySeal.Next(tenant, last, commands, events);
        using var add = new Statement(session, Sealing.Replace("{ids}", session.Dialect.InList("@5")), 6);
        object ids = session.Dialect.List(ImmutableArray.CreateRange(commands, static command => command.Id.ToString()));
        await add.ExecuteAsync(
            cancellation, tenant.Text, next.Number, SealedCommand.Write(next.Commands), next.FeedEnd, next.Hash, ids).ConfigureAwait(false);
        return true;
    }
}
