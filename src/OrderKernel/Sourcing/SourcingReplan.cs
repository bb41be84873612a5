using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>A plan made over an earlier one: what left stays, what nobody touched stays, the rest is sourced anew.</summary>
/// <remarks>
/// <para>A line is touched when its quantity changed, when some of it was unfilled, or when a cell no longer has the pieces
/// planned from it. Untouched lines keep their picks, and their shipments cost nothing again.</para>
/// <para>Splits merge back: where sourcing everything unshipped anew needs fewer shipments and costs no more, that plan is taken.</para>
/// <para>Under tariffs, minimum values or a limit on shipments everything unshipped is sourced anew.</para>
/// </remarks>
public static class SourcingReplan
{
    /// <summary>Plans again.</summary>
    /// <param name="before">The problem as it was.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="after">The problem as it is: the same lines, nodes, cells and lanes in the same places, with quantities
    /// asked in all and cells that hold what has not left yet. A line never asks for less than has left for it.</param>
    /// <param name="shipped">The indexes of the plan's shipments that have left.</param>
    /// <returns>What is still to ship: pieces and objective do not include what has left.</returns>
    /// <exception cref="ArgumentException">The lists differ in length, or a line asks for less than has left.</exception>
    public static SourcingPlan Solve(SourcingProblem before, SourcingPlan plan, SourcingProblem after, ImmutableArray<int> shipped)
    {
        if (before is null || plan is null || after is null)
        {
            throw new ArgumentNullException(nameof(before));
        }

        if (before.Lines.Length != after.Lines.Length || before.Nodes.Length != after.Nodes.Length
            || before.Cells.Length != after.Cells.Length || before.Lanes.Length != after.Lanes.Length)
        {
            throw new ArgumentException("Both problems list the same lines, nodes, cells and lanes.", nameof(after));
        }

        long[] left = Remaining(plan, after, shipped);
        SourcingProblem all = WithLines(after, left, after.Cells, Costs(after, []));
        SourcingPlan anew = SourcingSolver.Solve(all);
        if (JudgesWholeShipments(after))
        {
            return anew;
        }

        List<(int Node, PlannedPick Pick)> kept = Kept(before, plan, after, shipped);
        SourcingPlan patched = Patched(all, anew, kept);
        return anew.Shipments.Length < patched.Shipments.Length && anew.Objective <= patched.Objective ? anew : patched;
    }

    private static bool JudgesWholeShipments(SourcingProblem problem)
    {
        bool judges = problem.MostShipments < problem.Nodes.Length;
        foreach (SourcingNode node in problem.Nodes)
        {
            judges |= node.Tariff is not null || node.MinimumValue > 0;
        }

        return judges;
    }

    /// <summary>By line, the pieces that have not left.</summary>
    private static long[] Remaining(SourcingPlan plan, SourcingProblem after, ImmutableArray<int> shipped)
    {
        var left = new long[after.Lines.Length];
        for (int line = 0; line < left.Length; line++)
        {
            left[line] = after.Lines[line].Quantity.Units;
        }

        foreach (int index in shipped)
        {
            foreach (PlannedPick pick in plan.Shipments[index].Picks)
            {
                left[pick.Line] -= pick.Quantity.Units;
                if (left[pick.Line] < 0)
                {
                    throw new ArgumentException($"Line {after.Lines[pick.Line].Id} asks for less than has left.", nameof(after));
                }
            }
        }

        return left;
    }

    /// <summary>The picks of lines that nothing touched.</summary>
    private static List<(int Node, PlannedPick Pick)> Kept(
        SourcingProblem before, SourcingPlan plan, SourcingProblem after, ImmutableArray<int> shipped)
    {
        var touched = new bool[after.Lines.Length];
        for (int line = 0; line < touched.Length; line++)
        {
            touched[line] = before.Lines[line].Quantity != after.Lines[line].Quantity;
        }

        foreach (UnfilledLine unfilled in plan.Unfilled)
        {
            touched[unfilled.Line] = true;
        }

        var offered = new HashSet<(int, int, int, int)>();
        foreach (SourcingOffer offer in after.Offers)
        {
            offered.Add((offer.Line, offer.Node, offer.Cell, offer.Lane));
        }

        var pending = new List<(int Node, PlannedPick Pick)>();
        var planned = new long[after.Cells.Length];
        for (int i = 0; i < plan.Shipments.Length; i++)
        {
            foreach (PlannedPick pick in plan.Shipments[i].Picks)
            {
                if (!shipped.Contains(i))
                {
                    pending.Add((plan.Shipments[i].Node, pick));
                    planned[pick.Cell] += pick.Quantity.Units;
                    touched[pick.Line] |= !offered.Contains((pick.Line, plan.Shipments[i].Node, pick.Cell, pick.Lane));
                }
            }
        }

        foreach ((_, PlannedPick pick) in pending)
        {
            touched[pick.Line] |= planned[pick.Cell] > after.Cells[pick.Cell].Units.Units;
        }

        pending.RemoveAll(p => touched[p.Pick.Line]);
        return pending;
    }

