using System;
using System.Collections.Immutable;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Desk;

/// <summary>Decides a stored command again from its recorded facts and compares what comes out, byte by byte.</summary>
public static class Replay
{
    /// <summary>Whether the command comes out as it was stored.</summary>
    /// <param name="stored">The command with its recorded facts and outcome.</param>
    /// <param name="stream">Its stream from version 1 on, at least up to the events of the command.</param>
    /// <param name="others">The streams of the other orders that its facts name (<see cref="OrdersLookedAt"/>), in that order.</param>
    public static bool IsSame(
        DecidedCommand stored, ImmutableArray<EventEnvelope> stream,
        ImmutableArray<ImmutableArray<EventEnvelope>> others = default)
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

        ImmutableArray<EventEnvelope> before = ImmutableArray.Create(stream, 0, checked((int)stored.ReadVersion));
        var submission = new Submission(stored.Id, stored.Actor, StoredForms.ReadCommand(stored.Body));
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

            ImmutableArray<EventEnvelope> part = ImmutableArray.Create(others[i], 0, checked((int)seen[i].Version));
            var order = new KnownOrder(seen[i].Order, StreamHead.Of(part), StoredForms.FoldOrder(part));
            known.Add(order);
            sightOf.Add(new SeenOrder(order.Order, order.State));
        }

        (StockPicture stock, OrderLimits limits) = StoredForms.ReadFacts(stored.Facts);
        var options = new DeskOptions { Tenant = stored.Tenant, Limits = limits };
        var reading = new Reading(
            StreamHead.Of(before), known.ToImmutable(), stock, limits, DecisionSight.Read(stored.Facts, sightOf.ToImmutable()));
        StockDocument document = submission.Command is StockCommand ? StoredForms.FoldDocument(before) : StockDocument.None;
        UnitOfWork again = Deciding.Decide(options, submission, stored.DecidedAt, reading, document).Unit;
        bool same = again.Command.Outcome == stored.Outcome && again.Command.Body == stored.Body
            && again.Command.Facts == stored.Facts;
        foreach (StreamAppend append in again.Appends)
        {
            ImmutableArray<EventEnvelope> kept = append.Stream == stored.Stream ? stream : OfOther(append.Stream, seen, others);
            foreach (EventEnvelope made in append.Events)
            {
                same &= made.Version <= kept.Length && made.Equals(kept[checked((int)made.Version - 1)]);
            }
        }

        return same;
    }

    /// <summary>The other orders that a stored decision looked at, in the order in which it did; most looked at none.</summary>
    /// <param name="stored">The command with its recorded facts.</param>
    public static ImmutableArray<OrderId> OrdersLookedAt(DecidedCommand stored) => stored is null
        ? throw new ArgumentNullException(nameof(stored))
        : ImmutableArray.CreateRange(DecisionSight.OrdersIn(stored.Facts), static seen => seen.Order);

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
}
