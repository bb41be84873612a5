using System.Collections.Immutable;
using System.Threading.Tasks;
using OrderKernel.Adapters.Sql;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Packs;
using OrderKernel.Storage;

namespace OrderKernel.Cli;

/// <summary>Says in which forms events are stored, and whether this release reads each of them. True when it does.</summary>
internal static class DbForms
{
    public static async Task<bool> Check(SqlStore store, TenantId tenant, DbSay say)
    {
        ImmutableArray<StoredForm> forms = await store.ReadStoredFormsAsync(tenant, default).ConfigureAwait(false);
        bool isKnown = true;
        foreach (StoredForm form in forms)
        {
            if (await FindUnknown(store, tenant, form).ConfigureAwait(false) is { } finding)
            {
                isKnown = false;
                say.Line(finding);
            }
        }

        if (isKnown)
        {
            say.Line(DbText.CheckClean);
        }

        foreach (StoredForm form in forms)
        {
            say.Line(DbText.Form, form.EventType, form.Form, form.Events);
        }

        return isKnown;
    }

    // The first event of each form is read as a desk would read it.
    private static async Task<Finding?> FindUnknown(SqlStore store, TenantId tenant, StoredForm form)
    {
        ImmutableArray<EventEnvelope> stream =
            await store.ReadStreamAsync(tenant, form.Stream, form.Version - 1, default).ConfigureAwait(false);
        try
        {
            if (stream[0].Stream.Category == StreamId.DefinitionsCategory)
            {
                DefinitionEvent.Read(stream[0]);
            }
            else
            {
                StoredForms.ReadEvent(stream[0]);
            }

            return null;
        }
        catch (UnreadableEventException unknown)
        {
            return unknown.Finding;
        }
    }
}
