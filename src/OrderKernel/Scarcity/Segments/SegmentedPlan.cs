using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Scarcity;

/// <summary>What became of one line.</summary>
/// <param name="Order">The order.</param>
/// <param name="Line">The line.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="Segment">The code of its segment; empty when no segment took it.</param>
/// <param name="Strategy">The segment's strategy; skip when no segment took it.</param>
/// <param name="Before">What was confirmed, by day.</param>
/// <param name="After">What is confirmed, by day.</param>
/// <param name="IsException">Whether the strategy could not be kept: a Win that did not get all on its day, or a Gain or Improve whose
/// pieces are no longer there.</param>
public sealed record LineReallocation(
    OrderId Order, int Line, Sku Sku, string Segment, ReallocationStrategy Strategy, ImmutableArray<DayQuantity> Before,
    ImmutableArray<DayQuantity> After, bool IsException);

/// <summary>Pieces that changed hands. Exactly one side may be missing.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">How many; above zero.</param>
/// <param name="Loser">The index of the losing line in <see cref="SegmentedPlan.Lines"/>; null when they were free.</param>
/// <param name="Taker">The index of the line that has them now, or earlier than before; null when nobody took them.</param>
public sealed record Displacement(Sku Sku, Quantity Quantity, int? Loser, int? Taker);

/// <summary>Who has what after a reallocation, who had it before, and by which segment.</summary>
public sealed class SegmentedPlan
{
    internal SegmentedPlan(ImmutableArray<LineReallocation> lines, ImmutableArray<Displacement> displacements)
    {
        Lines = lines;
        Displacements = displacements;
    }

    /// <summary>Every line, in the order in which it was served; those that lose everything and those not touched at the end.</summary>
    public ImmutableArray<LineReallocation> Lines { get; }

    /// <summary>Who lost what to whom, by SKU and then by taker in the order served.</summary>
    public ImmutableArray<Displacement> Displacements { get; }
}
