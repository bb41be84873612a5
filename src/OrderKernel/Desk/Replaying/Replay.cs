using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Decides a stored command again from its recorded facts and compares what comes out, byte by byte.</summary>
/// <remarks><para>A command that was decided by other rules than this kernel's (<see cref="RulesOf"/>) may come out otherwise: what was
/// decided stands, and that is no difference. <see cref="OrderDesk.ReplayAsync"/> tells the two apart.</para></remarks>
public static class Replay
{
    /// <summary>The number of the rules that a stored command was decided by; see <see cref="KernelVersion.Rules"/>.</summary>
    /// <param name="stored">The command with its recorded facts.</param>
    /// <returns>1 for what was recorded before rules had numbers.</returns>
    public static int RulesOf(DecidedCommand stored) => StoredForms.RulesOf(
        (stored ?? throw new ArgumentNullException(nameof(stored))).Facts);

    /// <summary>Whether the command, decided by the rules of this kernel, comes out as it was stored. The version of the kernel and the
    /// number of the rules make no difference by themselves.</summary>
    /// <param name="stored">The command with its recorded facts and outcome.</param>
    /// <param name="stream">Its stream from version 1 on, at least up to the events of the command.</param>
    /// <param name="others">The streams of the other orders that its facts name (<see cref="OrdersLookedAt"/>), in that order.</param>
    /// <param name="packs">The stream of definitions from version 1 on, at least up to the version that was in force.</param>
    /// <param name="definitions">Every version of lifecycles that the decision used, where they came from no pack; null when orders
    /// have no types.</param>
    /// <param name="forms">The older forms of events that are read; null for the kernel's own.</param>
    /// <exception cref="OrderKernelException">A version of a lifecycle that the decision used is not given.</exception>
    /// <exception cref="KernelInvariantException">The decision rests on active packs; give their stream.</exception>
    public static bool IsSame(
        DecidedCommand stored, ImmutableArray<EventEnvelope> stream,
        ImmutableArray<ImmutableArray<EventEnvelope>> others = default, ImmutableArray<EventEnvelope> packs = default,
        OrderDefinitions? definitions = null, EventForms? forms = null)
    {
        EventForms read = forms ?? EventForms.Kernel;
        return IsSame(stored, stream, others, definitions, version => InForce(read.Lift(packs), version), read);
    }

    internal static bool IsSame(
        DecidedCommand stored, ImmutableArray<EventEnvelope> stream, ImmutableArray<ImmutableArray<EventEnvelope>> others,
        OrderDefinitions? given, Func<long, ActiveDefinitions> packs, EventForms forms)
    {
        if (stored is null)
        {
            throw new ArgumentNullException(nameof(stored));
        }

        ImmutableArray<(OrderId Order, long Version)> seen = DecisionSight.OrdersIn(stored.Facts);
        if (stream.Length < stored.ReadVersion || seen.Length != (others.IsDefault ? 0 : others.Length))
        {
            return false;
        }

        ImmutableArray<EventEnvelope> before = forms.Lift(ImmutableArray.Create(stream, 0, checked((int)stored.ReadVersion)));
        var submission = new Submission(stored.Id, stored.Actor, StoredCommands.Read(stored.Body))
        {
            Origin = CommandOrigin.FollowUp,
        };
        var known = ImmutableArray.CreateBuilder<KnownOrder>();
        if (submission.Command is OrderCommand own)
        {
            known.Add(new KnownOrder(own.Order, StreamHead.Of(before), StoredForms.FoldOrder(before)));
        }

        var sightOf = ImmutableArray.CreateBuilder<SeenOrder>(seen.Length);
        for (int i = 0; i < seen.Length; i++)
        {
            if (others[i].Length < seen[i].Version)
            {
                return false;
            }

            ImmutableArray<EventEnvelope> part = forms.Lift(ImmutableArray.Create(others[i], 0, checked((int)seen[i].Version)));
            var order = new KnownOrder(seen[i].Order, StreamHead.Of(part), StoredForms.FoldOrder(part));
            known.Add(order);
            sightOf.Add(new SeenOrder(order.Order, order.State));
        }

        (StockPicture stock, OrderLimits limits) = StoredForms.ReadFacts(stored.Facts);
        DecisionBasis basis = DecisionBasis.Read(stored.Facts, packs(DecisionBasis.VersionOf(stored.Facts)));
        OrderDefinitions orders = (basis.Orders ?? given ?? OrderDefinitions.Empty).AsRecorded(stored.Facts);
        basis = basis with { Orders = null };
        var options = new DeskOptions { Tenant = stored.Tenant, Limits = limits, Definitions = orders }
            .Replaying(FieldOwners.Read(stored.Facts), AccessGate.WasClosed(stored.Facts));
        var reading = new Reading(
            StreamHead.Of(before), known.ToImmutable(), stock, limits, DecisionSight.Read(stored.Facts, sightOf.ToImmutable()), basis)
        {
            Document = submission.Command is StockCommand ? StoredForms.FoldDocument(before) : StockDocument.None,
            Defined = submission.Command is DefinitionCommand
                ? ActiveDefinitions.Fold(ActiveDefinitions.None, before)
                : ActiveDefinitions.None,
        };
        UnitOfWork again = Deciding.Decide(options, submission, stored.DecidedAt, reading).Unit;
        bool same = again.Command.Outcome == stored.Outcome && again.Command.Body == stored.Body
            && StoredForms.SeeTheSame(again.Command.Facts, stored.Facts);
        return same && AddsTheSame(again, stored, stream, others, forms);
    }

