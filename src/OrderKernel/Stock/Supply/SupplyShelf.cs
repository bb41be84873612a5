using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>One SKU at one node over the days of a picture: what may be promised, and a place to hold it.</summary>
/// <remarks>
/// <para>A piece is free on a day when taking it leaves every promise of that and of later days served (cumulative with look-ahead),
/// so a new promise never breaks an old one.</para>
/// <para>Cost: where nothing expires and there are less than 2^31 pieces, a question is O(1), a search for a day and a hold O(days)
/// with many days at a time; else O(holds x lots).</para>
/// <para>Not thread-safe: it belongs to the <see cref="SupplyBook"/> that made it.</para>
/// </remarks>
public sealed class SupplyShelf
{
    private readonly Horizon horizon;
    private readonly LotRow[] lots;
    private readonly List<DayDemand> due;
    private readonly QuotaCounter[] quotas;
    private readonly ImmutableArray<string> staleSources;
    private readonly long safety;
    private readonly long staleBuffer;
    private readonly long preemptable;
    private readonly long kept;

    /// <summary>The <see cref="FreeDays"/> from <see cref="first"/> on; null when they cannot hold this shelf. Many shelves share the
    /// array: what is asked stays together in memory.</summary>
    private readonly int[]? front;
    private readonly int first;
    private readonly long[] scratch;
    private List<DayDemand>? settled;

    internal SupplyShelf(Sku sku, NodeId node, Horizon horizon, ShelfRows rows, QuotaCounter[] quotas, int[] fronts, int first)
    {
        Sku = sku;
        Node = node;
        this.horizon = horizon;
        this.quotas = quotas;
        lots = rows.Lots;
        due = rows.Due;
        safety = rows.Safety;
        staleSources = rows.StaleSources.ToImmutableArray();
        staleBuffer = staleSources.Length * rows.StaleBuffer;
        preemptable = rows.Preemptable;
        kept = safety + staleBuffer;
        front = FreeDays.CanHold(lots, due, kept) ? fronts : null;
        scratch = front is null ? new long[lots.Length] : [];
        this.first = first;
        Fill();
    }

    /// <summary>The SKU.</summary>
    public Sku Sku { get; }

    /// <summary>The node.</summary>
    public NodeId Node { get; }

    /// <summary>What may be promised for a day.</summary>
    /// <param name="day">The day; what lies outside the picture counts as its nearest day.</param>
    /// <param name="goodUntil">The last day the pieces must still be good; null for the day itself.</param>
    /// <param name="segment">Who asks, for quotas; empty for nobody in particular.</param>
    public Quantity FreeOn(LocalDate day, LocalDate? goodUntil = null, string segment = "") => new(
        IsPlain
            ? Math.Max(0, front![first + horizon.IndexOf(day)])
            : Free(horizon.IndexOf(day), NeedOf(goodUntil), segment));

    /// <summary>The first day on which a quantity may be promised; null when none of the picture is.</summary>
    /// <param name="quantity">How much, at once.</param>
    /// <param name="notBefore">No earlier day.</param>
    /// <param name="goodUntil">The last day the pieces must still be good; null for the day itself.</param>
    /// <param name="segment">Who asks.</param>
    public LocalDate? FirstDay(Quantity quantity, LocalDate notBefore, LocalDate? goodUntil = null, string segment = "")
    {
        int day = FirstIndex(quantity.Units, horizon.IndexOf(notBefore), NeedOf(goodUntil), segment);
        return day < 0 ? null : horizon.DayOf(day);
    }

    /// <summary>What may be promised for a day, with the terms it comes from.</summary>
    /// <param name="day">The day.</param>
    /// <param name="goodUntil">The last day the pieces must still be good; null for the day itself.</param>
    /// <param name="segment">Who asks.</param>
    public AtpBreakdown Explain(LocalDate day, LocalDate? goodUntil = null, string segment = "")
    {
        int index = horizon.IndexOf(day);
        int need = Math.Max(NeedOf(goodUntil), index);
        var terms = new AtpBreakdown(day, staleSources)
        {
            Safety = new Quantity(safety),
            StaleBuffer = new Quantity(staleBuffer),
            Preemptable = new Quantity(preemptable),
            QuotaLeft = QuotaLeft(index, segment) is long left ? new Quantity(Math.Max(0, left)) : null,
        };
        long raw = Raw(index, need);
        long onHand = 0, incoming = 0, reserved = 0, expired = 0;
        for (int i = 0; i < lots.Length; i++)
        {
            if (lots[i].From <= index)
            {
                long all = lots[i].Free + lots[i].Reserved;
                bool isHere = lots[i].Kind is SupplyKind.OnHand or SupplyKind.Consignment;
                onHand += isHere ? all : 0;
                incoming += isHere ? 0 : all;
                reserved += lots[i].Reserved;
                expired += front is null && lots[i].Until < need ? scratch[i] : 0;
            }
        }

        foreach (DayDemand demand in Settled())
        {
            reserved += demand.Day <= index ? demand.Units : 0;
        }

        (terms.OnHand, terms.Incoming) = (new Quantity(onHand), new Quantity(incoming));
        (terms.Reserved, terms.Expired) = (new Quantity(reserved), new Quantity(expired));
        terms.Close(raw);
        return terms;
    }

