using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Adapters.Sql;

/// <summary>In which forms the events of a database are stored.</summary>
public abstract partial class SqlStore
{
    private const string Forms =
        "SELECT e.event_type, e.schema_version, g.events, e.category, e.stream_key, e.version FROM (SELECT event_type, schema_version, "
        + "count(*) AS events, min(event_pos) AS first_pos FROM om_event WHERE tenant = @0 GROUP BY event_type, schema_version) g "
        + "JOIN om_event e ON e.event_pos = g.first_pos ORDER BY e.event_type, e.schema_version";

    /// <summary>Which forms of which events are stored, such as before an older release is taken out of service.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>By type, then form.</returns>
    /// <remarks><para>Cost: every event of the tenant is looked at.</para></remarks>
    public ValueTask<ImmutableArray<StoredForm>> ReadStoredFormsAsync(TenantId tenant, CancellationToken cancellation) => Read(
        async db =>
        {
            using var query = new Statement(db.Session, Forms, 1, isRunOnce: true);
            return await SqlReader.All(
                query,
                static row => new StoredForm(
                    row.GetString(0), row.GetInt32(1), row.GetInt64(2), new StreamId(row.GetString(3), row.GetString(4)),
                    row.GetInt64(5)),
                cancellation, tenant.Text).ConfigureAwait(false);
        },
        cancellation);
}

/// <summary>One form of one type of event that is stored.</summary>
/// <param name="EventType">The dotted type name.</param>
/// <param name="Form">The version of the form.</param>
/// <param name="Events">How many events there are in it.</param>
/// <param name="Stream">Where the first of them is.</param>
/// <param name="Version">Its place in that stream.</param>
public sealed record StoredForm(string EventType, int Form, long Events, StreamId Stream, long Version);
