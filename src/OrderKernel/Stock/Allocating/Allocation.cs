using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>What one order line still needs.</summary>
/// <param name="Line">The line number.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">How much; above zero.</param>
public readonly record struct Demand(int Line, Sku Sku, Quantity Quantity);

/// <summary>What one order line takes from one cell.</summary>
/// <param name="Line">The line number.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Quantity">How much; above zero.</param>
public readonly record struct Take(int Line, StockCell Cell, Quantity Quantity);

/// <summary>A SKU that the picture cannot serve in full.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Wanted">What all lines of the SKU want together.</param>
/// <param name="Free">What may be taken from the allowed nodes.</param>
public readonly record struct Shortage(Sku Sku, Quantity Wanted, Quantity Free);

/// <summary>Which cells serve which lines: the one computation behind both promising and holding.</summary>
/// <remarks>
/// <para>Shape: takes in the order of lines, within a line by node preference and then by cell, first those that lie there, then
/// those of cells that are borrowed from; shortages by SKU. Lines of one SKU draw on one balance, so no piece is granted twice.</para>
/// <para>A line takes what lies in any node that may serve before it borrows from one.</para>
/// <para>Only the tenant's own goods are taken.</para>
/// </remarks>
public sealed class Allocation
{
    private Allocation(ImmutableArray<Take> takes, ImmutableArray<Take> borrowed, ImmutableArray<Shortage> shortages)
    {
        Takes = takes;
        Borrowed = borrowed;
        Shortages = shortages;
    }

    /// <summary>What is taken.</summary>
    public ImmutableArray<Take> Takes { get; }

    /// <summary>What of the takes does not lie there, in their order; empty when all does.</summary>
    public ImmutableArray<Take> Borrowed { get; }

    /// <summary>The SKUs that fall short; empty when every demand is served in full.</summary>
    public ImmutableArray<Shortage> Shortages { get; }

    /// <summary>Serves demands from a picture, first line first.</summary>
    /// <param name="demands">The demands; lines in the order in which they are served.</param>
    /// <param name="picture">What may be taken.</param>
    /// <param name="nodes">The nodes that may serve, best first; empty for every node in ordinal order.</param>
    /// <remarks><para>Cost: O(lines x cells of their SKU), with nodes given times their number.</para></remarks>
    public static Allocation Serve(ImmutableArray<Demand> demands, StockPicture picture, ImmutableArray<NodeId> nodes)
    {
        if (picture is null)
        {
            throw new ArgumentNullException(nameof(picture));
        }

        // What lies there stands before what may be borrowed: one pass over the nodes for each.
        int count = picture.Cells.Length;
        var left = new long[2][] { new long[count], new long[count] };
        for (int i = 0; i < count; i++)
        {
            FreeStock cell = picture.Cells[i];
            left[0][i] = cell.Cell.Owner != default ? 0 : cell.Real;
            left[1][i] = cell.Cell.Owner != default ? 0 : cell.Free - left[0][i];
        }

        var takes = ImmutableArray.CreateBuilder<Take>(demands.Length);
        var borrowed = ImmutableArray.CreateBuilder<Take>();
        SortedDictionary<Sku, long>? missing = null;
        foreach (Demand demand in demands)
        {
            int first = takes.Count;
            long wanted = ServeOne(demand, demand.Quantity.Units, picture, nodes, left[0], takes);
            int real = takes.Count;
            wanted = wanted == 0 ? 0 : ServeOne(demand, wanted, picture, nodes, left[1], takes);
            for (int i = real; i < takes.Count; i++)
            {
                borrowed.Add(takes[i]);
            }

            Join(takes, first, real);
            if (wanted > 0)
            {
                missing ??= new SortedDictionary<Sku, long>();
                missing.TryGetValue(demand.Sku, out long before);
                missing[demand.Sku] = checked(before + wanted);
            }
        }

        return new Allocation(
            takes.DrainToImmutable(), borrowed.DrainToImmutable(),
            missing is null ? ImmutableArray<Shortage>.Empty : Sum(demands, missing));
    }

    /// <summary>The same answer for takes that were found over days.</summary>
    internal static Allocation Of(ImmutableArray<Demand> demands, ImmutableArray<Take> takes, SortedDictionary<Sku, long> missing) =>
        new(takes, ImmutableArray<Take>.Empty, Sum(demands, missing));

    // A line that takes from a cell what lies there and borrows from it too takes from it once.
    internal static void Join(ImmutableArray<Take>.Builder takes, int first, int real)
    {
        for (int i = takes.Count - 1; i >= real; i--)
        {
            for (int j = first; j < real; j++)
            {
                if (takes[j].Cell == takes[i].Cell)
                {
                    takes[j] = takes[j] with { Quantity = takes[j].Quantity + takes[i].Quantity };
                    takes.RemoveAt(i);
                    break;
                }
            }
        }
    }

    private static long ServeOne(
        Demand demand, long left, StockPicture picture, ImmutableArray<NodeId> nodes, long[] free, ImmutableArray<Take>.Builder takes)
    {
        int first = picture.FirstOf(demand.Sku);
        int rounds = nodes.IsDefaultOrEmpty ? 1 : nodes.Length;
        for (int round = 0; round < rounds; round++)
        {
            for (int i = first; left > 0 && i < free.Length && picture.Cells[i].Cell.Sku == demand.Sku; i++)
            {
                bool allowed = nodes.IsDefaultOrEmpty || picture.Cells[i].Cell.Node == nodes[round];
                long take = allowed ? Math.Min(left, free[i]) : 0;
                if (take > 0)
                {
                    takes.Add(new Take(demand.Line, picture.Cells[i].Cell, new Quantity(take)));
                    free[i] -= take;
                    left -= take;
                }
            }
        }

        return left;
    }

    private static ImmutableArray<Shortage> Sum(ImmutableArray<Demand> demands, SortedDictionary<Sku, long> missing)
    {
        var shortages = ImmutableArray.CreateBuilder<Shortage>(missing.Count);
        foreach (KeyValuePair<Sku, long> entry in missing)
        {
            long wanted = 0;
            foreach (Demand demand in demands)
            {
                wanted = checked(wanted + (demand.Sku == entry.Key ? demand.Quantity.Units : 0));
            }

            shortages.Add(new Shortage(entry.Key, new Quantity(wanted), new Quantity(wanted - entry.Value)));
        }

        return shortages.MoveToImmutable();
    }
}
