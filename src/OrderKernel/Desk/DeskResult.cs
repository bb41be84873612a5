using System;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Orders;

namespace OrderKernel.Desk;

/// <summary>How the desk answered a submission.</summary>
public enum DeskStatus
{
    /// <summary>Decided and stored now.</summary>
    Decided = 0,

    /// <summary>Decided before; the stored outcome is returned.</summary>
    Repeated = 1,

    /// <summary>Malformed: refused before it became a command, and not stored. Correct it and send it under the same id.</summary>
    Malformed = 2,

    /// <summary>The id was used for another command, and nothing changed. Use a new id.</summary>
    KeyReused = 3,
}

/// <summary>The answer of the desk.</summary>
public sealed class DeskResult
{
    internal DeskResult(DeskStatus status, CommandOutcome outcome, Decided? decided = null, WaitingServed? waiting = null)
    {
        Decided = decided;
        Status = status;
        Outcome = outcome;
        Waiting = waiting ?? WaitingServed.Nothing;
    }

    /// <summary>What was decided now; null for every other answer.</summary>
    internal Decided? Decided { get; }

    /// <summary>What the command set free and who of those who wait was served with it, at once; nothing also when the store failed
    /// after the command itself was stored: a timer serves them then.</summary>
    public WaitingServed Waiting { get; }

    /// <summary>How it was answered.</summary>
    public DeskStatus Status { get; }

    /// <summary>What the command came to.</summary>
    public CommandOutcome Outcome { get; }

    /// <summary>Whether the command was accepted, now or before.</summary>
    public bool IsAccepted => Outcome.IsAccepted;

    /// <summary>Every reason of a refusal; empty when accepted.</summary>
    public ImmutableArray<Finding> Findings => Outcome.Findings;

    /// <summary>Throws when the command was refused; for hosts that prefer exceptions.</summary>
    /// <exception cref="CommandRefusedException">The command was refused.</exception>
    public DeskResult ThrowIfRefused() => IsAccepted ? this : throw new CommandRefusedException(Findings);
}

/// <summary>A command was refused, for hosts that prefer exceptions to values.</summary>
public sealed class CommandRefusedException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="findings">Every reason.</param>
    public CommandRefusedException(ImmutableArray<Finding> findings)
        : base(string.Join(" ", findings.Select(static finding => finding.Text(Language.English)))) => Findings = findings;

    /// <summary>Makes the exception without reasons.</summary>
    public CommandRefusedException() => Findings = ImmutableArray<Finding>.Empty;

    /// <summary>Makes the exception without reasons.</summary>
    /// <param name="message">What happened.</param>
    public CommandRefusedException(string message)
        : base(message) => Findings = ImmutableArray<Finding>.Empty;

    /// <summary>Makes the exception without reasons.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What led to it.</param>
    public CommandRefusedException(string message, Exception innerException)
        : base(message, innerException) => Findings = ImmutableArray<Finding>.Empty;

    /// <summary>Every reason.</summary>
    public ImmutableArray<Finding> Findings { get; }
}
