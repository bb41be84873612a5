using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data.Common;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Seals what a transaction writes, in that transaction: one writer alone needs no turn, and one seal covers a whole group.
/// </summary>
internal sealed class SqliteSeals : IDisposable
{
    private const string Stored =
        "SELECT " + SqlSeals.CommandColumns + " FROM om_command c WHERE c.tenant = @0 ORDER BY c.command_pos";

    private const string Messages =
        "SELECT e.command_id, o.message_id FROM om_outbox o JOIN om_event e ON e.tenant = o.tenant AND e.category = o.category "
        + "AND e.stream_key = o.stream_key AND e.version = o.version WHERE o.tenant = @0 ORDER BY o.message_pos";

    private readonly SqlSession session;
    private readonly SqlSeals seals;
    private readonly Dictionary<TenantId, List<UnitOfWork>> waiting = new();
    private readonly Dictionary<TenantId, HistorySeal> heads = new();

    public SqliteSeals(SqlSession session)
    {
        this.session = session;
        seals = new SqlSeals(session);
    }

    /// <summary>Remembers a unit that was written.</summary>
    public void Add(UnitOfWork unit)
    {
        if (!waiting.TryGetValue(unit.Command.Tenant, out List<UnitOfWork>? ofTenant))
        {
            waiting.Add(unit.Command.Tenant, ofTenant = new List<UnitOfWork>());
        }

        ofTenant.Add(unit);
    }

    /// <summary>Seals what was remembered.</summary>
    public void Write()
    {
        foreach (KeyValuePair<TenantId, List<UnitOfWork>> ofTenant in waiting)
        {
            if (ofTenant.Value.Count == 0)
            {
                continue;
            }

            // A chain that begins covers what is new alone: what is older is sealed where the upgrade says so and nowhere else, so that
            // seals that were taken away are missed.
            HistorySeal? last = heads.TryGetValue(ofTenant.Key, out HistorySeal? known) ? known : seals.Last(ofTenant.Key);
            if (last is null && IsNeeded(session))
            {
                SealAll();
                last = seals.Last(ofTenant.Key)!;
            }
            else
            {
                last = HistorySeal.Next(
                    ofTenant.Key, last, ImmutableArray.CreateRange(ofTenant.Value.ConvertAll(SealedCommand.Of)), EventsOf(ofTenant.Value));
                seals.Add(ofTenant.Key, last);
            }

            heads[ofTenant.Key] = last with { Commands = ImmutableArray<SealedCommand>.Empty };
            ofTenant.Value.Clear();
        }
    }

    /// <summary>Forgets what was rolled back.</summary>
    public void Forget()
    {
        waiting.Clear();
        heads.Clear();
    }

    /// <summary>Seals a file that was written before there were seals, in one transaction; otherwise nothing.</summary>
    public static void SealIfNeeded(SqlSession session)
    {
        if (!IsNeeded(session))
        {
            return;
        }

        using DbTransaction transaction = session.Connection.BeginTransaction();
        using (var all = new SqliteSeals(session with { Transaction = transaction }))
        {
            all.SealAll();
        }

        transaction.Commit();
    }

    private static bool IsNeeded(SqlSession session)
    {
        using var needed = new Statement(session, "SELECT count(*) FROM om_rebuild WHERE name = 'seal'", 0, isRunOnce: true);
        return needed.Scalar() > 0;
    }

    private void SealAll()
    {
        foreach (TenantId tenant in SqlHistory.TenantsOf(session, "om_command"))
        {
            if (seals.Last(tenant) is null)
            {
                SealStored(tenant);
            }
        }

        using var done = new Statement(session, "DELETE FROM om_rebuild WHERE name = 'seal'", 0, isRunOnce: true);
        done.Execute();
    }

    // Units are remembered in the order in which they were written, and so are the events of each: the order of the feed.
    private static List<string> EventsOf(List<UnitOfWork> units)
    {
        var hashes = new List<string>();
        foreach (UnitOfWork unit in units)
        {
            foreach (StreamAppend append in unit.Appends)
            {
                foreach (EventEnvelope happened in append.Events)
                {
                    hashes.Add(happened.Hash);
                }
            }
        }

        return hashes;
    }

    // The first seals after an upgrade cover whatever is there.
    private HistorySeal SealStored(TenantId tenant)
    {
        List<SealedCommand> commands = StoredCommands(tenant);
        HistorySeal? last = null;
        for (int from = 0; ;)
        {
            List<SealedCommand> page = commands.GetRange(from, Math.Min(SqlSeals.MostCommands, commands.Count - from));
            List<string> events = seals.EventsAfter(tenant, last?.FeedEnd ?? 0, SqlSeals.MostEvents);
            if (page.Count == 0 && events.Count == 0 && last is not null)
            {
                return last;
            }

            from += page.Count;
            last = HistorySeal.Next(tenant, last, ImmutableArray.CreateRange(page), events);
            seals.Add(tenant, last);
        }
    }

    private List<SealedCommand> StoredCommands(TenantId tenant)
    {
        Dictionary<string, string> messages = MessagesOf(tenant);
        using var stored = new Statement(session, Stored, 1, isRunOnce: true);
        using DbDataReader rows = stored.Query(tenant.Text);
        var commands = new List<SealedCommand>();
        while (rows.Read())
        {
            messages.TryGetValue(rows.GetString(0), out string? ids);
            commands.Add(SqlSeals.ReadDigest(tenant, rows, ids ?? string.Empty));
        }

        return commands;
    }

    // The ids of the messages of each command, by commas.
    private Dictionary<string, string> MessagesOf(TenantId tenant)
    {
        using var query = new Statement(session, Messages, 1, isRunOnce: true);
        using DbDataReader rows = query.Query(tenant.Text);
        var messages = new Dictionary<string, string>(StringComparer.Ordinal);
        while (rows.Read())
        {
            string command = rows.GetString(0);
            messages[command] = messages.TryGetValue(command, out string? before)
                ? before + "," + rows.GetString(1)
                : rows.GetString(1);
        }

        return messages;
    }

    public void Dispose() => seals.Dispose();
}
