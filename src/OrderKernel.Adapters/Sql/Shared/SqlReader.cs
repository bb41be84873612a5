using System;
using System.Collections.Immutable;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Reads with prepared statements over one connection. One caller at a time.</summary>
internal sealed class SqlReader : IDisposable
{
    private const string EventColumns =
        "e.category, e.stream_key, e.version, e.event_id, e.event_type, e.schema_version, e.recorded_at, e.command_id, e.ordinal, "
        + "e.actor, e.source, e.previous_hash, e.hash, e.payload";

    private const string CommandColumns =
        "c.command_id, c.category, c.stream_key, c.read_version, c.body, c.body_hash, c.actor, c.source, c.decided_at, f.body, "
        + "c.facts_hash, c.outcome FROM om_command c JOIN om_facts f ON f.facts_hash = c.facts_hash";

    private readonly SqlSession session;
    private readonly Statement stream;
    private readonly Statement stock;
    private readonly Statement command;
    private readonly Statement commands;
    private readonly Statement names;
    private readonly Statement feed;
    private readonly Statement timers;
    private readonly Statement outbox;
    private readonly Statement openLines;

    public SqlReader(SqlSession session)
    {
        this.session = session;
        stream = new Statement(
            session,
            $"SELECT {EventColumns} FROM om_event e WHERE e.tenant = @0 AND e.category = @1 AND e.stream_key = @2 "
            + "AND e.version > @3 ORDER BY e.version",
            4);
        stock = new Statement(
            session,
            "SELECT sku, node, lot, owner, available, overdraft, quarantine, reserved FROM om_cell "
            + $"WHERE tenant = @0 AND sku {session.Dialect.InList("@1")} ORDER BY sku, node, lot, owner",
            2);
        command = new Statement(session, $"SELECT {CommandColumns} WHERE c.tenant = @0 AND c.command_id = @1", 2);
        commands = new Statement(
            session,
            $"SELECT {CommandColumns} WHERE c.tenant = @0 AND c.command_pos > CASE WHEN @1 = '' THEN 0 ELSE "
            + "(SELECT l.command_pos FROM om_command l WHERE l.tenant = @0 AND l.command_id = @1) END ORDER BY c.command_pos LIMIT @2",
            3);
        names = new Statement(
            session,
            "SELECT stream_key FROM om_stream WHERE tenant = @0 AND category = @1 AND stream_key > @2 ORDER BY stream_key LIMIT @3",
            4);
        feed = new Statement(
            session,
            $"SELECT {EventColumns}, f.feed_pos FROM om_feed f JOIN om_event e ON e.event_pos = f.event_pos "
            + "WHERE f.tenant = @0 AND f.feed_pos > @1 ORDER BY f.feed_pos LIMIT @2",
            3);
        timers = new Statement(
            session,
            "SELECT category, stream_key, purpose, generation, due FROM om_timer WHERE tenant = @0 AND due <= @1 "
            + "ORDER BY due, category, stream_key LIMIT @2",
            3);
        outbox = new Statement(
            session,
            "SELECT message_id, destination, category, stream_key, version, body FROM om_outbox "
            + "WHERE tenant = @0 AND sent = 0 ORDER BY message_pos LIMIT @1",
            2);
        openLines = new Statement(
            session,
            $"SELECT {OpenLineIndex.Columns} FROM om_open_line WHERE tenant = @0 AND sku {session.Dialect.InList("@1")} "
            + "ORDER BY sku, order_key, line",
            2);
    }

    public SqlSession Session => session;

    public async ValueTask<ImmutableArray<OpenLine>> OpenLines(
        TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation)
    {
        object list = session.Dialect.List(ImmutableArray.CreateRange(skus, static sku => sku.Text));
        return await All(openLines, OpenLineIndex.Read, cancellation, tenant.Text, list).ConfigureAwait(false);
    }

    public ValueTask<ImmutableArray<EventEnvelope>> Stream(TenantId tenant, StreamId id, long after, CancellationToken cancellation) =>
        All(stream, ReadEvent, cancellation, tenant.Text, id.Category, id.Key, after);

    public async ValueTask<StockPicture> Stock(TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation)
    {
        object list = session.Dialect.List(ImmutableArray.CreateRange(skus, static sku => sku.Text));
        return new StockPicture(await All(stock, ReadFree, cancellation, tenant.Text, list).ConfigureAwait(false));
    }

    public async ValueTask<DecidedCommand?> Command(TenantId tenant, CommandId id, CancellationToken cancellation)
    {
        ImmutableArray<DecidedCommand> found =
            await All(command, row => ReadCommand(tenant, row), cancellation, tenant.Text, id.ToString()).ConfigureAwait(false);
        return found.IsEmpty ? null : found[0];
    }

    public ValueTask<ImmutableArray<DecidedCommand>> Commands(
        TenantId tenant, CommandId? after, int most, CancellationToken cancellation) =>
        All(commands, row => ReadCommand(tenant, row), cancellation, tenant.Text, after?.ToString() ?? string.Empty, most);

    public ValueTask<ImmutableArray<StreamId>> Names(
        TenantId tenant, string category, string after, int most, CancellationToken cancellation) =>
        All(names, row => new StreamId(category, row.GetString(0)), cancellation, tenant.Text, category, after, most);

