using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>How sure it is that no plan is cheaper.</summary>
public enum SourcingProof
{
    /// <summary>Nothing is proved beyond the stated lower bound of zero: the plan follows a rule.</summary>
    None = 0,

    /// <summary>The prices prove the lower bound; the plan is at most the gap above the cheapest.</summary>
    Certificate = 1,

    /// <summary>No plan is cheaper: the search was complete, or the bound meets the plan.</summary>
    Exact = 2,
}

/// <summary>Pieces of one line in a shipment, from one cell.</summary>
/// <param name="Line">The index of the line.</param>
/// <param name="Quantity">The pieces, above zero.</param>
/// <param name="Cell">The index of the stock cell.</param>
/// <param name="Lane">The index of the transfer that brings them; -1 for none.</param>
public readonly record struct PlannedPick(int Line, Quantity Quantity, int Cell, int Lane);

/// <summary>One shipment: the node and what it carries.</summary>
/// <param name="Node">The index of the node.</param>
/// <param name="Picks">What it carries, by line id; never empty.</param>
public readonly record struct PlannedShipment(int Node, ImmutableArray<PlannedPick> Picks);

/// <summary>Pieces of a line that no shipment carries.</summary>
/// <param name="Line">The index of the line.</param>
/// <param name="Quantity">The pieces, above zero.</param>
public readonly record struct UnfilledLine(int Line, Quantity Quantity);

/// <summary>Why a node ships nothing: what opening it would add under the prices.</summary>
/// <param name="Node">The index of the node.</param>
/// <param name="ReducedCost">Its shipment cost less what its pieces save at the plan's prices. Above zero it is not worth
/// opening; zero or below says the prices alone do not exclude it.</param>
public readonly record struct NodeVerdict(int Node, long ReducedCost);

/// <summary>The answer to a sourcing problem: what ships from where, what it costs, and how sure that is the least.</summary>
/// <remarks>
/// <para>Shape: shipments nearest node first, picks by line; shipped plus unfilled equals asked for every line. Indexes are
/// those of the problem's lists.</para>
/// <para>Units: the problem's unit of cost.</para>
/// </remarks>
public sealed class SourcingPlan
{
    internal SourcingPlan(
        long objective, long lowerBound, SourcingProof proof, ImmutableArray<PlannedShipment> shipments,
        ImmutableArray<UnfilledLine> unfilled, ImmutableArray<long> prices, ImmutableArray<NodeVerdict> rejected, long steps)
    {
        Objective = objective;
        LowerBound = lowerBound;
        Proof = proof;
        Shipments = shipments;
        Unfilled = unfilled;
        Prices = prices;
        Rejected = rejected;
        Steps = steps;
    }

    /// <summary>What the plan costs, unfilled pieces included.</summary>
    public long Objective { get; }

    /// <summary>No plan costs less. Equal to the objective when the proof is exact.</summary>
    public long LowerBound { get; }

    /// <summary>How far the plan may be above the cheapest: objective less lower bound.</summary>
    public long Gap => Objective - LowerBound;

    /// <summary>How the lower bound is known.</summary>
    public SourcingProof Proof { get; }

    /// <summary>The shipments.</summary>
    public ImmutableArray<PlannedShipment> Shipments { get; }

    /// <summary>What stays unfilled.</summary>
    public ImmutableArray<UnfilledLine> Unfilled { get; }

    /// <summary>One price a line, in the order of the problem's lines: <see cref="PriceCertificate"/> turns them into a lower
    /// bound. Empty when nothing was priced.</summary>
    public ImmutableArray<long> Prices { get; }

    /// <summary>The nodes with offers that ship nothing, and what each would add.</summary>
    public ImmutableArray<NodeVerdict> Rejected { get; }

    /// <summary>The work done, in steps of the search; the same on every machine.</summary>
    public long Steps { get; }
}
