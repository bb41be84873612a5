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
    /// <summary>What is known about the stream that was decided on.</summary>
    internal readonly record struct Basis(long Version, string LastHash);

    public static UnitOfWork Build(
        TenantId tenant, Submission submission, string body, Instant now, string facts, Decision decision, Basis basis,
        DeskOptions options)
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
            ? CommandOutcome.Accepted(basis.Version + ordinal, EventIds(submission.Id, ordinal))
            : CommandOutcome.Refused(basis.Version, decision.Findings);
        var command = new DecidedCommand(
            tenant, submission.Id, stream, basis.Version, body, ContentHash.Of(body), submission.Actor, now, facts,
            ContentHash.Of(facts), outcome.ToJson());
        return effects.Unit(command, appends.MoveToImmutable());
    }

    private static ImmutableArray<Guid> EventIds(CommandId command, int count)
    {
        var ids = ImmutableArray.CreateBuilder<Guid>(count);
        for (int i = 0; i < count; i++)
        {
            ids.Add(EventEnvelope.EventIdOf(command, i));
        }

        return ids.MoveToImmutable();
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

        public UnitOfWork Unit(DecidedCommand command, ImmutableArray<StreamAppend> appends) => new(
            command, appends, postings, holds, overdrafts.ToImmutable(), timers.ToImmutable(), messages.ToImmutable());

        private static ImmutableArray<T> Join<T>(ImmutableArray<T> before, ImmutableArray<T> more) =>
            before.IsEmpty ? more : more.IsEmpty ? before : before.AddRange(more);
    }
}
