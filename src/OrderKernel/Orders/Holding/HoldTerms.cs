using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>On which terms an order holds: how firmly, until when and where. The terms are the order's, not a piece's.</summary>
internal static class HoldTerms
{
    /// <summary>Why nothing can be held, whatever the stock; empty when something may be.</summary>
    public static Finding[] Faults(OrderState state, HoldStock hold, DecisionContext context)
    {
        var findings = new List<Finding>();
        if (state.Lines.All(static line => line.Open.IsZero))
        {
            findings.Add(OrderRefusals.NothingOpen.About(string.Empty, string.Empty));
        }

        Instant? expires = hold.ExpiresAt is { } stated ? Microseconds.Cut(stated) : null;
        if (expires <= context.Now)
        {
            findings.Add(OrderRefusals.ExpiryPassed.About(
                string.Empty, "expires_at", OrderDecider.Iso(expires.Value), OrderDecider.Iso(context.Now)));
        }

        return findings.ToArray();
    }

    /// <summary>What lines hold at other nodes than those asked for; empty when it is there, or any node will do.</summary>
    public static Finding[] Elsewhere(OrderState state, ImmutableArray<NodeId> nodes)
    {
        var findings = new List<Finding>();
        foreach (OrderLine line in nodes.IsDefaultOrEmpty ? ImmutableArray<OrderLine>.Empty : state.Lines)
        {
            LineHold[] other = line.Holds.Where(hold => !nodes.Contains(hold.Cell.Node)).ToArray();
            if (other.Length > 0)
            {
                findings.Add(OrderRefusals.HeldElsewhere.About(
                    OrderDecider.Subject(line.Number), "nodes", OrderDecider.Digits(line.Number),
                    OrderDecider.Digits(other.Sum(static hold => hold.Quantity.Units)),
                    Named(other.Select(static hold => hold.Cell.Node).Distinct()), Named(nodes)));
            }
        }

        return findings.ToArray();
    }

    /// <summary>How firmly an order that is served or shared anew holds, and until when: by the policy, never weaker than what it
    /// holds already. Nobody asked it, so its expiry stays; a firmer tier never ends it earlier.</summary>
    public static (HoldTier? Tier, Instant? Expires) Kept(OrderState state, DecisionContext context)
    {
        HoldTier? tier = TierOf(state, null, context.Sight.Tiers);
        Instant? lasts = Lasts(tier, context);
        return !HoldsSomething(state) ? (tier, lasts)
            : IsRaised(state, tier) ? (tier, Later(state.HoldsExpireAt, lasts))
            : (tier, state.HoldsExpireAt);
    }

    /// <summary>How firmly an order holds what it takes now: as stated or by the policy, never weaker than what it holds already.</summary>
    public static HoldTier? TierOf(OrderState state, HoldTier? stated, TierPolicy? tiers)
    {
        HoldTier? wanted = stated ?? tiers?.TierOf(state.Standing);
        HoldTier? held = !HoldsSomething(state) ? null : state.HoldTier ?? (wanted is null ? null : HoldTier.Firm);
        return held is null || wanted > held ? wanted : held;
    }

    /// <summary>Whether a tier is firmer than what the order holds at; what is held without a tier counts as firm.</summary>
    public static bool IsRaised(OrderState state, HoldTier? tier) => tier > (state.HoldTier ?? HoldTier.Firm);

    /// <summary>Until when a tier lasts that is held at from now on; null for ever.</summary>
    public static Instant? Lasts(HoldTier? tier, DecisionContext context) =>
        tier is { } some ? context.Sight.Tiers?.ExpiryOf(some, context.Now) : null;

    public static bool HoldsSomething(OrderState state)
    {
        foreach (OrderLine line in state.Lines)
        {
            if (!line.Held.IsZero)
            {
                return true;
            }
        }

        return false;
    }

    private static Instant? Later(Instant? one, Instant? other) =>
        one is { } a && other is { } b ? Instant.Max(a, b) : null;

    private static string Named(IEnumerable<NodeId> nodes) => string.Join(", ", nodes.Select(static node => node.Text));
}
