using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Adapters.Sql;

/// <summary>The stored board: rows, the position they are made up to, and queries in SQL.</summary>
internal sealed class SqlBoard : IDisposable
{
    private const string Name = "board";

    private readonly SqlSession session;
    private readonly Statement position;
    private readonly Statement start;
    private readonly Statement move;
    private readonly Statement save;
    private readonly Statement clear;
    private readonly Statement forget;

    public SqlBoard(SqlSession session)
    {
        this.session = session;
        position = new Statement(session, "SELECT position FROM om_projection WHERE tenant = @0 AND name = @1", 2);
        start = new Statement(
            session,
            "INSERT INTO om_projection (tenant, name, position) VALUES (@0, @1, 0) ON CONFLICT (tenant, name) DO NOTHING", 2);
        move = new Statement(
            session, "UPDATE om_projection SET position = @3 WHERE tenant = @0 AND name = @1 AND position = @2", 4);
        save = new Statement(
            session,
            "INSERT INTO om_board (tenant, order_key, version, customer, stage, is_final, role, reason, since, open_units, "
            + "first_promise, promise) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11) ON CONFLICT (tenant, order_key) "
            + "DO UPDATE SET version = excluded.version, customer = excluded.customer, stage = excluded.stage, "
            + "is_final = excluded.is_final, role = excluded.role, reason = excluded.reason, since = excluded.since, "
            + "open_units = excluded.open_units, first_promise = excluded.first_promise, promise = excluded.promise",
            12);
        clear = new Statement(session, "DELETE FROM om_board WHERE tenant = @0", 1);
        forget = new Statement(session, "UPDATE om_projection SET position = 0 WHERE tenant = @0 AND name = @1", 2);
    }

    public async Task<long> Position(TenantId tenant, CancellationToken cancellation)
    {
        ImmutableArray<long> found = await SqlReader.All(position, static row => row.GetInt64(0), cancellation, tenant.Text, Name)
            .ConfigureAwait(false);
        return found.IsEmpty ? 0 : found[0];
    }