    /// <summary>Holds pieces if they may be promised; otherwise changes nothing.</summary>
    /// <param name="hold">What to hold, of this SKU at this node.</param>
    /// <returns>Whether it is held. True exactly when <see cref="FreeOn"/> for its day, life and segment is no less.</returns>
    public bool TryHold(DatedHold hold)
    {
        if (hold is null || hold.Sku != Sku || hold.Node != Node)
        {
            throw new ArgumentException($"The hold is not of {Sku} at {Node}.", nameof(hold));
        }

        int day = horizon.IndexOf(hold.Day), need = NeedOf(hold.GoodUntil);
        if (Free(day, need, hold.Segment) < hold.Quantity.Units)
        {
            return false;
        }

        Add(new DayDemand(day, Math.Max(need, day), hold.Quantity.Units), hold.Segment);
        return true;
    }

    /// <summary>Whether its days say all: nothing expires, no quota binds.</summary>
    internal bool IsPlain => front is not null && quotas.Length == 0;

    internal long Free(int day, int need, string segment)
    {
        long free = Math.Max(0, Raw(day, Math.Max(need, day)) - kept);
        return quotas.Length > 0 && QuotaLeft(day, segment) is long left ? Math.Max(0, Math.Min(left, free)) : free;
    }

    /// <summary>What may be promised for a day without borrowing: promises take what lies there first.</summary>
    internal long FreeAndReal(int day)
    {
        long free = Free(day, day, string.Empty);
        foreach (LotRow lot in lots)
        {
            free -= lot.IsBorrowed && lot.From <= day ? lot.Free : 0;
        }

        return free;
    }

    internal int FirstIndex(long units, int from, int need, string segment)
    {
        if (front is null || (quotas.Length > 0 && segment.Length > 0))
        {
            for (int day = from; day < horizon.Days; day++)
            {
                if (Free(day, need, segment) >= units)
                {
                    return day;
                }
            }

            return -1;
        }

        int found = FreeDays.FirstWith(Days, units == 0 ? long.MinValue : units, from);
        return found < horizon.Days ? found : -1;
    }

    /// <summary>The index of the last day pieces must be good; -1 when they must be on their day only.</summary>
    internal int NeedOf(LocalDate? goodUntil) => goodUntil is { } until ? Period.DaysBetween(horizon.Today, until) : -1;

    /// <summary>The cells that serve pieces on a day, and holds them there.</summary>
    internal void Take(int line, int day, long units, ImmutableArray<Take>.Builder takes)
    {
        var chosen = new List<KeyValuePair<int, long>>();
        var demand = new DayDemand(day, day, units);
        LotMatching.Takes(lots, Settled(), demand, chosen);
        foreach (KeyValuePair<int, long> take in chosen)
        {
            takes.Add(new Take(line, lots[take.Key].Cell, new Quantity(take.Value)));
        }

        Add(demand, string.Empty);
    }

    /// <summary>Gives back what <see cref="TryHold"/> held.</summary>
    internal void Release(DatedHold hold)
    {
        int day = horizon.IndexOf(hold.Day);
        var demand = new DayDemand(day, Math.Max(NeedOf(hold.GoodUntil), day), hold.Quantity.Units);
        due.RemoveAt(due.LastIndexOf(demand));
        settled?.RemoveAt(settled.LastIndexOf(demand));
        foreach (QuotaCounter quota in quotas)
        {
            quota.Use(hold.Segment, day, -demand.Units);
        }

        Fill();
    }

    private void Add(DayDemand demand, string segment)
    {
        due.Add(demand);
        int at = settled is null ? 0 : settled.FindLastIndex(other => other.Day <= demand.Day) + 1;
        settled?.Insert(at, demand);
        foreach (QuotaCounter quota in quotas)
        {
            quota.Use(segment, demand.Day, demand.Units);
        }

        if (front is not null)
        {
            FreeDays.Lower(Days, demand);
        }
    }

    private long Raw(int day, int need) =>
        front is not null ? Math.Max(0, front[first + day] + kept) : LotMatching.Extra(lots, Settled(), day, need, scratch);

    private List<DayDemand> Settled() => settled ??= LotMatching.Settle(lots, due);

    private long? QuotaLeft(int day, string segment)
    {
        long? least = null;
        foreach (QuotaCounter quota in quotas)
        {
            least = quota.Applies(segment, day) && !(least < quota.Left) ? quota.Left : least;
        }

        return least;
    }

    private Span<int> Days => front.AsSpan(first, horizon.Days);

    private void Fill()
    {
        if (front is not null)
        {
            FreeDays.Fill(Days, lots, due, kept);
        }
    }
}
