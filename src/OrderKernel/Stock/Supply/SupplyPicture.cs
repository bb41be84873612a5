using System;
using System.Collections.Immutable;
using NodaTime;

namespace OrderKernel.Stock;

/// <summary>Everything a promise over days is computed from: supply, promises made, safety, quotas, freshness. Immutable.</summary>
/// <remarks>
/// <para>Shape: the order of the lists never changes what may be promised; among equals holds keep theirs.</para>
/// <para>What comes after the last day is not seen; holds after it count on it.</para>
/// </remarks>
public sealed class SupplyPicture
{
    /// <summary>The most days a picture may look ahead.</summary>
    public const int MaxDays = 3_660;

    /// <summary>Makes a picture.</summary>
    /// <param name="today">The first day.</param>
    /// <param name="days">How many days are looked at, 1 to <see cref="MaxDays"/>.</param>
    /// <param name="supplies">What is there and what will come.</param>
    /// <param name="holds">What is promised for a day; default for nothing.</param>
    /// <param name="safety">What is kept; default for nothing.</param>
    /// <param name="quotas">What segments may take; default for no limit.</param>
    /// <param name="health">How fresh the sources are; null when all is of the ledger.</param>
    public SupplyPicture(
        LocalDate today, int days, ImmutableArray<DatedSupply> supplies, ImmutableArray<DatedHold> holds = default,
        ImmutableArray<SafetyStock> safety = default, ImmutableArray<SegmentQuota> quotas = default, SourceHealth? health = null)
    {
        if (days is < 1 or > MaxDays)
        {
            throw new ArgumentOutOfRangeException(nameof(days), $"A picture looks 1 to {MaxDays} days ahead.");
        }

        Horizon = new Horizon(today, days);
        Supplies = supplies.IsDefault ? ImmutableArray<DatedSupply>.Empty : supplies.Sort(InOrder);
        Holds = holds.IsDefault ? ImmutableArray<DatedHold>.Empty : holds;
        Safety = safety.IsDefault ? ImmutableArray<SafetyStock>.Empty : safety;
        Quotas = quotas.IsDefault ? ImmutableArray<SegmentQuota>.Empty : quotas;
        Health = health ?? SourceHealth.LedgerOnly;
    }

    /// <summary>The first day.</summary>
    public LocalDate Today => Horizon.Today;

    /// <summary>How many days are looked at.</summary>
    public int Days => Horizon.Days;

    /// <summary>What is there and what will come: first the shortest lived, then the earliest, then by cell.</summary>
    public ImmutableArray<DatedSupply> Supplies { get; }

    /// <summary>What is promised for a day.</summary>
    public ImmutableArray<DatedHold> Holds { get; }

    /// <summary>What is kept.</summary>
    public ImmutableArray<SafetyStock> Safety { get; }

    /// <summary>What segments may take.</summary>
    public ImmutableArray<SegmentQuota> Quotas { get; }

    /// <summary>How fresh the sources are.</summary>
    public SourceHealth Health { get; }

    /// <summary>What may be taken now, as a picture over days: nothing comes, nothing is promised for later. What a cell owes beyond
    /// its overdraft is paid by what comes into it first.</summary>
    /// <param name="stock">What may be taken now.</param>
    /// <param name="today">The day it is of.</param>
    /// <param name="days">How many days are looked at.</param>
    public static SupplyPicture Of(StockPicture stock, LocalDate today, int days = 1)
    {
        if (stock is null)
        {
            throw new ArgumentNullException(nameof(stock));
        }

        return new SupplyPicture(today, days, ImmutableArray.CreateRange(stock.Cells, cell => DatedSupply.Of(cell, today)));
    }

    /// <summary>The same picture with more promised.</summary>
    /// <param name="holds">What is promised besides; whether it can be kept is not asked here.</param>
    public SupplyPicture With(ImmutableArray<DatedHold> holds) =>
        new(Today, Days, Supplies, Holds.AddRange(holds), Safety, Quotas, Health);

    /// <summary>Whether the word a supply rests on is stale.</summary>
    /// <param name="supply">The supply.</param>
    public bool IsStale(DatedSupply supply) =>
        Health.IsStale((supply ?? throw new ArgumentNullException(nameof(supply))).Source);

    /// <summary>Its days by index.</summary>
    internal Horizon Horizon { get; }

    private static int InOrder(DatedSupply a, DatedSupply b)
    {
        int order = (a.GoodUntil ?? LocalDate.MaxIsoValue).CompareTo(b.GoodUntil ?? LocalDate.MaxIsoValue);
        order = order != 0 ? order : a.From.CompareTo(b.From);
        order = order != 0 ? order : a.Cell.CompareTo(b.Cell);
        order = order != 0 ? order : a.Kind.CompareTo(b.Kind);
        order = order != 0 ? order : a.Quantity.CompareTo(b.Quantity);
        order = order != 0 ? order : a.Reserved.CompareTo(b.Reserved);
        return order != 0 ? order : string.CompareOrdinal(a.Source, b.Source);
    }
}
