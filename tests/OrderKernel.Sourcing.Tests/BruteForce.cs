using System;
using System.Collections.Generic;
using System.Linq;

namespace OrderKernel.Sourcing.Tests;

/// <summary>Tries every way to serve every line from every offer: the truth for tiny problems.</summary>
internal sealed class BruteForce(SourcingProblem problem)
{
    private readonly long[] left = [.. problem.Cells.Select(c => c.Units.Units)];
    private readonly long[] need = [.. problem.Lines.Select(l => l.Quantity.Units)];
    private readonly long[] taken = new long[problem.Offers.Length];

    private long best;

    /// <summary>The least cost of any plan; under <paramref name="onlyNodes"/> of any plan from those nodes alone.</summary>
    public long LeastCost(Func<int, bool>? onlyNodes = null)
    {
        best = long.MaxValue;
        Try(0, onlyNodes ?? (_ => true));
        return best;
    }

    private void Try(int k, Func<int, bool> onlyNodes)
    {
        if (k == taken.Length)
        {
            best = Math.Min(best, Cost());
            return;
        }

        SourcingOffer offer = problem.Offers[k];
        long most = onlyNodes(offer.Node) ? Math.Min(left[offer.Cell], need[offer.Line]) : 0;
        for (long units = 0; units <= most; units++)
        {
            Take(k, units);
            Try(k + 1, onlyNodes);
            Take(k, -units);
        }
    }

    private void Take(int k, long units)
    {
        taken[k] += units;
        left[problem.Offers[k].Cell] -= units;
        need[problem.Offers[k].Line] -= units;
    }

    private long Cost()
    {
        var weight = new Dictionary<int, long>();
        var value = new Dictionary<int, long>();
        var lanes = new HashSet<int>();
        long cost = 0;
        for (int k = 0; k < taken.Length; k++)
        {
            if (taken[k] == 0)
            {
                continue;
            }

            SourcingOffer offer = problem.Offers[k];
            SourcingLine line = problem.Lines[offer.Line];
            cost += taken[k] * offer.UnitCost;
            weight[offer.Node] = weight.GetValueOrDefault(offer.Node) + (taken[k] * line.UnitWeight);
            value[offer.Node] = value.GetValueOrDefault(offer.Node) + (taken[k] * line.UnitValue);
            cost += offer.Lane >= 0 && lanes.Add(offer.Lane) ? problem.Lanes[offer.Lane].TransferCost : 0;
        }

        foreach ((int n, long grams) in weight)
        {
            SourcingNode node = problem.Nodes[n];
            long? tariff = node.Tariff is null ? 0 : node.Tariff.CostOf(grams);
            if (tariff is null || value[n] < node.MinimumValue)
            {
                return long.MaxValue;
            }

            cost += node.ShipmentCost + tariff.Value;
        }

        return weight.Count > problem.MostShipments
            ? long.MaxValue
            : cost + need.Select((pieces, line) => pieces * problem.Lines[line].UnfilledCost).Sum();
    }
}
