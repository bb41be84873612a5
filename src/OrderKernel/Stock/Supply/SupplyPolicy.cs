using System;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>What stale word of a source is worth.</summary>
public enum StaleTreatment
{
    /// <summary>As much as a fresh one; that it is stale is shown.</summary>
    Trust = 0,

    /// <summary>A buffer is taken off where a source is stale.</summary>
    Conservative = 1,

    /// <summary>Nothing: the rows of a stale source are not promised.</summary>
    Exclude = 2,
}

/// <summary>Which supply may be promised to whom.</summary>
public sealed class SupplyPolicy
{
    /// <summary>Makes a policy.</summary>
    /// <param name="kinds">The kinds that may be promised; default for everything of our own.</param>
    /// <param name="leastConfidencePercent">Supply that is less sure is left out.</param>
    /// <param name="stale">What stale word is worth.</param>
    /// <param name="staleBuffer">What <see cref="StaleTreatment.Conservative"/> takes off for each stale source of a SKU at a node.</param>
    /// <param name="preemptsBelowTier">Dated holds below this tier do not stand in the way; 0 for none.</param>
    public SupplyPolicy(
        ImmutableArray<SupplyKind> kinds = default, int leastConfidencePercent = 0, StaleTreatment stale = StaleTreatment.Trust,
        Quantity staleBuffer = default, int preemptsBelowTier = 0)
    {
        if (leastConfidencePercent is < 0 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(leastConfidencePercent), "A confidence is 0 to 100 percent.");
        }

        Kinds = kinds.IsDefault
            ? ImmutableArray.Create(SupplyKind.OnHand, SupplyKind.InTransit, SupplyKind.Receipt)
            : kinds;
        LeastConfidencePercent = leastConfidencePercent;
        Stale = stale;
        StaleBuffer = staleBuffer;
        PreemptsBelowTier = preemptsBelowTier;
    }

    /// <summary>Everything of our own, however sure; nobody is pushed aside.</summary>
    public static SupplyPolicy Default { get; } = new();

    /// <summary>The kinds that may be promised.</summary>
    public ImmutableArray<SupplyKind> Kinds { get; }

    /// <summary>Supply that is less sure is left out.</summary>
    public int LeastConfidencePercent { get; }

    /// <summary>What stale word is worth.</summary>
    public StaleTreatment Stale { get; }

    /// <summary>What is taken off for each stale source.</summary>
    public Quantity StaleBuffer { get; }

    /// <summary>Dated holds below this tier do not stand in the way.</summary>
    public int PreemptsBelowTier { get; }

    internal bool Counts(DatedSupply supply, SourceHealth health) =>
        Kinds.Contains(supply.Kind) && supply.ConfidencePercent >= LeastConfidencePercent
        && (Stale != StaleTreatment.Exclude || !health.IsStale(supply.Source));
}
