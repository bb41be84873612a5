using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Reads and adds seals inside a transaction that nobody else seals in.</summary>
internal sealed class SqlSeals : IDisposable
{
    /// <summary>How many commands one seal covers at most when many wait.</summary>
    public const int MostCommands = 1_000;

    /// <summary>How many events one seal covers at most when many wait.</summary>
    public const int MostEvents = 5_000;

    /// <summary>The columns of a command that a seal looks at, of <c>om_command c</c>; <see cref="ReadDigest"/> takes them.</summary>
    public const string CommandColumns =
        "c.command_id, c.category, c.stream_key, c.read_version, c.body_hash, c.actor, c.source, c.decided_at, c.facts_hash, c.outcome";

    private readonly Statement last;
    private readonly Statement events;
    private readonly Statement add;

    public SqlSeals(SqlSession session)
    {
        last = new Statement(
            session, "SELECT seal_pos, feed_end, hash FROM om_seal WHERE tenant = @0 ORDER BY seal_pos DESC LIMIT 1", 1);
        events = new Statement(
            session,
            "SELECT e.hash, f.feed_pos FROM om_feed f JOIN om_event e ON e.event_pos = f.event_pos WHERE f.tenant = @0 AND f.feed_pos > @1 "
            + "ORDER BY f.feed_pos LIMIT @2",
            3);
        add = new Statement(
            session, "INSERT INTO om_seal (tenant, seal_pos, commands, feed_end, hash) VALUES (@0, @1, @2, @3, @4)", 5);
    }

    /// <summary>The last seal of a tenant, without its commands; null when there is none.</summary>
    public HistorySeal? Last(TenantId tenant)
    {
        using DbDataReader row = last.Query(tenant.Text);
        return row.Read()
            ? new HistorySeal(row.GetInt64(0), ImmutableArray<SealedCommand>.Empty, row.GetInt64(1), row.GetString(2))
            : null;
    }

    /// <summary>The hashes of the events behind a position of the feed, up to the first hole: none is made by a store, and who made one
    /// shall not keep it sealing for ever.</summary>
    public List<string> EventsAfter(TenantId tenant, long position, int most)
    {
        using DbDataReader rows = events.Query(tenant.Text, position, most);
        var hashes = new List<string>();
        while (rows.Read() && rows.GetInt64(1) == position + hashes.Count + 1)
        {
            hashes.Add(rows.GetString(0));
        }

        return hashes;
    }

    public void Add(TenantId tenant, HistorySeal seal) =>
        add.Execute(tenant.Text, seal.Number, SealedCommand.Write(seal.Commands), seal.FeedEnd, seal.Hash);

    /// <summary>A command as a seal knows it; its messages are the ids in <paramref name="messages"/>, by commas.</summary>
    public static SealedCommand ReadDigest(TenantId tenant, DbDataReader row, string messages)
    {
        var command = new DecidedCommand(
            tenant, new CommandId(Guid.ParseExact(row.GetString(0), "D")), new StreamId(row.GetString(1), row.GetString(2)),
            row.GetInt64(3), string.Empty, row.GetString(4), new Actor(row.GetString(5), row.GetString(6)),
            Microseconds.ToInstant(row.GetInt64(7)), string.Empty, row.GetString(8), row.GetString(9));
        return new SealedCommand(command.Id, SealedCommand.DigestOf(command), messages.Length == 0
            ? ImmutableArray<Guid>.Empty
            : ImmutableArray.CreateRange(Array.ConvertAll(messages.Split(','), static id => Guid.ParseExact(id, "D"))));
    }

    public void Dispose()
    {
        last.Dispose();
        events.Dispose();
        add.Dispose();
    }
}
