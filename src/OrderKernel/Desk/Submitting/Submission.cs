using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Access;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>Where a command comes from.</summary>
internal enum CommandOrigin
{
    /// <summary>From outside.</summary>
    Host = 0,

    /// <summary>From the desk, after a change that was granted; and whatever is decided again.</summary>
    FollowUp = 1,

    /// <summary>From the desk, because a timer is due.</summary>
    WakeUp = 2,
}

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

    // Who asks: a host, or the desk itself after something that was granted, or when a timer wakes up.
    internal CommandOrigin Origin { get; init; }

    // What a timer asks for is decided at its moment or later, also when the clock is set back in between.
    internal Instant NotBefore { get; init; } = Instant.MinValue;

    // Written and hashed once, however often the command is decided.
    internal string Body => body ??= Command.ToJson();

    internal string BodyHash => bodyHash ??= ContentHash.Of(Body);

    // Everything that is malformed; nothing of it is decided or stored.
    internal ImmutableArray<Finding> Faults(OrderLimits limits)
    {
        // What the desk itself goes on with may be of orders and stock that were named when every name was taken.
        if (Origin != CommandOrigin.Host)
        {
            return Command.AllFaults(limits.MaxText, limits.MaxEntries, null);
        }

        ImmutableArray<Finding> faults = Command.AllFaults(limits.MaxText, limits.MaxEntries, () => Body);
        foreach ((string text, string field) in new[] { (Actor.Id, "actor"), (Actor.SourceSystem, "source_system") })
        {
            faults = CommandIds.Fault(text, field) is { } fault ? faults.Add(fault) : faults;
        }

        return faults;
    }

    /// <summary>What is kept of this command when rights deny it. The same wish denied for the same reason is kept once.</summary>
    internal Submission AsDenied(TenantId tenant, ImmutableArray<Finding> findings)
    {
        var denied = new DeniedCommand(Command.Stream, AccessGate.RightOf(this), Id, BodyHash, DeniedCommand.FieldsOf(findings));
        return new Submission(IdBeside("denied", tenant, CommandOutcome.Refused(0, findings).ToJson()), Actor, denied, Received)
        {
            Origin = Origin,
        };
    }

    /// <summary>This wake-up as one that was refused: its id stays free for the next time.</summary>
    internal Submission AsRefused(TenantId tenant) => new(IdBeside("refused", tenant, BodyHash), Actor, Command, Received)
    {
        Origin = Origin, NotBefore = NotBefore,
    };

    private CommandId IdBeside(string what, TenantId tenant, string outcome) => new(DerivedId.OfDesk(JsonText.Start()
        .Member("what", what).Member("tenant", tenant.Text).Member("command", Id.ToString()).Member("actor", Actor.Id)
        .Member("source", Actor.SourceSystem).Member("contents", BodyHash).Member("outcome", outcome).Finish()));
}
