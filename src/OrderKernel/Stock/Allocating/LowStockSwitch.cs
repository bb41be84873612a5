using System;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>What a channel should do with the listing of a SKU.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="Pause">True to stop selling, false to sell again.</param>
public readonly record struct ListingIntent(string Channel, Sku Sku, bool Pause);

/// <summary>Stops selling a SKU everywhere when it runs low, and sells again only when it has clearly recovered.</summary>
/// <remarks><para>Paused below the threshold; resumed at threshold plus margin or above, so stock that hovers does not
/// flicker.</para></remarks>
public sealed class LowStockSwitch
{
    /// <summary>Makes a switch.</summary>
    /// <param name="threshold">Below this, selling stops.</param>
    /// <param name="margin">How far above the threshold selling starts again.</param>
    public LowStockSwitch(Quantity threshold, Quantity margin)
    {
        Threshold = threshold;
        Margin = margin;
    }

    /// <summary>Below this, selling stops.</summary>
    public Quantity Threshold { get; }

    /// <summary>How far above the threshold selling starts again.</summary>
    public Quantity Margin { get; }

    /// <summary>What the channels should do now.</summary>
    /// <param name="sku">The SKU.</param>
    /// <param name="free">What may be promised now.</param>
    /// <param name="isPaused">Whether selling is stopped.</param>
    /// <param name="channels">The channels, each told once.</param>
    /// <returns>One intent a channel in their order; empty when nothing changes.</returns>
    public ImmutableArray<ListingIntent> Next(Sku sku, Quantity free, bool isPaused, ImmutableArray<string> channels)
    {
        bool pause = isPaused ? free < Threshold + Margin : free < Threshold;
        return pause == isPaused
            ? ImmutableArray<ListingIntent>.Empty
            : ImmutableArray.CreateRange(channels, channel => new ListingIntent(channel, sku, pause));
    }
}
