using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Access;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;

namespace OrderKernel.Desk;

/// <summary>The definitions that the desk decides under.</summary>
public sealed partial class OrderDesk
{
    private sealed record KnownDefinitions(StreamHead Head, ActiveDefinitions Definitions);

    private volatile KnownDefinitions known = new(new StreamHead(0, ContentHash.None), ActiveDefinitions.None);

    /// <summary>What is active now: packs, fields, rights, parameters.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<ActiveDefinitions> ReadDefinitionsAsync(CancellationToken cancellation = default) =>
        (await LoadDefinitionsAsync(cancellation).ConfigureAwait(false)).Definitions;

    // Only what is newer is read, and packs are parsed once; two threads at most do the same work twice.
    private async Task<KnownDefinitions> LoadDefinitionsAsync(CancellationToken cancellation)
    {
        KnownDefinitions before = known;
        ImmutableArray<EventEnvelope> newer = await store.ReadStreamAsync(
            options.Tenant, DefinitionCommand.Definitions, before.Head.Version, cancellation).ConfigureAwait(false);
        if (newer.IsEmpty)
        {
            return before;
        }

        var now = new KnownDefinitions(StreamHead.Of(newer), ActiveDefinitions.Fold(before.Definitions, options.Forms.Lift(newer)));
        known = now;
        return now;
    }

    private async Task<ActiveDefinitions> DefinitionsInForceAsync(CancellationToken cancellation) =>
        options.UsePacks ? await ReadDefinitionsAsync(cancellation).ConfigureAwait(false) : ActiveDefinitions.None;

    private async ValueTask<DecisionBasis> BasisInForceAsync(
        Submission submission, OrderState? state, StockDocument document, CancellationToken cancellation) =>
        options.IgnoresStoredRights ? DecisionBasis.None : await BasisAsync(
            await ReadDefinitionsAsync(cancellation).ConfigureAwait(false), submission, state, document, cancellation)
            .ConfigureAwait(false);

    // Rights that are stored are held by every desk of the tenant, also by one that takes nothing else from its packs.
    private async Task<AccessPolicy?> RightsInForceAsync(CancellationToken cancellation) =>
        options.IgnoresStoredRights ? null : (await ReadDefinitionsAsync(cancellation).ConfigureAwait(false)).Access;

    private async Task<DecisionBasis> BasisAsync(
        ActiveDefinitions definitions, Submission submission, OrderState? state, StockDocument document,
        CancellationToken cancellation)
    {
        if (!options.UsePacks && (options.IgnoresStoredRights || definitions.Access is null))
        {
            return DecisionBasis.None;
        }

        ActorStanding? standing = await StandingAsync(definitions.Access, submission.Actor, cancellation).ConfigureAwait(false);
        DecisionBasis basis = AccessGate.Basis(
            definitions, standing ?? ActorStanding.Unknown, submission.Command, state, document);
        basis = standing is null ? basis with { IsUnanswered = true } : basis;
        return options.UsePacks ? basis : basis.ForRightsOnly();
    }

    // Null when the directory failed. What it threw may hold anything and is the host's: it is neither stored nor told.
    private async Task<ActorStanding?> StandingAsync(AccessPolicy? policy, Actor actor, CancellationToken cancellation)
    {
        if (policy is null || options.Actors is null)
        {
            return ActorStanding.Unknown;
        }

        try
        {
            return await options.Actors.FindAsync(actor, cancellation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A directory is the host's and throws what it likes; whoever it does not answer for has no rights.
        catch (Exception) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private async Task<Decided> DecideOtherAsync(Submission submission, CancellationToken cancellation)
    {
        KnownDefinitions now = await LoadDefinitionsAsync(cancellation).ConfigureAwait(false);
        DecisionBasis basis = await BasisAsync(now.Definitions, submission, null, StockDocument.None, cancellation).ConfigureAwait(false);
        StreamHead head = submission.Command is DefinitionCommand ? now.Head : new StreamHead(0, ContentHash.None);
        Reading reading = Reading.Of(head, options.Limits, basis) with { Defined = now.Definitions };
        return Deciding.Decide(options, submission, Now(), reading);
    }
}
