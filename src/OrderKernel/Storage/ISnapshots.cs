using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Measures;

namespace OrderKernel.Storage;

/// <summary>States of orders that were folded before, so that long streams need not be read from their first event. A store may offer
/// it beside <see cref="IOrderStore"/>.</summary>
/// <remarks>
/// <para>Only a cache: losing, mixing up or never keeping snapshots changes no answer. The desk believes none of them unless its
/// checksum fits and its stream still holds the event that it ends with.</para>
/// </remarks>
public interface ISnapshots
{
    /// <summary>The snapshot of an order; null when none is kept.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="order">Which order.</param>
    /// <param name="schema">The form it must have: <see cref="OrderSnapshot.Schema"/>.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask<OrderSnapshot?> FindSnapshotAsync(
        TenantId tenant, OrderId order, string schema, CancellationToken cancellation);

    /// <summary>Keeps a snapshot in place of the one of the same order and form, whatever version that one has.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask SaveSnapshotAsync(TenantId tenant, OrderSnapshot snapshot, CancellationToken cancellation);

    /// <summary>Forgets every snapshot of a tenant, of any form. Safe at any time.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    ValueTask ClearSnapshotsAsync(TenantId tenant, CancellationToken cancellation);
}
