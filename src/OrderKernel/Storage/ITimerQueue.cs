using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Storage;

/// <summary>Timers that are due, shared out among any number of hosts.</summary>
/// <remarks>
/// <para>A timer is done when the unit that its command commits clears it or sets it anew; there is nothing to confirm. Firing
/// twice or late is harmless: the command's id comes from stream, purpose and generation.</para>
/// </remarks>
public interface ITimerQueue
{
    /// <summary>Claims timers that are due.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="lease">Who claims, when and for how long.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>Earliest first, then by stream; empty when none is due.</returns>
    ValueTask<ImmutableArray<ClaimedTimer>> ClaimTimersAsync(
        TenantId tenant, Lease lease, int most, CancellationToken cancellation);

    /// <summary>Lets a timer whose command failed wait, so that it does not stop the others.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="timer">The timer as it was claimed.</param>
    /// <param name="notBefore">The moment from which it may be claimed again.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>False when it was claimed again, cleared or set anew since.</returns>
    ValueTask<bool> PostponeTimerAsync(TenantId tenant, ClaimedTimer timer, Instant notBefore, CancellationToken cancellation);
}

/// <summary>A timer that was claimed.</summary>
/// <param name="Timer">The timer; its moment is never null.</param>
/// <param name="Fence">The number of this claim.</param>
public sealed record ClaimedTimer(TimerChange Timer, long Fence);
