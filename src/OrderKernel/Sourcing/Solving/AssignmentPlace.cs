using System;
using OrderKernel.Findings;

namespace OrderKernel.Sourcing;

/// <summary>A place, or a day of a place, with room for so many whole orders.</summary>
public sealed class AssignmentPlace
{
    /// <summary>Makes a place.</summary>
    /// <param name="id">Names the place.</param>
    /// <param name="room">How many orders fit, zero or more.</param>
    /// <exception cref="ArgumentException">The id is blank or the room negative.</exception>
    public AssignmentPlace(string id, int room)
    {
        Id = TextRule.CheckName(id, nameof(id), 130);
        Room = room >= 0 ? room : throw new ArgumentOutOfRangeException(nameof(room), "Room is never negative.");
    }

    /// <summary>Names the place.</summary>
    public string Id { get; }

    /// <summary>How many orders fit.</summary>
    public int Room { get; }
}

/// <summary>That an order may go to a place, and what that costs.</summary>
/// <param name="Place">The index of the place.</param>
/// <param name="Cost">The cost, zero or more.</param>
public readonly record struct AssignmentOption(int Place, long Cost);
