namespace OrderKernel.Sourcing;

/// <summary>That pieces of one cell may serve one line from one node at one cost a piece.</summary>
/// <remarks><para>Shape: indexes into the problem's lists. What a rule forbids is simply not offered.</para></remarks>
public readonly record struct SourcingOffer
{
    /// <summary>Makes an offer.</summary>
    /// <param name="line">The index of the line.</param>
    /// <param name="node">The index of the node whose shipment carries the pieces.</param>
    /// <param name="cell">The index of the stock cell drawn on.</param>
    /// <param name="unitCost">The cost of one piece, zero or more: freight, handling, lateness, preference.</param>
    /// <param name="lane">The index of the transfer that brings the pieces to the node; -1 when they lie there.</param>
    public SourcingOffer(int line, int node, int cell, long unitCost, int lane = -1)
    {
        Line = line;
        Node = node;
        Cell = cell;
        UnitCost = unitCost;
        Lane = lane;
    }

    /// <summary>The index of the line.</summary>
    public int Line { get; }

    /// <summary>The index of the node whose shipment carries the pieces.</summary>
    public int Node { get; }

    /// <summary>The index of the stock cell drawn on.</summary>
    public int Cell { get; }

    /// <summary>The cost of one piece.</summary>
    public long UnitCost { get; }

    /// <summary>The index of the transfer that brings the pieces to the node; -1 when they lie there.</summary>
    public int Lane { get; }
}
