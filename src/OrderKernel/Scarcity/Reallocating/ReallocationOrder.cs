using System;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Scarcity;

/// <summary>A waiting line: pieces of one SKU, and what confirming one piece is worth.</summary>
/// <param name="Sku">The index of the SKU in the problem's receipts.</param>
/// <param name="Quantity">The pieces waiting.</param>
/// <param name="UnitValue">The gain a piece, zero or more, already weighted by the order's tier where tiers are to weigh.</param>
public readonly record struct ReallocationLine(int Sku, Quantity Quantity, long UnitValue);

/// <summary>An order that waits for stock, whole or line by line.</summary>
public sealed class ReallocationOrder
{
    /// <summary>Makes a waiting order.</summary>
    /// <param name="id">Names the order; last tie in the sequence.</param>
    /// <param name="tier">Its tier, 0 the best.</param>
    /// <param name="requestedDay">The first day it may be confirmed on, zero or more.</param>
    /// <param name="isComplete">Whether all lines are confirmed on one day, or none at all.</param>
    /// <param name="lateCost">What a piece loses with each day after the requested one, zero or more.</param>
    /// <param name="lines">What it waits for.</param>
    /// <exception cref="ArgumentException">A number is negative or the lines are missing.</exception>
    public ReallocationOrder(
        OrderId id, int tier, int requestedDay, bool isComplete, long lateCost, ImmutableArray<ReallocationLine> lines)
    {
        _ = id.Text;
        if (tier < 0 || requestedDay < 0 || lateCost < 0 || lines.IsDefault)
        {
            throw new ArgumentException($"Order {id}: tier, day and late cost are never negative, and lines are given.", nameof(lines));
        }

        foreach (ReallocationLine line in lines)
        {
            if (line.Sku < 0 || line.UnitValue < 0)
            {
                throw new ArgumentException($"Order {id}: a SKU index or a value is negative.", nameof(lines));
            }
        }

        Id = id;
        Tier = tier;
        RequestedDay = requestedDay;
        IsComplete = isComplete;
        LateCost = lateCost;
        Lines = lines;
        Need = NeedOf(lines);
    }

    /// <summary>Names the order.</summary>
    public OrderId Id { get; }

    /// <summary>Its tier, 0 the best.</summary>
    public int Tier { get; }

    /// <summary>The first day it may be confirmed on.</summary>
    public int RequestedDay { get; }

    /// <summary>Whether all lines are confirmed on one day, or none at all.</summary>
    public bool IsComplete { get; }

    /// <summary>What a piece loses with each day after the requested one.</summary>
    public long LateCost { get; }

    /// <summary>What it waits for.</summary>
    public ImmutableArray<ReallocationLine> Lines { get; }

    /// <summary>The pieces asked for by SKU, lines of one SKU together.</summary>
    internal ImmutableArray<(int Sku, long Units)> Need { get; }

    /// <summary>What a piece of a line gains when confirmed on a day; zero or less is not worth confirming.</summary>
    internal long Gain(int line, int day) => Lines[line].UnitValue - (LateCost * (day - RequestedDay));

    /// <summary>What the whole order gains on a day.</summary>
    internal long Gain(int day)
    {
        long gain = 0;
        for (int line = 0; line < Lines.Length; line++)
        {
            gain += Lines[line].Quantity.Units * Gain(line, day);
        }

        return gain;
    }

    private static ImmutableArray<(int Sku, long Units)> NeedOf(ImmutableArray<ReallocationLine> lines)
    {
        var skus = new int[lines.Length];
        var units = new long[lines.Length];
        for (int i = 0; i < skus.Length; i++)
        {
            (skus[i], units[i]) = (lines[i].Sku, lines[i].Quantity.Units);
        }

        Array.Sort(skus, units);
        var need = ImmutableArray.CreateBuilder<(int Sku, long Units)>(skus.Length);
        for (int i = 0; i < skus.Length; i++)
        {
            if (need.Count > 0 && need[need.Count - 1].Sku == skus[i])
            {
                need[need.Count - 1] = (skus[i], need[need.Count - 1].Units + units[i]);
            }
            else
            {
                need.Add((skus[i], units[i]));
            }
        }

        return need.ToImmutable();
    }
}
