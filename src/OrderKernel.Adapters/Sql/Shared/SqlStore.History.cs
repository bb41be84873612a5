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
        Read(db => SqlHistory.Seals(db.Session, tenant, after, most, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<StoredContents> ReadContentsAsync(TenantId tenant, CancellationToken cancellation) =>
        Read(db => SqlHistory.Contents(db.Session, tenant, cancellation), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<TenantId>> ReadTenantsAsync(CancellationToken cancellation) => Read(
        db => new ValueTask<ImmutableArray<TenantId>>(
            SqlHistory.TenantsOf(db.Session, "om_command", "om_stream", "om_event", "om_cell", "om_seal", "om_inbox")),
        cancellation);
}
