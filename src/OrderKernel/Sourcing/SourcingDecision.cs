using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>Pieces of one demand in a shipment.</summary>
/// <param name="Demand">The demand's id.</param>
/// <param name="Lot">The lot taken; empty where lots are not kept.</param>
/// <param name="Quantity">The pieces.</param>
/// <param name="BroughtFrom">The site a transfer brings them from; null when they lie at the shipment's site.</param>
public sealed record DecidedPick(string Demand, string Lot, Quantity Quantity, NodeId? BroughtFrom);

/// <summary>One shipment in the words of the case.</summary>
/// <param name="Site">The site it leaves from.</param>
/// <param name="Picks">What it carries, by demand; never empty.</param>
public sealed record DecidedShipment(NodeId Site, ImmutableArray<DecidedPick> Picks);

/// <summary>What a sourcing case comes to: the plan with its proof, told by site, and every rule that had a say.</summary>
public sealed class SourcingDecision
{
    internal SourcingDecision(
        SourcingProblem? problem, SourcingPlan? plan, ImmutableArray<DecidedShipment> shipments,
        ImmutableArray<RuleEffect> effects, ImmutableArray<Finding> refusals)
    {
        Problem = problem;
        Plan = plan;
        Shipments = shipments;
        Effects = effects;
        Refusals = refusals;
    }

    /// <summary>The problem that was solved, for checking its certificate; null when refused.</summary>
    public SourcingProblem? Problem { get; }

    /// <summary>The plan in the problem's indexes; null when refused.</summary>
    public SourcingPlan? Plan { get; }

    /// <summary>The shipments, nearest site first; empty when refused.</summary>
    public ImmutableArray<DecidedShipment> Shipments { get; }

    /// <summary>Every candidate that a rule removed or priced, in the order of demands, stock and rules.</summary>
    public ImmutableArray<RuleEffect> Effects { get; }

    /// <summary>Why the case cannot be solved; empty when it was.</summary>
    public ImmutableArray<Finding> Refusals { get; }
}
