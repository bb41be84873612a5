using System;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Access;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using OrderKernel.Storage;

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

/// <summary>Everything that was read for one command: its own stream's head, the orders, the cells, what else is in sight, and under
/// which definitions it is decided.</summary>
internal sealed record Reading(
    StreamHead Head, ImmutableArray<KnownOrder> Orders, StockPicture Stock, OrderLimits Limits, DecisionSight Sight,
    DecisionBasis Basis)
{
    /// <summary>The stock document of a command on one.</summary>
    public StockDocument Document { get; init; } = StockDocument.None;

    /// <summary>The definitions that a command on them changes, whether or not they are in force.</summary>
    public ActiveDefinitions Defined { get; init; } = ActiveDefinitions.None;

    /// <summary>A reading of no order and no stock.</summary>
    public static Reading Of(StreamHead head, OrderLimits limits, DecisionBasis basis) =>
        new(head, ImmutableArray<KnownOrder>.Empty, StockPicture.Empty, limits, DecisionSight.None, basis);

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
    public static Decided Decide(DeskOptions options, Submission submission, Instant now, Reading reading)
    {
        OrderDefinitions orders = reading.Basis.Orders ?? options.Definitions;
        var context = new DecisionContext(
            now, reading.Stock, reading.Limits, reading.Sight, reading.Basis.Fields, orders, reading.Basis.Roles)
        {
            Owners = options.OwnersFor(submission),
        };
        bool isClosed = options.IsClosedTo(submission);
        ImmutableArray<Finding> denied = isClosed ? AccessGate.Closed(submission) : AccessGate.Check(reading.Basis, submission);
        if (!denied.IsEmpty && !options.IsReplaying)
        {
            return Deny(options, submission, now, reading, denied);
        }

        Decision decision = !denied.IsEmpty ? Decision.Refuse(denied.ToArray()) : submission.Command switch
        {
            OrderCommand ofOrder => OrderDecider.Decide(reading.Orders[0].State, ofOrder, context),
            StockCommand ofStock => StockDecider.Decide(reading.Document, ofStock, now, reading.Stock),
            ServeWaiting serve => OrderLifecycle.FollowOthers(serve.Stream, context, serve.Decide(context)),
            CoverBorrowed cover => OrderLifecycle.FollowCovered(context, cover.Decide(context)),
            ReallocateStock move => OrderLifecycle.FollowOthers(move.Stream, context, ReallocationDecider.Decide(move, context)),
            NumberOrder number => number.Decide(reading.Head.Version, context),
            DefinitionCommand define => reading.Defined.Decide(define, now),
            ExportOrders or DeniedCommand => Decision.AlreadyTrue(),
            _ => throw new ArgumentException($"{submission.Command.CommandType} is not decided here.", nameof(submission)),
        };
        if (!options.IsReplaying && AccessGate.CheckTaken(reading.Basis, submission, decision) is { Missing.IsEmpty: false } taken)
        {
            return Deny(options, submission, now, reading with { Basis = taken.Basis }, taken.Missing);
        }

        string? used = orders.Used(reading.Orders.Select(static known => known.State), submission.Command);
        string facts = StoredForms.WriteFacts(reading.Stock, reading.Limits, reading.Sight, used, reading.Basis.ToJson());
        facts = AccessGate.AddClosed(context.Owners.AddTo(facts), isClosed);
        submission = decision.IsAccepted || submission.Origin != CommandOrigin.WakeUp ? submission : submission.AsRefused(options.Tenant);
        Decided decided = UnitBuilder.Build(submission, now, facts, decision, reading, options);
        return WriteBack.Add(decided, options.Systems, reading);
    }

    // Nothing of the command is kept but that it was denied, and that under an id of its own: neither what it looked at, nor how far
    // its stream is, which is not for who may not see it.
    internal static Decided Deny(
        DeskOptions options, Submission submission, Instant now, Reading reading, ImmutableArray<Finding> findings)
    {
        Reading nothing = Reading.Of(new StreamHead(0, ContentHash.None), reading.Limits, reading.Basis);
        string facts = AccessGate.AddClosed(
            StoredForms.WriteFacts(nothing.Stock, nothing.Limits, nothing.Sight, null, nothing.Basis.ToJson()),
            options.IsClosedTo(submission));
        return UnitBuilder.Build(
            submission.AsDenied(options.Tenant, findings), now, facts, Decision.Refuse(findings.ToArray()), nothing, options);
    }
}
