using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Journal;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>What the memory store remembers about claims, received messages and the board of one tenant. The store's lock
/// guards it.</summary>
internal sealed class MemoryQueues
{
    private readonly Dictionary<Guid, MessageClaim> messages = new();
    private readonly Dictionary<TimerChange, TimerClaim> timers = new();
    private readonly Dictionary<ReceivedMessage, (string Note, Instant At)> received = new();

    public SortedDictionary<string, BoardEntry> Board { get; } = new(StringComparer.Ordinal);

    public long BoardPosition { get; set; }

    public ImmutableArray<ClaimedMessage> ClaimMessages(
        List<OutgoingMessage> outbox, Lease lease, int most, Func<OutgoingMessage, Instant?> recordedAt)
    {
        var claimed = ImmutableArray.CreateBuilder<ClaimedMessage>();
        var behind = new HashSet<(string, StreamId)>();
        foreach (OutgoingMessage message in outbox)
        {
            // Whatever became of the first message of a stream to a destination, those behind it wait.
            MessageClaim claim = ClaimOf(message.Id);
            if (claimed.Count < most && behind.Add((message.Destination, message.Stream))
                && claim.Failure is null && claim.Free <= lease.Now)
            {
                claimed.Add(new ClaimedMessage(message, claim.Fence + 1, claim.Attempts, recordedAt(message)));
                messages[message.Id] = new MessageClaim(claim.Fence + 1, claim.Attempts + 1, lease.Until, null);
            }
        }

        return claimed.ToImmutable();
    }

    public bool Confirm(List<OutgoingMessage> outbox, ClaimedMessage message) =>
        Holds(outbox, message) && outbox.RemoveAll(one => one.Id == message.Message.Id) == 1;

    public bool Postpone(List<OutgoingMessage> outbox, ClaimedMessage message, Instant notBefore)
    {
        bool holds = Holds(outbox, message);
        if (holds)
        {
            messages[message.Message.Id] = ClaimOf(message.Message.Id) with { Free = notBefore, Fence = message.Fence + 1 };
        }

        return holds;
    }

    public bool Park(List<OutgoingMessage> outbox, ClaimedMessage message, string failure)
    {
        bool holds = Holds(outbox, message);
        if (holds)
        {
            messages[message.Message.Id] = ClaimOf(message.Message.Id) with { Failure = failure, Fence = message.Fence + 1 };
        }

        return holds;
    }

    public ImmutableArray<ParkedMessage> Parked(List<OutgoingMessage> outbox, int most)
    {
        var parked = ImmutableArray.CreateBuilder<ParkedMessage>();
        foreach (OutgoingMessage message in outbox)
        {
            if (parked.Count < most && ClaimOf(message.Id) is { Failure: { } failure } claim)
            {
                parked.Add(new ParkedMessage(message, claim.Attempts, failure));
            }
        }

        return parked.ToImmutable();
    }

    public bool Rearm(List<OutgoingMessage> outbox, Guid id)
    {
        MessageClaim claim = ClaimOf(id);
        bool parked = claim.Failure is not null && outbox.Exists(message => message.Id == id);
        if (parked)
        {
            messages[id] = new MessageClaim(claim.Fence, 0, Instant.MinValue, null);
        }

        return parked;
    }

    public ImmutableArray<ClaimedTimer> ClaimTimers(IEnumerable<TimerChange> due, Lease lease, int most)
    {
        var claimed = ImmutableArray.CreateBuilder<ClaimedTimer>();
        foreach (TimerChange timer in due)
        {
            timers.TryGetValue(timer, out TimerClaim claim);
            if (claimed.Count < most && (claim.Fence == 0 || claim.Free <= lease.Now))
            {
                claimed.Add(new ClaimedTimer(timer, claim.Fence + 1));
                timers[timer] = new TimerClaim(claim.Fence + 1, lease.Until);
            }
        }

        return claimed.ToImmutable();
    }

    public bool Postpone(IEnumerable<TimerChange> all, ClaimedTimer timer, Instant notBefore)
    {
        foreach (TimerChange one in all)
        {
            if (one == timer.Timer && timers.TryGetValue(one, out TimerClaim claim) && claim.Fence == timer.Fence)
            {
                timers[one] = new TimerClaim(claim.Fence + 1, notBefore);
                return true;
            }
        }

        return false;
    }

    public string? FindReceived(ReceivedMessage message) =>
        received.TryGetValue(message, out (string Note, Instant At) found) ? found.Note : null;

    public bool TryReceive(ReceivedMessage message, string note, Instant at)
    {
        bool isNew = !received.ContainsKey(message);
        if (isNew)
        {
            received.Add(message, (note, at));
        }

        return isNew;
    }

    public int Forget(Instant before, int most)
    {
        var old = new List<ReceivedMessage>();
        foreach (KeyValuePair<ReceivedMessage, (string Note, Instant At)> entry in received)
        {
            if (old.Count < most && entry.Value.At < before)
            {
                old.Add(entry.Key);
            }
        }

        old.ForEach(message => received.Remove(message));
        return old.Count;
    }

    private bool Holds(List<OutgoingMessage> outbox, ClaimedMessage message) =>
        ClaimOf(message.Message.Id).Fence == message.Fence && outbox.Exists(one => one.Id == message.Message.Id);

    private MessageClaim ClaimOf(Guid id) =>
        messages.TryGetValue(id, out MessageClaim? claim) ? claim : new MessageClaim(0, 0, Instant.MinValue, null);

    private sealed record MessageClaim(long Fence, int Attempts, Instant Free, string? Failure);

    private readonly record struct TimerClaim(long Fence, Instant Free);
}
