using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Measures;
using OrderKernel.Orders;

namespace OrderKernel.Desk;

/// <summary>The memory store's index of open lines.</summary>
internal sealed class MemoryOpenLines
{
    private readonly Dictionary<Sku, SortedDictionary<(OrderId Order, int Line), OpenLine>> bySku = new();

    public ImmutableArray<OpenLine> Of(ImmutableArray<Sku> skus)
    {
        var lines = ImmutableArray.CreateBuilder<OpenLine>();
        foreach (Sku sku in skus)
        {
            if (bySku.TryGetValue(sku, out SortedDictionary<(OrderId, int), OpenLine>? ofSku))
            {
                lines.AddRange(ofSku.Values);
            }
        }

        return lines.ToImmutable();
    }

    public ImmutableArray<OpenLine> All() => Of(ImmutableArray.CreateRange(new SortedSet<Sku>(bySku.Keys)));

    public void Apply(ImmutableArray<OpenLine> changes)
    {
        foreach (OpenLine line in changes)
        {
            if (!bySku.TryGetValue(line.Sku, out SortedDictionary<(OrderId, int), OpenLine>? ofSku))
            {
                bySku.Add(line.Sku, ofSku = new SortedDictionary<(OrderId, int), OpenLine>());
            }

            if (line.IsOpen)
            {
                ofSku[(line.Order, line.Line)] = line;
            }
            else
            {
                ofSku.Remove((line.Order, line.Line));
            }
        }
    }
}
