using System;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Stock;

namespace OrderKernel.Scarcity;

/// <summary>One row of a tier policy: which orders it is for, and the tier of their holds.</summary>
/// <param name="Tier">The tier.</param>
/// <param name="CustomerLevel">The customer's level; empty for any.</param>
/// <param name="IsPaid">Whether the order is paid; null for either.</param>
/// <param name="LeastPriority">The least priority of the order.</param>
public sealed record TierRule(HoldTier Tier, string CustomerLevel = "", bool? IsPaid = null, int LeastPriority = int.MinValue)
{
    internal bool Takes(OrderStanding standing) =>
        (CustomerLevel.Length == 0 || string.Equals(CustomerLevel, standing.CustomerLevel, StringComparison.Ordinal))
        && (IsPaid is null || IsPaid == standing.IsPaid) && standing.Priority >= LeastPriority;
}

/// <summary>Which orders hold how firmly, how long, and who may take stock from whom. Data: it is recorded with every decision that
/// it made.</summary>
public sealed class TierPolicy
{
    /// <summary>Makes a policy.</summary>
    /// <param name="rules">The rows; the first that takes an order gives its tier. An order that none takes holds at the tier
    /// planned.</param>
    /// <param name="minutes">Per tier how many minutes a hold lasts; 0 for ever.</param>
    /// <param name="leastTaker">The least tier that may displace holds at all; null when nobody may.</param>
    /// <param name="mostDisplaced">The greatest tier that may be displaced; always below the taker's own.</param>
    /// <exception cref="ArgumentException">A tier has no duration or a negative one, or picked goods could be displaced.</exception>
    public TierPolicy(
        ImmutableArray<TierRule> rules, ImmutableArray<int> minutes, HoldTier? leastTaker = null,
        HoldTier mostDisplaced = HoldTier.Planned)
    {
        if (rules.IsDefault || minutes.IsDefault || minutes.Length != HoldTiers.All.Length || minutes.Any(static m => m < 0)
            || mostDisplaced >= HoldTier.Picked)
        {
            throw new ArgumentException(
                "State for each of the four tiers how many minutes it lasts, zero or more; what is picked is not displaced.",
                nameof(minutes));
        }

        Rules = rules;
        Minutes = minutes;
        LeastTaker = leastTaker;
        MostDisplaced = mostDisplaced;
    }

    /// <summary>Paid orders hold firmly and for ever, others for 30 minutes; firm holds may displace those of orders not paid.</summary>
    public static TierPolicy PaidBeforeUnpaid { get; } = new(
        ImmutableArray.Create(new TierRule(HoldTier.Firm, IsPaid: true)), ImmutableArray.Create(30, 30, 0, 0), HoldTier.Firm);

    /// <summary>The rows.</summary>
    public ImmutableArray<TierRule> Rules { get; }

    /// <summary>Per tier how many minutes a hold lasts; 0 for ever.</summary>
    public ImmutableArray<int> Minutes { get; }

    /// <summary>The least tier that may displace holds; null when nobody may.</summary>
    public HoldTier? LeastTaker { get; }

    /// <summary>The greatest tier that may be displaced.</summary>
    public HoldTier MostDisplaced { get; }

    /// <summary>The tier of an order's holds.</summary>
    /// <param name="standing">What is known of the order.</param>
    public HoldTier TierOf(OrderStanding standing)
    {
        if (standing is null)
        {
            throw new ArgumentNullException(nameof(standing));
        }

        foreach (TierRule rule in Rules)
        {
            if (rule.Takes(standing))
            {
                return rule.Tier;
            }
        }

        return HoldTier.Planned;
    }

    /// <summary>When a hold made now falls free; null for never.</summary>
    /// <param name="tier">Its tier.</param>
    /// <param name="now">Now.</param>
    public Instant? ExpiryOf(HoldTier tier, Instant now) =>
        Minutes[(int)tier] == 0 ? null : now + Duration.FromMinutes(Minutes[(int)tier]);

    /// <summary>Whether a hold may take stock from another.</summary>
    /// <param name="taker">The tier of the one that wants it.</param>
    /// <param name="holder">The tier of the one that holds it.</param>
    public bool MayDisplace(HoldTier taker, HoldTier holder) =>
        LeastTaker is { } least && taker >= least && holder < taker && holder <= MostDisplaced;
}