    public ValueTask<ImmutableArray<FeedEntry>> Feed(TenantId tenant, long after, int most, CancellationToken cancellation) =>
        All(feed, static row => new FeedEntry(row.GetInt64(14), ReadEvent(row)), cancellation, tenant.Text, after, most);

    public ValueTask<ImmutableArray<TimerChange>> DueTimers(TenantId tenant, Instant now, int most, CancellationToken cancellation) =>
        All(
            timers,
            static row => new TimerChange(
                new StreamId(row.GetString(0), row.GetString(1)), row.GetString(2), row.GetInt32(3),
                Microseconds.ToInstant(row.GetInt64(4))),
            cancellation, tenant.Text, Microseconds.Of(now), most);

    public ValueTask<ImmutableArray<OutgoingMessage>> Outbox(TenantId tenant, int most, CancellationToken cancellation) =>
        All(outbox, static row => ReadMessage(row, 0), cancellation, tenant.Text, most);

    /// <summary>Journal, balances and holds in one consistent picture.</summary>
    public async ValueTask<LedgerContents> Ledger(TenantId tenant, CancellationToken cancellation)
    {
        const string cells = "f.sku, f.node, f.lot, f.owner, t.sku, t.node, t.lot, t.owner";
        using DbTransaction? own = session.Transaction is null ? session.Dialect.BeginRead(session.Connection) : null;
        SqlSession picture = session with { Transaction = own ?? session.Transaction };
        return new LedgerContents(
            await Once(
                picture, tenant,
                $"SELECT {cells}, p.from_account, p.to_account, p.quantity FROM om_posting p JOIN om_cell f ON f.cell_id = p.from_cell "
                + "JOIN om_cell t ON t.cell_id = p.to_cell WHERE f.tenant = @0 ORDER BY p.posting_pos",
                static row => new Posting(
                    Cell(row, 0), (StockAccount)row.GetInt32(8), Cell(row, 4), (StockAccount)row.GetInt32(9),
                    new Quantity(row.GetInt64(10))),
                cancellation).ConfigureAwait(false),
            await Once(
                picture, tenant,
                "SELECT sku, node, lot, owner, supply, available, reserved, committed, in_transit, shipped, quarantine, scrap, overdraft "
                + "FROM om_cell WHERE tenant = @0 ORDER BY sku, node, lot, owner",
                ReadBalance, cancellation).ConfigureAwait(false),
            await Once(
                picture, tenant,
                "SELECT c.sku, c.node, c.lot, c.owner, h.order_key, h.line, h.quantity FROM om_hold h "
                + "JOIN om_cell c ON c.cell_id = h.cell_id WHERE h.tenant = @0 ORDER BY h.order_key, h.line, c.sku, c.node, c.lot, c.owner",
                static row => new HeldStock(
                    new OrderId(row.GetString(4)), row.GetInt32(5), Cell(row, 0), new Quantity(row.GetInt64(6))),
                cancellation).ConfigureAwait(false));
    }

    /// <summary>All rows of a statement.</summary>
    public static async ValueTask<ImmutableArray<T>> All<T>(
        Statement statement, Func<DbDataReader, T> read, CancellationToken cancellation, params object[] values)
    {
        using DbDataReader rows = await statement.QueryAsync(cancellation, values).ConfigureAwait(false);
        var all = ImmutableArray.CreateBuilder<T>();
        while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
        {
            all.Add(read(rows));
        }

        return all.ToImmutable();
    }

    /// <summary>A message: id, destination, category, key, version and body, from a column on.</summary>
    public static OutgoingMessage ReadMessage(DbDataReader row, int from) => new(
        Guid.ParseExact(row.GetString(from), "D"), row.GetString(from + 1),
        new StreamId(row.GetString(from + 2), row.GetString(from + 3)), row.GetInt64(from + 4), row.GetString(from + 5));

    private static async ValueTask<ImmutableArray<T>> Once<T>(
        SqlSession picture, TenantId tenant, string text, Func<DbDataReader, T> read, CancellationToken cancellation)
    {
        using var query = new Statement(picture, text, 1, isRunOnce: true);
        return await All(query, read, cancellation, tenant.Text).ConfigureAwait(false);
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
        Cell(row, 0), row.GetInt64(4), new Quantity(row.GetInt64(5)), new Quantity(row.GetInt64(6)),
        new Quantity(row.GetInt64(7)));

    private static CellBalance ReadBalance(DbDataReader row)
    {
        var balances = ImmutableArray.CreateBuilder<long>(CellBalance.Accounts);
        for (int i = 0; i < CellBalance.Accounts; i++)
        {
            balances.Add(row.GetInt64(4 + i));
        }

        return new CellBalance(Cell(row, 0), balances.MoveToImmutable(), new Quantity(row.GetInt64(12)));
    }

    /// <summary>A cell: SKU, node, lot and owner, from a column on.</summary>
    public static StockCell Cell(DbDataReader row, int from) => new(
        new Sku(row.GetString(from)), new NodeId(row.GetString(from + 1)), LotId.FromText(row.GetString(from + 2)),
        OwnerId.FromText(row.GetString(from + 3)));

    public void Dispose()
    {
        foreach (Statement statement in ImmutableArray.Create(stream, stock, command, commands, names, feed, timers, outbox, openLines))
        {
            statement.Dispose();
        }
    }
}
