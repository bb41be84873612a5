using System;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;

namespace OrderKernel.Sql.Tests.Faults;

/// <summary>One thing that somebody does in a flow.</summary>
internal abstract record FlowStep
{
    /// <summary>Submits a command under an id of its own until it is answered.</summary>
    public sealed record Send(KernelCommand Command, bool IsAccepted = true) : FlowStep;

    /// <summary>Submits the last command once more, as a client does that is not sure.</summary>
    public sealed record SendAgain : FlowStep;

    /// <summary>Submits another command under the id of the last one, as a faulty client does.</summary>
    public sealed record ReuseId(KernelCommand Command) : FlowStep;

    /// <summary>A message of another system brings the command.</summary>
    public sealed record Receive(string Message, KernelCommand Command) : FlowStep;

    /// <summary>Time passes.</summary>
    public sealed record Wait(Duration Time) : FlowStep;

    /// <summary>Timers that are due wake up.</summary>
    public sealed record WakeTimers : FlowStep;

    /// <summary>Messages leave the house.</summary>
    public sealed record PassOnMessages : FlowStep;

    /// <summary>The board goes on to the end of the feed.</summary>
    public sealed record CatchUpBoard : FlowStep;
}

/// <summary>What a business does with a few orders, from beginning to end.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Configure">How the desk works.</param>
/// <param name="Steps">What happens, in order; an hour apart.</param>
internal sealed record BusinessFlow(string Name, Action<DeskOptions> Configure, ImmutableArray<FlowStep> Steps)
{
    public BusinessFlow(string name, params FlowStep[] steps)
        : this(name, static _ => { }, [.. steps])
    {
    }

    /// <summary>Whether moments depend on the fault: a timer whose claim was lost wakes up when the lease has ended.</summary>
    public bool HasTimers => Steps.Any(static step => step is FlowStep.WakeTimers);

    public override string ToString() => Name;
}
