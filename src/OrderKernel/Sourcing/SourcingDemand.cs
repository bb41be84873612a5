using System;
using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>A line of an order as the business sees it: what is wanted, by when, and what its way must offer.</summary>
/// <remarks><para>Units: days are counted from any one day of the host's; costs as in <see cref="SourcingLine"/>.</para></remarks>
public sealed class SourcingDemand
{
    /// <summary>Makes a demand.</summary>
    /// <param name="id">Names the demand in its case.</param>
    /// <param name="sku">What is wanted.</param>
    /// <param name="quantity">How many pieces.</param>
    /// <param name="unfilledCost">The cost of leaving one piece unfilled.</param>
    public SourcingDemand(string id, Sku sku, Quantity quantity, long unfilledCost)
    {
        _ = sku.Text;
        Id = TextRule.CheckName(id, nameof(id), 64);
        Sku = sku;
        Quantity = quantity;
        UnfilledCost = SourcingLine.NotNegative(unfilledCost, nameof(unfilledCost));
    }

    /// <summary>Names the demand in its case.</summary>
    public string Id { get; }

    /// <summary>What is wanted.</summary>
    public Sku Sku { get; }

    /// <summary>How many pieces.</summary>
    public Quantity Quantity { get; }

    /// <summary>The cost of leaving one piece unfilled.</summary>
    public long UnfilledCost { get; }

    /// <summary>Grams a piece.</summary>
    /// <value>The default is 0.</value>
    public long UnitWeight { get; set; }

    /// <summary>Value a piece, in minor units of money.</summary>
    /// <value>The default is 0.</value>
    public long UnitValue { get; set; }

    /// <summary>The day it is due at the customer's.</summary>
    /// <value>The default is never late.</value>
    public int DueDay { get; set; } = int.MaxValue;

    /// <summary>The cost of each day that one piece comes late.</summary>
    /// <value>The default is 0.</value>
    public long LateCostPerDay { get; set; }

    /// <summary>The last day on which its lot must still be good; null when life does not matter.</summary>
    /// <value>The default is null.</value>
    public int? GoodUntilDay { get; set; }

    /// <summary>What a site must offer, such as <c>cold_chain</c>, <c>ground_only</c>, <c>carrier.sf</c>, <c>customs.bonded</c>.</summary>
    /// <value>The default is nothing.</value>
    public ImmutableArray<string> Needs { get; set; } = ImmutableArray<string>.Empty;

    /// <summary>What the order is marked with, such as <c>high_value</c>; read by rules.</summary>
    /// <value>The default is nothing.</value>
    public ImmutableArray<string> Tags { get; set; } = ImmutableArray<string>.Empty;

    /// <summary>Demands with one group ship whole from one site or not at all; null for none.</summary>
    /// <value>The default is null.</value>
    public string? ShipTogether { get; set; }

    /// <summary>The line that the solver sees.</summary>
    internal SourcingLine ToLine() => new(Id, Quantity, UnfilledCost, UnitWeight, UnitValue);
}
