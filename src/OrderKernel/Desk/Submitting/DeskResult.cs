using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text.Json.Serialization;
using OrderKernel.Findings;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>How the desk answered a submission.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeskStatus>))]
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

/// <summary>How far an answer goes: whether what was asked for is so now, and since when.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeskExtent>))]
public enum DeskExtent
{
    /// <summary>Nothing of it is so: the command was refused, malformed, or under a used id.</summary>
    Nothing = 0,

    /// <summary>All of it is so now, and was not before.</summary>
    Done = 1,

    /// <summary>All of it was so before; nothing changed.</summary>
    AlreadySo = 2,

    /// <summary>Part of it is so now; <see cref="DeskResult.Shortages"/> says what is short.</summary>
    InPart = 3,
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

    /// <summary>Whether it was done, was so already, or was done in part; a repeated command answers as it did first.</summary>
    public DeskExtent Extent => !IsAccepted ? DeskExtent.Nothing
        : !Outcome.Shortages.IsEmpty ? DeskExtent.InPart
        : Outcome.Events.IsEmpty && !LeavesNoEvent ? DeskExtent.AlreadySo
        : DeskExtent.Done;

    /// <summary>What a hold that took what there was could not hold, by line; empty when nothing is short.</summary>
    public ImmutableArray<LineShortage> Shortages => Outcome.Shortages;

    /// <summary>Every reason of a refusal; empty when accepted.</summary>
    public ImmutableArray<Finding> Findings => Outcome.Findings;

    /// <summary>Status and outcome, codes only.</summary>
    public override string ToString() => Status + ": " + Outcome;

    // An export changes nothing, yet each is granted anew.
    internal bool LeavesNoEvent { private get; init; }

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
