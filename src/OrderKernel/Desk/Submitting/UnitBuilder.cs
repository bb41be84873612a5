using System;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Turns a decision into a unit of work: envelopes with their hashes, and what the events mean for ledger, holds, timers
/// and messages. Pure, so that a replay makes the same bytes.</summary>
internal static class UnitBuilder
{
    public static Decided Build(
        Submission submission, Instant now, string facts, Decision decision, Reading reading, DeskOptions options)
    {
        StreamId stream = submission.Command.Stream;
        var appends = ImmutableArray.CreateBuilder<StreamAppend>(decision.Streams.Length);
        var after = ImmutableArray.CreateBuilder<KnownOrder>(decision.Streams.Length);
        var openLines = ImmutableArray.CreateBuilder<OpenLine>();
        var effects = new Effects(options);
        int ordinal = 0;
        long ownVersion = reading.Head.Version;
        foreach (StreamEvents events in decision.Streams)
        {
            KnownOrder? known = reading.Find(events.Stream);
            StreamHead basis = known?.Head ?? (events.Stream == stream
                ? reading.Head
                : throw new InvalidOperationException($"Events for {events.Stream}, which was not read."));
            var envelopes = ImmutableArray.CreateBuilder<EventEnvelope>(events.Events.Length);
            string previous = basis.LastHash;
            long version = basis.Version;
            OrderState? state = known?.State;
            foreach (DomainEvent happened in events.Events)
            {
                EventEnvelope envelope = EventEnvelope.Seal(
                    events.Stream, ++version, happened, submission.Id, ordinal++, submission.Actor, previous);
                previous = envelope.Hash;
                envelopes.Add(envelope);
                effects.Add(happened, envelope);
                state = state is null ? null : OrderFold.Evolve(state, happened);
            }

            appends.Add(new StreamAppend(events.Stream, basis.Version, envelopes.MoveToImmutable()));
            ownVersion = events.Stream == stream ? version : ownVersion;
            if (known is not null)
            {
                after.Add(new KnownOrder(known.Order, new StreamHead(version, previous), state!));
                openLines.AddRange(OpenLine.Changes(known.Order, known.State, state!));
            }
        }

        effects.AddWakeUps(submission.Command, decision, reading, ownVersion, now);
        CommandOutcome outcome = decision.IsAccepted
            ? CommandOutcome.Accepted(ownVersion, EventIds(appends), Shortages(submission.Command, reading, after))
            : CommandOutcome.Refused(ownVersion, decision.Findings);
        var command = new DecidedCommand(
            options.Tenant, submission.Id, stream, reading.Head.Version, submission.Body, submission.BodyHash, submission.Actor, now,
            facts, ContentHash.Of(facts), outcome.ToJson());
        UnitOfWork unit = effects.Unit(command, appends.MoveToImmutable(), submission.Received) with
        {
            OpenLines = openLines.ToImmutable(),
        };
        return new Decided(unit, decision, outcome, after.ToImmutable());
    }

    private static ImmutableArray<LineShortage> Shortages(
        KernelCommand command, Reading reading, ImmutableArray<KnownOrder>.Builder after)
    {
        KnownOrder? own = command is OrderCommand ? reading.Find(command.Stream) : null;
        KnownOrder? left = after.FirstOrDefault(known => known.Order == own?.Order);
        return own is null || left is null ? ImmutableArray<LineShortage>.Empty : LineShortage.Of(own.State, left.State, command);
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

        public void Add(DomainEvent happened, EventEnvelope envelope)
        {
            if (happened is OrderEvent ofOrder)
            {
                var order = new OrderId(envelope.Stream.Key);
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

            // Who loses stock hears of it whatever else a host announces.
            ImmutableArray<string> destinations = options.DestinationsOf(envelope.EventType);
            destinations = happened is OrderDisplaced && !destinations.Contains(options.Notices)
                ? destinations.Add(options.Notices)
                : destinations;
            if (happened is OrderEntered { Announced.IsEmpty: false } entered)
            {
                // A lifecycle and a host may name one receiver; it hears of an event once.
                destinations = entered.Announced.Concat(destinations).Distinct(StringComparer.Ordinal).ToImmutableArray();
            }

            foreach (string destination in destinations)
            {
                messages.Add(OutgoingMessage.Announce(envelope, destination));
            }
        }

        // A wake-up that was acted upon is cleared in the same unit, whether or not there was still something to do; one that was
        // refused or came early stays. One for those who wait is set with the change that frees stock, so that a crash right after
        // it loses nothing.
        public void AddWakeUps(KernelCommand command, Decision decision, Reading reading, long version, Instant now)
        {
            if (!decision.IsAccepted)
            {
                return;
            }

            if (command is ExpireHold expire)
            {
                if (expire.IsOver(reading.Orders[0].State, now))
                {
                    timers.Add(new TimerChange(expire.Stream, OrderEffects.HoldExpiry, expire.Generation, null));
                }
            }
            else if (command is CoverBorrowed cover)
            {
                if (decision.Streams.Length < cover.Most)
                {
                    timers.Add(Covering.WakeUp(cover.Stream, cover.Cause, cover.Sku, null));
                }

                return;
            }
            else if (command is ServeWaiting serve)
            {
                if (decision.Streams.Length < serve.Most)
                {
                    timers.Add(WaitingLines.WakeUp(serve.Stream, serve.Version, null));
                }

                return;
            }

            if (options.ServesWaiting && command is (OrderCommand or StockCommand) && !WaitingLines.Freed(postings).IsEmpty)
            {
                timers.Add(WaitingLines.WakeUp(command.Stream, version, now));
            }
        }

        public UnitOfWork Unit(
            DecidedCommand command, ImmutableArray<StreamAppend> appends, ReceivedMessage? received) => new(
            command, appends, postings, holds, overdrafts.ToImmutable(), timers.ToImmutable(), messages.ToImmutable(), received);

        private static ImmutableArray<T> Join<T>(ImmutableArray<T> before, ImmutableArray<T> more) =>
            before.IsEmpty ? more : more.IsEmpty ? before : before.AddRange(more);
    }
}