    private static bool AddsTheSame(
        UnitOfWork again, DecidedCommand stored, ImmutableArray<EventEnvelope> stream,
        ImmutableArray<ImmutableArray<EventEnvelope>> others, EventForms forms)
    {
        ImmutableArray<(OrderId Order, long Version)> seen = DecisionSight.OrdersIn(stored.Facts);
        bool same = true;
        foreach (StreamAppend append in again.Appends)
        {
            ImmutableArray<EventEnvelope> kept = append.Stream == stored.Stream ? stream : OfOther(append.Stream, seen, others);
            bool isExact = true;
            foreach (EventEnvelope made in append.Events)
            {
                EventEnvelope? one = made.Version <= kept.Length ? kept[checked((int)made.Version - 1)] : null;
                isExact &= one?.SchemaVersion == made.SchemaVersion;
                same &= one is not null && (isExact ? made.Equals(one) : SaysTheSame(made, forms.Lift(one)));
            }
        }

        return same;
    }

    /// <summary>The other orders that a stored decision looked at, in the order in which it did; most looked at none.</summary>
    /// <param name="stored">The command with its recorded facts.</param>
    public static ImmutableArray<OrderId> OrdersLookedAt(DecidedCommand stored) => stored is null
        ? throw new ArgumentNullException(nameof(stored))
        : ImmutableArray.CreateRange(DecisionSight.OrdersIn(stored.Facts), static seen => seen.Order);

    // An event that was stored in an older form has other bytes, so it and those behind it have other hashes than what is made now.
    private static bool SaysTheSame(EventEnvelope made, EventEnvelope lifted) =>
        made.EventType == lifted.EventType && made.SchemaVersion == lifted.SchemaVersion && made.Payload == lifted.Payload
        && made.EventId == lifted.EventId && made.RecordedAt == lifted.RecordedAt && made.Actor == lifted.Actor;

    private static ImmutableArray<EventEnvelope> OfOther(
        StreamId stream, ImmutableArray<(OrderId Order, long Version)> seen, ImmutableArray<ImmutableArray<EventEnvelope>> others)
    {
        for (int i = 0; i < seen.Length; i++)
        {
            if (string.Equals(seen[i].Order.Text, stream.Key, StringComparison.Ordinal))
            {
                return others[i];
            }
        }

        return ImmutableArray<EventEnvelope>.Empty;
    }

    private static ActiveDefinitions InForce(ImmutableArray<EventEnvelope> definitions, long version)
    {
        int length = definitions.IsDefault ? 0 : definitions.Length;
        return version == 0 ? ActiveDefinitions.None
            : version <= length
                ? ActiveDefinitions.Fold(ActiveDefinitions.None, ImmutableArray.Create(definitions, 0, (int)version))
                : throw new KernelInvariantException($"The decision rests on version {version} of the definitions. Give that stream.");
    }
}
