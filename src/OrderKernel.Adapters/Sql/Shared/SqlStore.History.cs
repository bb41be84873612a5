using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>What an audit reads of every store over SQL.</summary>
public abstract partial class SqlStore
{
    /// <inheritdoc />
    public virtual ValueTask<ImmutableArray<HistorySeal>> ReadSealsAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation) =>
        Read(room => SqlHistory.Seals(room.Session, tenant, after, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<StoredContents> ReadContentsAsync(TenantId tenant, CancellationToken cancellation) =>
        Read(room => SqlHistory.Contents(room.Session, tenant, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<TenantId>> ReadTenantsAsync(CancellationToken cancellation) => Read(
        room => new ValueTask<ImmutableArray<TenantId>>(
            SqlHistory.TenantsOf(room.Session, "om_command", "om_stream", "om_event", "om_cell", "om_seal", "om_inbox")),
        cancellation);
}
