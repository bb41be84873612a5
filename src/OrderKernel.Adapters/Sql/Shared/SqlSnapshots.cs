using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Snapshots: read, put and cleared, each in one statement.</summary>
internal sealed class SqlSnapshots : IDisposable
{
    private readonly Statement find;
    private readonly Statement put;
    private readonly Statement clear;

    public SqlSnapshots(SqlSession session)
    {
        find = new Statement(
            session,
            "SELECT version, last_hash, state, checksum FROM om_snapshot WHERE tenant = @0 AND order_key = @1 AND schema_hash = @2", 3);
        put = new Statement(
            session,
            "INSERT INTO om_snapshot (tenant, order_key, schema_hash, version, last_hash, state, checksum) "
            + "VALUES (@0, @1, @2, @3, @4, @5, @6) ON CONFLICT (tenant, order_key, schema_hash) DO UPDATE SET "
            + "version = excluded.version, last_hash = excluded.last_hash, state = excluded.state, checksum = excluded.checksum",
            7);
        clear = new Statement(session, "DELETE FROM om_snapshot WHERE tenant = @0", 1);
    }

    public async ValueTask<OrderSnapshot?> Find(TenantId tenant, OrderId order, string schema, CancellationToken cancellation)
    {
        ImmutableArray<OrderSnapshot> found = await SqlReader.All(
            find,
            row => new OrderSnapshot(order, row.GetInt64(0), schema, row.GetString(1), row.GetString(2), row.GetString(3)),
            cancellation, tenant.Text, order.Text, schema).ConfigureAwait(false);
        return found.IsEmpty ? null : found[0];
    }

    public async Task<bool> Put(TenantId tenant, OrderSnapshot snapshot, CancellationToken cancellation) =>
        await put.ExecuteAsync(
            cancellation, tenant.Text, snapshot.Order.Text, snapshot.Schema, snapshot.Version, snapshot.LastHash, snapshot.State,
            snapshot.Checksum).ConfigureAwait(false) == 1;

    public async Task<bool> Clear(TenantId tenant, CancellationToken cancellation) =>
        await clear.ExecuteAsync(cancellation, tenant.Text).ConfigureAwait(false) > 0;

    public void Dispose()
    {
        find.Dispose();
        put.Dispose();
        clear.Dispose();
    }
}
