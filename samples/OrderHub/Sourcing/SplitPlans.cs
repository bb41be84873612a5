using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Measures;
using OrderKernel.Sourcing;

namespace OrderHub.Sourcing;

/// <summary>An order of three lines that no warehouse has whole: how it is split, what it costs, and why not otherwise.</summary>
internal static class SplitPlans
{
    private static readonly NodeId Hangzhou = new("hangzhou"), Wuhan = new("wuhan"), Urumqi = new("urumqi");
    private static readonly Sku Gloves = new("gloves"), Reagent = new("reagent"), Catheter = new("catheter");

    public static async Task PrintAsync(HubText text, TextWriter output)
    {
        SourcingCase example = Example();
        SourcingDecision best = example.Decide(), nearest = example.DecideNearestFirst();
        await output.WriteLineAsync(text.Say(HubText.PlanTitle, example.Demands.Length.ToString("D"), example.Sites.Length.ToString("D")))
            .ConfigureAwait(false);
        foreach (DecidedShipment shipment in best.Shipments)
        {
            string picks = string.Join(", ", shipment.Picks.Select(pick =>
                $"{pick.Demand} × {pick.Quantity}" + (pick.Lot.Length > 0 ? $" ({pick.Lot})" : string.Empty)));
            await output.WriteLineAsync(text.Say(HubText.PlanShipment, shipment.Site.Text, picks)).ConfigureAwait(false);
        }

        SourcingPlan plan = best.Plan!;
        await output.WriteLineAsync(text.Say(
            HubText.PlanCost, HubText.Count(plan.Objective), HubText.Count(plan.LowerBound),
            HubText.Count(nearest.Plan!.Objective))).ConfigureAwait(false);
        foreach (RuleEffect effect in best.Effects)
        {
            string why = effect.Verdict.Removal?.Text(text.Language)
                ?? text.Say(HubText.PlanPriced, HubText.Count(effect.Verdict.ExtraCost));
            await output.WriteLineAsync(text.Say(
                HubText.PlanRule, effect.Candidate.Site.Id.Text, effect.Candidate.Demand.Id, effect.Rule, why)).ConfigureAwait(false);
        }

        foreach (NodeVerdict rejected in plan.Rejected)
        {
            await output.WriteLineAsync(text.Say(
                HubText.PlanRejected, example.Sites[rejected.Node].Id.Text, HubText.Count(rejected.ReducedCost))).ConfigureAwait(false);
        }
    }

    private static SourcingCase Example()
    {
        SourcingDemand reagent = new("L2", Reagent, new Quantity(6), 100_000) { Needs = ["cold_chain"], GoodUntilDay = 90 };
        return new SourcingCase(
            [new("L1", Gloves, new Quantity(40), 100_000), reagent, new("L3", Catheter, new Quantity(4), 100_000)],
            [
                new SourcingSite(Hangzhou, SiteKind.Own, 1_200) { HandlingCost = 10, TransitDays = 1, Offers = ["cold_chain"] },
                new SourcingSite(Wuhan, SiteKind.Own, 1_500) { HandlingCost = 12, TransitDays = 2, Offers = ["cold_chain"] },
                new SourcingSite(Urumqi, SiteKind.ThirdParty, 900) { HandlingCost = 30, TransitDays = 5 },
            ],
            [
                new SiteStock(Hangzhou, Gloves, string.Empty, new Quantity(30)),
                new SiteStock(Hangzhou, Reagent, "R-short", new Quantity(9), ExpiryDay: 60),
                new SiteStock(Wuhan, Gloves, string.Empty, new Quantity(20)),
                new SiteStock(Wuhan, Reagent, "R-late", new Quantity(6), ExpiryDay: 200),
                new SiteStock(Urumqi, Reagent, "R-cold", new Quantity(6), ExpiryDay: 300),
                new SiteStock(Urumqi, Catheter, string.Empty, new Quantity(9)),
                new SiteStock(Wuhan, Catheter, string.Empty, new Quantity(4)),
            ],
            rules: [SourcingRules.Needs, SourcingRules.RemainingLife, SourcingRules.Prefer(SiteKind.Own, 5)]);
    }
}
