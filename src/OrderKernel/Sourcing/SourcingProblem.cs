using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace OrderKernel.Sourcing;

/// <summary>Which pieces may come from where at what cost: the whole input of one sourcing decision. Immutable.</summary>
/// <remarks>
/// <para>Shape: the order of lines, nodes, cells, lanes and offers never changes the answer; ids and distances do.</para>
/// <para>Errors: an index out of range, an id twice, or costs whose sum times the nodes reaches 2^61 throw
/// <see cref="ArgumentException"/>.</para>
/// <para>Source: docs/adr/0005-sourcing-solver.md (model SPLIT-1 and what was added to it).</para>
/// </remarks>
public sealed class SourcingProblem
{
    /// <summary>Makes a problem.</summary>
    /// <param name="lines">The lines; ids unique.</param>
    /// <param name="nodes">The nodes; ids unique.</param>
    /// <param name="cells">The stock cells.</param>
    /// <param name="offers">Which cell may serve which line from which node.</param>
    /// <param name="lanes">The transfers; default for none.</param>
    /// <param name="mostShipments">The greatest number of shipments allowed, one or more.</param>
    public SourcingProblem(
        ImmutableArray<SourcingLine> lines,
        ImmutableArray<SourcingNode> nodes,
        ImmutableArray<OfferStock> cells,
        ImmutableArray<SourcingOffer> offers,
        ImmutableArray<SourcingLane> lanes = default,
        int mostShipments = int.MaxValue)
    {
        Lines = Given(lines, nameof(lines));
        Nodes = Given(nodes, nameof(nodes));
        Cells = Given(cells, nameof(cells));
        Offers = offers.IsDefault ? throw new ArgumentException("The list is missing.", nameof(offers)) : offers;
        Lanes = lanes.IsDefault ? ImmutableArray<SourcingLane>.Empty : Given(lanes, nameof(lanes));
        MostShipments = mostShipments >= 1
            ? mostShipments
            : throw new ArgumentOutOfRangeException(nameof(mostShipments), "At least one shipment is allowed.");
        CheckIds();
        CheckIndexes();
        CheckSize();
    }

    /// <summary>The lines.</summary>
    public ImmutableArray<SourcingLine> Lines { get; }

    /// <summary>The nodes.</summary>
    public ImmutableArray<SourcingNode> Nodes { get; }

    /// <summary>The stock cells.</summary>
    public ImmutableArray<OfferStock> Cells { get; }

    /// <summary>Which cell may serve which line from which node.</summary>
    public ImmutableArray<SourcingOffer> Offers { get; }

    /// <summary>The transfers; may be empty.</summary>
    public ImmutableArray<SourcingLane> Lanes { get; }

    /// <summary>The greatest number of shipments allowed.</summary>
    public int MostShipments { get; }

    /// <summary>The same problem with another limit on the number of shipments.</summary>
    /// <param name="mostShipments">The greatest number of shipments allowed, one or more.</param>
    public SourcingProblem WithMostShipments(int mostShipments) =>
        new(Lines, Nodes, Cells, Offers, Lanes, mostShipments);

    private static ImmutableArray<T> Given<T>(ImmutableArray<T> list, string name)
        where T : class
    {
        if (list.IsDefault || list.Contains(null!))
        {
            throw new ArgumentException("The list or one of its entries is missing.", name);
        }

        return list;
    }

    private void CheckIds()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (SourcingLine line in Lines)
        {
            Once(seen.Add(line.Id), "lines", line.Id);
        }

        seen.Clear();
        foreach (SourcingNode node in Nodes)
        {
            Once(seen.Add(node.Id.Text), "nodes", node.Id.Text);
        }

        seen.Clear();
        foreach (OfferStock cell in Cells)
        {
            Once(seen.Add(cell.Id), "cells", cell.Id);
        }

        seen.Clear();
        foreach (SourcingLane lane in Lanes)
        {
            Once(seen.Add(lane.Id), "lanes", lane.Id);
            Once(lane.To < Nodes.Length, "lanes", lane.Id);
        }
    }

    private static void Once(bool fine, string list, string id)
    {
        if (!fine)
        {
            throw new ArgumentException($"The id '{id}' stands twice, or points at no node.", list);
        }
    }

    private void CheckIndexes()
    {
        for (int i = 0; i < Offers.Length; i++)
        {
            SourcingOffer offer = Offers[i];
            bool inRange = (uint)offer.Line < (uint)Lines.Length && (uint)offer.Node < (uint)Nodes.Length
                && (uint)offer.Cell < (uint)Cells.Length && offer.Lane >= -1 && offer.Lane < Lanes.Length
                && offer.UnitCost >= 0 && (offer.Lane < 0 || Lanes[offer.Lane].To == offer.Node);
            if (!inRange)
            {
                throw new ArgumentException($"Offer {i} points outside the lists, or has a negative cost.", nameof(Offers));
            }
        }
    }

    /// <summary>A bound adds a gain for every node and stays below 2^61, so the solvers can add and multiply without
    /// a check at every step.</summary>
    private void CheckSize()
    {
        decimal all = 0;
        foreach (SourcingLine line in Lines)
        {
            all += (decimal)line.Quantity.Units * line.UnfilledCost;
        }

        foreach (SourcingOffer offer in Offers)
        {
            all += (decimal)Lines[offer.Line].Quantity.Units * offer.UnitCost;
        }

        foreach (SourcingNode node in Nodes)
        {
            all += node.ShipmentCost + (node.Tariff?.Steps[node.Tariff.Steps.Length - 1].Cost ?? 0m);
        }

        foreach (SourcingLane lane in Lanes)
        {
            all += lane.TransferCost;
        }

        if (all * (Nodes.Length + Lanes.Length + 2) >= 1L << 61)
        {
            throw new ArgumentException("The costs together are too large; choose a coarser unit of cost.", nameof(Lines));
        }
    }
}
