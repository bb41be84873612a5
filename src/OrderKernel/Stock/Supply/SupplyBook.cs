using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>A working copy of a picture: ask what may be promised, hold it, ask again.</summary>
/// <remarks>
/// <para>The picture stays as it is. What is promised for today from a picture without days is exactly what
/// <see cref="Allocation.Serve"/> takes.</para>
/// <para>Cost: opening is O(supplies + holds + SKUs at nodes x days). Not thread-safe; the picture is, so every thread opens its
/// own.</para>
/// </remarks>
public sealed class SupplyBook
{
    /// <summary>How many days of shelves stand in one array.</summary>
    private const int LargestBlock = 1 << 24;
    private readonly ShelfTable numbers;
    private readonly List<SupplyShelf> shelves;

    // The days of shelf n begin in block n >> shift, at its place there times the days.
    private readonly int[][] blocks;
    private readonly int shift;
    private readonly int planned;
    private readonly QuotaCounter[] counters;
    private ImmutableArray<NodeId> everyNode;

    /// <summary>Opens a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="policy">Which supply counts; null for <see cref="SupplyPolicy.Default"/>.</param>
    public SupplyBook(SupplyPicture picture, SupplyPolicy? policy = null)
    {
        Picture = picture ?? throw new ArgumentNullException(nameof(picture));
        Policy = policy ?? SupplyPolicy.Default;
        counters = new QuotaCounter[picture.Quotas.Length];
        for (int i = 0; i < counters.Length; i++)
        {
            counters[i] = new QuotaCounter(picture.Quotas[i], picture);
        }

        Dictionary<(Sku, NodeId), ShelfRows> rows = ShelfRows.Gather(picture, Policy, counters);
        numbers = new ShelfTable(rows.Count);
        planned = rows.Count;
        shelves = new List<SupplyShelf>(rows.Count);
        // As many shelves in one block, a power of two, as its days leave room for.
        for (shift = 0; (picture.Days << (shift + 1)) <= LargestBlock; shift++)
        {
        }

        blocks = new int[(rows.Count >> shift) + 1][];
        foreach (KeyValuePair<(Sku Sku, NodeId Node), ShelfRows> row in rows)
        {
            int number = shelves.Count, block = number >> shift, place = number & ((1 << shift) - 1);
            blocks[block] ??= new int[Math.Min(1 << shift, rows.Count - number) * picture.Days];
            Add(Open(row.Key.Sku, row.Key.Node, row.Value, blocks[block], place * picture.Days));
        }
    }

    /// <summary>The picture.</summary>
    public SupplyPicture Picture { get; }

    /// <summary>Which supply counts.</summary>
    public SupplyPolicy Policy { get; }

    /// <summary>A SKU at a node; empty when the picture does not know it.</summary>
    /// <param name="sku">The SKU.</param>
    /// <param name="node">The node.</param>
    public SupplyShelf At(Sku sku, NodeId node)
    {
        int number = numbers.Find(sku, node);
        return number >= 0 ? shelves[number]
            : number != ShelfTable.None ? shelves[~number]
            : Add(Open(sku, node, new ShelfRows(), new int[Picture.Days], 0));
    }

    /// <summary>What may be promised of a SKU at a node for a day; nothing when the picture does not know it.</summary>
    /// <param name="sku">The SKU.</param>
    /// <param name="node">The node.</param>
    /// <param name="day">The day; what lies outside the picture counts as its nearest day.</param>
    /// <param name="goodUntil">The last day the pieces must still be good; null for the day itself.</param>
    /// <param name="segment">Who asks, for quotas; empty for nobody in particular.</param>
    /// <remarks><para>The same answer as <see cref="SupplyShelf.FreeOn"/>. Cost: O(1) where nothing expires.</para></remarks>
    public Quantity FreeOn(Sku sku, NodeId node, LocalDate day, LocalDate? goodUntil = null, string segment = "")
    {
        int number = numbers.Find(sku, node);
        if (number < 0)
        {
            return number != ShelfTable.None ? shelves[~number].FreeOn(day, goodUntil, segment) : Quantity.Zero;
        }

        int first = (number & ((1 << shift) - 1)) * Picture.Days;
        return new Quantity(Math.Max(0, blocks[number >> shift][first + Picture.Horizon.IndexOf(day)]));
    }

