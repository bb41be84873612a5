using System;
using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using OrderKernel.Findings;

namespace OrderKernel.Stock;

/// <summary>A system that tells us about stock, and when it last did.</summary>
public sealed class StockSource
{
    /// <summary>Makes a source.</summary>
    /// <param name="name">Names it; no two sources of a picture share it.</param>
    /// <param name="refreshInterval">How old its word may be; an age of exactly this is still fresh.</param>
    /// <param name="refreshedAt">When it last told us.</param>
    /// <param name="isDown">Whether it is known not to answer; then its word is stale at any age.</param>
    public StockSource(string name, Duration refreshInterval, Instant refreshedAt, bool isDown = false)
    {
        Name = TextRule.CheckName(name, nameof(name), 64);
        RefreshInterval = refreshInterval;
        RefreshedAt = refreshedAt;
        IsDown = isDown;
    }

    /// <summary>Names the source.</summary>
    public string Name { get; }

    /// <summary>How old its word may be.</summary>
    public Duration RefreshInterval { get; }

    /// <summary>When it last told us.</summary>
    public Instant RefreshedAt { get; }

    /// <summary>Whether it is known not to answer.</summary>
    public bool IsDown { get; }

    /// <summary>Whether its word is fresh at a moment.</summary>
    /// <param name="now">The moment.</param>
    public bool IsFreshAt(Instant now) => !IsDown && now - RefreshedAt <= RefreshInterval;
}

/// <summary>How fresh the word of several sources is at one moment. A stale source hides nothing of the others.</summary>
public sealed class SourceHealth
{
    /// <summary>Judges sources.</summary>
    /// <param name="sources">The sources, in any order; names unique.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="ArgumentException">A name stands twice.</exception>
    public SourceHealth(ImmutableArray<StockSource> sources, Instant now)
    {
        Sources = sources.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        Now = now;
        for (int i = 0; i < Sources.Length; i++)
        {
            if (i > 0 && Sources[i].Name == Sources[i - 1].Name)
            {
                throw new ArgumentException($"The source '{Sources[i].Name}' stands twice.", nameof(sources));
            }

            Fresh += Sources[i].IsFreshAt(now) ? 1 : 0;
        }
    }

    /// <summary>No source but the kernel's own ledger.</summary>
    public static SourceHealth LedgerOnly { get; } = new(ImmutableArray<StockSource>.Empty, Instant.MinValue);

    /// <summary>The sources, by name.</summary>
    public ImmutableArray<StockSource> Sources { get; }

    /// <summary>The moment.</summary>
    public Instant Now { get; }

    /// <summary>How many of them are fresh.</summary>
    public int Fresh { get; }

    /// <summary>Whether the word of a source is stale; never for the empty name, the ledger.</summary>
    /// <param name="source">The source.</param>
    /// <exception cref="ArgumentException">Nobody said how fresh this source is.</exception>
    public bool IsStale(string source)
    {
        if (source is null || source.Length == 0)
        {
            return false;
        }

        foreach (StockSource known in Sources)
        {
            if (known.Name == source)
            {
                return !known.IsFreshAt(Now);
            }
        }

        throw new ArgumentException($"Nothing says how fresh the source '{source}' is; list it among the sources.", nameof(source));
    }

    /// <summary>Such as <c>9/10 fresh</c>.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}/{1} fresh", Fresh, Sources.Length);
}
