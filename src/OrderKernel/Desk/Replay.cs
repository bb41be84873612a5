using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;

namespace OrderKernel.Desk;

/// <summary>Decides a stored command again from its recorded facts and compares what comes out, byte by byte.</summary>
public static class Replay
{
    /// <summary>Whether the command comes out as it was stored.</summary>
    /// <param name="stored">The command with its recorded facts and outcome.</param>
    /// <param name="stream">Its stream from version 1 on, at least up to the events of the command.</param>
    /// <param name="definitions">Every version of lifecycles that the decision used; null when orders have no types.</param>
    /// <exception cref="OrderKernelException">A version that the decision used is not given.</exception>
    /// <exception cref="KernelInvariantException">The decision rests on active packs; give their stream.</exception>
    public static bool IsSame(DecidedCommand stored, ImmutableArray<EventEnvelope> stream, OrderDefinitions? definitions = null) =>
        IsSame(stored, stream, definitions, static version => InForce(ImmutableArray<EventEnvelope>.Empty, version));

    /// <summary>Whether a command that was decided under active packs comes out as it was stored.</summary>
    /// <param name="stored">The command with its recorded facts and outcome.</param>
    /// <param name="stream">Its stream from version 1 on, at least up to the events of the command.</param>
    /// <param name="packs">The stream of definitions from version 1 on, at least up to the version that was in force.</param>
    /// <exception cref="KernelInvariantException">The decision rests on a version of the definitions that was not given.</exception>
    public static bool IsSame(DecidedCommand stored, ImmutableArray<EventEnvelope> stream, ImmutableArray<EventEnvelope> packs) =>
        IsSame(stored, stream, null, version => InForce(packs, version));

    internal static bool IsSame(
        DecidedCommand stored, ImmutableArray<EventEnvelope> stream, OrderDefinitions? given, Func<long, ActiveDefinitions> packs)
    {
        if (stored is null)
        {
            throw new ArgumentNullException(nameof(stored));
        }

        if (stream.Length < stored.ReadVersion)
        {
            return false;
        }

        ImmutableArray<EventEnvelope> before = ImmutableArray.Create(stream, 0, checked((int)stored.ReadVersion));
        (StockPicture stock, OrderLimits limits) = StoredForms.ReadFacts(stored.Facts);
        DecisionBasis basis = DecisionBasis.Read(stored.Facts, packs(DecisionBasis.VersionOf(stored.Facts)));
        OrderDefinitions orders = (basis.Orders ?? given ?? OrderDefinitions.Empty).AsRecorded(stored.Facts);
        basis = basis with { Orders = null };
        var options = new DeskOptions { Tenant = stored.Tenant, Limits = limits, Definitions = orders };
        var submission = new Submission(stored.Id, stored.Actor, StoredCommands.Read(stored.Body));
        StreamHead head = StreamHead.Of(before);
        Instant now = stored.DecidedAt;
        UnitOfWork again = (submission.Command switch
        {
            OrderCommand => Deciding.Order(options, submission, now, head, StoredForms.FoldOrder(before), stock, limits, basis),
            StockCommand => Deciding.Stock(options, submission, now, head, StoredForms.FoldDocument(before), stock, limits, basis),
            DefinitionCommand => Deciding.Definitions(
                options, submission, now, head, ActiveDefinitions.Fold(ActiveDefinitions.None, before), limits, basis),
            _ => Deciding.Export(options, submission, now, limits, basis),
        }).Unit;
        bool same = again.Command.Outcome == stored.Outcome && again.Command.Body == stored.Body;
        foreach (StreamAppend append in again.Appends)
        {
            foreach (EventEnvelope made in append.Events)
            {
                same &= made.Version <= stream.Length && made.Equals(stream[checked((int)made.Version - 1)]);
            }
        }

        return same;
    }

    private static ActiveDefinitions InForce(ImmutableArray<EventEnvelope> definitions, long version) => version <= definitions.Length
        ? ActiveDefinitions.Fold(ActiveDefinitions.None, ImmutableArray.Create(definitions, 0, (int)version))
        : throw new KernelInvariantException($"The decision rests on version {version} of the definitions. Give that stream.");
}
