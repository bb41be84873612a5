using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>What documents that bring goods from cells to a node have in common.</summary>
internal static class StockLines
{
    public static IEnumerable<Sku> Skus(ImmutableArray<StockLine> lines)
    {
        foreach (StockLine line in lines)
        {
            yield return line.Cell.Sku;
        }
    }

    public static void Check(CommandCheck check, ImmutableArray<StockLine> lines, NodeId to)
    {
        check.NotEmpty(lines, "lines");
        for (int i = 0; !lines.IsDefault && i < lines.Length; i++)
        {
            string subject = "entry:" + (i + 1).ToString(CultureInfo.InvariantCulture);
            check.Positive(lines[i].Quantity.Units, subject, "quantity");
            if (lines[i].Cell.Node == to)
            {
                check.Add(StockRefusals.TransferToItself.About(subject, "to", to.Text));
            }
        }
    }
}
