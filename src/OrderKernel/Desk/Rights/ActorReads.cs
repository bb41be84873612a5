using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Access;
using OrderKernel.Board;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;

namespace OrderKernel.Desk;

/// <summary>What an actor who asked is told, or why not.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed class ActorReading<T>
{
    internal ActorReading(T? value, ImmutableArray<Finding> findings)
    {
        Value = value;
        Findings = findings;
    }

    /// <summary>What was asked for; the default of its type when it was denied, and null when there is nothing.</summary>
    public T? Value { get; }

    /// <summary>Every right that is missing; empty when it was granted. A denial stands in the audit.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>Whether it was granted.</summary>
    public bool IsGranted => Findings.IsEmpty;
}

/// <summary>Reads for somebody: what the roles reach, with what they do not see masked. Made by <see cref="OrderDesk.As"/>.</summary>
/// <remarks>
/// <para>Needs the rights <see cref="CommandTypes.Read"/> and <see cref="CommandTypes.Audit"/>; a denial is an entry of the audit, a read
/// that was granted is none. Where no policy is in force, everything is granted.</para>
/// <para>Errors: the codes of <see cref="AccessFindings"/>.</para>
/// </remarks>
public sealed class ActorReads
{
    private readonly OrderDesk desk;
    private readonly Actor actor;

    internal ActorReads(OrderDesk desk, Actor actor)
    {
        this.desk = desk;
        this.actor = actor;
    }

    /// <summary>As <see cref="OrderDesk.ReadAnswerAsync"/>, for an order that the roles reach: stages and dates, no prices.</summary>
    /// <param name="order">Which.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<ActorReading<OrderAnswer>> ReadAnswerAsync(OrderId order, CancellationToken cancellation = default)
    {
        ReadGrant grant = await desk.GrantAsync(actor, CommandTypes.Read, order, cancellation).ConfigureAwait(false);
        return new ActorReading<OrderAnswer>(
            grant.IsDenied ? null : await desk.ReadAnswerAsync(order, cancellation).ConfigureAwait(false), grant.Findings);
    }

    /// <summary>As <see cref="OrderDesk.ReadBoardAsync"/>, with the orders that the roles reach. It holds stages, customers, quantities and
    /// dates, no prices.</summary>
    /// <param name="owner">The role whose turn it is; null for all.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<ActorReading<ImmutableArray<BoardRow>>> ReadBoardAsync(
        string? owner = null, CancellationToken cancellation = default)
    {
        ReadGrant grant = await desk.GrantAsync(actor, CommandTypes.Read, null, cancellation, isOfMany: true).ConfigureAwait(false);
        return new ActorReading<ImmutableArray<BoardRow>>(
            grant.IsDenied
                ? ImmutableArray<BoardRow>.Empty
                : await desk.ReadReachedAsync(owner, grant.Reaches, cancellation).ConfigureAwait(false),
            grant.Findings);
    }

    /// <summary>What happened to an order that the roles reach, with the fields masked that they do not see.</summary>
    /// <param name="order">Which.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <remarks><para>Shape: as the audit has it, without what was refused. Cost: as <see cref="OrderDesk.AuditAsync"/>.</para></remarks>
    public Task<ActorReading<AuditTrail>> ReadTrailAsync(OrderId order, CancellationToken cancellation = default) =>
        TrailAsync(CommandTypes.Read, new AuditQuery(order), static entry => entry.Refusals.IsEmpty, cancellation);

    /// <summary>As <see cref="OrderDesk.AuditAsync"/>: of one order that the roles reach, or of everything, for which one role has to reach
    /// every order; with the fields masked that they do not see.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<ActorReading<AuditTrail>> AuditAsync(AuditQuery query, CancellationToken cancellation = default) => TrailAsync(
        CommandTypes.Audit, query ?? throw new ArgumentNullException(nameof(query)), static _ => true, cancellation);

    /// <summary>The feed, with the orders that the roles reach as they stand now; what is no order only for roles that reach every row.
    /// Needs <see cref="CommandTypes.Read"/>.</summary>
    /// <param name="after">The last position already seen; 0 for the beginning.</param>
    /// <param name="most">How many events to look at, from 1 to 1,000; what is out of reach counts too.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is below 0, or <paramref name="most"/> out of its bounds.
    /// </exception>
    /// <remarks><para>Cost: reads each order of the page once.</para></remarks>
    public async Task<ActorReading<ActorFeed>> ReadFeedAsync(long after, int most = 200, CancellationToken cancellation = default)
    {
        if (after < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(after));
        }

        if (most is < 1 or > 1_000)
        {
            throw new ArgumentOutOfRangeException(nameof(most));
        }

        ReadGrant grant = await desk.GrantAsync(actor, CommandTypes.Read, null, cancellation, isOfMany: true).ConfigureAwait(false);
        return new ActorReading<ActorFeed>(
            grant.IsDenied ? null : await desk.ReadReachedFeedAsync(after, most, grant, cancellation).ConfigureAwait(false),
            grant.Findings);
    }

    private async Task<ActorReading<AuditTrail>> TrailAsync(
        string right, AuditQuery query, Func<AuditEntry, bool> isWanted, CancellationToken cancellation)
    {
        ReadGrant grant = await desk.GrantAsync(actor, right, query.Order, cancellation).ConfigureAwait(false);
        if (grant.IsDenied)
        {
            return new ActorReading<AuditTrail>(null, grant.Findings);
        }

        AuditTrail trail = await desk.AuditAsync(query, cancellation).ConfigureAwait(false);
        IEnumerable<AuditEntry> entries = trail.Entries.Where(isWanted).Select(
            entry => grant.Sees(entry.Field.Length == 0 ? "stage" : entry.Field) ? entry : Masked(entry));
        return new ActorReading<AuditTrail>(new AuditTrail(entries, trail.Tampered), grant.Findings);
    }

    // Why a value was refused says the value too.
    private static AuditEntry Masked(AuditEntry entry) => entry with
    {
        Before = OrderExport.Masked, After = OrderExport.Masked,
        Refusals = ImmutableArray.CreateRange(entry.Refusals, static why => new Finding(
            why.Kind, why.Subject, why.Field,
            ImmutableArray.CreateRange(why.Facts, static fact => new Fact(fact.Name, OrderExport.Masked)))),
    };
}

