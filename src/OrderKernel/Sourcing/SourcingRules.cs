using System;
using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Sourcing;

/// <summary>The rules that most hosts need.</summary>
public static class SourcingRules
{
    /// <summary>The site does not offer something the demand needs.</summary>
    public static readonly FindingKind NeedNotOffered = new(
        "sourcing.need_not_offered", Severity.Note,
        "{site} does not offer {need}; choose a site that does, or drop the need.",
        "{site} 不提供 {need}；请选择提供该能力的站点，或去掉此要求。");

    /// <summary>The lot does not stay good long enough.</summary>
    public static readonly FindingKind LifeTooShort = new(
        "sourcing.life_too_short", Severity.Note,
        "Lot {lot} at {site} is good until day {expiry}; day {wanted} is asked for.",
        "{site} 的批次 {lot} 有效至第 {expiry} 天，要求至第 {wanted} 天。");

    /// <summary>No certificate covers the SKU from the site on the day it would leave.</summary>
    public static readonly FindingKind NotCertified = new(
        "sourcing.not_certified", Severity.Note,
        "No certificate of {site} covers {sku} on day {day}; renew it or ship from elsewhere.",
        "{site} 没有在第 {day} 天覆盖 {sku} 的证书；请续证或改由其他站点发货。");

    /// <summary>Orders are diverted from the site, or the standby site is not in use.</summary>
    public static readonly FindingKind Diverted = new(
        "sourcing.diverted", Severity.Note,
        "{site} takes no orders: backlog {backlog}, limit {limit}, window open: {open}.",
        "{site} 不接单：积压 {backlog}，上限 {limit}，分流窗口开启：{open}。");

    /// <summary>Every need of the demand is offered by the site: capability, cold chain, ground only, named carrier, customs.</summary>
    public static ISourcingRule Needs { get; } = new Rule("sourcing.needs", candidate =>
    {
        foreach (string need in candidate.Demand.Needs)
        {
            if (!candidate.Site.Offers.Contains(need))
            {
                return Remove(NeedNotOffered, candidate, candidate.Site.Id.Text, need);
            }
        }

        return RuleVerdict.Fine;
    });

    /// <summary>The lot is still good on the day the demand asks for.</summary>
    public static ISourcingRule RemainingLife { get; } = new Rule("sourcing.remaining_life", candidate =>
        candidate.Demand.GoodUntilDay is int wanted && candidate.Stock.ExpiryDay < wanted
            ? Remove(LifeTooShort, candidate, candidate.Stock.Lot, candidate.Stock.Site.Text, Day(candidate.Stock.ExpiryDay), Day(wanted))
            : RuleVerdict.Fine);

    /// <summary>Stock leaves a site only while a certificate covers its SKU there, judged on the planned day of leaving.</summary>
    /// <param name="certificates">What is covered when; both days inclusive.</param>
    public static ISourcingRule Certified(ImmutableArray<SiteCertificate> certificates) => new Rule("sourcing.certified", candidate =>
    {
        int day = candidate.Stock.AvailableDay + (candidate.Transfer?.Days ?? 0);
        foreach (SiteCertificate certificate in certificates)
        {
            if (certificate.Site == candidate.Site.Id && certificate.Sku == candidate.Demand.Sku
                && certificate.FromDay <= day && day <= certificate.ToDay)
            {
                return RuleVerdict.Fine;
            }
        }

        return Remove(NotCertified, candidate, candidate.Site.Id.Text, candidate.Demand.Sku.Text, Day(day));
    });

    /// <summary>Sites of one kind go first: pieces from any other cost extra.</summary>
    /// <param name="kind">The kind that is preferred.</param>
    /// <param name="extraCost">What a piece from another kind costs extra.</param>
    public static ISourcingRule Prefer(SiteKind kind, long extraCost) => new Rule("sourcing.prefer_kind", candidate =>
        candidate.Site.Kind == kind ? RuleVerdict.Fine : RuleVerdict.Price(extraCost));

    /// <summary>For demands that carry a tag, sites of one kind go first: pieces from any other cost extra.</summary>
    /// <param name="tag">The tag, as in <see cref="SourcingDemand.Tags"/>.</param>
    /// <param name="kind">The kind that is preferred.</param>
    /// <param name="extraCost">What a piece from another kind costs extra.</param>
    public static ISourcingRule PreferFor(string tag, SiteKind kind, long extraCost) => new Rule(
        "sourcing.prefer_kind_for_tag", candidate =>
        candidate.Site.Kind == kind || !candidate.Demand.Tags.Contains(tag) ? RuleVerdict.Fine : RuleVerdict.Price(extraCost));

    /// <summary>For destinations of a region the nearest site of the named kind goes first: pieces from another kind cost extra, and
    /// within the kind every unit of distance does.</summary>
    /// <param name="destination">The destination's code.</param>
    /// <param name="regions">The beginnings of the codes that lie in the region.</param>
    /// <param name="kind">The kind that serves it.</param>
    /// <param name="extraCost">What a piece from another kind costs extra.</param>
    /// <param name="costPerDistance">What a piece costs extra for each unit of distance; so large that it outweighs freight, the
    /// nearest site with stock is taken.</param>
    public static ISourcingRule Region(
        string destination, ImmutableArray<string> regions, SiteKind kind, long extraCost, long costPerDistance = 0)
    {
        bool inside = false;
        foreach (string region in regions)
        {
            inside |= destination.StartsWith(region, StringComparison.Ordinal);
        }

        return new Rule("sourcing.region", candidate =>
            !inside ? RuleVerdict.Fine
            : RuleVerdict.Price(candidate.Site.Kind == kind ? candidate.Site.Distance * costPerDistance : extraCost));
    }

    /// <summary>In a window, and while the main site's backlog is above its limit, the standby site takes its place.</summary>
    /// <param name="main">The main site.</param>
    /// <param name="standby">The standby site; out of use otherwise.</param>
    /// <param name="backlog">Orders waiting at the main site.</param>
    /// <param name="limit">The backlog up to which, inclusive, the main site copes.</param>
    /// <param name="window">When orders may be diverted; its start inclusive, its end exclusive.</param>
    /// <param name="now">The moment of deciding.</param>
    public static ISourcingRule Standby(NodeId main, NodeId standby, long backlog, long limit, Interval window, Instant now)
    {
        bool isWindowOpen = window.Contains(now);
        NodeId closed = isWindowOpen && backlog > limit ? main : standby;
        return new Rule("sourcing.standby", candidate => candidate.Site.Id == closed
            ? Remove(
                Diverted, candidate, closed.Text, backlog.ToString(CultureInfo.InvariantCulture),
                limit.ToString(CultureInfo.InvariantCulture), isWindowOpen ? "yes" : "no")
            : RuleVerdict.Fine);
    }

    private static RuleVerdict Remove(FindingKind kind, SourcingCandidate candidate, params string[] facts) =>
        RuleVerdict.Remove(kind.About(candidate.Demand.Id, string.Empty, facts));

    private static string Day(int day) => day.ToString(CultureInfo.InvariantCulture);

    private sealed class Rule(string name, Func<SourcingCandidate, RuleVerdict> judge) : ISourcingRule
    {
        public string Name => name;

        public RuleVerdict Judge(SourcingCandidate candidate) => judge(candidate);
    }
}

/// <summary>That a site may send a SKU from one day to another, both inclusive.</summary>
/// <param name="Site">The site.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="FromDay">The first day.</param>
/// <param name="ToDay">The last day.</param>
public sealed record SiteCertificate(NodeId Site, Sku Sku, int FromDay, int ToDay);
