using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing.Tests;

/// <summary>What a generated tiny problem may have beside nodes, lines and stock.</summary>
[Flags]
internal enum Feature
{
    None = 0,
    SharedStock = 1,
    Lots = 2,
    Lanes = 4,
    ShipmentLimit = 8,
    Tariffs = 16,
    MinimumValues = 32,
    EqualCosts = 64,
}

/// <summary>Generates problems small enough to try every plan.</summary>
internal static class TinyProblems
{
    public static Arbitrary<SourcingProblem> Arbitrary(Feature features) =>
        Gen.Choose(0, int.MaxValue - 1).Select(seed => Make(new Random(seed), features)).ToArbitrary();

    public static SourcingProblem Make(Random random, Feature features)
    {
        int nodes = random.Next(1, 7);
        int lines = random.Next(1, 4);
        // Prime steps make sums of different choices differ, unless ties are wanted.
        long Cost(int most) => features.HasFlag(Feature.EqualCosts) ? random.Next(0, 3) : 1 + random.Next(most);

        var cells = new List<OfferStock>();
        var offers = new List<SourcingOffer>();
        var lanes = new List<SourcingLane>();
        var places = Enumerable.Range(0, nodes).Select(n => new SourcingNode(
            new NodeId("n" + Number(n)), Cost(5000), random.Next(4),
            features.HasFlag(Feature.MinimumValues) && random.Next(2) == 0 ? random.Next(1, 40) : 0,
            features.HasFlag(Feature.Tariffs) && random.Next(3) > 0 ? Tariff(random) : null)).ToImmutableArray();
        for (int line = 0; line < lines; line++)
        {
            for (int node = 0; node < nodes && offers.Count < 9; node++)
            {
                if (random.Next(100) < 40)
                {
                    continue;
                }

                int lots = features.HasFlag(Feature.Lots) ? random.Next(1, 3) : 1;
                long cost = Cost(2000);
                for (int lot = 0; lot < lots; lot++)
                {
                    bool share = features.HasFlag(Feature.SharedStock) && cells.Count > 0 && random.Next(2) == 0;
                    int cell = share ? random.Next(cells.Count) : cells.Count;
                    if (!share)
                    {
                        cells.Add(new OfferStock("c" + Number(cells.Count), new Quantity(random.Next(0, 4)), random.Next(3)));
                    }

                    int lane = -1;
                    if (features.HasFlag(Feature.Lanes) && random.Next(3) == 0)
                    {
                        lane = lanes.FindIndex(l => l.To == node);
                        if (lane < 0)
                        {
                            lane = lanes.Count;
                            lanes.Add(new SourcingLane("l" + Number(lane), node, Cost(1500)));
                        }
                    }

                    offers.Add(new SourcingOffer(line, node, cell, cost, lane));
                }
            }
        }

        return new SourcingProblem(
            [.. Enumerable.Range(0, lines).Select(l => new SourcingLine(
                "o" + Number(l), new Quantity(random.Next(0, 4)), Cost(6000), random.Next(1, 900), random.Next(1, 20)))],
            places,
            [.. cells],
            [.. offers],
            [.. lanes],
            features.HasFlag(Feature.ShipmentLimit) ? random.Next(1, 4) : int.MaxValue);
    }

    /// <summary>The same problem with every list in another order.</summary>
    public static SourcingProblem Shuffled(SourcingProblem problem, Random random)
    {
        int[] lines = Order(problem.Lines.Length, random), nodes = Order(problem.Nodes.Length, random);
        int[] cells = Order(problem.Cells.Length, random), lanes = Order(problem.Lanes.Length, random);
        var offers = problem.Offers.Select(o => new SourcingOffer(
            Array.IndexOf(lines, o.Line), Array.IndexOf(nodes, o.Node), Array.IndexOf(cells, o.Cell), o.UnitCost,
            o.Lane < 0 ? -1 : Array.IndexOf(lanes, o.Lane))).ToArray();
        random.Shuffle(offers);
        return new SourcingProblem(
            [.. lines.Select(i => problem.Lines[i])], [.. nodes.Select(i => problem.Nodes[i])],
            [.. cells.Select(i => problem.Cells[i])], [.. offers],
            [.. lanes.Select(i => new SourcingLane(
                problem.Lanes[i].Id, Array.IndexOf(nodes, problem.Lanes[i].To), problem.Lanes[i].TransferCost))],
            problem.MostShipments);
    }

    private static WeightTariff Tariff(Random random)
    {
        long weight = 0, cost = 0;
        return new WeightTariff([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
            new WeightStep(weight += random.Next(100, 2000), cost += random.Next(0, 2000)))]);
    }

    private static int[] Order(int count, Random random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order);
        return order;
    }

    private static string Number(int i) => i.ToString("D2", CultureInfo.InvariantCulture);
}