/// <summary>What an actor may read: granted, and how far, or every right that is missing.</summary>
internal sealed record ReadGrant(
    AccessPolicy? Policy, ActorStanding Standing, string Right, DecisionBasis Basis, ImmutableArray<Finding> Findings)
{
    public bool IsDenied => !Findings.IsEmpty;

    public bool Reaches(OrderState order)
    {
        DecisionBasis basis = AccessGate.Of(ActiveDefinitions.None, Standing, order);
        return Policy?.Reaches(Standing.Roles, Right, basis.OwnsCustomer, basis.OwnsNode) != false;
    }

    public bool Sees(string field) => Policy?.MaySee(Standing.Roles, Right, field, Basis.OwnsCustomer, Basis.OwnsNode) != false;
}

/// <summary>Reads for somebody.</summary>
public sealed partial class OrderDesk
{
    /// <summary>Reads for an actor. Every read of the desk itself is the host's own and gives everything.</summary>
    /// <param name="actor">Who asks.</param>
    public ActorReads As(Actor actor) => new(this, actor ?? throw new ArgumentNullException(nameof(actor)));

    internal async Task<ReadGrant> GrantAsync(
        Actor actor, string right, OrderId? order, CancellationToken cancellation, bool isOfMany = false)
    {
        StreamId on = order is { } one ? new StreamId(StreamId.OrderCategory, one.Text) : ExportOrders.Exports;
        ActiveDefinitions definitions = options.IgnoresStoredRights
            ? ActiveDefinitions.None
            : await ReadDefinitionsAsync(cancellation).ConfigureAwait(false);
        ActorStanding? found = await StandingAsync(definitions.Access, actor, cancellation).ConfigureAwait(false);
        ActorStanding standing = found ?? ActorStanding.Unknown;
        DecisionBasis basis = order is { } asked
            ? AccessGate.Of(definitions, standing, await ReadOrderAsync(asked, cancellation).ConfigureAwait(false))
            : new DecisionBasis(definitions, standing.Roles, isOfMany, isOfMany);
        basis = definitions.Access is null ? DecisionBasis.None : basis with { IsUnanswered = found is null };
        basis = options.UsePacks ? basis : basis.ForRightsOnly();

        // Each time that somebody tries is one of its own.
        var id = new CommandId(DerivedId.OfDesk(JsonText.Start().Member("read", right).Member("on", on.ToString())
            .Member("actor", actor.Id).Member("source", actor.SourceSystem).Member("at", Now()).Finish()));
        var wish = new DeniedCommand(on, right, id, ContentHash.None, ImmutableArray<string>.Empty);
        var submission = new Submission(id, actor, wish);
        ImmutableArray<Finding> missing = options.IsClosedTo(submission)
            ? AccessGate.Closed(submission)
            : AccessGate.Check(basis, submission);
        if (!missing.IsEmpty)
        {
            var reading = Reading.Of(new StreamHead(0, ContentHash.None), options.Limits, basis);
            Decided denied = Deciding.Deny(options, submission, Now(), reading, missing);
            await store.CommitAsync(ImmutableArray.Create(denied.Unit), cancellation).ConfigureAwait(false);
        }

        return new ReadGrant(definitions.Access, standing, right, basis, missing);
    }
}
