using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>What is composed into an order's type acts here: the order is decided first, then each feature says what it refuses.
/// An order keeps the features it began with.</summary>
internal static class OrderFeatures
{
    /// <summary>The argument of a feature of the order; empty for one without argument, null when its type does not have it.</summary>
    public static string? Feature(this OrderState state, string code)
    {
        foreach (OrderFeature feature in state.Features)
        {
            if (feature.Code == code)
            {
                return feature.Argument;
            }
        }

        return null;
    }

    /// <summary>The hold as the type means it: a type with one source looks there only, and a rush holds firmly and takes from
    /// weaker holds where tiers are in use. A plan is held from where it says and displaces nobody.</summary>
    public static HoldStock Narrow(OrderState state, HoldStock hold, bool hasTiers)
    {
        bool isPlanned = !hold.Plan.IsDefaultOrEmpty;
        if (SourceOf(state) is { } node && hold.Nodes.IsDefaultOrEmpty && !isPlanned)
        {
            hold = hold with { Nodes = ImmutableArray.Create(node) };
        }

        return hasTiers && state.Feature("rush") is not null
            ? hold with { Tier = hold.Tier ?? HoldTier.Firm, Preempt = !isPlanned }
            : hold;
    }

    /// <summary>How much of a line may still be held: all that is open, of a frame only what was called off.</summary>
    public static Quantity MayHold(OrderState state, OrderLine line)
    {
        if (state.Feature("subscription") is null)
        {
            return line.Unheld;
        }

        long calledOff = state.Parts.Sum(part => part.Open(line.Number).Units);
        return new Quantity(System.Math.Max(0, calledOff - line.Held.Units));
    }

    /// <summary>What a line may go on holding when so much of it is cancelled: what is open, or of a frame what is called off.</summary>
    public static Quantity MayKeep(OrderState state, OrderLine line, CancelLines cancel, Quantity less)
    {
        if (state.Feature("subscription") is null)
        {
            return line.Open - less;
        }

        long calledOff = state.Parts.Sum(part => part.Open(line.Number).Units);
        long ofThem = cancel.Part > 0 ? less.Units : System.Math.Max(0, less.Units - state.Unassigned(line));
        return new Quantity(System.Math.Max(0, calledOff - ofThem));
    }

    /// <summary>Whether stock may be given to the order by others than its own hold: where no feature asks for more than stock.</summary>
    public static bool MayBeServed(OrderState state) => state.Features.IsEmpty || (state.DepositIsPaid && SourceOf(state) is null
        && state.Feature("kit") is null && state.Feature("service") is null && state.Feature("subscription") is null);

    /// <summary>The only node that the goods come from; null when any may serve.</summary>
    public static NodeId? SourceOf(OrderState state)
    {
        string? node = state.Feature("dropship") ?? state.Feature("bonded");
        return string.IsNullOrEmpty(node) ? null : new NodeId(node!);
    }

    /// <summary>The decision, refused also for whatever the features of the type ask and do not find.</summary>
    public static Decision Follow(OrderState state, OrderCommand command, DecisionContext context, Decision decision)
    {
        ImmutableArray<OrderFeature> features = command is CaptureOrder capture
            ? context.Definitions.Type(capture.Type)?.Features ?? ImmutableArray<OrderFeature>.Empty
            : state.Features;
        bool concerned = !features.IsEmpty && (state.Exists || command is CaptureOrder)
            && !(decision.IsAccepted && decision.Streams.IsEmpty);
        if (!concerned)
        {
            return decision;
        }

        OrderState after = After(state, command, decision) with { Features = features };
        var asked = new FeatureCase(state, after, command, context, decision.IsAccepted);
        foreach (OrderFeature feature in features)
        {
            FeatureRules.Check(feature, asked);
        }

        return asked.Findings.Count == 0 ? decision : Decision.Refuse(decision.Findings.AddRange(asked.Findings).ToArray());
    }

    private static OrderState After(OrderState state, OrderCommand command, Decision decision)
    {
        foreach (StreamEvents stream in decision.IsAccepted ? decision.Streams : ImmutableArray<StreamEvents>.Empty)
        {
            state = stream.Stream == command.Stream ? stream.Events.Aggregate(state, OrderFold.Evolve) : state;
        }

        return state;
    }
}

/// <summary>What a feature looks at: the order before and after, the command, and where it notes what it refuses.</summary>
/// <param name="Before">The order before.</param>
/// <param name="After">The order as the command leaves it; as before when it is refused already.</param>
/// <param name="Command">The command.</param>
/// <param name="Context">Everything else that is looked at.</param>
/// <param name="IsAccepted">Whether nothing else refused it.</param>
internal sealed record FeatureCase(
    OrderState Before, OrderState After, OrderCommand Command, DecisionContext Context, bool IsAccepted)
{
    public List<Finding> Findings { get; } = new();

    /// <summary>Whether lines and prices are new or changed.</summary>
    public bool SetsLines => IsAccepted && Command is CaptureOrder or AmendOrder;

    public void Refuse(FindingKind kind, string subject, string field, params string[] facts) =>
        Findings.Add(kind.About(subject, field, facts));
}
