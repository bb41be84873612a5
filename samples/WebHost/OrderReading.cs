using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace WebHost;

/// <summary>Makes a command of an order as it was sent, or says everything that keeps it from being one.</summary>
public static class OrderReading
{
    public static CaptureOrder? Read(NewOrder? sent, OrderLimits limits, RequestCheck check)
    {
        string order = check.Name(sent?.Order, OrderId.MaxLength, "order");
        if (OrderAddress.IsFolder(order))
        {
            check.Add(ShopFindings.OrderHasNoAddress.About(string.Empty, "order", order));
        }

        string customer = check.Name(sent?.Customer, PartnerId.MaxLength, "customer");
        string reference = check.Text(sent?.Reference, limits.MaxText, "reference");
        check.Note(sent?.Note, limits.MaxText, "note");
        ImmutableArray<NewLine> lines = check.Missing(sent?.Lines, "lines") ? [] : ReadLines(sent!.Lines!, check);
        return check.Findings.Count > 0
            ? null
            : new CaptureOrder(new OrderId(order), new PartnerId(customer), PlacedAt: null, lines, ExternalKey: reference);
    }

    private static ImmutableArray<NewLine> ReadLines(IReadOnlyList<NewOrderLine?> sent, RequestCheck check)
    {
        ImmutableArray<NewLine>.Builder lines = ImmutableArray.CreateBuilder<NewLine>(sent.Count);
        for (int i = 0; i < sent.Count; i++)
        {
            string place = $"lines[{i.ToString(CultureInfo.InvariantCulture)}]";
            if (check.Missing(sent[i], place))
            {
                continue;
            }

            string sku = check.Name(sent[i]!.Sku, Sku.MaxLength, place + ".sku");
            bool isWhole = !check.Missing(sent[i]!.Line, place + ".line") & !check.Missing(sent[i]!.Quantity, place + ".quantity");
            if (isWhole && sku.Length > 0)
            {
                lines.Add(new NewLine(sent[i]!.Line!.Value, new Sku(sku), new Quantity(sent[i]!.Quantity!.Value)));
            }
        }

        return lines.ToImmutable();
    }
}
