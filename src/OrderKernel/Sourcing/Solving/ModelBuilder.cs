using System;
using System.Collections.Generic;

namespace OrderKernel.Sourcing;

/// <summary>Puts a problem into canonical order, so that the order of its lists never reaches the answer.</summary>
internal sealed class ModelBuilder
{
    private readonly SourcingProblem problem;
    private readonly int[] lineNumber;
    private readonly int[] facilityNumber;
    private readonly long[] perGram;

    private ModelBuilder(SourcingProblem problem)
    {
        this.problem = problem;
        int nodes = problem.Nodes.Length;
        LineOrder = Order(problem.Lines.Length, (a, b) => string.CompareOrdinal(problem.Lines[a].Id, problem.Lines[b].Id));
        NodeOrder = Order(nodes, CompareNodes);
        LaneOrder = Order(problem.Lanes.Length, (a, b) => string.CompareOrdinal(problem.Lanes[a].Id, problem.Lanes[b].Id));
        lineNumber = Inverse(LineOrder, 0);
        facilityNumber = new int[nodes + LaneOrder.Length];
        Inverse(NodeOrder, 0).CopyTo(facilityNumber, 0);
        Inverse(LaneOrder, nodes).CopyTo(facilityNumber, nodes);
        perGram = new long[nodes];
    }

    public int[] LineOrder { get; }

    public int[] NodeOrder { get; }

    public int[] LaneOrder { get; }

    /// <summary>Builds the model; the orders say which line, node and lane stands behind each number.</summary>
    public static SplitModel Build(SourcingProblem problem, out int[] lineOrder, out int[] nodeOrder)
    {
        var builder = new ModelBuilder(problem);
        lineOrder = builder.LineOrder;
        nodeOrder = builder.NodeOrder;
        return builder.Build();
    }

    private SplitModel Build()
    {
        var model = new SplitModel(LineOrder.Length, NodeOrder.Length, LaneOrder.Length, problem.Offers.Length);
        FillFacilities(model);
        for (int i = 0; i < LineOrder.Length; i++)
        {
            SourcingLine line = problem.Lines[LineOrder[i]];
            model.Quantity[i] = line.Quantity.Units;
            model.Unfilled[i] = line.UnfilledCost;
        }

        FillOffers(model);
        model.IndexByFacility();
        model.MostShipments = problem.MostShipments;
        model.IsPlain &= problem.MostShipments >= NodeOrder.Length && LaneOrder.Length == 0;
        StockSharing.Find(problem, model);
        return model;
    }

    private void FillFacilities(SplitModel model)
    {
        long heaviest = 0;
        foreach (SourcingLine line in problem.Lines)
        {
            heaviest += line.Quantity.Units * line.UnitWeight;
        }

        for (int i = 0; i < NodeOrder.Length; i++)
        {
            SourcingNode node = problem.Nodes[NodeOrder[i]];
            model.Fixed[i] = node.ShipmentCost;
            model.NodeOf[i] = i;
            model.IsPlain &= node.Tariff is null && node.MinimumValue == 0;
            if (node.Tariff is not null)
            {
                (long atLeast, perGram[NodeOrder[i]]) = node.Tariff.LineBelow(heaviest);
                model.Fixed[i] += atLeast;
            }
        }

        for (int i = 0; i < LaneOrder.Length; i++)
        {
            SourcingLane lane = problem.Lanes[LaneOrder[i]];
            model.Fixed[NodeOrder.Length + i] = lane.TransferCost;
            model.NodeOf[NodeOrder.Length + i] = facilityNumber[lane.To];
        }
    }

