using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Storage;

namespace OrderKernel.Testing;

public static partial class KernelLaws
{
    /// <summary>Orders with a type never leave their lifecycle: every state they and their sub-orders are in is one of it, and
    /// every way they took is declared there; a refused command has no events; sub-orders never exceed their order.</summary>
    /// <param name="play">A play that has been played.</param>
    /// <param name="store">Its store.</param>
    /// <param name="tenant">Its tenant.</param>
    /// <param name="definitions">The lifecycles that the orders ran on.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task LifecyclesHold(
        ScriptPlay play, IOrderStore store, TenantId tenant, OrderDefinitions definitions, CancellationToken cancellation = default)
    {
        foreach (OrderId order in play.Orders)
        {
            OrderState state = await play.Desk.ReadOrderAsync(order, cancellation).ConfigureAwait(false);
            foreach (EventEnvelope envelope in await play.Desk.ReadTrailAsync(order, cancellation).ConfigureAwait(false))
            {
                if (StoredForms.ReadEvent(envelope) is OrderEntered entered)
                {
                    string version = entered.Part == 0 ? state.LifecycleVersion : state.Part(entered.Part)!.LifecycleVersion;
                    LifecycleDefinition lifecycle = definitions.Find(version)!.Definition;
                    bool declared = entered.From.Length == 0 ? lifecycle.State(entered.To) is { IsInitial: true }
                        : lifecycle.Transitions.Any(
                            way => way.From == entered.From && way.To == entered.To && way.Trigger == entered.Trigger);
                    LawBrokenException.Unless(declared, $"{order}: no way from '{entered.From}' on {entered.Trigger} to '{entered.To}'.");
                }
            }

            foreach (OrderLine line in state.Lines)
            {
                long planned = state.Parts.Sum(part => part.Open(line.Number).Units);
                LawBrokenException.Unless(
                    planned <= line.Open.Units, $"{order} line {line.Number}: {planned} in sub-orders, {line.Open} open.");
            }
        }

        ImmutableArray<FeedEntry> feed = await store.ReadFeedAsync(tenant, 0, int.MaxValue, cancellation).ConfigureAwait(false);
        foreach (DecidedCommand command in await store.ReadCommandsAsync(tenant, null, int.MaxValue, cancellation).ConfigureAwait(false))
        {
            bool refused = !CommandOutcome.Read(command.Outcome, KernelFindings.Catalog).Findings.IsEmpty;
            LawBrokenException.Unless(
                !refused || feed.All(entry => entry.Event.Command != command.Id), $"The refused command {command.Id} has events.");
        }
    }

    /// <summary>Plays a script with the order types of <see cref="ScriptTypes"/> on a fresh store and checks every law.</summary>
    /// <param name="store">The store; empty.</param>
    /// <param name="script">The script.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public static async Task CheckTyped(IOrderStore store, Script script, CancellationToken cancellation = default)
    {
        int length = (script ?? throw new System.ArgumentNullException(nameof(script))).Steps.Length;
        var options = new DeskOptions
        {
            Tiers = length % 2 == 0 ? TierPolicy.PaidBeforeUnpaid : null,
            ServesWaiting = length % 3 == 0,
            MaxOrdersInUnit = 2,
            Definitions = ScriptTypes.Definitions,
        };
        ScriptPlay play = await CheckAll(store, script, options, options.Tenant, cancellation).ConfigureAwait(false);
        await LifecyclesHold(play, store, options.Tenant, ScriptTypes.Definitions, cancellation).ConfigureAwait(false);
    }
}
