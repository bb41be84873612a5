using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Measures;
using OrderKernel.Sourcing;
using OrderKernel.Testing;
using Xunit;

namespace PolicyTests;

public class ImplantsFromOwnSitesTests
{
    private static readonly NodeId Own = new("OWN"), Partner = new("PARTNER");

    [Fact]
    public void AnyQuantities_NoImplantLeavesAPartner_AndNoPieceIsInvented() =>
        Prop.ForAll(KernelArbitraries.Quantities(), KernelArbitraries.Quantities(), (wanted, ours) =>
        {
            SourcingDecision decision = Decide("IMPLANT-HIP", wanted + new Quantity(1), ours);
            long shipped = decision.Shipments.Sum(shipment => shipment.Picks.Sum(pick => pick.Quantity.Units));
            return decision.Shipments.All(shipment => shipment.Site == Own) && shipped == Math.Min(wanted.Units + 1, ours.Units);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnythingElse_MayLeaveAPartner() =>
        Assert.Equal(Partner, Assert.Single(Decide("GLOVE", new Quantity(5), Quantity.Zero).Shipments).Site);

    [Fact]
    public void TheDecision_SaysWhichCandidateTheRuleTookOut()
    {
        RuleEffect effect = Assert.Single(Decide("IMPLANT-HIP", new Quantity(5), new Quantity(5)).Effects);
        Assert.Equal("clinic.implant_from_own_site", effect.Verdict.Removal!.Code);
    }

    private static SourcingDecision Decide(string sku, Quantity wanted, Quantity ours) => new SourcingCase(
        [new SourcingDemand("1", new Sku(sku), wanted, unfilledCost: 1_000_000)],
        [new SourcingSite(Own, SiteKind.Own, shipmentCost: 1_000), new SourcingSite(Partner, SiteKind.ThirdParty, shipmentCost: 10)],
        [new SiteStock(Own, new Sku(sku), "", ours), new SiteStock(Partner, new Sku(sku), "", new Quantity(100_000))],
        rules: [new ImplantsFromOwnSites()]).Decide();
}
