using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Desk;

/// <summary>A command on its way to the desk: its id, who issues it, and what is wanted.</summary>
public sealed class Submission
{
    private string? body;
    private string? bodyHash;

    /// <summary>Makes a submission.</summary>
    /// <param name="id">The command's id; repeat it on every retry.</param>
    /// <param name="actor">Who issues it.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="received">The message from outside that asks for it, recorded with the outcome; null when none does.</param>
    public Submission(CommandId id, Actor actor, KernelCommand command, ReceivedMessage? received = null)
    {
        Received = received;
        Id = id;
        Actor = actor ?? throw new ArgumentNullException(nameof(actor));
        Command = command ?? throw new ArgumentNullException(nameof(command));
    }

    /// <summary>The command's id.</summary>
    public CommandId Id { get; }

    /// <summary>Who issues it.</summary>
    public Actor Actor { get; }

    /// <summary>What is wanted.</summary>
    public KernelCommand Command { get; }

    /// <summary>The message from outside that asks for it; null when none does.</summary>
    public ReceivedMessage? Received { get; }

    // What a timer asks for is decided at its moment or later, also when the clock is set back in between.
    internal Instant NotBefore { get; init; } = Instant.MinValue;

    // Written and hashed once, however often the command is decided.
    internal string Body => body ??= Command.ToJson();

    internal string BodyHash => bodyHash ??= ContentHash.Of(Body);

    // Everything that is malformed; nothing of it is decided or stored.
    internal ImmutableArray<Finding> Faults(OrderLimits limits)
    {
        ImmutableArray<Finding> faults = Command.AllFaults(limits.MaxText, limits.MaxEntries, () => Body);
        foreach ((string text, string field) in new[] { (Actor.Id, "actor"), (Actor.SourceSystem, "source_system") })
        {
            faults = CommandIds.Fault(text, field) is { } fault ? faults.Add(fault) : faults;
        }

        return faults;
    }
}
