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
        Submission submission, OrderState? state, StockDocument document, CancellationToken cancellation) => options.UsePacks
        ? await BasisAsync(
            await ReadDefinitionsAsync(cancellation).ConfigureAwait(false), submission, state, document, cancellation)
            .ConfigureAwait(false)
        : DecisionBasis.None;

    private async Task<DecisionBasis> BasisAsync(
        ActiveDefinitions definitions, Submission submission, OrderState? state, StockDocument document,
        CancellationToken cancellation)
    {
        ActorStanding standing = definitions.Access is null || options.Actors is null
            ? ActorStanding.Unknown
            : await options.Actors.FindAsync(submission.Actor, cancellation).ConfigureAwait(false);
        return AccessGate.Basis(definitions, standing, submission.Command, state, document);
    }

    private async Task<Decided> DecideOtherAsync(Submission submission, CancellationToken cancellation)
    {
        KnownDefinitions now = await LoadDefinitionsAsync(cancellation).ConfigureAwait(false);
        ActiveDefinitions inForce = options.UsePacks ? now.Definitions : ActiveDefinitions.None;
        DecisionBasis basis = await BasisAsync(inForce, submission, null, StockDocument.None, cancellation).ConfigureAwait(false);
        StreamHead head = submission.Command is DefinitionCommand ? now.Head : new StreamHead(0, ContentHash.None);
        Reading reading = Reading.Of(head, options.Limits, basis) with { Defined = now.Definitions };
        return Deciding.Decide(options, submission, Now(), reading);
    }
}