    /// <summary>Holds pieces if they may be promised; otherwise changes nothing.</summary>
    /// <param name="hold">What to hold.</param>
    /// <returns>Whether it is held.</returns>
    public bool TryHold(DatedHold hold) =>
        At((hold ?? throw new ArgumentNullException(nameof(hold))).Sku, hold.Node).TryHold(hold);

    /// <summary>Serves demands on one day, first line first, and holds what they take.</summary>
    /// <param name="demands">The demands.</param>
    /// <param name="day">The day.</param>
    /// <param name="nodes">The nodes that may serve, best first; empty for every node in ordinal order.</param>
    /// <returns>What each line takes from which cell, and what falls short.</returns>
    /// <remarks><para>Where lots expire the shortest lived go first; else what lies there goes before what is borrowed, and cells go in
    /// their order, as when stock is held now.</para></remarks>
    public Allocation Serve(ImmutableArray<Demand> demands, LocalDate day, ImmutableArray<NodeId> nodes)
    {
        int index = Picture.Horizon.IndexOf(day);
        nodes = nodes.IsDefaultOrEmpty ? EveryNode() : nodes;
        var takes = ImmutableArray.CreateBuilder<Take>(demands.Length);
        var missing = new SortedDictionary<Sku, long>();
        foreach (Demand demand in demands)
        {
            int first = takes.Count;
            long left = ServeOne(demand, demand.Quantity.Units, index, nodes, isReal: true, takes);
            int real = takes.Count;
            left = ServeOne(demand, left, index, nodes, isReal: false, takes);
            Allocation.Join(takes, first, real);
            if (left > 0)
            {
                missing.TryGetValue(demand.Sku, out long before);
                missing[demand.Sku] = before + left;
            }
        }

        return Allocation.Of(demands, takes.ToImmutable(), missing);
    }

    // What lies there in any of the nodes goes before what is borrowed in one.
    private long ServeOne(
        Demand demand, long left, int index, ImmutableArray<NodeId> nodes, bool isReal, ImmutableArray<Take>.Builder takes)
    {
        for (int i = 0; i < nodes.Length && left > 0; i++)
        {
            SupplyShelf shelf = At(demand.Sku, nodes[i]);
            long take = Math.Min(left, isReal ? shelf.FreeAndReal(index) : shelf.Free(index, index, string.Empty));
            if (take > 0)
            {
                shelf.Take(demand.Line, index, take, takes);
                left -= take;
            }
        }

        return left;
    }

    private ImmutableArray<NodeId> EveryNode()
    {
        if (everyNode.IsDefault)
        {
            var nodes = new SortedSet<NodeId>();
            foreach (DatedSupply supply in Picture.Supplies)
            {
                nodes.Add(supply.Cell.Node);
            }

            everyNode = nodes.ToImmutableArray();
        }

        return everyNode;
    }

    // A shelf whose days do not say all, or that came later, has its number inverted: then it is asked itself.
    private SupplyShelf Add(SupplyShelf shelf)
    {
        int number = shelves.Count;
        numbers.Add(shelf.Sku, shelf.Node, shelf.IsPlain && number < planned ? number : ~number);
        shelves.Add(shelf);
        return shelf;
    }

    private SupplyShelf Open(Sku sku, NodeId node, ShelfRows rows, int[] fronts, int first) => new(
        sku, node, Picture.Horizon, rows,
        Array.FindAll(counters, counter => counter.Quota.Sku == sku && (counter.Quota.Node is null || counter.Quota.Node == node)),
        fronts, first);
}
