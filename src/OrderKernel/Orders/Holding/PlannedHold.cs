using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Holds a plan against the order and the stock of now: the plan may have been made on an older picture.</summary>
internal static class PlannedHold
{
    /// <summary>Everything that no longer fits; empty when all of the plan can be held.</summary>
    public static Finding[] Faults(OrderState state, ImmutableArray<Take> plan, DecisionContext context)
    {
        var findings = new List<Finding>();
        foreach (IGrouping<int, Take> ofLine in plan.GroupBy(static take => take.Line).OrderBy(static line => line.Key))
        {
            string number = OrderDecider.Digits(ofLine.Key);
            if (state.Line(ofLine.Key) is not { } line)
            {
                findings.Add(OrderRefusals.LineUnknown.About("line:" + number, "line", number));
                continue;
            }

            foreach (Take take in ofLine.Where(take => take.Cell.Sku != line.Sku || take.Cell.Owner != default))
            {
                findings.Add(OrderRefusals.PlanOfOtherGoods.About(
                    "line:" + number, "plan", number, line.Sku.Text, take.Cell.ToString()));
            }

            decimal planned = Sum(ofLine);
            Quantity most = OrderFeatures.MayHold(state, line);
            if (planned > most.Units)
            {
                findings.Add(OrderRefusals.PlanExceedsOpen.About(
                    "line:" + number, "plan", number, Digits(planned), most.ToString()));
            }
        }

        bool isOfTheOrder = findings.Count == 0;
        foreach (IGrouping<StockCell, Take> ofCell in plan.GroupBy(static take => take.Cell).OrderBy(static cell => cell.Key))
        {
            var free = new Quantity(context.Stock.FreeIn(ofCell.Key));
            if (isOfTheOrder && Sum(ofCell) > free.Units)
            {
                findings.Add(StockRefusals.Insufficient.About(
                    ofCell.Key.ToString(), "quantity", ofCell.Key.Sku.Text, Digits(Sum(ofCell)), free.ToString()));
            }
        }

        if (plan.Length > context.Limits.MaxTakes)
        {
            findings.Add(OrderDecider.Limit("takes", context.Limits.MaxTakes));
        }

        return findings.ToArray();
    }

    /// <summary>The plan with one take a line and cell, in its order; a line that held a cell twice could not let it go.</summary>
    public static ImmutableArray<Take> Merged(ImmutableArray<Take> plan) => ImmutableArray.CreateRange(
        plan.GroupBy(static take => (take.Line, take.Cell)).Select(static same => new Take(
            same.Key.Line, same.Key.Cell, new Quantity((long)Sum(same)))));

    private static decimal Sum(IEnumerable<Take> takes) => takes.Sum(static take => (decimal)take.Quantity.Units);

    private static string Digits(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
