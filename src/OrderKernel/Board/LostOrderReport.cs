using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Board;

/// <summary>What was lost for one reason, in one currency.</summary>
/// <param name="Reason">The reason, as it stands in the cancellations.</param>
/// <param name="Currency">The currency; null for lines without a price.</param>
/// <param name="Orders">How many orders lost something for it.</param>
/// <param name="Pieces">How many pieces, over all lines.</param>
/// <param name="MinorUnits">What they would have cost, in minor units of the currency; 0 without one.</param>
public sealed record LostByReason(string Reason, Currency? Currency, int Orders, long Pieces, long MinorUnits);

/// <summary>What was cancelled, by reason, with the amount that it was worth at the prices of the order.</summary>
/// <remarks>
/// <para>Units: each line's amount is rounded once to the minor unit, half away from zero. Currencies are never added up.</para>
/// <para>Source: requirement row S0-06.</para>
/// </remarks>
public static class LostOrderReport
{
    /// <summary>The reason of an order that was lost for want of stock.</summary>
    public const string LostToStockout = "lost_to_stockout";

    /// <summary>Adds up.</summary>
    /// <param name="orders">The orders; those that nothing was cancelled of are passed over.</param>
    /// <returns>By reason, then by currency; lines without a price first.</returns>
    public static ImmutableArray<LostByReason> Of(IEnumerable<OrderState> orders)
    {
        var rows = new SortedDictionary<(string Reason, string Currency), LostByReason>(Comparer<(string, string)>.Create(
            static (a, b) => string.CompareOrdinal(a.Item1, b.Item1) is var byReason and not 0
                ? byReason
                : string.CompareOrdinal(a.Item2, b.Item2)));
        foreach (OrderState order in orders ?? throw new ArgumentNullException(nameof(orders)))
        {
            var counted = new HashSet<(string, string)>();
            foreach (CancellationRecord cancellation in order.Cancellations)
            {
                foreach (LineQuantity lost in cancellation.Lines)
                {
                    UnitPrice? price = order.Line(lost.Line)?.Price;
                    var key = (cancellation.Reason, price?.Currency.Code ?? string.Empty);
                    if (!rows.TryGetValue(key, out LostByReason? row))
                    {
                        row = new LostByReason(cancellation.Reason, price?.Currency, 0, 0, 0);
                    }

                    long amount = price?.Times(lost.Quantity, MidpointRounding.AwayFromZero).MinorUnits ?? 0;
                    rows[key] = row with
                    {
                        Orders = row.Orders + (counted.Add(key) ? 1 : 0),
                        Pieces = checked(row.Pieces + lost.Quantity.Units),
                        MinorUnits = checked(row.MinorUnits + amount),
                    };
                }
            }
        }

        return ImmutableArray.CreateRange(rows.Values);
    }
}
