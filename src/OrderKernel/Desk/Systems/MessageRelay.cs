using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>How a relay works.</summary>
public sealed class RelayOptions
{
    /// <summary>Who claims, such as a host's name; one line of at most 64 characters.</summary>
    /// <value>The default is <c>relay</c>; a host that runs several names each.</value>
    public string Owner { get; set; } = "relay";

    /// <summary>How long a claim lasts; longer than a sender waits for its receiver.</summary>
    /// <value>The default is one minute.</value>
    public Duration Lease { get; set; } = Duration.FromMinutes(1);

    /// <summary>How many messages are under way at once, each of another stream.</summary>
    /// <value>The default is 64.</value>
    public int Batch { get; set; } = 64;

    /// <summary>After how many claims a message that the receiver does not take is parked.</summary>
    /// <value>The default is 8, which is a little more than two minutes of waiting.</value>
    public int MaxAttempts { get; set; } = 8;

    /// <summary>The longest wait between two attempts; the first wait is a second and each doubles.</summary>
    /// <value>The default is five minutes.</value>
    public Duration MaxWait { get; set; } = Duration.FromMinutes(5);

    /// <summary>Called for each message that was taken and confirmed, with the time since its event was recorded. It must not throw and
    /// must not wait; several may be told at once.</summary>
    /// <value>The default is null.</value>
    public Action<OutgoingMessage, Duration>? Confirmed { get; set; }
}

/// <summary>What one pass of a relay did.</summary>
/// <param name="Sent">Messages that were taken and are confirmed.</param>
/// <param name="Postponed">Messages that will be tried again.</param>
/// <param name="Parked">Messages that wait for a person.</param>
/// <param name="Lost">Messages that another relay had claimed meanwhile, sending which twice is harmless, or may claim, because the lease
/// ended before they were sent.</param>
public readonly record struct RelayPass(int Sent, int Postponed, int Parked, int Lost)
{
    /// <summary>Whether there may be more to send at once.</summary>
    public bool HasProgress => Sent > 0;
}

/// <summary>Takes messages from the outbox to a sender: claims them, sends them outside any transaction, and confirms what was taken.
/// Any number of relays may work at once.</summary>
/// <remarks>
/// <para>At least once, always one id with one body; of one stream and destination one message is under way at a time.</para>
/// <para>Source: docs/adr/0016-relay-and-inbox.md.</para>
/// </remarks>
public sealed class MessageRelay
{
    private readonly IOutbox outbox;
    private readonly IMessageSender sender;
    private readonly IClock clock;
    private readonly TenantId tenant;
    private readonly RelayOptions options;

    /// <summary>Prepares a relay.</summary>
    /// <param name="outbox">Where the messages wait.</param>
    /// <param name="sender">Where they go.</param>
    /// <param name="clock">The host's clock.</param>
    /// <param name="tenant">Whose messages.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is less than one.</exception>
    public MessageRelay(IOutbox outbox, IMessageSender sender, IClock clock, TenantId tenant, RelayOptions? options = null)
    {
        this.outbox = outbox ?? throw new ArgumentNullException(nameof(outbox));
        this.sender = sender ?? throw new ArgumentNullException(nameof(sender));
        this.clock = clock ?? throw new ArgumentNullException(nameof(clock));
        this.tenant = tenant;
        this.options = options ?? new RelayOptions();
        if (this.options.Batch < 1 || this.options.MaxAttempts < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "A relay sends at least one message, at least once.");
        }
    }

    /// <summary>Sends what waits, the first message of every stream.</summary>
    /// <param name="cancellation">Gives up waiting; what is under way stays claimed until its lease ends.</param>
    /// <returns>What became of the messages; all zero when none waited.</returns>
    /// <exception cref="OrderKernelException">The sender or the outbox cannot work at the moment; nothing is lost.</exception>
    public async Task<RelayPass> RunAsync(CancellationToken cancellation = default)
    {
        await sender.PrepareAsync(cancellation).ConfigureAwait(false);
        var lease = new Lease(options.Owner, Now(), options.Lease);
        ImmutableArray<ClaimedMessage> claimed =
            await outbox.ClaimMessagesAsync(tenant, lease, options.Batch, cancellation).ConfigureAwait(false);
        RelayPass[] passes = await Task.WhenAll(claimed.Select(
            message => PassOnAsync(message, lease, cancellation))).ConfigureAwait(false);
        return passes.Aggregate(default(RelayPass), static (sum, one) => new RelayPass(
            sum.Sent + one.Sent, sum.Postponed + one.Postponed, sum.Parked + one.Parked, sum.Lost + one.Lost));
    }

    private async Task<RelayPass> PassOnAsync(ClaimedMessage message, Lease lease, CancellationToken cancellation)
    {
        // A host that was stopped meanwhile leaves it to those who went on; it may have been sent, and later ones after it.
        if (Now() >= lease.Until)
        {
            return new RelayPass(0, 0, 0, 1);
        }

        try
        {
            await sender.SendAsync(tenant, message.Message, cancellation).ConfigureAwait(false);
        }
        catch (OrderKernelException fault)
        {
            return await GiveBackAsync(message, fault.Message, fault.IsTransient, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A sender may throw anything. It counts, and only its kind is told, as its text may hold anything too.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return await GiveBackAsync(
                message, "The sender failed with " + fault.GetType().Name + ".", isTransient: false, cancellation).ConfigureAwait(false);
        }

        bool confirmed = await outbox.ConfirmMessageAsync(tenant, message, cancellation).ConfigureAwait(false);
        if (confirmed && message.RecordedAt is { } recordedAt)
        {
            options.Confirmed?.Invoke(message.Message, Now() - recordedAt);
        }

        return confirmed ? new RelayPass(1, 0, 0, 0) : new RelayPass(0, 0, 0, 1);
    }

    private async Task<RelayPass> GiveBackAsync(
        ClaimedMessage message, string reason, bool isTransient, CancellationToken cancellation)
    {
        // What is wrong with the broker is not held against the message, however often it was claimed.
        if (!isTransient && message.Attempts + 1 >= options.MaxAttempts)
        {
            bool parked = await outbox.ParkMessageAsync(tenant, message, reason, cancellation).ConfigureAwait(false);
            return parked ? new RelayPass(0, 0, 1, 0) : new RelayPass(0, 0, 0, 1);
        }

        bool postponed = await outbox.PostponeMessageAsync(
            tenant, message, Now() + Wait(message.Attempts), reason, cancellation).ConfigureAwait(false);
        return postponed ? new RelayPass(0, 1, 0, 0) : new RelayPass(0, 0, 0, 1);
    }

    private Duration Wait(int attempts)
    {
        Duration wait = Duration.FromSeconds(1L << Math.Min(attempts, 30));
        return wait < options.MaxWait ? wait : options.MaxWait;
    }

    private Instant Now() => Microseconds.Cut(clock.GetCurrentInstant());
}
