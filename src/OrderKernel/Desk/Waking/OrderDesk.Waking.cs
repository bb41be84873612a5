using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>What timers have the desk do.</summary>
public sealed partial class OrderDesk
{
    /// <summary>Issues the commands of all timers that are due by the desk's clock.</summary>
    /// <param name="actor">Who wakes them up, such as a service code; where a policy is in force, one with a right to
    /// <c>order.expire_hold</c>.</param>
    /// <param name="cancellation">Gives up waiting; timers already served stay served.</param>
    /// <returns>How many woke up.</returns>
    /// <exception cref="OrderKernelException">Some were refused. All others were served; those that were refused stay due, and the
    /// message says how many they are and why the first was.</exception>
    public async Task<int> WakeAsync(Actor actor, CancellationToken cancellation = default)
    {
        const int page = 100;
        int woken = 0;
        var refused = new HashSet<TimerChange>();
        CommandRefusedException? first = null;
        while (true)
        {
            // Those that were refused are due still, and come first again; they hide nobody behind them.
            int most = page + refused.Count;
            ImmutableArray<TimerChange> due =
                await store.ReadDueTimersAsync(options.Tenant, Now(), most, cancellation).ConfigureAwait(false);
            foreach (TimerChange timer in due.Where(timer => !refused.Contains(timer)))
            {
                try
                {
                    await WakeAsync(timer, actor, cancellation).ConfigureAwait(false);
                    woken++;
                }
                catch (CommandRefusedException why)
                {
                    first ??= why;
                    refused.Add(timer);
                }
            }

            if (due.Length < most)
            {
                return first is null ? woken : throw new OrderKernelException(
                    $"{refused.Count} timers were refused and stay due; {woken} were served. {first.Message}", first);
            }
        }
    }

    /// <summary>Does what one timer is for; for hosts that share timers out by <see cref="ITimerQueue"/>. A hold that is not due by the
    /// desk's clock is left as it is.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="actor">Who wakes it up, such as a service code; where a policy is in force, one with a right to
    /// <c>order.expire_hold</c>.</param>
    /// <param name="cancellation">Gives up waiting; waking it up again is safe.</param>
    /// <exception cref="CommandRefusedException">It was refused, for want of a right as a rule. It stays due: let it wait for a while, and
    /// wake it up again when the reason is gone.</exception>
    public async Task WakeAsync(TimerChange timer, Actor actor, CancellationToken cancellation = default)
    {
        if (timer is null)
        {
            throw new ArgumentNullException(nameof(timer));
        }

        if (Covering.Read(timer) is { } covering)
        {
            await CoverAsync(timer.Stream, covering.Cause, covering.Sku, actor, CommandOrigin.WakeUp, cancellation).ConfigureAwait(false);
            return;
        }

        if (WaitingLines.IsFor(timer))
        {
            await ServeAsync(timer.Stream, timer.Generation, actor, cancellation).ConfigureAwait(false);
            return;
        }

        // A clock that ran ahead may have claimed it. Deciding now would find nothing due, and its outcome would stand for ever.
        if (timer.Due is not { } due || due > Now())
        {
            return;
        }

        var expire = new ExpireHold(new OrderId(timer.Stream.Key), timer.Generation);
        string name = $"{options.Tenant}/{timer.Stream}/{timer.Purpose}/{timer.Generation}";
        await IssueAsync(name, actor, expire, CommandOrigin.WakeUp, cancellation, due).ConfigureAwait(false);
    }

    // What the desk issues after something that was granted may be refused: its timer is there still, and tells. A timer that is refused
    // tells now.
    private async Task<DeskResult> IssueAsync(
        string name, Actor actor, KernelCommand command, CommandOrigin origin, CancellationToken cancellation, Instant? notBefore = null)
    {
        DeskResult result = await SubmitAsync(
            new Submission(new CommandId(DerivedId.OfDesk(name)), actor, command)
            {
                Origin = origin, NotBefore = notBefore ?? Instant.MinValue,
            },
            cancellation).ConfigureAwait(false);
        return origin == CommandOrigin.WakeUp ? result.ThrowIfRefused() : result;
    }
}
