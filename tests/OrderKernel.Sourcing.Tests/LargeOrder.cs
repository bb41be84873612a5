using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing.Tests;

/// <summary>An order at the upper bounds: 200 lines, 400 nodes, one line of 5,000 pieces.</summary>
internal static class LargeOrder
{
    public static SourcingProblem Make()
    {
        var random = new Random(5);
        ImmutableArray<SourcingNode> nodes = [.. Enumerable.Range(0, 400).Select(n =>
            new SourcingNode(new NodeId(Id(n)), random.Next(1_000, 3_000) * 1_000L))];
        long[] rates = [.. nodes.Select(_ => (long)random.Next(50, 400))];
        var lines = ImmutableArray.CreateBuilder<SourcingLine>();
        var cells = ImmutableArray.CreateBuilder<OfferStock>();
        var offers = ImmutableArray.CreateBuilder<SourcingOffer>();
        for (int line = 0; line < 200; line++)
        {
            long pieces = line == 0 ? 5_000 : random.Next(1, 40);
            long weight = random.Next(50, 3_000);
            lines.Add(new SourcingLine(Id(line), new Quantity(pieces), 1_000_000 + (weight * 2_000), weight));
            for (int node = 0; node < nodes.Length; node++)
            {
                if (random.Next(100) < 12)
                {
                    cells.Add(new OfferStock(Id(cells.Count), new Quantity(random.Next(1, (int)pieces + 2))));
                    offers.Add(new SourcingOffer(line, node, cells.Count - 1, weight * rates[node]));
                }
            }
        }

        return new SourcingProblem(lines.ToImmutable(), nodes, cells.ToImmutable(), offers.ToImmutable());
    }

    private static string Id(int i) => i.ToString("D6", CultureInfo.InvariantCulture);
}
