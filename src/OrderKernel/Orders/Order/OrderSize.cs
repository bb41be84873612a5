using System;
using System.Collections.Generic;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Orders;

/// <summary>Whether the pieces and the amount of an order can be counted, so that whoever adds them up later can.</summary>
internal static class OrderSize
{
    public static void Check(IEnumerable<(Quantity Quantity, UnitPrice? Price)> lines, ref List<Finding>? findings)
    {
        decimal pieces = 0m, amount = 0m;
        bool isCountable = true;
        foreach ((Quantity quantity, UnitPrice? price) in lines)
        {
            pieces += quantity.Units;
            isCountable &= price is null || price.Value.Allows(quantity);
            amount += price is { } some && isCountable ? some.Times(quantity, MidpointRounding.AwayFromZero).MinorUnits : 0m;
        }

        if (pieces > long.MaxValue)
        {
            OrderDecider.Add(ref findings, TooLarge("pieces"));
        }

        if (!isCountable || amount > long.MaxValue)
        {
            OrderDecider.Add(ref findings, TooLarge("amount"));
        }
    }

    public static Finding TooLarge(string what) =>
        OrderRefusals.TooLarge.About(string.Empty, what, OrderDecider.Digits(long.MaxValue));
}
