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
    private readonly ShelfTable shelves;
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
        shelves = new ShelfTable(rows.Count);
        int next = 0, together = Math.Max(1, LargestBlock / picture.Days);
        long[] fronts = [];
        foreach (KeyValuePair<(Sku Sku, NodeId Node), ShelfRows> row in rows)
        {
            if (next % together == 0)
            {
                fronts = new long[Math.Min(together, rows.Count - next) * picture.Days];
            }

            shelves.Add(Open(row.Key.Sku, row.Key.Node, row.Value, fronts, next++ % together * picture.Days));
        }
    }

    /// <summary>The picture.</summary>
    public SupplyPicture Picture { get; }

    /// <summary>Which supply counts.</summary>
    public SupplyPolicy Policy { get; }

    /// <summary>A SKU at a node; empty when the picture does not know it.</summary>
    /// <param name="sku">The SKU.</param>
    /// <param name="node">The node.</param>
    public SupplyShelf At(Sku sku, NodeId node) =>
        shelves.Find(sku, node).Shelf ?? shelves.Add(Open(sku, node, new ShelfRows(), new long[Picture.Days], 0));

    /// <summary>What may be promised of a SKU at a node for a day; nothing when the picture does not know it.</summary>
    /// <param name="sku">The SKU.</param>
    /// <param name="node">The node.</param>
    /// <param name="day">The day; what lies outside the picture counts as its nearest day.</param>
    /// <param name="goodUntil">The last day the pieces must still be good; null for the day itself.</param>
    /// <param name="segment">Who asks, for quotas; empty for nobody in particular.</param>
    /// <remarks><para>The same answer as <see cref="SupplyShelf.FreeOn"/>. Cost: O(1) where nothing expires.</para></remarks>
    public Quantity FreeOn(Sku sku, NodeId node, LocalDate day, LocalDate? goodUntil = null, string segment = "")
    {
        ref readonly ShelfSlot slot = ref shelves.Find(sku, node);
        return slot.Front is { } front
            ? new Quantity(Math.Max(0, Math.Max(0, front[slot.First + Picture.IndexOf(day)]) - slot.Kept))
            : slot.Shelf is { } shelf ? shelf.FreeOn(day, goodUntil, segment)
            : Quantity.Zero;
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
    /// <remarks><para>Where lots expire the shortest lived go first; else cells go in their order, as when stock is held
    /// now.</para></remarks>
    public Allocation Serve(ImmutableArray<Demand> demands, LocalDate day, ImmutableArray<NodeId> nodes)
    {
        int index = Picture.IndexOf(day);
        nodes = nodes.IsDefaultOrEmpty ? EveryNode() : nodes;
        var takes = ImmutableArray.CreateBuilder<Take>(demands.Length);
        var missing = new SortedDictionary<Sku, long>();
        foreach (Demand demand in demands)
        {
            long left = demand.Quantity.Units;
            for (int i = 0; i < nodes.Length && left > 0; i++)
            {
                SupplyShelf shelf = At(demand.Sku, nodes[i]);
                long take = Math.Min(left, shelf.Free(index, index, string.Empty));
                if (take > 0)
                {
                    shelf.Take(demand.Line, index, take, takes);
                    left -= take;
                }
            }

            if (left > 0)
            {
                missing.TryGetValue(demand.Sku, out long before);
                missing[demand.Sku] = before + left;
            }
        }

        return Allocation.Of(demands, takes.ToImmutable(), missing);
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

    private SupplyShelf Open(Sku sku, NodeId node, ShelfRows rows, long[] fronts, int first) => new(
        sku, node, Picture, rows,
        Array.FindAll(counters, counter => counter.Quota.Sku == sku && (counter.Quota.Node is null || counter.Quota.Node == node)),
        fronts, first);
}

/// <summary>What a quota leaves.</summary>
internal sealed class QuotaCounter(SegmentQuota quota, SupplyPicture picture)
{
    private readonly int from = Period.DaysBetween(picture.Today, quota.From);
    private readonly int to = Period.DaysBetween(picture.Today, quota.To);

    public SegmentQuota Quota => quota;

    public long Left { get; private set; } = quota.Limit.Units;

    public bool Applies(string segment, int day) => from <= day && day <= to && quota.Covers(segment);

    public void Use(string segment, int day, long units) => Left -= Applies(segment, day) ? units : 0;
}

/// <summary>What of a picture belongs to one SKU at one node, as far as the policy counts it.</summary>
internal sealed class ShelfRows
{
    public List<LotRow> Lots { get; } = [];

    public List<DayDemand> Due { get; } = [];

    public SortedSet<string> StaleSources { get; } = new(StringComparer.Ordinal);

    public long Safety { get; private set; }

    public long StaleBuffer { get; private set; }

    public long Preemptable { get; private set; }

    public static Dictionary<(Sku, NodeId), ShelfRows> Gather(SupplyPicture picture, SupplyPolicy policy, QuotaCounter[] quotas)
    {
        var all = new Dictionary<(Sku, NodeId), ShelfRows>();
        LocalDate last = picture.Today.PlusDays(picture.Days - 1);
        foreach (DatedSupply supply in picture.Supplies)
        {
            ShelfRows rows = Of(all, supply.Cell.Sku, supply.Cell.Node);
            if (picture.IsStale(supply))
            {
                rows.StaleSources.Add(supply.Source);
                rows.StaleBuffer = policy.Stale == StaleTreatment.Conservative ? policy.StaleBuffer.Units : 0;
            }

            if (supply.From <= last && policy.Counts(supply, picture.Health))
            {
                int until = supply.GoodUntil is { } day ? Period.DaysBetween(picture.Today, day) : int.MaxValue;
                rows.Lots.Add(new LotRow(
                    supply.Cell, supply.Kind, supply.Quantity.Units - supply.Reserved.Units, supply.Reserved.Units,
                    picture.IndexOf(supply.From), until));
            }
        }

        foreach (SafetyStock kept in picture.Safety)
        {
            ShelfRows rows = Of(all, kept.Sku, kept.Node);
            rows.Safety += kept.Quantity.Units;
        }

        foreach (DatedHold hold in picture.Holds)
        {
            Of(all, hold.Sku, hold.Node).Add(hold, picture, policy, quotas);
        }

        return all;
    }

    private static ShelfRows Of(Dictionary<(Sku, NodeId), ShelfRows> all, Sku sku, NodeId node)
    {
        if (!all.TryGetValue((sku, node), out ShelfRows? rows))
        {
            all[(sku, node)] = rows = new ShelfRows();
        }

        return rows;
    }

    private void Add(DatedHold hold, SupplyPicture picture, SupplyPolicy policy, QuotaCounter[] quotas)
    {
        if (hold.Tier < policy.PreemptsBelowTier)
        {
            Preemptable += hold.Quantity.Units;
            return;
        }

        int day = picture.IndexOf(hold.Day);
        int need = hold.GoodUntil is { } until ? Period.DaysBetween(picture.Today, until) : day;
        Due.Add(new DayDemand(day, Math.Max(need, day), hold.Quantity.Units));
        foreach (QuotaCounter quota in quotas)
        {
            if (quota.Quota.Sku == hold.Sku && (quota.Quota.Node is null || quota.Quota.Node == hold.Node))
            {
                quota.Use(hold.Segment, day, hold.Quantity.Units);
            }
        }
    }
}
