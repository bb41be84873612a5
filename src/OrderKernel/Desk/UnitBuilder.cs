using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Desk;

/// <summary>Turns a decision into a unit of work: envelopes with their hashes, and what the events mean for ledger, holds, timers
/// and messages. Pure, so that a replay makes the same bytes.</summary>
internal static class UnitBuilder
{
    public static Decided Build(
        Submission submission, Instant now, string facts, Decision decision, StreamHead basis, DeskOptions options)
    {
        StreamId stream = submission.Command.Stream;
        var appends = ImmutableArray.CreateBuilder<StreamAppend>(decision.Streams.Length);
        var effects = new Effects(options);
        int ordinal = 0;
        foreach (StreamEvents events in decision.Streams)
        {
            if (events.Stream != stream)
            {
                throw new InvalidOperationException("Events for a stream that was not read.");
            }

            var envelopes = ImmutableArray.CreateBuilder<EventEnvelope>(events.Events.Length);
            string previous = basis.LastHash;
            long version = basis.Version;
            foreach (DomainEvent happened in events.Events)
            {
                EventEnvelope envelope = EventEnvelope.Seal(
                    stream, ++version, happened, submission.Id, ordinal++, submission.Actor, previous);
                previous = envelope.Hash;
                envelopes.Add(envelope);
                effects.Add(submission.Command, happened, envelope);
            }

            appends.Add(new StreamAppend(stream, basis.Version, envelopes.MoveToImmutable()));
        }

        effects.AddWakeUp(submission.Command);
        CommandOutcome outcome = decision.IsAccepted
            ? CommandOutcome.Accepted(basis.Version + ordinal, EventIds(appends))
            : CommandOutcome.Refused(basis.Version, decision.Findings);
        var command = new DecidedCommand(
            options.Tenant, submission.Id, stream, basis.Version, submission.Body, submission.BodyHash, submission.Actor, now, facts,
            ContentHash.Of(facts), outcome.ToJson());
        UnitOfWork unit = effects.Unit(command, appends.MoveToImmutable(), submission.Received);
        return new Decided(unit, decision, outcome);
    }

    private static ImmutableArray<Guid> EventIds(ImmutableArray<StreamAppend>.Builder appends)
    {
        var ids = ImmutableArray.CreateBuilder<Guid>();
        foreach (StreamAppend append in appends)
        {
            foreach (EventEnvelope envelope in append.Events)
            {
                ids.Add(envelope.EventId);
            }
        }

        return ids.ToImmutable();
    }

    /// <summary>Collects what events mean beyond themselves.</summary>
    private sealed class Effects
    {
        private readonly DeskOptions options;
        private readonly ImmutableArray<OverdraftChange>.Builder overdrafts = ImmutableArray.CreateBuilder<OverdraftChange>();
        private readonly ImmutableArray<TimerChange>.Builder timers = ImmutableArray.CreateBuilder<TimerChange>();
        private readonly ImmutableArray<OutgoingMessage>.Builder messages = ImmutableArray.CreateBuilder<OutgoingMessage>();
        private ImmutableArray<Posting> postings = ImmutableArray<Posting>.Empty;
        private ImmutableArray<HoldChange> holds = ImmutableArray<HoldChange>.Empty;

        public Effects(DeskOptions options) => this.options = options;

        public void Add(KernelCommand command, DomainEvent happened, EventEnvelope envelope)
        {
            if (happened is OrderEvent ofOrder)
            {
                OrderId order = ((OrderCommand)command).Order;
                postings = Join(postings, OrderEffects.Postings(ofOrder));
                holds = Join(holds, OrderEffects.Holds(order, ofOrder));
                if (OrderEffects.Timer(envelope.Stream, ofOrder) is { } timer)
                {
                    timers.Add(timer);
                }
            }
            else if (happened is StockEvent ofStock)
            {
                postings = Join(postings, StockEffects.Postings(ofStock));
                if (ofStock is OverdraftSet set)
                {
                    overdrafts.Add(new OverdraftChange(set.Cell, set.Overdraft));
                }
            }

            foreach (string destination in options.DestinationsOf(envelope.EventType))
            {
                messages.Add(OutgoingMessage.Announce(envelope, destination));
            }
        }

        // A wake-up that was acted upon is cleared in the same unit, whether or not there was still something to do.
        public void AddWakeUp(KernelCommand command)
        {
            if (command is ExpireHold expire)
            {
                timers.Add(new TimerChange(expire.Stream, OrderEffects.HoldExpiry, expire.Generation, null));
            }
        }

        public UnitOfWork Unit(
            DecidedCommand command, ImmutableArray<StreamAppend> appends, ReceivedMessage? received) => new(
            command, appends, postings, holds, overdrafts.ToImmutable(), timers.ToImmutable(), messages.ToImmutable(), received);

        private static ImmutableArray<T> Join<T>(ImmutableArray<T> before, ImmutableArray<T> more) =>
            before.IsEmpty ? more : more.IsEmpty ? before : before.AddRange(more);
    }
}
