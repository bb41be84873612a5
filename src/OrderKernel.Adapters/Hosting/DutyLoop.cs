using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Hosting;

/// <summary>What a duty last came to.</summary>
/// <param name="Duty">Its name.</param>
/// <param name="Failures">How many passes failed one after the other; 0 when the last one worked.</param>
/// <param name="Reason">Why the last one failed, without personal data; empty when it worked.</param>
internal sealed record DutyState(string Duty, int Failures, string Reason);

/// <summary>Where duties say how they are, and where the health check looks.</summary>
internal sealed class DutyBoard
{
    private readonly SortedDictionary<string, DutyState> states = new(StringComparer.Ordinal);

    public void Report(DutyState state)
    {
        lock (states)
        {
            states[state.Duty] = state;
        }
    }

    public ImmutableArray<DutyState> Read()
    {
        lock (states)
        {
            return ImmutableArray.CreateRange(states.Values);
        }
    }
}

/// <summary>Repeats a duty: at once while there is more to do, after a rest when there is nothing, and after a growing wait when it
/// fails. It never gives up and never takes the host down.</summary>
internal sealed class DutyLoop(string duty, TimeSpan rest, DutyBoard board, KernelFigures figures, ILogger logger)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private int failures;

    /// <param name="pass">Does the duty once; answers whether there may be more to do at once.</param>
    /// <param name="stop">Ends the loop.</param>
    public async Task RunAsync(Func<CancellationToken, Task<bool>> pass, CancellationToken stop)
    {
        board.Report(new DutyState(duty, 0, string.Empty));
        while (!stop.IsCancellationRequested)
        {
            TimeSpan wait = await PassAsync(pass, stop).ConfigureAwait(false);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<TimeSpan> PassAsync(Func<CancellationToken, Task<bool>> pass, CancellationToken stop)
    {
        try
        {
            bool hasMore = await pass(stop).ConfigureAwait(false);
            if (failures > 0)
            {
                failures = 0;
                board.Report(new DutyState(duty, 0, string.Empty));
                Log.DutyRecovered(logger, duty);
            }

            return hasMore ? TimeSpan.Zero : rest;
        }
        catch (OrderKernelException fault) when (!stop.IsCancellationRequested)
        {
            TimeSpan wait = Failed(fault.Message);
            Log.DutyWaits(logger, duty, (int)wait.TotalSeconds, fault.Message);
            return wait;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
#pragma warning disable CA1031 // A duty goes on after any fault. A foreign exception's text may hold anything, so only its kind is told.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            string kind = fault.GetType().Name;
            TimeSpan wait = Failed(kind);
            Log.DutyFailed(logger, duty, kind, (int)wait.TotalSeconds);
            return wait;
        }
    }

    private TimeSpan Failed(string reason)
    {
        failures++;
        figures.RecordFailure(duty);
        board.Report(new DutyState(duty, failures, reason));
        TimeSpan wait = TimeSpan.FromSeconds(1L << Math.Min(failures - 1, 6));
        return wait < LongestWait ? wait : LongestWait;
    }
}
