using OrderKernel.Findings;
using OrderKernel.Sourcing;

namespace PolicyTests;

/// <summary>A sourcing rule of our own: implants leave our own sites only.</summary>
public sealed class ImplantsFromOwnSites : ISourcingRule
{
    public static readonly FindingKind NotOwn = new(
        "clinic.implant_from_own_site", Severity.Note,
        "{sku} is an implant and {site} is not ours; ship it from one of our own sites.",
        "{sku} 为植入物，{site} 不是自有仓；请从自有仓发货。");

    public string Name => "clinic.implants_from_own_sites";

    public RuleVerdict Judge(SourcingCandidate candidate)
    {
        bool implant = candidate.Demand.Sku.Text.StartsWith("IMPLANT-", StringComparison.Ordinal);
        return implant && candidate.Site.Kind != SiteKind.Own
            ? RuleVerdict.Remove(NotOwn.About(candidate.Demand.Id, "site", candidate.Demand.Sku.Text, candidate.Site.Id.Text))
            : RuleVerdict.Fine;
    }
}
