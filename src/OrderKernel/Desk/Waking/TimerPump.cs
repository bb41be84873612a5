using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Wakes up what is due, one timer after the other. Any number of pumps may work at once.</summary>
/// <remarks>
/// <para>One bad timer does not stop the others: it waits while they go on. Waking up twice or late is harmless.</para>
/// <para>A timer whose command is refused, for want of a right as a rule, stays due: it is tried again a minute later, and each pass says
/// so.</para>
/// </remarks>
public sealed class TimerPump
{
    private readonly OrderDesk desk;
    private readonly ITimerQueue timers;
    private readonly IClock clock;
    private readonly TenantId tenant;
    private readonly Actor actor;

    /// <summary>Prepares a pump.</summary>
    /// <param name="desk">Who decides what a wake-up comes to.</param>
    /// <param name="timers">Where the timers wait; of the same store as the desk's.</param>
    /// <param name="clock">The host's clock.</param>
    /// <param name="tenant">Whose timers; the desk's tenant.</param>
    /// <param name="actor">Who wakes them up, such as a service code.</param>
    public TimerPump(OrderDesk desk, ITimerQueue timers, IClock clock, TenantId tenant, Actor actor)
    {
        this.desk = desk ?? throw new ArgumentNullException(nameof(desk));
        this.timers = timers ?? throw new ArgumentNullException(nameof(timers));
        this.clock = clock ?? throw new ArgumentNullException(nameof(clock));
        this.tenant = tenant;
        this.actor = actor ?? throw new ArgumentNullException(nameof(actor));
    }

    /// <summary>Wakes up everything that is due by the clock.</summary>
    /// <param name="most">How many timers are claimed at once.</param>
    /// <param name="cancellation">Gives up waiting; timers already served stay served.</param>
    /// <returns>How many woke up and how many must wait.</returns>
    public async Task<PumpPass> RunAsync(int most = 100, CancellationToken cancellation = default)
    {
        var pass = default(PumpPass);
        while (true)
        {
            // A minute is far longer than a page takes; a pump that dies meanwhile delays its timers by no more.
            var lease = new Lease(actor.Id, Microseconds.Cut(clock.GetCurrentInstant()), Duration.FromMinutes(1));
            ImmutableArray<ClaimedTimer> due =
                await timers.ClaimTimersAsync(tenant, lease, most, cancellation).ConfigureAwait(false);
            foreach (ClaimedTimer timer in due)
            {
                Exception? fault = await WakeAsync(timer, cancellation).ConfigureAwait(false);
                pass = fault is null
                    ? pass with { Woken = pass.Woken + 1 }
                    : pass with { Postponed = pass.Postponed + 1, LastFault = fault };
            }

            if (due.Length < most)
            {
                return pass;
            }
        }
    }

    private async Task<Exception?> WakeAsync(ClaimedTimer timer, CancellationToken cancellation)
    {
        try
        {
            await desk.WakeAsync(timer.Timer, actor, cancellation).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // Whatever is wrong with one timer, even a fault of ours, the others must not wait for it.
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Instant later = Microseconds.Cut(clock.GetCurrentInstant()) + Duration.FromMinutes(1);
            await timers.PostponeTimerAsync(tenant, timer, later, cancellation).ConfigureAwait(false);
            return fault;
        }
    }
}

/// <summary>What one pass of a pump did.</summary>
/// <param name="Woken">Timers whose command was decided.</param>
/// <param name="Postponed">Timers whose command failed or was refused; they are tried again a minute later.</param>
/// <param name="LastFault">What made the last one fail, a <see cref="CommandRefusedException"/> when it was refused; null when none
/// did.</param>
public readonly record struct PumpPass(int Woken, int Postponed, Exception? LastFault = null);
