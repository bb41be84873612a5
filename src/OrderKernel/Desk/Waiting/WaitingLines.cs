using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Desk;

/// <summary>Tells a desk what is expected to come.</summary>
public interface ISupplyOutlook
{
    /// <summary>What comes of some SKUs, net of nothing: everybody who waits is counted by the desk.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="skus">Which; in ordinal order, each once.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>By SKU and moment; may be empty.</returns>
    ValueTask<ImmutableArray<ExpectedSupply>> ReadAsync(TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation);
}

/// <summary>A waiting order that was served.</summary>
/// <param name="Order">The order.</param>
/// <param name="Takes">What it holds now in addition, in the order of lines.</param>
public sealed record ServedOrder(OrderId Order, ImmutableArray<Take> Takes);

/// <summary>How much of a SKU was free before those who wait were served, and after.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Before">Free after the change itself.</param>
/// <param name="After">Free when everybody was served.</param>
public sealed record FreeOfSku(Sku Sku, long Before, long After);

/// <summary>What a command set free, and who of those who wait was served with it.</summary>
/// <param name="Free">Per SKU that fell free; empty when nothing did or the desk does not serve those who wait.</param>
/// <param name="Orders">The orders served, best rank first.</param>
public sealed record WaitingServed(ImmutableArray<FreeOfSku> Free, ImmutableArray<ServedOrder> Orders)
{
    /// <summary>Nothing fell free.</summary>
    public static WaitingServed Nothing { get; } = new(ImmutableArray<FreeOfSku>.Empty, ImmutableArray<ServedOrder>.Empty);
}

/// <summary>Which SKUs a change sets free.</summary>
internal static class WaitingLines
{
    /// <summary>What the purposes of timers that serve those who wait begin with.</summary>
    public const string Purpose = "serve_waiting";

    /// <summary>The purpose of the timer of one change. Each has its own: a later change of the stream must neither replace nor clear
    /// a wake-up that was not acted upon yet.</summary>
    public static string PurposeOf(long version) => Purpose + "/" + OrderDecider.Digits(version);

    /// <summary>Sets the timer of one change, or clears it.</summary>
    public static TimerChange WakeUp(StreamId cause, long version, Instant? due) =>
        new(cause, PurposeOf(version), checked((int)version), due);

    /// <summary>Whether a timer serves those who wait.</summary>
    public static bool IsFor(TimerChange timer) => timer.Purpose.StartsWith(Purpose, StringComparison.Ordinal);

    /// <summary>The SKUs of which the tenant's own available stock grows, in order, each once.</summary>
    public static ImmutableArray<Sku> Freed(ImmutableArray<Posting> postings)
    {
        var freed = new SortedSet<Sku>();
        foreach (CellDelta delta in CellDelta.Merge(postings))
        {
            if (delta[StockAccount.Available] > 0 && delta.Cell.Owner == default)
            {
                freed.Add(delta.Cell.Sku);
            }
        }

        return ImmutableArray.CreateRange(freed);
    }

    /// <summary>What may be taken of a SKU anywhere.</summary>
    public static long FreeOf(StockPicture picture, Sku sku)
    {
        var free = Quantity.Zero;
        for (int i = picture.FirstOf(sku); i < picture.Cells.Length && picture.Cells[i].Cell.Sku == sku; i++)
        {
            free = Quantity.Total(new[] { free.Units, picture.Cells[i].Cell.Owner == default ? picture.Cells[i].Free : 0 });
        }

        return free.Units;
    }
}
