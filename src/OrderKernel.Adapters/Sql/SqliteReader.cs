using System;
using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Adapters.Sql;

/// <summary>Reads with prepared statements over a connection of its own. One thread at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const string EventColumns =
        "e.category, e.stream_key, e.version, e.event_id, e.event_type, e.schema_version, e.recorded_at, e.command_id, e.ordinal, "
        + "e.actor, e.source, e.previous_hash, e.hash, e.payload";

    private const string CommandColumns =
        "c.command_id, c.category, c.stream_key, c.read_version, c.body, c.body_hash, c.actor, c.source, c.decided_at, f.body, "
        + "c.facts_hash, c.outcome FROM om_command c JOIN om_facts f ON f.facts_hash = c.facts_hash";

    private readonly SqliteConnection connection;
    private readonly Statement stream;
    private readonly Statement stock;
    private readonly Statement command;
    private readonly Statement commands;
    private readonly Statement names;
    private readonly Statement feed;
    private readonly Statement timers;
    private readonly Statement outbox;
    private readonly Statement openLines;

    public SqliteReader(string path)
    {
        connection = SqliteStartup.OpenReader(path);
        stream = new Statement(
            connection,
            $"SELECT {EventColumns} FROM om_event e WHERE e.tenant = @0 AND e.category = @1 AND e.stream_key = @2 "
            + "AND e.version > @3 ORDER BY e.version",
            4);
        stock = new Statement(
            connection,
            "SELECT sku, node, lot, owner, available, overdraft, quarantine FROM om_cell "
            + "WHERE tenant = @0 AND sku IN (SELECT value FROM json_each(@1)) ORDER BY sku, node, lot, owner",
            2);
        command = new Statement(connection, $"SELECT {CommandColumns} WHERE c.tenant = @0 AND c.command_id = @1", 2);
        commands = new Statement(
            connection, $"SELECT {CommandColumns} WHERE c.tenant = @0 ORDER BY c.command_pos LIMIT @2 OFFSET @1", 3);
        names = new Statement(
            connection,
            "SELECT stream_key FROM om_stream WHERE tenant = @0 AND category = @1 AND stream_key > @2 ORDER BY stream_key LIMIT @3",
            4);
        feed = new Statement(
            connection,
            $"SELECT {EventColumns}, f.feed_pos FROM om_feed f JOIN om_event e ON e.event_pos = f.event_pos "
            + "WHERE f.tenant = @0 AND f.feed_pos > @1 ORDER BY f.feed_pos LIMIT @2",
            3);
        timers = new Statement(
            connection,
            "SELECT category, stream_key, purpose, generation, due FROM om_timer WHERE tenant = @0 AND due <= @1 "
            + "ORDER BY due, category, stream_key LIMIT @2",
            3);
        outbox = new Statement(
            connection,
            "SELECT message_id, destination, category, stream_key, version, body FROM om_outbox "
            + "WHERE tenant = @0 AND sent = 0 ORDER BY message_pos LIMIT @1",
            2);
        openLines = new Statement(
            connection,
            $"SELECT {OpenLineIndex.Columns} FROM om_open_line WHERE tenant = @0 AND sku IN (SELECT value FROM json_each(@1)) "
            + "ORDER BY sku, order_key, line",
            2);
    }

    public ImmutableArray<OpenLine> OpenLines(TenantId tenant, ImmutableArray<Sku> skus) =>
        All(openLines.Query(tenant.Text, JsonList.Of(skus)), OpenLineIndex.Read);

    public ImmutableArray<EventEnvelope> Stream(TenantId tenant, StreamId id, long after) =>
        All(stream.Query(tenant.Text, id.Category, id.Key, after), ReadEvent);

    public StockPicture Stock(TenantId tenant, ImmutableArray<Sku> skus) =>
        new(All(stock.Query(tenant.Text, JsonList.Of(skus)), ReadFree));

    public DecidedCommand? Command(TenantId tenant, CommandId id)
    {
        ImmutableArray<DecidedCommand> found = All(command.Query(tenant.Text, id.ToString()), row => ReadCommand(tenant, row));
        return found.IsEmpty ? null : found[0];
    }

    public ImmutableArray<DecidedCommand> Commands(TenantId tenant, long after, int most) =>
        All(commands.Query(tenant.Text, after, most), row => ReadCommand(tenant, row));

    public ImmutableArray<StreamId> Names(TenantId tenant, string category, string after, int most) =>
        All(names.Query(tenant.Text, category, after, most), row => new StreamId(category, row.GetString(0)));

    public ImmutableArray<FeedEntry> Feed(TenantId tenant, long after, int most) =>
        All(feed.Query(tenant.Text, after, most), static row => new FeedEntry(row.GetInt64(14), ReadEvent(row)));

    public ImmutableArray<TimerChange> DueTimers(TenantId tenant, Instant now, int most) => All(
        timers.Query(tenant.Text, Microseconds.Of(now), most),
        static row => new TimerChange(
            new StreamId(row.GetString(0), row.GetString(1)), row.GetString(2), row.GetInt32(3),
            Microseconds.ToInstant(row.GetInt64(4))));

    public ImmutableArray<OutgoingMessage> Outbox(TenantId tenant, int most) => All(
        outbox.Query(tenant.Text, most),
        static row => new OutgoingMessage(
            row.GetGuid(0), row.GetString(1), new StreamId(row.GetString(2), row.GetString(3)), row.GetInt64(4), row.GetString(5)));

    /// <summary>Journal, balances and holds in one consistent picture.</summary>
    public LedgerContents Ledger(TenantId tenant)
    {
        const string cells = "f.sku, f.node, f.lot, f.owner, t.sku, t.node, t.lot, t.owner";
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: true);
        return new LedgerContents(
            Once(
                transaction, tenant,
                $"SELECT {cells}, p.from_account, p.to_account, p.quantity FROM om_posting p JOIN om_cell f ON f.cell_id = p.from_cell "
                + "JOIN om_cell t ON t.cell_id = p.to_cell WHERE f.tenant = @0 ORDER BY p.posting_pos",
                static row => new Posting(
                    Cell(row, 0), (StockAccount)row.GetInt32(8), Cell(row, 4), (StockAccount)row.GetInt32(9),
                    new Quantity(row.GetInt64(10)))),
            Once(
                transaction, tenant,
                "SELECT sku, node, lot, owner, supply, available, reserved, committed, in_transit, shipped, quarantine, scrap, overdraft "
                + "FROM om_cell WHERE tenant = @0 ORDER BY sku, node, lot, owner",
                ReadBalance),
            Once(
                transaction, tenant,
                "SELECT c.sku, c.node, c.lot, c.owner, h.order_key, h.line, h.quantity FROM om_hold h "
                + "JOIN om_cell c ON c.cell_id = h.cell_id WHERE h.tenant = @0 ORDER BY h.order_key, h.line, c.sku, c.node, c.lot, c.owner",
                static row => new HeldStock(
                    new OrderId(row.GetString(4)), row.GetInt32(5), Cell(row, 0), new Quantity(row.GetInt64(6)))));
    }

    private ImmutableArray<T> Once<T>(SqliteTransaction transaction, TenantId tenant, string text, Func<DbDataReader, T> read)
    {
        using SqliteCommand query = connection.CreateCommand();
        query.Transaction = transaction;
#pragma warning disable CA2100 // The texts are constants of this class.
        query.CommandText = text;
#pragma warning restore CA2100
        query.Parameters.AddWithValue("@0", tenant.Text);
        return All(query.ExecuteReader(), read);
    }

    private static ImmutableArray<T> All<T>(DbDataReader rows, Func<DbDataReader, T> read)
    {
        using (rows)
        {
            var all = ImmutableArray.CreateBuilder<T>();
            while (rows.Read())
            {
                all.Add(read(rows));
            }

            return all.ToImmutable();
        }
    }

    private static EventEnvelope ReadEvent(DbDataReader row) => new(
        new StreamId(row.GetString(0), row.GetString(1)), row.GetInt64(2), Guid.ParseExact(row.GetString(3), "D"), row.GetString(4),
        row.GetInt32(5), Microseconds.ToInstant(row.GetInt64(6)), new CommandId(Guid.ParseExact(row.GetString(7), "D")),
        row.GetInt32(8), new Actor(row.GetString(9), row.GetString(10)), row.GetString(11), row.GetString(12), row.GetString(13));

    private static DecidedCommand ReadCommand(TenantId tenant, DbDataReader row) => new(
        tenant, new CommandId(Guid.ParseExact(row.GetString(0), "D")), new StreamId(row.GetString(1), row.GetString(2)),
        row.GetInt64(3), row.GetString(4), row.GetString(5), new Actor(row.GetString(6), row.GetString(7)),
        Microseconds.ToInstant(row.GetInt64(8)), row.GetString(9), row.GetString(10), row.GetString(11));

    private static FreeStock ReadFree(DbDataReader row) => new(
        Cell(row, 0), row.GetInt64(4), new Quantity(row.GetInt64(5)), new Quantity(row.GetInt64(6)));

    private static CellBalance ReadBalance(DbDataReader row)
    {
        var balances = ImmutableArray.CreateBuilder<long>(CellBalance.Accounts);
        for (int i = 0; i < CellBalance.Accounts; i++)
        {
            balances.Add(row.GetInt64(4 + i));
        }

        return new CellBalance(Cell(row, 0), balances.MoveToImmutable(), new Quantity(row.GetInt64(12)));
    }

    private static StockCell Cell(DbDataReader row, int from) => new(
        new Sku(row.GetString(from)), new NodeId(row.GetString(from + 1)), LotId.FromText(row.GetString(from + 2)),
        OwnerId.FromText(row.GetString(from + 3)));

    public void Dispose()
    {
        foreach (Statement statement in ImmutableArray.Create(stream, stock, command, commands, names, feed, timers, outbox, openLines))
        {
            statement.Dispose();
        }

        connection.Dispose();
    }
}
