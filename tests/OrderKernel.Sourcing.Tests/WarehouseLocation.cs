using System;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing.Tests;

/// <summary>Reads the OR-Library format: m n, m times (capacity, fixed cost), n times (demand, m costs of serving it whole).</summary>
internal static class WarehouseLocation
{
    /// <summary>Costs have up to five decimals.</summary>
    public const long Scale = 100_000;

    public static SourcingProblem Read(string path)
    {
        string[] words = File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int at = 0;
        int m = int.Parse(words[at++], CultureInfo.InvariantCulture), n = int.Parse(words[at++], CultureInfo.InvariantCulture);
        long Next() => (long)(decimal.Parse(words[at++], NumberStyles.Float, CultureInfo.InvariantCulture) * Scale);

        var nodes = ImmutableArray.CreateBuilder<SourcingNode>();
        for (int i = 0; i < m; i++)
        {
            at++;
            nodes.Add(new SourcingNode(new NodeId(Id(i)), Next()));
        }

        var lines = ImmutableArray.CreateBuilder<SourcingLine>();
        var cells = ImmutableArray.CreateBuilder<OfferStock>();
        var offers = ImmutableArray.CreateBuilder<SourcingOffer>();
        for (int j = 0; j < n; j++)
        {
            at++;
            long dearest = 0;
            for (int i = 0; i < m; i++)
            {
                long cost = Next();
                dearest = Math.Max(dearest, cost);
                cells.Add(new OfferStock(Id(cells.Count), new Quantity(1)));
                offers.Add(new SourcingOffer(j, i, cells.Count - 1, cost));
            }

            // Leaving a customer costs more than opening any warehouse for it alone.
            lines.Add(new SourcingLine(Id(j), new Quantity(1), dearest + (100_000 * Scale)));
        }

        return new SourcingProblem(lines.ToImmutable(), nodes.ToImmutable(), cells.ToImmutable(), offers.ToImmutable());
    }

    private static string Id(int i) => i.ToString("D6", CultureInfo.InvariantCulture);
}
