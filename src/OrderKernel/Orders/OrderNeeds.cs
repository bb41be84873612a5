using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>Names what must be read before a command can be decided; the Desk reads it, nobody else does.</summary>
public static class OrderNeeds
{
    /// <summary>The SKUs whose stock must be read.</summary>
    /// <param name="state">The order as it is.</param>
    /// <param name="command">What is wanted.</param>
    /// <returns>Each SKU once, in ordinal order; empty for all commands but holding stock.</returns>
    public static ImmutableArray<Sku> Stock(OrderState state, OrderCommand command)
    {
        if (state is null)
        {
            throw new ArgumentNullException(nameof(state));
        }

        if (command is not HoldStock)
        {
            return ImmutableArray<Sku>.Empty;
        }

        var skus = new SortedSet<Sku>();
        foreach (OrderLine line in state.Lines)
        {
            if (!line.Unheld.IsZero)
            {
                skus.Add(line.Sku);
            }
        }

        return ImmutableArray.CreateRange(skus);
    }
}
