using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Scarcity;

/// <summary>Pieces of one waiting line confirmed on one day.</summary>
/// <param name="Order">The index of the order.</param>
/// <param name="Line">The index of the line in it.</param>
/// <param name="Day">The day.</param>
/// <param name="Quantity">The pieces, above zero.</param>
public readonly record struct Confirmation(int Order, int Line, int Day, Quantity Quantity);

/// <summary>Which waiting pieces are confirmed when, what that gains, and what no plan can gain more than.</summary>
/// <remarks><para>Shape: confirmations by order index, line and day.</para></remarks>
public sealed class ReallocationPlan
{
    internal ReallocationPlan(long value, long? upperBound, ImmutableArray<Confirmation> confirmed)
    {
        Value = value;
        UpperBound = upperBound;
        Confirmed = confirmed;
    }

    /// <summary>The gain of all confirmations.</summary>
    public long Value { get; }

    /// <summary>No plan gains more; null when no bound was asked for.</summary>
    public long? UpperBound { get; }

    /// <summary>The confirmations.</summary>
    public ImmutableArray<Confirmation> Confirmed { get; }
}
