using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace OrderKernel.Board;

/// <summary>Whether everything that a source system has is here, by its keys.</summary>
/// <remarks><para>Source: requirement row S0-26.</para></remarks>
public sealed class CompletenessReport
{
    private CompletenessReport(
        int expected, ImmutableArray<string> missing, ImmutableArray<string> extra, ImmutableArray<string> repeated)
    {
        Expected = expected;
        Missing = missing;
        Extra = extra;
        Repeated = repeated;
    }

    /// <summary>How many different keys the source has.</summary>
    public int Expected { get; }

    /// <summary>How many of them are here.</summary>
    public int Present => Expected - Missing.Length;

    /// <summary>The keys of the source that are not here, in ordinal order.</summary>
    public ImmutableArray<string> Missing { get; }

    /// <summary>The keys that are here and not in the source, in ordinal order.</summary>
    public ImmutableArray<string> Extra { get; }

    /// <summary>The keys that several orders here have, in ordinal order.</summary>
    public ImmutableArray<string> Repeated { get; }

    /// <summary>What is present in percent, with two decimals, rounded down so that 100 means all of it; null when the source has
    /// nothing.</summary>
    public decimal? Percent => Expected == 0 ? null : Math.Floor(10_000m * Present / Expected) / 100m;

    /// <summary>Compares.</summary>
    /// <param name="source">The keys that the source has; a repeated one counts once.</param>
    /// <param name="kernel">The keys that are here; empty ones are passed over.</param>
    /// <remarks><para>Cost: O(n log n).</para></remarks>
    public static CompletenessReport Of(IEnumerable<string> source, IEnumerable<string> kernel)
    {
        if (source is null || kernel is null)
        {
            throw new ArgumentNullException(source is null ? nameof(source) : nameof(kernel));
        }

        var wanted = new SortedSet<string>(source, StringComparer.Ordinal);
        var here = new SortedSet<string>(StringComparer.Ordinal);
        var repeated = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string key in kernel)
        {
            if (key.Length > 0 && !here.Add(key))
            {
                repeated.Add(key);
            }
        }

        var missing = new SortedSet<string>(wanted, StringComparer.Ordinal);
        missing.ExceptWith(here);
        here.ExceptWith(wanted);
        return new CompletenessReport(
            wanted.Count, ImmutableArray.CreateRange(missing), ImmutableArray.CreateRange(here), ImmutableArray.CreateRange(repeated));
    }
}
