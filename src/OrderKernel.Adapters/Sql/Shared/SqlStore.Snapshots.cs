using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Snapshots of every store over SQL.</summary>
public abstract partial class SqlStore
{
    /// <inheritdoc />
    public ValueTask<OrderSnapshot?> FindSnapshotAsync(
        TenantId tenant, OrderId order, string schema, CancellationToken cancellation) =>
        Read(db => db.Snapshots.Find(tenant, order, schema, cancellation), cancellation);

    /// <inheritdoc />
    public async ValueTask SaveSnapshotAsync(TenantId tenant, OrderSnapshot snapshot, CancellationToken cancellation) =>
        await ChangeAtOnce(async db => await db.Snapshots.Put(tenant, snapshot, cancellation).ConfigureAwait(false), cancellation)
            .ConfigureAwait(false);

    /// <inheritdoc />
    public async ValueTask ClearSnapshotsAsync(TenantId tenant, CancellationToken cancellation) =>
        await ChangeAtOnce(async db => await db.Snapshots.Clear(tenant, cancellation).ConfigureAwait(false), cancellation)
            .ConfigureAwait(false);
}
