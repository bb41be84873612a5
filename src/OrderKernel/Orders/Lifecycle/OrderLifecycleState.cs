using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Lifecycles;

namespace OrderKernel.Orders;

/// <summary>Where one side of an order stands in its lifecycle.</summary>
/// <param name="Region">The side.</param>
/// <param name="State">The state's code.</param>
/// <param name="Owner">The role that acts there; empty when nobody has to.</param>
/// <param name="Since">When it was entered.</param>
/// <param name="Due">When the stay becomes too long; null when there is no limit, or nobody can tell.</param>
/// <param name="IsFinal">Whether it ends there.</param>
public sealed record RegionState(
    LifecycleRegion Region, string State, string Owner, Instant Since, Instant? Due, bool IsFinal);

/// <summary>A piece of evidence on file.</summary>
/// <param name="Kind">Its kind, as lifecycles name it.</param>
/// <param name="Reference">Where it is kept.</param>
/// <param name="Hash">The hash of its contents; may be empty.</param>
/// <param name="At">When it was attached.</param>
public sealed record EvidenceRecord(string Kind, string Reference, string Hash, Instant At);

public sealed partial record OrderState
{
    /// <summary>The code of its type; empty for an order without type.</summary>
    public string Type { get; internal init; } = string.Empty;

    /// <summary>The id of the lifecycle it runs on; empty for none.</summary>
    public string Lifecycle { get; internal init; } = string.Empty;

    /// <summary>The version of the lifecycle: what it started on, until it is migrated on purpose.</summary>
    public string LifecycleVersion { get; internal init; } = string.Empty;

    /// <summary>Where each side stands, in the order of regions; empty without a lifecycle.</summary>
    public ImmutableArray<RegionState> Regions { get; internal init; } = ImmutableArray<RegionState>.Empty;

    /// <summary>The signals given and not taken back, in ordinal order.</summary>
    public ImmutableArray<string> Signals { get; internal init; } = ImmutableArray<string>.Empty;

    /// <summary>The evidence on file, oldest first.</summary>
    public ImmutableArray<EvidenceRecord> Evidence { get; internal init; } = ImmutableArray<EvidenceRecord>.Empty;

    /// <summary>The side that is due first and not at its end; null without a lifecycle or when all have ended.</summary>
    public RegionState? Waiting
    {
        get
        {
            RegionState? first = null;
            foreach (RegionState region in Regions)
            {
                bool sooner = first is null || (region.Due is { } due && (first.Due is null || due < first.Due.Value));
                first = !region.IsFinal && sooner ? region : first;
            }

            return first;
        }
    }

    /// <summary>The state of one side; null without it.</summary>
    /// <param name="region">The side.</param>
    public RegionState? Region(LifecycleRegion region) => Region(Regions, region);

    private static RegionState? Region(ImmutableArray<RegionState> regions, LifecycleRegion region)
    {
        foreach (RegionState one in regions)
        {
            if (one.Region == region)
            {
                return one;
            }
        }

        return null;
    }

    internal static ImmutableArray<RegionState> Entering(ImmutableArray<RegionState> regions, OrderEntered entered)
    {
        RegionState? before = Region(regions, entered.Region);
        bool stays = before is not null && string.Equals(before.State, entered.To, StringComparison.Ordinal);
        var after = new RegionState(
            entered.Region, entered.To, entered.Owner, stays ? before!.Since : entered.At, stays ? before!.Due : entered.Due,
            entered.IsFinal);
        return (before is null ? regions.Add(after) : regions.Replace(before, after))
            .Sort(static (a, b) => a.Region.CompareTo(b.Region));
    }

    internal static ImmutableArray<string> Hearing(ImmutableArray<string> signals, OrderSignalled signalled) =>
        signals.RemoveAll(code => code == signalled.Signal || signalled.Cleared.Contains(code))
            .Add(signalled.Signal).Sort(StringComparer.Ordinal);
}
