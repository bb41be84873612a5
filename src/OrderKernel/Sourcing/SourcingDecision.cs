using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>Pieces of one demand in a shipment.</summary>
/// <param name="Demand">The demand's id.</param>
/// <param name="Lot">The lot taken; empty where lots are not kept.</param>
/// <param name="Quantity">The pieces.</param>
/// <param name="BroughtFrom">The site a transfer brings them from; null when they lie at the shipment's site.</param>
/// <param name="ReadyDay">The day they can leave the shipment's site.</param>
public sealed record DecidedPick(string Demand, string Lot, Quantity Quantity, NodeId? BroughtFrom, int ReadyDay = 0);

/// <summary>One shipment in the words of the case.</summary>
/// <param name="Site">The site it leaves from.</param>
/// <param name="Picks">What it carries, by demand; never empty.</param>
public sealed record DecidedShipment(NodeId Site, ImmutableArray<DecidedPick> Picks);

/// <summary>The pieces that go one way on one day: what a warehouse is given as a task of its own.</summary>
/// <param name="Site">The site they leave to the customer from.</param>
/// <param name="BroughtFrom">The site a transfer brings them from first; null for none.</param>
/// <param name="ReadyDay">The day they can leave <paramref name="Site"/>.</param>
/// <param name="ArrivalDay">The day they arrive at the customer's.</param>
/// <param name="Picks">The pieces; never empty.</param>
public sealed record DecidedSubOrder(
    NodeId Site, NodeId? BroughtFrom, int ReadyDay, int ArrivalDay, ImmutableArray<DecidedPick> Picks);

/// <summary>Which aim leads.</summary>
public enum SourcingPolicy
{
    /// <summary>Least cost; distance settles ties.</summary>
    LeastCost = 0,

    /// <summary>Nearest first; cost settles what one site leaves open.</summary>
    NearestFirst = 1,
}

/// <summary>What a sourcing case comes to: the plan with its proof, told by site, and every rule that had a say.</summary>
public sealed class SourcingDecision
{
    internal SourcingDecision(
        SourcingProblem? problem, SourcingPlan? plan, ImmutableArray<DecidedShipment> shipments,
        ImmutableArray<RuleEffect> effects, ImmutableArray<Finding> refusals, SourcingPolicy policy, SourcingPlan? other,
        ImmutableArray<DecidedSubOrder> subOrders)
    {
        Policy = policy;
        OtherPolicyCost = other?.Objective;
        SubOrders = subOrders;
        Problem = problem;
        Plan = plan;
        Shipments = shipments;
        Effects = effects;
        Refusals = refusals;
    }

    /// <summary>Which aim led.</summary>
    public SourcingPolicy Policy { get; }

    /// <summary>What the plan of the other policy costs; null when refused, and where limits, minimum values or tariffs leave
    /// nearest-first without a plan.</summary>
    public long? OtherPolicyCost { get; }

    /// <summary>The shipments parted by way and day, in their order, direct pieces before those that are brought; every pick is in
    /// exactly one.</summary>
    public ImmutableArray<DecidedSubOrder> SubOrders { get; }

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
