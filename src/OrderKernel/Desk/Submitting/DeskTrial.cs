using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Orders;
using OrderKernel.Storage;

namespace OrderKernel.Desk;

/// <summary>What the desk would answer to a command now. Nothing of it was stored.</summary>
/// <remarks>
/// <para>A look at a moment and no promise: whatever happens before the command is submitted may change the answer.</para>
/// <para>Shape: what the desk would go on with by itself, such as serving those who wait, is not in it.</para>
/// </remarks>
public sealed class DeskTrial
{
    internal DeskTrial(DeskResult answer, ImmutableArray<StreamEvents> events, OrderState? order)
    {
        Status = answer.Status;
        Extent = answer.Extent;
        Outcome = answer.Outcome;
        Events = events;
        Order = order;
    }

    /// <summary>How it would be answered; <see cref="DeskStatus.Repeated"/> when the command is stored already.</summary>
    public DeskStatus Status { get; }

    /// <summary>Whether it would be done, is so already, or would be done in part.</summary>
    public DeskExtent Extent { get; }

    /// <summary>What the command would come to, or came to when it is stored already.</summary>
    public CommandOutcome Outcome { get; }

    /// <summary>Whether the command would be accepted, or was.</summary>
    public bool IsAccepted => Outcome.IsAccepted;

    /// <summary>Every reason of a refusal; empty when accepted.</summary>
    public ImmutableArray<Finding> Findings => Outcome.Findings;

    /// <summary>What a hold that takes what there is would leave short, by line; empty when nothing would be.</summary>
    public ImmutableArray<LineShortage> Shortages => Outcome.Shortages;

    /// <summary>What would happen, by stream; empty when refused, already so or stored already. Where rights are in force, only of the
    /// orders that the actor reads without a mask, and of other streams only for roles that read every row so.</summary>
    public ImmutableArray<StreamEvents> Events { get; }

    /// <summary>The order that the command names, as it would be; null when refused, stored already, of no single order, or when the
    /// actor does not read it without a mask.</summary>
    public OrderState? Order { get; }

    /// <summary>Status and outcome, codes only.</summary>
    public override string ToString() => Status + ": " + Outcome;
}
