using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Desk;

/// <summary>A stream as far as it is known: how many events, and the hash of the last.</summary>
internal readonly record struct StreamHead(long Version, string LastHash)
{
    public static StreamHead Of(ImmutableArray<EventEnvelope> stream) => stream.IsEmpty
        ? new StreamHead(0, ContentHash.None)
        : new StreamHead(stream[stream.Length - 1].Version, stream[stream.Length - 1].Hash);
}

/// <summary>An order as it was read or made: where its stream is, and its state.</summary>
internal sealed record KnownOrder(OrderId Order, StreamHead Head, OrderState State);

/// <summary>Everything that was read for one command: its own stream's head, the orders, the cells, and what else is in sight.</summary>
internal sealed record Reading(
    StreamHead Head, ImmutableArray<KnownOrder> Orders, StockPicture Stock, OrderLimits Limits, DecisionSight Sight)
{
    /// <summary>The order of a stream; every stream that gets events was read.</summary>
    public KnownOrder? Find(StreamId stream)
    {
        foreach (KnownOrder known in Orders)
        {
            if (stream.Category == StreamId.OrderCategory && string.Equals(known.Order.Text, stream.Key, StringComparison.Ordinal))
            {
                return known;
            }
        }

        return null;
    }
}

/// <summary>A decision, ready to be committed, and the orders as it leaves them.</summary>
internal sealed record Decided(UnitOfWork Unit, Decision Decision, CommandOutcome Outcome, ImmutableArray<KnownOrder> After);

/// <summary>From what was read to a unit of work; shared by the desk and the replay so that both make the same bytes.</summary>
internal static class Deciding
{
    public static Decided Decide(DeskOptions options, Submission submission, Instant now, Reading reading, StockDocument document)
    {
        var context = new DecisionContext(now, reading.Stock, reading.Limits, reading.Sight);
        Decision decision = submission.Command switch
        {
            OrderCommand ofOrder => OrderDecider.Decide(reading.Orders[0].State, ofOrder, context),
            StockCommand ofStock => StockDecider.Decide(document, ofStock, now, reading.Stock),
            ServeWaiting serve => serve.Decide(context),
            ReallocateStock reallocate => ReallocationDecider.Decide(reallocate, context),
            _ => throw new ArgumentException($"{submission.Command.CommandType} is not decided here.", nameof(submission)),
        };
        string facts = StoredForms.WriteFacts(reading.Stock, reading.Limits, reading.Sight);
        return UnitBuilder.Build(submission, now, facts, decision, reading, options);
    }
}
