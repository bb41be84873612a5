using System;
using OrderKernel.Findings;

namespace OrderKernel.Sourcing;

/// <summary>A transfer into a node before its shipment leaves: pieces from elsewhere join that node's shipment.</summary>
public sealed class SourcingLane
{
    /// <summary>Makes a lane.</summary>
    /// <param name="id">Names the lane; no two lanes of a problem share it.</param>
    /// <param name="to">The index of the node it ends at.</param>
    /// <param name="transferCost">The cost of one transfer, whatever it holds, zero or more.</param>
    /// <exception cref="ArgumentException">The id is blank, or a number is negative.</exception>
    public SourcingLane(string id, int to, long transferCost)
    {
        Id = TextRule.CheckName(id, nameof(id), 130);
        To = to >= 0 ? to : throw new ArgumentOutOfRangeException(nameof(to), "An index is never negative.");
        TransferCost = SourcingLine.NotNegative(transferCost, nameof(transferCost));
    }

    /// <summary>Names the lane.</summary>
    public string Id { get; }

    /// <summary>The index of the node it ends at.</summary>
    public int To { get; }

    /// <summary>The cost of one transfer.</summary>
    public long TransferCost { get; }
}