    private void FillOffers(SplitModel model)
    {
        // Offers by line first (a counting sort), then each line's few by cost.
        var start = new int[LineOrder.Length + 1];
        foreach (SourcingOffer offer in problem.Offers)
        {
            start[lineNumber[offer.Line] + 1]++;
        }

        for (int i = 0; i < LineOrder.Length; i++)
        {
            start[i + 1] += start[i];
        }

        var byLine = new int[problem.Offers.Length];
        var next = new int[LineOrder.Length];
        for (int k = 0; k < byLine.Length; k++)
        {
            int i = lineNumber[problem.Offers[k].Line];
            byLine[start[i] + next[i]++] = k;
        }

        var taken = new long[model.Facilities];
        int filled = 0;
        for (int i = 0; i < LineOrder.Length; i++)
        {
            SortByCost(byLine, start[i], start[i + 1]);
            filled = KeepUseful(model, i, byLine, start[i], start[i + 1], filled, taken);
            model.LineStart[i + 1] = filled;
        }
    }

    private int KeepUseful(SplitModel model, int line, int[] byLine, int from, int to, int filled, long[] taken)
    {
        for (int k = from; k < to; k++)
        {
            taken[FacilityOf(problem.Offers[byLine[k]])] = 0;
        }

        for (int k = from; k < to; k++)
        {
            SourcingOffer offer = problem.Offers[byLine[k]];
            int facility = FacilityOf(offer);
            long cost = CostOf(offer);
            long units = Math.Min(problem.Cells[offer.Cell].Units.Units, model.Quantity[line] - taken[facility]);
            // No units here may still mean some once a competing line has emptied the cheaper cell.
            if (problem.Cells[offer.Cell].Units.Units > 0 && cost < model.Unfilled[line] && model.Quantity[line] > 0)
            {
                taken[facility] += units;
                model.Facility[filled] = facility;
                model.Units[filled] = units;
                model.Cost[filled] = cost;
                model.Source[filled++] = byLine[k];
            }
        }

        return filled;
    }

    private int FacilityOf(in SourcingOffer offer) =>
        facilityNumber[offer.Lane < 0 ? offer.Node : problem.Nodes.Length + offer.Lane];

    private long CostOf(in SourcingOffer offer) =>
        offer.UnitCost + (perGram[offer.Node] * problem.Lines[offer.Line].UnitWeight);

    private void SortByCost(int[] offers, int from, int to)
    {
        for (int i = from + 1; i < to; i++)
        {
            int moving = offers[i];
            int at = i - 1;
            while (at >= from && CompareOffers(offers[at], moving) > 0)
            {
                offers[at + 1] = offers[at--];
            }

            offers[at + 1] = moving;
        }
    }

    private int CompareOffers(int a, int b)
    {
        SourcingOffer x = problem.Offers[a], y = problem.Offers[b];
        int order = CostOf(x).CompareTo(CostOf(y));
        order = order != 0 ? order : facilityNumber[x.Node].CompareTo(facilityNumber[y.Node]);
        if (order == 0)
        {
            order = FacilityOf(x).CompareTo(FacilityOf(y));
            order = order != 0 ? order : problem.Cells[x.Cell].UseFirst.CompareTo(problem.Cells[y.Cell].UseFirst);
            order = order != 0 ? order : string.CompareOrdinal(problem.Cells[x.Cell].Id, problem.Cells[y.Cell].Id);
        }

        return order;
    }

    private int CompareNodes(int a, int b)
    {
        SourcingNode x = problem.Nodes[a], y = problem.Nodes[b];
        int order = x.Distance.CompareTo(y.Distance);
        return order != 0 ? order : string.CompareOrdinal(x.Id.Text, y.Id.Text);
    }

    private static int[] Order(int count, Comparison<int> compare)
    {
        var order = new int[count];
        bool sorted = true;
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
            sorted &= i == 0 || compare(i - 1, i) <= 0;
        }

        if (!sorted)
        {
            Array.Sort(order, Comparer<int>.Create(compare));
        }

        return order;
    }

    private static int[] Inverse(int[] order, int offset)
    {
        var inverse = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            inverse[order[i]] = offset + i;
        }

        return inverse;
    }
}
