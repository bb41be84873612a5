using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Numerics;

namespace OrderKernel.Sourcing;

/// <summary>Checks prices against a problem: the lower bound that they prove, worked out anew from the problem alone.</summary>
/// <remarks>
/// <para>Any prices, even negative or absurd ones, prove some valid bound; better prices prove a higher one. Shares no code
/// with the solver and cannot overflow.</para>
/// <para>Source: Lagrangian duality on the rows "shipped plus unfilled equals asked"; docs/adr/0005-sourcing-solver.md.</para>
/// <para>Cost: one pass over the offers.</para>
/// </remarks>
public static class PriceCertificate
{
    /// <summary>The cost that no plan of the problem can go below, as far as these prices prove it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="prices">One price a line, in the order of the problem's lines.</param>
    /// <exception cref="ArgumentException">The number of prices is not the number of lines.</exception>
    public static BigInteger LowerBound(SourcingProblem problem, ImmutableArray<long> prices)
    {
        if (problem is null)
        {
            throw new ArgumentNullException(nameof(problem));
        }

        if (prices.IsDefault || prices.Length != problem.Lines.Length)
        {
            throw new ArgumentException($"The problem has {problem.Lines.Length} lines; give one price each.", nameof(prices));
        }

        BigInteger bound = 0;
        for (int line = 0; line < prices.Length; line++)
        {
            // A piece costs its price, or less where leaving it is cheaper than the price.
            bound += (BigInteger)problem.Lines[line].Quantity.Units * Math.Min(prices[line], problem.Lines[line].UnfilledCost);
        }

        (BigInteger[] node, long[] perGram) = OpeningCosts(problem);
        var lane = new BigInteger[problem.Lanes.Length];
        for (int i = 0; i < lane.Length; i++)
        {
            lane[i] = problem.Lanes[i].TransferCost;
        }

        foreach (KeyValuePair<(int Line, int Node, int Lane), List<SourcingOffer>> group in Grouped(problem, perGram))
        {
            (int line, int atNode, int onLane) = group.Key;
            BigInteger left = problem.Lines[line].Quantity.Units;
            foreach (SourcingOffer offer in group.Value)
            {
                BigInteger margin = (BigInteger)prices[line] - CostOf(problem, offer, perGram);
                BigInteger units = BigInteger.Min(left, problem.Cells[offer.Cell].Units.Units);
                BigInteger gain = margin > 0 ? margin * units : 0;
                left -= units;
                if (onLane >= 0)
                {
                    lane[onLane] -= gain;
                }
                else
                {
                    node[atNode] -= gain;
                }
            }
        }

        for (int i = 0; i < lane.Length; i++)
        {
            node[problem.Lanes[i].To] += BigInteger.Min(0, lane[i]);
        }

        Array.Sort(node);
        for (int i = 0; i < node.Length && i < problem.MostShipments && node[i] < 0; i++)
        {
            bound += node[i];
        }

        return bound;
    }

    /// <summary>Shipment costs with a straight line below each tariff, and the line's cost per gram.</summary>
    private static (BigInteger[] Node, long[] PerGram) OpeningCosts(SourcingProblem problem)
    {
        var cost = new BigInteger[problem.Nodes.Length];
        var perGram = new long[problem.Nodes.Length];
        BigInteger heaviest = 0;
        foreach (SourcingLine line in problem.Lines)
        {
            heaviest += (BigInteger)line.Quantity.Units * line.UnitWeight;
        }

        for (int n = 0; n < cost.Length; n++)
        {
            cost[n] = problem.Nodes[n].ShipmentCost;
            if (problem.Nodes[n].Tariff is not { } tariff)
            {
                continue;
            }

            (long atLeast, perGram[n]) = tariff.LineBelow((long)heaviest);
            cost[n] += atLeast;
            foreach (WeightStep step in tariff.Steps)
            {
                if (atLeast + ((BigInteger)perGram[n] * step.UpToWeight) > step.Cost)
                {
                    throw new InvalidOperationException("The straight line rises above its tariff.");
                }
            }
        }

        return (cost, perGram);
    }

    private static BigInteger CostOf(SourcingProblem problem, in SourcingOffer offer, long[] perGram) =>
        offer.UnitCost + ((BigInteger)perGram[offer.Node] * problem.Lines[offer.Line].UnitWeight);

    /// <summary>The offers of each line from each node or lane, cheapest first: a line takes no more than it asks for.</summary>
    private static Dictionary<(int Line, int Node, int Lane), List<SourcingOffer>> Grouped(SourcingProblem problem, long[] perGram)
    {
        var groups = new Dictionary<(int, int, int), List<SourcingOffer>>();
        foreach (SourcingOffer offer in problem.Offers)
        {
            var key = (offer.Line, offer.Node, offer.Lane);
            if (!groups.TryGetValue(key, out List<SourcingOffer>? list))
            {
                groups[key] = list = [];
            }

            list.Add(offer);
        }

        foreach (List<SourcingOffer> list in groups.Values)
        {
            list.Sort((a, b) => CostOf(problem, a, perGram).CompareTo(CostOf(problem, b, perGram)));
        }

        return groups;
    }
}
