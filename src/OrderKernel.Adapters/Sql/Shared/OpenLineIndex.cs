using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data.Common;
using System.Threading;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Writes the index of open lines with each unit, and makes it anew for a file of an earlier version.</summary>
internal sealed class OpenLineIndex : IDisposable
{
    public const string Columns =
        "sku, order_key, line, unheld, held, tier, placed_at, due_at, customer_level, payment_method, paid, priority, blocked";

    private readonly Statement put;
    private readonly Statement remove;

    public OpenLineIndex(SqlSession session)
    {
        put = new Statement(
            session,
            $"INSERT INTO om_open_line (tenant, {Columns}) VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13) "
            + "ON CONFLICT (tenant, sku, order_key, line) DO UPDATE SET unheld = excluded.unheld, held = excluded.held, "
            + "tier = excluded.tier, placed_at = excluded.placed_at, due_at = excluded.due_at, "
            + "customer_level = excluded.customer_level, payment_method = excluded.payment_method, paid = excluded.paid, "
            + "priority = excluded.priority, blocked = excluded.blocked",
            14);
        remove = new Statement(
            session, "DELETE FROM om_open_line WHERE tenant = @0 AND sku = @1 AND order_key = @2 AND line = @3", 4);
    }

    public void Write(TenantId tenant, ImmutableArray<OpenLine> changes)
    {
        foreach (OpenLine line in changes)
        {
            if (!line.IsOpen)
            {
                remove.Execute(tenant.Text, line.Sku.Text, line.Order.Text, line.Line);
                continue;
            }

            put.Execute(
                tenant.Text, line.Sku.Text, line.Order.Text, line.Line, line.Unheld.Units, line.Held.Units, (long)line.Tier,
                Microseconds.Of(line.PlacedAt), line.DueAt is { } due ? Microseconds.Of(due) : DBNull.Value,
                line.Standing.CustomerLevel, line.Standing.PaymentMethod, line.Standing.IsPaid ? 1 : 0, line.Standing.Priority,
                line.IsBlocked ? 1 : 0);
        }
    }

    public static OpenLine Read(DbDataReader row) => new(
        new Sku(row.GetString(0)), new OrderId(row.GetString(1)), row.GetInt32(2), new Quantity(row.GetInt64(3)),
        new Quantity(row.GetInt64(4)), (HoldTier)row.GetInt32(5), Microseconds.ToInstant(row.GetInt64(6)),
        row.IsDBNull(7) ? null : Microseconds.ToInstant(row.GetInt64(7)),
        new OrderStanding(row.GetString(8), row.GetString(9), row.GetInt64(10) != 0, row.GetInt32(11)), row.GetInt64(12) != 0);

    /// <summary>Makes the index of a file whose orders are older than it, in one transaction; otherwise nothing.</summary>
    public static void RebuildIfNeeded(SqlSession session)
    {
        using (var needed = new Statement(session, "SELECT count(*) FROM om_rebuild WHERE name = 'open_line'", 0, isRunOnce: true))
        {
            if (needed.Scalar() == 0)
            {
                return;
            }
        }

        using DbTransaction transaction = session.Connection.BeginTransaction();
        SqlSession inside = session with { Transaction = transaction };
        using (var index = new OpenLineIndex(inside))
        using (var reader = new SqlReader(inside))
        {
            foreach ((TenantId tenant, StreamId stream) in Orders(inside))
            {
                var order = new OrderId(stream.Key);
                OrderState state = StoredForms.FoldOrder(
                    reader.Stream(tenant, stream, 0, CancellationToken.None).AsTask().GetAwaiter().GetResult());
                index.Write(tenant, OpenLine.Changes(order, OrderState.None, state));
            }
        }

        using (var done = new Statement(inside, "DELETE FROM om_rebuild WHERE name = 'open_line'", 0))
        {
            done.Execute();
        }

        transaction.Commit();
    }

    private static List<(TenantId Tenant, StreamId Stream)> Orders(SqlSession session)
    {
        using var names = new Statement(
            session, "SELECT tenant, stream_key FROM om_stream WHERE category = @0 ORDER BY tenant, stream_key", 1);
        using DbDataReader rows = names.Query(StreamId.OrderCategory);
        var orders = new List<(TenantId, StreamId)>();
        while (rows.Read())
        {
            orders.Add((new TenantId(rows.GetString(0)), new StreamId(StreamId.OrderCategory, rows.GetString(1))));
        }

        return orders;
    }

    public void Dispose()
    {
        put.Dispose();
        remove.Dispose();
    }
}
