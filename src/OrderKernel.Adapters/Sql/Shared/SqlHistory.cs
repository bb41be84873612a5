using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Reads what is stored beside orders, for an audit; each statement runs once.</summary>
internal static class SqlHistory
{
    private const string Streams =
        "SELECT category, stream_key, max(kept) FROM (SELECT category, stream_key, version AS kept FROM om_stream WHERE tenant = @0 "
        + "UNION ALL SELECT category, stream_key, 0 FROM om_event WHERE tenant = @0 AND version = 1) s "
        + "GROUP BY category, stream_key ORDER BY category, stream_key";

    private const string Postings =
        "SELECT f.sku, f.node, f.lot, f.owner, t.sku, t.node, t.lot, t.owner, p.from_account, p.to_account, p.quantity, c.command_id "
        + "FROM om_posting p JOIN om_cell f ON f.cell_id = p.from_cell JOIN om_cell t ON t.cell_id = p.to_cell "
        + "LEFT JOIN om_command c ON c.command_pos = p.command_pos AND c.tenant = @0 WHERE f.tenant = @0 ORDER BY p.posting_pos";

    private const string Timers =
        "SELECT category, stream_key, purpose, generation, due FROM om_timer WHERE tenant = @0 ORDER BY category, stream_key, purpose";

    private const string Messages =
        "SELECT message_id, destination, category, stream_key, version, body FROM om_outbox WHERE tenant = @0 ORDER BY message_pos";

    public static async ValueTask<ImmutableArray<HistorySeal>> Seals(
        SqlSession session, TenantId tenant, long after, int most, CancellationToken cancellation)
    {
        using var seals = new Statement(
            session,
            "SELECT seal_pos, commands, feed_end, hash FROM om_seal WHERE tenant = @0 AND seal_pos > @1 ORDER BY seal_pos LIMIT @2", 3,
            isRunOnce: true);
        return await SqlReader.All(
            seals,
            static row => new HistorySeal(row.GetInt64(0), SealedCommand.Read(row.GetString(1)), row.GetInt64(2), row.GetString(3)),
            cancellation, tenant.Text, after, most).ConfigureAwait(false);
    }

    /// <summary>Everything in one consistent picture.</summary>
    public static async ValueTask<StoredContents> Contents(SqlSession session, TenantId tenant, CancellationToken cancellation)
    {
        using DbTransaction? own = session.Transaction is null ? session.Dialect.BeginRead(session.Connection) : null;
        SqlSession picture = session with { Transaction = own ?? session.Transaction };
        return new StoredContents(
            await All(
                Streams, static row => new StoredStream(new StreamId(row.GetString(0), row.GetString(1)), row.GetInt64(2)))
                .ConfigureAwait(false),
            await All(Postings, ReadPosting).ConfigureAwait(false),
            await All(
                $"SELECT {OpenLineIndex.Columns} FROM om_open_line WHERE tenant = @0 ORDER BY sku, order_key, line", OpenLineIndex.Read)
                .ConfigureAwait(false),
            await All(
                Timers,
                static row => new TimerChange(
                    new StreamId(row.GetString(0), row.GetString(1)), row.GetString(2), row.GetInt32(3),
                    Microseconds.ToInstant(row.GetInt64(4)))).ConfigureAwait(false),
            await All(Messages, static row => SqlReader.ReadMessage(row, 0)).ConfigureAwait(false), KeepsSent: true);

        async ValueTask<ImmutableArray<T>> All<T>(string text, Func<DbDataReader, T> read)
        {
            using var query = new Statement(picture, text, 1, isRunOnce: true);
            return await SqlReader.All(query, read, cancellation, tenant.Text).ConfigureAwait(false);
        }
    }

    /// <summary>The tenants that a table knows, in ordinal order.</summary>
    public static ImmutableArray<TenantId> TenantsOf(SqlSession session, params string[] tables)
    {
        var found = new SortedSet<TenantId>();
        foreach (string table in tables)
        {
            using var query = new Statement(session, $"SELECT DISTINCT tenant FROM {table}", 0, isRunOnce: true);
            using DbDataReader rows = query.Query();
            while (rows.Read())
            {
                found.Add(new TenantId(rows.GetString(0)));
            }
        }

        return ImmutableArray.CreateRange(found);
    }

    private static StoredPosting ReadPosting(DbDataReader row) => new(
        row.IsDBNull(11) ? null : new CommandId(Guid.ParseExact(row.GetString(11), "D")),
        new Posting(
            SqlReader.Cell(row, 0), (StockAccount)row.GetInt32(8), SqlReader.Cell(row, 4), (StockAccount)row.GetInt32(9),
            new Quantity(row.GetInt64(10))));
}
