using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Looking after kept states of orders.</summary>
public sealed partial class OrderDesk
{
    /// <summary>A kept state is not what the events make.</summary>
    internal static FindingKind SnapshotDiffers { get; } = new(
        "snapshot.differs", Severity.Refusal,
        "The state that is kept of {order} at version {version} is not what its events make. Delete all snapshots.",
        "订单 {order} 在版本 {version} 处保存的状态与其事件不符，请删除全部快照。");

    /// <summary>Folds every order that has a snapshot from its first event and compares. A snapshot that no desk would believe is
    /// passed over.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>What does not agree; empty when all does, or the store keeps none.</returns>
    /// <remarks><para>Cost: one look an order, and every event of those that have a snapshot.</para></remarks>
    public async Task<ImmutableArray<Finding>> AuditSnapshotsAsync(CancellationToken cancellation = default)
    {
        const int page = 500;
        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (store is not ISnapshots snapshots)
        {
            return findings.ToImmutable();
        }

        var believing = new OrderLoader(store, options.Tenant, options, snapshots);
        for (string after = string.Empty; ;)
        {
            ImmutableArray<StreamId> names = await store.ReadStreamNamesAsync(
                options.Tenant, StreamId.OrderCategory, after, page, cancellation).ConfigureAwait(false);
            foreach (StreamId name in names)
            {
                if (await believing.FindWrongAsync(new Measures.OrderId(name.Key), cancellation).ConfigureAwait(false) is { } version)
                {
                    findings.Add(SnapshotDiffers.About(name.Key, string.Empty, name.Key, OrderDecider.Digits(version)));
                }
            }

            if (names.Length < page)
            {
                return findings.ToImmutable();
            }

            after = names[page - 1].Key;
        }
    }
}
