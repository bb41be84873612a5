using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>What an audit reads of the memory store.</summary>
public sealed partial class MemoryStore
{
    /// <inheritdoc />
    public ValueTask<ImmutableArray<HistorySeal>> ReadSealsAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation) =>
        Read(tenant, data => Page(data.Seals.All(tenant, data.Feed), after, most), cancellation);

    /// <inheritdoc />
    public ValueTask<StoredContents> ReadContentsAsync(TenantId tenant, CancellationToken cancellation) =>
        Read(tenant, static data => data.Contents(), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<TenantId>> ReadTenantsAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new ValueTask<ImmutableArray<TenantId>>(ImmutableArray.CreateRange(new SortedSet<TenantId>(
                tenants.Where(static one => one.Value.Commands.Count > 0).Select(static one => one.Key))));
        }
    }
}
