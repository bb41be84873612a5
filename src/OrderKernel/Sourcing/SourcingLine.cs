using System;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>One line to be sourced: how many pieces, and what it costs to leave a piece unfilled.</summary>
/// <remarks>
/// <para>Units: costs of one problem share one unit that the host chooses; 1/1000 fen keeps grams times fen-per-kilogram
/// exact. Weight in grams a piece, value in minor units of money a piece.</para>
/// </remarks>
public sealed class SourcingLine
{
    /// <summary>Makes a line.</summary>
    /// <param name="id">Names the line in its problem; ties are broken by it, compared ordinally.</param>
    /// <param name="quantity">How many pieces; may be zero.</param>
    /// <param name="unfilledCost">The cost of leaving one piece unfilled, zero or more.</param>
    /// <param name="unitWeight">Grams a piece, zero or more; read by weight tariffs only.</param>
    /// <param name="unitValue">Value a piece, zero or more; read by minimum order values only.</param>
    /// <exception cref="ArgumentException">The id is blank, or a number is negative.</exception>
    public SourcingLine(string id, Quantity quantity, long unfilledCost, long unitWeight = 0, long unitValue = 0)
    {
        Id = TextRule.CheckName(id, nameof(id), 64);
        Quantity = quantity;
        UnfilledCost = NotNegative(unfilledCost, nameof(unfilledCost));
        UnitWeight = NotNegative(unitWeight, nameof(unitWeight));
        UnitValue = NotNegative(unitValue, nameof(unitValue));
    }

    /// <summary>Names the line in its problem.</summary>
    public string Id { get; }

    /// <summary>How many pieces are asked for.</summary>
    public Quantity Quantity { get; }

    /// <summary>The cost of leaving one piece unfilled.</summary>
    public long UnfilledCost { get; }

    /// <summary>Grams a piece.</summary>
    public long UnitWeight { get; }

    /// <summary>Value a piece, in minor units of money.</summary>
    public long UnitValue { get; }

    internal static long NotNegative(long value, string parameter) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(parameter, "A cost, weight or value is never negative.");
}
