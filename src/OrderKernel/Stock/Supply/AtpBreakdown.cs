using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>What may be promised for a day, and the terms it comes from.</summary>
/// <remarks>
/// <para>Shape: <see cref="Free"/> = <see cref="OnHand"/> + <see cref="Incoming"/> - <see cref="Reserved"/> - <see cref="Expired"/>
/// - <see cref="KeptForLater"/> - <see cref="Safety"/> - <see cref="StaleBuffer"/>, not below zero, and no more than
/// <see cref="QuotaLeft"/>.</para>
/// <para>Only what the policy counts is in the terms.</para>
/// </remarks>
public sealed class AtpBreakdown
{
    internal AtpBreakdown(LocalDate day, ImmutableArray<string> staleSources)
    {
        Day = day;
        StaleSources = staleSources;
    }

    /// <summary>The day.</summary>
    public LocalDate Day { get; }

    /// <summary>What lies at the node now, reserved or not, with what its cells may be overdrawn, or are where that is more.</summary>
    public Quantity OnHand { get; internal set; }

    /// <summary>What is in transit or scheduled to come by the day, less what pays what a cell owes beyond its overdraft.</summary>
    public Quantity Incoming { get; internal set; }

    /// <summary>What is held in cells, and what promises take by the day; one that waits for supply counts when it gets it.</summary>
    public Quantity Reserved { get; internal set; }

    /// <summary>What is kept whatever is asked.</summary>
    public Quantity Safety { get; internal set; }

    /// <summary>What came by the day, goes to nobody, and is no longer good when it must be.</summary>
    public Quantity Expired { get; internal set; }

    /// <summary>What is there on the day and is needed for promises of later days.</summary>
    public Quantity KeptForLater { get; internal set; }

    /// <summary>What is taken off because sources are stale.</summary>
    public Quantity StaleBuffer { get; internal set; }

    /// <summary>What the least of the segment's quotas leaves; null where none applies.</summary>
    public Quantity? QuotaLeft { get; internal set; }

    /// <summary>What less firm promises hold that the asker may push aside; counted as free.</summary>
    public Quantity Preemptable { get; internal set; }

    /// <summary>The sources of this SKU at this node whose word is stale, by name.</summary>
    public ImmutableArray<string> StaleSources { get; }

    /// <summary>What may be promised.</summary>
    public Quantity Free { get; internal set; }

    /// <summary>What could be promised if the segment had no quota.</summary>
    internal Quantity FreeBeforeQuota { get; set; }

    /// <summary>Works out the residual terms from what the search found.</summary>
    /// <param name="raw">What could be promised before safety, buffer and quota.</param>
    internal void Close(long raw)
    {
        long residual = OnHand.Units + Incoming.Units - Reserved.Units - Expired.Units - raw;
        KeptForLater = new Quantity(Math.Max(0, residual));
        FreeBeforeQuota = new Quantity(Math.Max(0, raw - Safety.Units - StaleBuffer.Units));
        Free = QuotaLeft is { } left ? Quantity.Min(left, FreeBeforeQuota) : FreeBeforeQuota;
    }
}
