using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Fields;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Everything outside the order that a decision may look at. It is recorded with the decision, so that it
/// replays.</summary>
public sealed class DecisionContext
{
    /// <summary>Makes a context.</summary>
    /// <param name="now">The moment of the decision; cut to microseconds.</param>
    /// <param name="stock">The cells of the SKUs that <see cref="OrderNeeds"/> asked for.</param>
    /// <param name="limits">The bounds; null for the default ones.</param>
    /// <param name="sight">What is looked at beyond the order; null for nothing.</param>
    /// <param name="fields">The extension fields in force; null for none.</param>
    /// <param name="definitions">The lifecycles and order types; null for none.</param>
    /// <param name="roles">The roles of whoever issues the command; default when nobody looked them up.</param>
    public DecisionContext(
        Instant now, StockPicture stock, OrderLimits? limits = null, DecisionSight? sight = null, FieldSet? fields = null,
        OrderDefinitions? definitions = null, ImmutableArray<string> roles = default)
    {
        Now = Microseconds.Cut(now);
        Stock = stock ?? throw new ArgumentNullException(nameof(stock));
        Limits = limits ?? OrderLimits.Default;
        Sight = sight ?? DecisionSight.None;
        Fields = fields ?? FieldSet.Empty;
        Definitions = definitions ?? OrderDefinitions.Empty;
        Roles = roles;
    }

    /// <summary>The moment of the decision, in whole microseconds.</summary>
    public Instant Now { get; }

    /// <summary>What may be taken where.</summary>
    public StockPicture Stock { get; }

    /// <summary>What is looked at beyond the order.</summary>
    public DecisionSight Sight { get; }

    /// <summary>The bounds.</summary>
    public OrderLimits Limits { get; }

    /// <summary>The extension fields in force.</summary>
    public FieldSet Fields { get; }

    /// <summary>The lifecycles and order types.</summary>
    public OrderDefinitions Definitions { get; }

    /// <summary>The roles of whoever issues the command; default when nobody looked them up, and then no transition asks for
    /// them.</summary>
    public ImmutableArray<string> Roles { get; }

    /// <summary>The fields that the issuer may not change.</summary>
    internal FieldOwners Owners { get; init; } = FieldOwners.None;
}
