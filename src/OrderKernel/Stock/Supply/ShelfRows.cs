using System;
using System.Collections.Generic;
using System.Linq;
using NodaTime;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>What of a picture belongs to one SKU at one node, as far as the policy counts it.</summary>
internal sealed class ShelfRows
{
    private readonly List<LotRow> found = [];

    public LotRow[] Lots { get; private set; } = [];

    public List<DayDemand> Due { get; } = [];

    public SortedSet<string> StaleSources { get; } = new(StringComparer.Ordinal);

    public long Safety { get; private set; }

    public long StaleBuffer { get; private set; }

    public long Preemptable { get; private set; }

    public static Dictionary<(Sku, NodeId), ShelfRows> Gather(SupplyPicture picture, SupplyPolicy policy, QuotaCounter[] quotas)
    {
        var all = new Dictionary<(Sku, NodeId), ShelfRows>();
        LocalDate last = picture.Today.PlusDays(picture.Days - 1);
        Dictionary<DatedSupply, long> paid = Paid(picture, supply => supply.From <= last && policy.Counts(supply, picture.Health));
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
                paid.TryGetValue(supply, out long debt);
                rows.Add(supply, debt, picture);
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

        // Here and not by each shelf: shelves that are made one after the other lie side by side.
        foreach (ShelfRows rows in all.Values)
        {
            // What lies there goes before what is borrowed; among those that last as long the order is free.
            rows.Lots = rows.found.Exists(static lot => lot.IsBorrowed)
                ? rows.found.OrderBy(static lot => lot.Until).ThenBy(static lot => lot.IsBorrowed).ToArray()
                : rows.found.ToArray();
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

    private void Add(DatedSupply supply, long debt, SupplyPicture picture)
    {
        int from = picture.Horizon.IndexOf(supply.From);
        int until = supply.GoodUntil is { } day ? Period.DaysBetween(picture.Today, day) : int.MaxValue;
        long free = supply.Quantity.Units - supply.Reserved.Units - debt;
        found.Add(new LotRow(supply.Cell, supply.Kind, free - supply.Borrowable, supply.Reserved.Units, from, until));
        if (supply.Borrowable > 0)
        {
            found.Add(new LotRow(supply.Cell, supply.Kind, supply.Borrowable, 0, from, until, IsBorrowed: true));
        }
    }

    // What comes into a cell pays first what the cell owes, in the order in which it comes.
    private static Dictionary<DatedSupply, long> Paid(SupplyPicture picture, Func<DatedSupply, bool> counts)
    {
        var paid = new Dictionary<DatedSupply, long>();
        Dictionary<StockCell, long>? owed = null;
        foreach (DatedSupply supply in picture.Supplies)
        {
            if (supply.Owed > 0)
            {
                owed ??= new Dictionary<StockCell, long>();
                owed.TryGetValue(supply.Cell, out long before);
                owed[supply.Cell] = checked(before + supply.Owed);
            }
        }

        if (owed is null)
        {
            return paid;
        }

        foreach (DatedSupply supply in picture.Supplies.Where(counts).OrderBy(static supply => supply.From))
        {
            owed.TryGetValue(supply.Cell, out long left);
            long part = Math.Min(left, supply.Quantity.Units - supply.Reserved.Units);
            if (part > 0)
            {
                paid.Add(supply, part);
                owed[supply.Cell] = left - part;
            }
        }

        return paid;
    }

    private void Add(DatedHold hold, SupplyPicture picture, SupplyPolicy policy, QuotaCounter[] quotas)
    {
        if (hold.Tier < policy.PreemptsBelowTier)
        {
            Preemptable += hold.Quantity.Units;
            return;
        }

        int day = picture.Horizon.IndexOf(hold.Day);
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
