using System;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Everything outside the order that a decision may look at. It is recorded with the decision, so that it replays.</summary>
public sealed class DecisionContext
{
    /// <summary>Makes a context.</summary>
    /// <param name="now">The moment of the decision; cut to microseconds.</param>
    /// <param name="stock">The cells of the SKUs that <see cref="OrderNeeds"/> asked for.</param>
    /// <param name="limits">The bounds; null for the default ones.</param>
    /// <param name="sight">What is looked at beyond the order; null for nothing.</param>
    public DecisionContext(Instant now, StockPicture stock, OrderLimits? limits = null, DecisionSight? sight = null)
    {
        Now = Microseconds.Cut(now);
        Stock = stock ?? throw new ArgumentNullException(nameof(stock));
        Limits = limits ?? OrderLimits.Default;
        Sight = sight ?? DecisionSight.None;
    }

    /// <summary>The moment of the decision, in whole microseconds.</summary>
    public Instant Now { get; }

    /// <summary>What may be taken where.</summary>
    public StockPicture Stock { get; }

    /// <summary>What is looked at beyond the order.</summary>
    public DecisionSight Sight { get; }

    /// <summary>The bounds.</summary>
    public OrderLimits Limits { get; }
}
