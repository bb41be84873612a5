using System.Threading.Tasks;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

/// <summary>Promises about snapshots. A store that keeps none keeps them by leaving them out.</summary>
public static partial class StoreContract
{
    private static async Task SnapshotsComeBack(IOrderStore store)
    {
        if (store is not ISnapshots snapshots)
        {
            return;
        }

        var order = new OrderId("O1");
        OrderSnapshot old = Sample(5, "one");
        OrderSnapshot foreign = Sample(9, "two");
        Expect(await snapshots.FindSnapshotAsync(Tenant, order, "one", Never) is null, "Nothing is there before it was kept.");
        await snapshots.SaveSnapshotAsync(Tenant, old, Never);
        await snapshots.SaveSnapshotAsync(Tenant, foreign, Never);
        Expect(old.Equals(await snapshots.FindSnapshotAsync(Tenant, order, "one", Never)), "A snapshot comes back as it was written.");
        Expect(foreign.Equals(await snapshots.FindSnapshotAsync(Tenant, order, "two", Never)), "Each form has one of its own.");
        OrderSnapshot lower = Sample(3, "one");
        await snapshots.SaveSnapshotAsync(Tenant, lower, Never);
        Expect(
            lower.Equals(await snapshots.FindSnapshotAsync(Tenant, order, "one", Never)),
            "The last one counts, whatever its version: a damaged one with a high version must not stay for ever.");
        var other = new TenantId("other");
        Expect(await snapshots.FindSnapshotAsync(other, order, "one", Never) is null, "Another tenant sees none of it.");
        await snapshots.SaveSnapshotAsync(other, old, Never);
        await snapshots.ClearSnapshotsAsync(Tenant, Never);
        Expect(
            await snapshots.FindSnapshotAsync(Tenant, order, "one", Never) is null
            && await snapshots.FindSnapshotAsync(Tenant, order, "two", Never) is null,
            "Cleared is cleared, whatever the form.");
        Expect(old.Equals(await snapshots.FindSnapshotAsync(other, order, "one", Never)), "Another tenant's stay.");

        OrderSnapshot Sample(long version, string schema) =>
            new(order, version, schema, ContentHash.None, "{\"text\":\"单 \\\" 😀\"}", "sum" + schema);
    }
}
