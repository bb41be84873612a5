using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sourcing.Tests;

/// <summary>The sourcing rows of the requirements, each played whole.</summary>
public class SourcingRowTests
{
    private static readonly NodeId Hangzhou = new("杭州"), Urumqi = new("乌鲁木齐"), Xian = new("西安"), Shop = new("shop");
    private static readonly Sku Bolt = new("bolt");

    [Theory]
    [Trait("Req", "S1-36")]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void HighValueCustomer_OwnWarehouseFirst_ShortByTheChosenPolicy(bool wholeOrder, bool split)
    {
        string Source(int own, params string[] tags)
        {
            SourcingDemand demand = Want(Bolt, 5);
            demand.Tags = [.. tags];
            return Told(new SourcingCase(
                [demand],
                [Site(Hangzhou, SiteKind.Own, 1_000, 9), Site(Shop, SiteKind.Front, 100, 1)],
                [Have(Hangzhou, Bolt, own), Have(Shop, Bolt, 9)],
                rules: [SourcingRules.PreferFor("high_value", SiteKind.Own, 2_000)],
                mostShipments: wholeOrder ? 1 : int.MaxValue).Decide());
        }

        Assert.Equal("杭州:5", Source(5, "high_value"));
        Assert.Equal(split ? "shop:2 杭州:3" : "shop:5", Source(3, "high_value"));
        Assert.Equal("shop:5", Source(5, "ordinary"));
    }

    [Fact]
    [Trait("Req", "S1-37")]
    public void RemoteArea_NearestThirdPartyWithStock_ThenNextNearest_OtherwiseTheNormalRule()
    {
        string Source(string destination, int urumqi, int xian)
        {
            SourcingDecision decision = new SourcingCase(
                [Want(Bolt, 4)],
                [Site(Hangzhou, SiteKind.Own, 1_000, 3_800), Site(Urumqi, SiteKind.ThirdParty, 5_000, 30),
                    Site(Xian, SiteKind.ThirdParty, 2_000, 2_500)],
                [Have(Hangzhou, Bolt, 9), Have(Urumqi, Bolt, urumqi), Have(Xian, Bolt, xian)],
                rules: [SourcingRules.Region(
                    destination, ["65", "54", "63"], SiteKind.ThirdParty, 500_000, costPerDistance: 100)]).Decide();
            Assert.Equal(SourcingProof.Exact, decision.Plan!.Proof);
            return Told(decision);
        }

        Assert.Equal("乌鲁木齐:4", Source("650000", 4, 9));
        Assert.Equal("西安:4", Source("650000", 0, 9));
        Assert.Equal("杭州:4", Source("650000", 0, 0));
        Assert.Equal("杭州:4", Source("310000", 4, 9));

        // A region's code begins with it; elsewhere in the code it says nothing.
        Assert.Equal("杭州:4", Source("316500", 4, 9));
        Assert.Equal("杭州:4", Source("310065", 4, 9));
    }

    /// <summary>Twelve lines: eight lie at A, three come over from B, one leaves the plant C a day later.</summary>
    [Fact]
    [Trait("Req", "S2-38")]
    public void TwelveLines_EightDirectThreeTransferredOneFromThePlant_NoneLostOrDoubled()
    {
        NodeId a = new("a"), b = new("b"), c = new("c");
        Sku[] skus = [.. Enumerable.Range(0, 12).Select(i => new Sku("s" + i.ToString("D2", CultureInfo.InvariantCulture)))];
        SourcingDecision decision = new SourcingCase(
            [.. skus.Select(sku => Want(sku, 2))],
            [Site(a, SiteKind.Own, 1_000, 1), Site(b, SiteKind.Own, 6_000, 2), Site(c, SiteKind.Supplier, 800, 3)],
            [.. skus.Select((sku, i) => new SiteStock(
                i < 8 ? a : i < 11 ? b : c, sku, string.Empty, new Quantity(2), AvailableDay: i < 11 ? 0 : 1))],
            [new SiteTransfer(b, a, 900, 10, 0)]).Decide();

        Assert.Equal(
            [(a, null, 8, 0), (a, b, 3, 0), (c, (NodeId?)null, 1, 1)],
            decision.SubOrders.Select(s => (s.Site, s.BroughtFrom, s.Picks.Length, s.ReadyDay)));
        Assert.Equal(skus[11].Text, decision.SubOrders[2].Picks.Single().Demand);
        Assert.Equal(
            skus.Select(sku => (sku.Text, 2L)),
            decision.SubOrders.SelectMany(s => s.Picks).Select(p => (p.Demand, p.Quantity.Units))
                .OrderBy(p => p.Demand, StringComparer.Ordinal));
        Assert.Empty(decision.Plan!.Unfilled);
    }

    [Fact]
    [Trait("Req", "S2-42")]
    public void NearnessAndCost_ExhaustiveUpToSixWarehouses_TiesByDistanceThenCode_InputOrderNeverMatters()
    {
        Prop.ForAll(Gen.Choose(0, 1 << 30).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            (SourcingDemand[] demands, SourcingSite[] sites, SiteStock[] stock) = Small(random);
            SourcingDecision decision = new SourcingCase([.. demands], [.. sites], [.. stock]).Decide();
            Assert.Equal((SourcingProof.Exact, Cheapest(demands, sites, stock)), (decision.Plan!.Proof, decision.Plan.Objective));
            string told = Told(decision);
            random.Shuffle(demands);
            random.Shuffle(sites);
            random.Shuffle(stock);
            var shuffled = new SourcingCase([.. demands], [.. sites], [.. stock]);
            Assert.Equal(told, Told(shuffled.Decide()));
            SourcingDecision near = shuffled.DecideNearestFirst();
            Assert.Equal(
                (SourcingPolicy.NearestFirst, (long?)decision.Plan.Objective, decision.OtherPolicyCost),
                (near.Policy, near.OtherPolicyCost, (long?)near.Plan!.Objective));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(300)));

