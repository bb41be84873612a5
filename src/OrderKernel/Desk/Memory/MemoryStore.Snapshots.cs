using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Snapshots of the memory store.</summary>
public sealed partial class MemoryStore
{
    private readonly Dictionary<(TenantId Tenant, OrderId Order, string Schema), OrderSnapshot> snapshots = new();

    /// <inheritdoc />
    public ValueTask<OrderSnapshot?> FindSnapshotAsync(
        TenantId tenant, OrderId order, string schema, CancellationToken cancellation) =>
        Read(tenant, _ => snapshots.TryGetValue((tenant, order, schema), out OrderSnapshot? found) ? found : null, cancellation);

    /// <inheritdoc />
    public ValueTask SaveSnapshotAsync(TenantId tenant, OrderSnapshot snapshot, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            snapshots[(tenant, snapshot.Order, snapshot.Schema)] = snapshot;
            return default;
        }
    }

    /// <inheritdoc />
    public ValueTask ClearSnapshotsAsync(TenantId tenant, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            foreach ((TenantId Tenant, OrderId Order, string Schema) key in snapshots.Keys.Where(key => key.Tenant == tenant).ToList())
            {
                snapshots.Remove(key);
            }

            return default;
        }
    }
}
