using System;
using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Stock;

/// <summary>How firmly stock is held; a later tier is never displaced by an earlier one.</summary>
public enum HoldTier
{
    /// <summary>Set aside while somebody thinks it over.</summary>
    Quote = 0,

    /// <summary>Ordered and not yet secured, such as not paid.</summary>
    Planned = 1,

    /// <summary>Secured; what holds without a tier counts as firm.</summary>
    Firm = 2,

    /// <summary>In the picker's hands.</summary>
    Picked = 3,
}

/// <summary>The names of the tiers.</summary>
public static class HoldTiers
{
    /// <summary>By <see cref="HoldTier"/>.</summary>
    public static ImmutableArray<Term> All { get; } = ImmutableArray.Create(
        new Term("tier.quote", "Quote", "报价预留"),
        new Term("tier.planned", "Planned", "软锁"),
        new Term("tier.firm", "Firm", "硬锁"),
        new Term("tier.picked", "Picked", "已拣"));

    internal static string Code(this HoldTier tier) => All[(int)tier].Code.Substring("tier.".Length);

    internal static HoldTier Parse(string code)
    {
        for (int i = 0; i < All.Length; i++)
        {
            if (string.Equals(All[i].Code, "tier." + code, StringComparison.Ordinal))
            {
                return (HoldTier)i;
            }
        }

        throw new FormatException($"'{code}' is not a tier.");
    }
}