        NodeId a = new("a"), b = new("b");
        foreach ((long distanceA, long distanceB, string expected) in new[] { (2L, 1L, "b:1"), (2L, 2L, "a:1") })
        {
            SourcingSite[] sites = [Site(a, SiteKind.Own, 500, distanceA), Site(b, SiteKind.Own, 500, distanceB)];
            foreach (IEnumerable<SourcingSite> order in new[] { sites, sites.Reverse() })
            {
                var tie = new SourcingCase([Want(Bolt, 1)], [.. order], [Have(a, Bolt, 1), Have(b, Bolt, 1)]);
                Assert.Equal(expected, Told(tie.Decide()));
                Assert.Equal(expected, Told(tie.DecideNearestFirst()));
            }
        }

        // The two aims conflict: the plan says which led and what the other would cost.
        var conflict = new SourcingCase(
            [Want(Bolt, 2)], [Site(Shop, SiteKind.Front, 9_000, 1), Site(Hangzhou, SiteKind.Own, 2_000, 50)],
            [Have(Shop, Bolt, 2), Have(Hangzhou, Bolt, 2)]);
        SourcingDecision near = conflict.DecideNearestFirst(), cheap = conflict.Decide();
        Assert.Equal(("shop:2", SourcingPolicy.NearestFirst, 2_000L), (Told(near), near.Policy, near.OtherPolicyCost!.Value));
        Assert.Equal(("杭州:2", SourcingPolicy.LeastCost, 9_000L), (Told(cheap), cheap.Policy, cheap.OtherPolicyCost!.Value));
    }

    [Fact]
    [Trait("Req", "S3-54")]
    public void PromotionWindow_BacklogAboveTheLimit_BackupTakesOver()
    {
        var window = new NodaTime.Interval(Instant.FromUtc(2026, 11, 10, 16, 0), Instant.FromUtc(2026, 11, 11, 16, 0));
        string Source(long backlog, Instant now)
        {
            SourcingDecision decision = new SourcingCase(
                [Want(Bolt, 4)],
                [Site(Hangzhou, SiteKind.Own, 1_000, 1), Site(Xian, SiteKind.ThirdParty, 500, 2)],
                [Have(Hangzhou, Bolt, 9), Have(Xian, Bolt, 9)],
                rules: [SourcingRules.Standby(Hangzhou, Xian, backlog, 1_000, window, now)]).Decide();
            Assert.Equal(SourcingRules.Diverted.Code, Assert.Single(decision.Effects).Verdict.Removal!.Code);
            return Told(decision);
        }

        Instant inside = Instant.FromUtc(2026, 11, 11, 2, 0);
        Assert.Equal("西安:4", Source(1_001, inside));
        Assert.Equal("杭州:4", Source(1_000, inside));
        Assert.Equal("杭州:4", Source(1_001, window.End));
        Assert.Equal("杭州:4", Source(1_001, window.Start - Duration.FromSeconds(1)));
        Assert.Equal("西安:4", Source(1_001, window.Start));
    }

    private static (SourcingDemand[] Demands, SourcingSite[] Sites, SiteStock[] Stock) Small(Random random)
    {
        Sku[] skus = [new("x"), new("y"), new("z")];
        SourcingDemand[] demands = [.. skus.Take(random.Next(1, 4)).Select(sku => Want(sku, random.Next(1, 4), random.Next(1, 900)))];
        SourcingSite[] sites = [.. Enumerable.Range(0, random.Next(1, 7)).Select(i =>
        {
            SourcingSite site = Site(
                new NodeId("w" + i.ToString(CultureInfo.InvariantCulture)), SiteKind.Own, random.Next(0, 600), random.Next(0, 3));
            site.HandlingCost = random.Next(0, 300);
            return site;
        })];
        return (demands, sites, [.. sites.SelectMany(site => skus.Select(sku => Have(site.Id, sku, random.Next(0, 4))))]);
    }

    /// <summary>Every set of open warehouses, each line filled from the cheapest of them.</summary>
    private static long Cheapest(SourcingDemand[] demands, SourcingSite[] sites, SiteStock[] stock)
    {
        long best = long.MaxValue;
        for (int set = 0; set < 1 << sites.Length; set++)
        {
            SourcingSite[] open = [.. sites.Where((_, i) => (set >> i & 1) != 0).OrderBy(s => s.HandlingCost)];
            long cost = open.Sum(s => s.ShipmentCost);
            foreach (SourcingDemand demand in demands)
            {
                long need = demand.Quantity.Units;
                foreach (SourcingSite site in open.Where(s => s.HandlingCost < demand.UnfilledCost))
                {
                    long take = Math.Min(need, stock.Single(s => s.Site == site.Id && s.Sku == demand.Sku).Quantity.Units);
                    (need, cost) = (need - take, cost + (take * site.HandlingCost));
                }

                cost += need * demand.UnfilledCost;
            }

            best = Math.Min(best, cost);
        }

        return best;
    }

    private static SourcingDemand Want(Sku sku, int pieces, long unfilled = 1_000_000) =>
        new(sku.Text, sku, new Quantity(pieces), unfilled);

    private static SourcingSite Site(NodeId id, SiteKind kind, long cost, long distance) => new(id, kind, cost) { Distance = distance };

    private static SiteStock Have(NodeId site, Sku sku, int pieces) => new(site, sku, string.Empty, new Quantity(pieces));

    private static string Told(SourcingDecision decision) => string.Join(
        " ", decision.Shipments.Select(s => s.Site + ":" + s.Picks.Sum(p => p.Quantity.Units)));
}