    /// <summary>Saves entries inside the caller's transaction; false when the board had moved on.</summary>
    public async Task<bool> Save(
        TenantId tenant, long from, long to, ImmutableArray<BoardEntry> entries, CancellationToken cancellation)
    {
        await start.ExecuteAsync(cancellation, tenant.Text, Name).ConfigureAwait(false);
        if (await move.ExecuteAsync(cancellation, tenant.Text, Name, from, to).ConfigureAwait(false) != 1)
        {
            return false;
        }

        foreach (BoardEntry entry in entries)
        {
            await save.ExecuteAsync(
                cancellation, tenant.Text, entry.Order.Text, entry.Version, entry.Customer.Text, entry.Stage, entry.IsFinal ? 1 : 0,
                entry.Role, entry.Reason, Microseconds.Of(entry.Since), entry.Open.Units, Of(entry.FirstPromise),
                Of(entry.CurrentPromise)).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Empties the board inside the caller's transaction. The position goes first: it is what savers wait for, so it has to be
    /// there even before the first of them.</summary>
    public async Task<bool> Clear(TenantId tenant, CancellationToken cancellation)
    {
        await start.ExecuteAsync(cancellation, tenant.Text, Name).ConfigureAwait(false);
        await forget.ExecuteAsync(cancellation, tenant.Text, Name).ConfigureAwait(false);
        await clear.ExecuteAsync(cancellation, tenant.Text).ConfigureAwait(false);
        return true;
    }

    public async ValueTask<ImmutableArray<BoardEntry>> Read(TenantId tenant, BoardQuery query, CancellationToken cancellation)
    {
        var values = new List<object> { tenant.Text };
        var text = new StringBuilder(
            "SELECT order_key, version, customer, stage, is_final, role, reason, since, open_units, first_promise, promise "
            + "FROM om_board WHERE tenant = @0");
        if (query.Filter is { } filter)
        {
            text.Append(" AND ");
            Append(text, filter, values);
        }

        string key = query.Sort switch { BoardSort.Since => "since", BoardSort.Promise => "promise", _ => string.Empty };
        if (query.After is { } after)
        {
            text.Append(key.Length == 0 ? " AND order_key > " : $" AND ({key}, order_key) > (");
            text.Append(key.Length == 0 ? string.Empty : Parameter(values, query.KeyOf(after)) + ", ")
                .Append(Parameter(values, after.Order.Text)).Append(key.Length == 0 ? string.Empty : ")");
        }

        text.Append(" ORDER BY ").Append(key.Length == 0 ? string.Empty : key + ", ").Append("order_key LIMIT ")
            .Append(Parameter(values, (long)query.Size));
        using var statement = new Statement(session, text.ToString(), values.Count, isRunOnce: true);
        return await SqlReader.All(statement, ReadEntry, cancellation, values.ToArray()).ConfigureAwait(false);
    }

    private static void Append(StringBuilder text, BoardFilter filter, List<object> values)
    {
        switch (filter)
        {
            case BoardFilter.InStage stage:
                text.Append("stage = ").Append(Parameter(values, stage.Code));
                break;
            case BoardFilter.TurnOf turn:
                text.Append("role = ").Append(Parameter(values, turn.Role));
                break;
            case BoardFilter.OfCustomer of:
                text.Append("customer = ").Append(Parameter(values, of.Customer.Text));
                break;
            case BoardFilter.Finished finished:
                text.Append("is_final = ").Append(finished.IsFinal ? '1' : '0');
                break;
            case BoardFilter.StuckSinceBefore stuck:
                text.Append("since < ").Append(Parameter(values, Microseconds.Of(stuck.Moment)));
                break;
            case BoardFilter.PromisedBefore promised:
                text.Append("promise < ").Append(Parameter(values, Microseconds.Of(promised.Moment)));
                break;
            case BoardFilter.All all:
                AppendMany(text, all.Of, " AND ", "1 = 1", values);
                break;
            case BoardFilter.Any any:
                AppendMany(text, any.Of, " OR ", "1 = 0", values);
                break;
            case BoardFilter.Not not:
                text.Append("NOT (");
                Append(text, not.Inner, values);
                text.Append(')');
                break;
            default:
                throw new ArgumentException($"{filter.GetType().Name} is not a known filter.", nameof(filter));
        }
    }

    private static void AppendMany(
        StringBuilder text, ImmutableArray<BoardFilter> filters, string joint, string none, List<object> values)
    {
        text.Append('(').Append(filters.IsEmpty ? none : string.Empty);
        for (int i = 0; i < filters.Length; i++)
        {
            text.Append(i == 0 ? string.Empty : joint);
            Append(text, filters[i], values);
        }

        text.Append(')');
    }

    private static string Parameter(List<object> values, object value)
    {
        values.Add(value);
        return "@" + (values.Count - 1).ToString(CultureInfo.InvariantCulture);
    }

    private static BoardEntry ReadEntry(DbDataReader row) => new(
        new OrderId(row.GetString(0)), row.GetInt64(1), new PartnerId(row.GetString(2)), row.GetString(3), row.GetInt32(4) == 1,
        row.GetString(5), row.GetString(6), Microseconds.ToInstant(row.GetInt64(7)), new Quantity(row.GetInt64(8)),
        Promise(row.GetInt64(9)), Promise(row.GetInt64(10)));

    private static long Of(Instant? promise) => promise is { } at ? Microseconds.Of(at) : long.MaxValue;

    private static Instant? Promise(long micros) => micros == long.MaxValue ? null : Microseconds.ToInstant(micros);

    public void Dispose()
    {
        foreach (Statement statement in ImmutableArray.Create(position, start, move, save, clear, forget))
        {
            statement.Dispose();
        }
    }
}
