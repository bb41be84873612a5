using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Storage;

/// <summary>Messages on their way out. A relay claims some, sends them outside any transaction, and confirms what the broker
/// took.</summary>
/// <remarks>
/// <para>At least once, always under one id with one body; messages of one stream to one destination leave in the order in which
/// they were committed, one at a time. A message that cannot be sent parks and holds up only its stream's messages to that
/// destination.</para>
/// <para>Any number of relays may claim at once. Whoever lost its lease is answered false and changes nothing.</para>
/// </remarks>
public interface IOutbox
{
    /// <summary>Claims messages that wait: of every stream and destination the first one only.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="lease">Who claims, when and for how long.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>In the order in which they were committed; empty when none waits.</returns>
    ValueTask<ImmutableArray<ClaimedMessage>> ClaimMessagesAsync(
        TenantId tenant, Lease lease, int most, CancellationToken cancellation);

    /// <summary>Records that the broker has taken a message.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="message">The message as it was claimed.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False when it was claimed again since, or sent already.</returns>
    ValueTask<bool> ConfirmMessageAsync(TenantId tenant, ClaimedMessage message, CancellationToken cancellation);

    /// <summary>Gives a message back that could not be sent now.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="message">The message as it was claimed.</param>
    /// <param name="notBefore">The moment from which it may be claimed again.</param>
    /// <param name="failure">What went wrong, without personal data; cut to 1,000 characters.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False when it was claimed again since, or sent already.</returns>
    ValueTask<bool> PostponeMessageAsync(
        TenantId tenant, ClaimedMessage message, Instant notBefore, string failure, CancellationToken cancellation);

    /// <summary>Parks a message that nobody can send; it and those behind it wait until it is armed again.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="message">The message as it was claimed.</param>
    /// <param name="failure">What went wrong, without personal data; cut to 1,000 characters.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False when it was claimed again since, or sent already.</returns>
    ValueTask<bool> ParkMessageAsync(TenantId tenant, ClaimedMessage message, string failure, CancellationToken cancellation);

    /// <summary>The parked messages, for a person to look at.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>In the order in which they were committed.</returns>
    ValueTask<ImmutableArray<ParkedMessage>> ReadParkedMessagesAsync(TenantId tenant, int most, CancellationToken cancellation);

    /// <summary>Lets a parked message be claimed again, with its attempts counted from zero.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="message">Its id.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False when no such message is parked.</returns>
    ValueTask<bool> RearmMessageAsync(TenantId tenant, Guid message, CancellationToken cancellation);
}

/// <summary>A message that was claimed.</summary>
/// <param name="Message">The message.</param>
/// <param name="Fence">The number of this claim.</param>
/// <param name="Attempts">How often it was claimed before, since it was last armed.</param>
/// <param name="RecordedAt">When the event that it tells of was recorded; null where the store does not say.</param>
public sealed record ClaimedMessage(OutgoingMessage Message, long Fence, int Attempts, Instant? RecordedAt = null);

/// <summary>A message that nobody could send.</summary>
/// <param name="Message">The message.</param>
/// <param name="Attempts">How often it was claimed.</param>
/// <param name="Failure">What went wrong the last time.</param>
public sealed record ParkedMessage(OutgoingMessage Message, int Attempts, string Failure);
