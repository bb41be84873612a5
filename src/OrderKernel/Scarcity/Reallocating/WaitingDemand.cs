using System;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Scarcity;

/// <summary>Pieces of one day.</summary>
/// <param name="Day">The day, from 0.</param>
/// <param name="Quantity">How many; above zero.</param>
public readonly record struct DayQuantity(int Day, Quantity Quantity);

/// <summary>Everything that comes of one SKU within the horizon, what is confirmed to somebody already included.</summary>
/// <param name="Sku">The SKU; each once.</param>
/// <param name="Receipts">What is there (day 0) and what comes; in any order.</param>
public sealed record SkuSupply(Sku Sku, ImmutableArray<DayQuantity> Receipts);

/// <summary>A line that waits for pieces or has some confirmed.</summary>
public sealed record WaitingLine
{
    /// <summary>Makes a line.</summary>
    /// <param name="number">Its number within the order.</param>
    /// <param name="sku">What it waits for.</param>
    /// <param name="quantity">How much is wanted in all, what is confirmed included.</param>
    /// <param name="requestedDay">The first day it may be confirmed on anew; zero or more.</param>
    /// <param name="confirmed">What is confirmed now; days may repeat, in any order.</param>
    /// <exception cref="ArgumentException">A day is negative, or more is confirmed than is wanted.</exception>
    public WaitingLine(int number, Sku sku, Quantity quantity, int requestedDay, ImmutableArray<DayQuantity> confirmed)
    {
        Number = number;
        Sku = sku;
        Quantity = quantity;
        RequestedDay = requestedDay;
        Confirmed = confirmed.IsDefault ? ImmutableArray<DayQuantity>.Empty : confirmed;
        long sum = 0;
        bool ahead = requestedDay >= 0;
        foreach (DayQuantity part in Confirmed)
        {
            sum = checked(sum + part.Quantity.Units);
            ahead &= part.Day >= 0;
        }

        if (!ahead || sum > quantity.Units)
        {
            throw new ArgumentException(
                $"Line {number}: days are never negative, and no more is confirmed than is wanted.", nameof(confirmed));
        }
    }

    /// <summary>Its number within the order.</summary>
    public int Number { get; }

    /// <summary>What it waits for.</summary>
    public Sku Sku { get; }

    /// <summary>How much is wanted in all.</summary>
    public Quantity Quantity { get; }

    /// <summary>The first day it may be confirmed on anew.</summary>
    public int RequestedDay { get; }

    /// <summary>What is confirmed now.</summary>
    public ImmutableArray<DayQuantity> Confirmed { get; }
}

/// <summary>An order, or a part of one, that segments pick as a whole.</summary>
public sealed record WaitingDemand
{
    /// <summary>Makes a demand.</summary>
    /// <param name="facts">Which order, and what its rank rests on.</param>
    /// <param name="score">Its score; see <see cref="PriorityPolicy.Score"/>. Higher comes first where a segment does not sort
    /// itself.</param>
    /// <param name="lines">Its lines; at least one.</param>
    /// <param name="isComplete">Whether all lines are confirmed in full on one day, or none at all.</param>
    /// <exception cref="ArgumentException">There is no line.</exception>
    public WaitingDemand(PriorityFacts facts, long score, ImmutableArray<WaitingLine> lines, bool isComplete = false)
    {
        Facts = facts ?? throw new ArgumentNullException(nameof(facts));
        Score = score;
        Lines = lines.IsDefaultOrEmpty ? throw new ArgumentException("A demand has lines.", nameof(lines)) : lines;
        IsComplete = isComplete;
    }

    /// <summary>Which order, and what its rank rests on.</summary>
    public PriorityFacts Facts { get; }

    /// <summary>Its score.</summary>
    public long Score { get; }

    /// <summary>Its lines.</summary>
    public ImmutableArray<WaitingLine> Lines { get; }

    /// <summary>Whether all lines are confirmed in full on one day, or none at all.</summary>
    public bool IsComplete { get; }
}