    /// <summary>Sources what is not kept from what the kept picks leave, with their shipments and transfers paid already.</summary>
    private static SourcingPlan Patched(SourcingProblem all, SourcingPlan anew, List<(int Node, PlannedPick Pick)> kept)
    {
        var open = new long[all.Lines.Length];
        for (int line = 0; line < open.Length; line++)
        {
            open[line] = all.Lines[line].Quantity.Units;
        }

        var cells = all.Cells.ToBuilder();
        var paid = new HashSet<(bool IsLane, int Index)>();
        long cost = 0;
        foreach ((int node, PlannedPick pick) in kept)
        {
            open[pick.Line] -= pick.Quantity.Units;
            OfferStock cell = cells[pick.Cell];
            cells[pick.Cell] = new OfferStock(cell.Id, cell.Units - pick.Quantity, cell.UseFirst);
            cost += pick.Quantity.Units * UnitCost(all, node, pick);
            cost += paid.Add((false, node)) ? all.Nodes[node].ShipmentCost : 0;
            cost += pick.Lane >= 0 && paid.Add((true, pick.Lane)) ? all.Lanes[pick.Lane].TransferCost : 0;
        }

        SourcingPlan patch = SourcingSolver.Solve(WithLines(all, open, cells.ToImmutable(), Costs(all, paid)));

        // What bounds sourcing everything anew bounds this plan too.
        long objective = cost + patch.Objective;
        bool exact = anew.Proof == SourcingProof.Exact && objective == anew.Objective;
        return new SourcingPlan(
            objective, exact ? objective : (long)PriceCertificate.LowerBound(all, anew.Prices),
            exact ? SourcingProof.Exact : SourcingProof.Certificate, Joined(all, patch, kept), patch.Unfilled, anew.Prices,
            ImmutableArray<NodeVerdict>.Empty, anew.Steps + patch.Steps);
    }

    private static ImmutableArray<PlannedShipment> Joined(
        SourcingProblem all, SourcingPlan patch, List<(int Node, PlannedPick Pick)> kept)
    {
        var picks = new List<(int Node, PlannedPick Pick)>(kept);
        foreach (PlannedShipment shipment in patch.Shipments)
        {
            foreach (PlannedPick pick in shipment.Picks)
            {
                picks.Add((shipment.Node, pick));
            }
        }

        picks.Sort((a, b) =>
        {
            SourcingNode x = all.Nodes[a.Node], y = all.Nodes[b.Node];
            int order = x.Distance.CompareTo(y.Distance);
            order = order != 0 ? order : x.Id.CompareTo(y.Id);
            order = order != 0 ? order : string.CompareOrdinal(all.Lines[a.Pick.Line].Id, all.Lines[b.Pick.Line].Id);
            return order != 0 ? order : string.CompareOrdinal(all.Cells[a.Pick.Cell].Id, all.Cells[b.Pick.Cell].Id);
        });
        var shipments = ImmutableArray.CreateBuilder<PlannedShipment>();
        for (int from = 0; from < picks.Count;)
        {
            int node = picks[from].Node;
            var carried = ImmutableArray.CreateBuilder<PlannedPick>();
            for (; from < picks.Count && picks[from].Node == node; from++)
            {
                carried.Add(picks[from].Pick);
            }

            shipments.Add(new PlannedShipment(node, carried.ToImmutable()));
        }

        return shipments.ToImmutable();
    }

    private static (ImmutableArray<SourcingNode> Nodes, ImmutableArray<SourcingLane> Lanes) Costs(
        SourcingProblem after, HashSet<(bool IsLane, int Index)> paid)
    {
        var nodes = after.Nodes.ToBuilder();
        var lanes = after.Lanes.ToBuilder();
        foreach ((bool isLane, int index) in paid)
        {
            if (isLane)
            {
                lanes[index] = new SourcingLane(lanes[index].Id, lanes[index].To, 0);
            }
            else
            {
                nodes[index] = new SourcingNode(nodes[index].Id, 0, nodes[index].Distance);
            }
        }

        return (nodes.ToImmutable(), lanes.ToImmutable());
    }

    private static SourcingProblem WithLines(
        SourcingProblem after, long[] units, ImmutableArray<OfferStock> cells,
        (ImmutableArray<SourcingNode> Nodes, ImmutableArray<SourcingLane> Lanes) costs)
    {
        var lines = ImmutableArray.CreateBuilder<SourcingLine>(units.Length);
        for (int line = 0; line < units.Length; line++)
        {
            SourcingLine old = after.Lines[line];
            lines.Add(new SourcingLine(old.Id, new Quantity(units[line]), old.UnfilledCost, old.UnitWeight, old.UnitValue));
        }

        return new SourcingProblem(lines.MoveToImmutable(), costs.Nodes, cells, after.Offers, costs.Lanes, after.MostShipments);
    }

    private static long UnitCost(SourcingProblem after, int node, PlannedPick pick)
    {
        foreach (SourcingOffer offer in after.Offers)
        {
            if (offer.Line == pick.Line && offer.Node == node && offer.Cell == pick.Cell && offer.Lane == pick.Lane)
            {
                return offer.UnitCost;
            }
        }

        throw new InvalidOperationException("A kept pick is offered.");
    }
}
