using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Measures;
using OrderKernel.Stock;

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

        if (command is not HoldStock hold)
        {
            return ImmutableArray<Sku>.Empty;
        }

        var skus = new SortedSet<Sku>();
        foreach (OrderLine line in state.Lines)
        {
            bool isMeant = hold.Plan.IsDefaultOrEmpty || IsPlanned(hold.Plan, line.Number);
            if (!line.Unheld.IsZero && isMeant)
            {
                skus.Add(line.Sku);
            }
        }

        return ImmutableArray.CreateRange(skus);
    }

    private static bool IsPlanned(ImmutableArray<Take> plan, int line)
    {
        foreach (Take take in plan)
        {
            if (take.Line == line)
            {
                return true;
            }
        }

        return false;
    }
}
