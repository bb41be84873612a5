using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sourcing.Tests;

public class SourcingCaseTests
{
    private static readonly NodeId Hangzhou = new("hangzhou"), Urumqi = new("urumqi"), Shop = new("shop"), Maker = new("maker");
    private static readonly Sku Bolt = new("bolt");

    [Theory]
    [InlineData("cold_chain")]
    [InlineData("ground_only")]
    [InlineData("carrier.sf")]
    [InlineData("customs.bonded")]
    public void Decide_NeedOnlyOneSiteOffers_OthersRemovedByName(string need)
    {
        SourcingDemand demand = Want(Bolt, 2);
        demand.Needs = [need];
        SourcingSite able = Site(Urumqi, SiteKind.ThirdParty, 9_000, 2);
        able.Offers = ["other", need];
        var decision = new SourcingCase(
            [demand], [Site(Hangzhou, SiteKind.Own, 100, 1), able], [Have(Hangzhou, Bolt, 9), Have(Urumqi, Bolt, 9)]).Decide();
        Assert.Equal("urumqi:2", Told(decision));
        RuleEffect effect = Assert.Single(decision.Effects);
        Assert.Equal(("sourcing.needs", Hangzhou), (effect.Rule, effect.Candidate.Site.Id));
        Assert.Contains(need, effect.Verdict.Removal!.Text(Language.Chinese), StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_LotsWithExpiry_FirstExpiredFirstAmongThoseThatLast()
    {
        SourcingDemand demand = Want(Bolt, 5);
        demand.GoodUntilDay = 90;
        var decision = new SourcingCase(
            [demand],
            [Site(Hangzhou, SiteKind.Own, 100, 1)],
            [
                new SiteStock(Hangzhou, Bolt, "late", new Quantity(9), 400), new SiteStock(Hangzhou, Bolt, "short", new Quantity(9), 89),
                new SiteStock(Hangzhou, Bolt, "first", new Quantity(3), 90),
            ]).Decide();
        Assert.Equal(["first:3", "late:2"], decision.Shipments.Single().Picks.Select(p => p.Lot + ":" + p.Quantity));
        Assert.Equal(SourcingRules.LifeTooShort.Code, Assert.Single(decision.Effects).Verdict.Removal!.Code);
    }

    [Theory]
    [InlineData(5, "hangzhou:1")]
    [InlineData(4, "shop:1")]
    public void Decide_CertificateEndsBeforePlannedDay_SiteRemoved(int lastDay, string expected)
    {
        var decision = new SourcingCase(
            [Want(Bolt, 1)],
            [Site(Hangzhou, SiteKind.Own, 100, 1), Site(Shop, SiteKind.Front, 900, 2)],
            [new SiteStock(Hangzhou, Bolt, string.Empty, new Quantity(1), AvailableDay: 5), Have(Shop, Bolt, 1)],
            rules: [SourcingRules.Certified([new SiteCertificate(Hangzhou, Bolt, 0, lastDay),
                new SiteCertificate(Shop, Bolt, 0, 99)])]).Decide();
        Assert.Equal(expected, Told(decision));
    }

    [Theory]
    [InlineData(100, "hangzhou:4")]
    [InlineData(80, "maker:4")]
    public void Decide_SupplierMinimumOrderValue_SupplierOnlyAboveIt(long minimum, string expected)
    {
        SourcingDemand demand = Want(Bolt, 4);
        demand.UnitValue = 20;
        SourcingSite supplier = Site(Maker, SiteKind.Supplier, 100, 9);
        supplier.MinimumValue = minimum;
        var decision = new SourcingCase(
            [demand], [Site(Hangzhou, SiteKind.Own, 5_000, 1), supplier], [Have(Hangzhou, Bolt, 4), Have(Maker, Bolt, 4)]).Decide();
        Assert.Equal(expected, Told(decision));
    }

    [Theory]
    [InlineData(100, "hangzhou:2")]
    [InlineData(5_000, "shop:2")]
    public void Decide_LatenessIsPriced_AgainstTheDearerSiteInTime(long lateCost, string expected)
    {
        SourcingDemand demand = Want(Bolt, 2);
        (demand.DueDay, demand.LateCostPerDay) = (1, lateCost);
        SourcingSite slow = Site(Hangzhou, SiteKind.Own, 100, 1);
        slow.TransitDays = 2;
        var decision = new SourcingCase(
            [demand], [slow, Site(Shop, SiteKind.Front, 3_000, 2)], [Have(Hangzhou, Bolt, 2), Have(Shop, Bolt, 2)]).Decide();
        Assert.Equal(expected, Told(decision));
    }

    [Fact]
    public void Decide_ShipTogether_CheapestSiteThatHasItAllOrNothing() =>
        Prop.ForAll(Gen.Choose(0, 1 << 30).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            Sku[] skus = [new("x"), new("y"), new("z")];
            SourcingDemand[] demands = [.. skus.Select(sku => Want(sku, random.Next(1, 4), random.Next(100, 900)))];
            demands[0].ShipTogether = demands[1].ShipTogether = "set";
            SourcingSite[] sites = [.. Enumerable.Range(0, random.Next(1, 5)).Select(i =>
                Site(new NodeId("n" + i), SiteKind.Own, random.Next(1, 1_500), i))];
            foreach (SourcingSite site in sites)
            {
                site.HandlingCost = random.Next(0, 300);
            }

            ImmutableArray<SiteStock> stock = [.. sites.SelectMany(site => skus.Select(sku => Have(site.Id, sku, random.Next(0, 5))))];
            SourcingDecision decision = new SourcingCase([.. demands], [.. sites], stock).Decide();

            // The group at one site or nowhere, the third line however it likes.
            long best = long.MaxValue;
            for (int set = 0; set < 1 << sites.Length; set++)
            {
                SourcingSite[] open = [.. sites.Where((_, i) => (set >> i & 1) != 0)];
                long Free(SourcingSite site, Sku sku) => stock.Single(s => s.Site == site.Id && s.Sku == sku).Quantity.Units;
                long leave = demands.Take(2).Sum(d => d.Quantity.Units * d.UnfilledCost);
                long group = open.Where(s => demands.Take(2).All(d => Free(s, d.Sku) >= d.Quantity.Units))
                    .Select(s => demands.Take(2).Sum(d => d.Quantity.Units * s.HandlingCost)).Append(leave).Min();
                long need = demands[2].Quantity.Units, third = 0;
                foreach (SourcingSite site in open.Where(s => s.HandlingCost < demands[2].UnfilledCost).OrderBy(s => s.HandlingCost))
                {
                    long take = Math.Min(need, Free(site, skus[2]));
                    (need, third) = (need - take, third + (take * site.HandlingCost));
                }

                best = Math.Min(best, open.Sum(s => s.ShipmentCost) + group + third + (need * demands[2].UnfilledCost));
            }

            Assert.Equal(best, decision.Plan!.Objective);
            Assert.True(decision.Shipments.Count(s => s.Picks.Any(p => p.Demand is "x" or "y")) <= 1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(300)));

    [Fact]
    public void Decide_GroupSharesSkuWithAnotherDemand_RefusedNamingBoth()
    {
        SourcingDemand inside = Want(Bolt, 1);
        inside.ShipTogether = "set";
        var outside = new SourcingDemand("other", Bolt, new Quantity(1), 9);
        SourcingDecision decision = new SourcingCase([inside, outside], [], []).Decide();
        Finding refusal = Assert.Single(decision.Refusals);
        Assert.Equal("sourcing.together_shares_stock", refusal.Code);
        Assert.Null(decision.Plan);
    }

    [Fact]
    public void Decide_StockOfUnknownSite_NamesIt() =>
        Assert.Contains("shop", Assert.Throws<ArgumentException>(
            () => new SourcingCase([Want(Bolt, 1)], [], [Have(Shop, Bolt, 1)]).Decide()).Message, StringComparison.Ordinal);

    private static SourcingDemand Want(Sku sku, int pieces, long unfilled = 1_000_000) =>
        new(sku.Text, sku, new Quantity(pieces), unfilled);

    private static SourcingSite Site(NodeId id, SiteKind kind, long cost, long distance) => new(id, kind, cost) { Distance = distance };

    private static SiteStock Have(NodeId site, Sku sku, int pieces) => new(site, sku, string.Empty, new Quantity(pieces));

    private static string Told(SourcingDecision decision) => string.Join(
        " ", decision.Shipments.Select(s => s.Site + ":" + s.Picks.Sum(p => p.Quantity.Units)));
}
