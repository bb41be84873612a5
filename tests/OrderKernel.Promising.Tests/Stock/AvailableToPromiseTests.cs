using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using Xunit;
using static OrderKernel.Promising.Tests.Stock.SmallPictures;

namespace OrderKernel.Promising.Tests.Stock;

public class AvailableToPromiseTests
{
    [Fact]
    [Trait("Req", "S0-08")]
    public void Explain_OnHandReservedSafetyReceipt_FourTermsByDay()
    {
        var book = new SupplyBook(new SupplyPicture(
            Today, 30,
            [
                new DatedSupply(new StockCell(Bolt, Main), SupplyKind.OnHand, Q(100), Today, reserved: Q(35)),
                new DatedSupply(new StockCell(Bolt, Main), SupplyKind.Receipt, Q(50), new LocalDate(2026, 12, 3)),
            ],
            safety: [new SafetyStock(Bolt, Main, Q(20))]));
        SupplyShelf shelf = book.At(Bolt, Main);

        AtpBreakdown first = shelf.Explain(new LocalDate(2026, 12, 1)), third = shelf.Explain(new LocalDate(2026, 12, 3));

        Assert.Equal((Q(100), Q(0), Q(35), Q(20), Q(45)), (first.OnHand, first.Incoming, first.Reserved, first.Safety, first.Free));
        Assert.Equal((Q(100), Q(50), Q(35), Q(20), Q(95)), (third.OnHand, third.Incoming, third.Reserved, third.Safety, third.Free));
        Assert.Equal((Q(45), Q(95)), (shelf.FreeOn(new LocalDate(2026, 12, 1)), shelf.FreeOn(new LocalDate(2026, 12, 3))));
        Assert.Equal(Q(45), book.FreeOn(Bolt, Main, new LocalDate(2026, 12, 1)));
        Assert.Equal(Q(95), book.FreeOn(Bolt, Main, new LocalDate(2026, 12, 3)));
    }

    [Fact]
    public void At_ManySkusAndNodesOpenedOneByOne_EachIsFoundAgain()
    {
        var there = new DatedSupply(new StockCell(Bolt, Main), SupplyKind.OnHand, Q(7), Today);
        var book = new SupplyBook(new SupplyPicture(Today, 3, [there]));
        (Sku Sku, NodeId Node)[] keys = [.. from sku in Enumerable.Range(0, 200)
            from node in Enumerable.Range(0, 20)
            select (new Sku("s" + new string('0', sku % 9) + sku.ToString("D")), new NodeId("n" + node.ToString("D")))];
        SupplyShelf[] opened = [.. keys.Select(key => book.At(key.Sku, key.Node))];
        Assert.Equal(keys, opened.Select(static shelf => (shelf.Sku, shelf.Node)));
        Assert.All(keys.Zip(opened), pair => Assert.Same(pair.Second, book.At(pair.First.Sku, pair.First.Node)));
        Assert.Equal((Q(7), Q(0)), (book.FreeOn(Bolt, Main, Today), book.FreeOn(Bolt, new NodeId("else"), Today)));
        Assert.Equal(Q(0), book.At(Bolt, new NodeId("else")).FreeOn(Today));
    }

    [Fact]
    public void FromTheLedger_BalancesAndLots_CountAsTheyStand()
    {
        CellBalance balance = new(
            new StockCell(Bolt, Main, new LotId("a")), ImmutableArray.Create(-90L, 65, 35, -10, 0, 0, 0, 0), Q(5));
        DatedSupply supply = DatedSupply.Of(balance, Today, Today.PlusDays(40));
        Assert.Equal((Q(105), Q(35), SupplyKind.OnHand), (supply.Quantity, supply.Reserved, supply.Kind));
        Assert.Equal(Q(70), new SupplyBook(new SupplyPicture(Today, 5, [supply])).At(Bolt, Main).FreeOn(Today));
    }

    /// <summary>Ten pieces that expire on day 2 and ten from day 3 on are never twenty; the suffix minimum of sums says they are.</summary>
    [Fact]
    public void FreeOn_LotExpiresBeforeTheDay_SuffixMinimumWouldOverPromise()
    {
        var picture = new SupplyPicture(Today, Days, [Lot("a", 10, 0, 2), Lot("b", 10, 3, null)]);
        SupplyShelf shelf = new SupplyBook(picture).At(Bolt, Main);
        long suffixMinimum = picture.Supplies.Where(s => s.From <= Today.PlusDays(4)).Sum(s => s.Quantity.Units);
        Assert.Equal(20, suffixMinimum);
        Assert.False(CanServe(picture, new DatedHold(Bolt, Main, Today.PlusDays(4), Q(11))));
        Assert.Equal(Q(10), shelf.FreeOn(Today.PlusDays(4)));
        Assert.Equal(Q(10), shelf.Explain(Today.PlusDays(4)).Expired);
        Assert.Equal(Q(10), shelf.FreeOn(Today));
        Assert.Equal(Q(0), shelf.FreeOn(Today, goodUntil: Today.PlusDays(3)));
    }

    [Fact]
    public void FreeOn_PromiseOfALaterDay_IsNotBrokenByAnEarlierOne()
    {
        var later = new DatedHold(Bolt, Main, Today.PlusDays(4), Q(7));
        SupplyShelf shelf = new SupplyBook(new SupplyPicture(Today, Days, [Lot("a", 10, 0, null)], [later])).At(Bolt, Main);
        Assert.Equal(Q(3), shelf.FreeOn(Today));
        Assert.Equal(Q(7), shelf.Explain(Today).KeptForLater);
        Assert.False(shelf.TryHold(later with { Day = Today, Quantity = Q(4) }));
        Assert.True(shelf.TryHold(later with { Day = Today, Quantity = Q(3) }));
        Assert.Equal(Q(0), shelf.FreeOn(Today.PlusDays(5)));
    }

    [Fact]
    public void FirstDay_EnoughOnlyWithTheReceipt_ThatDay()
    {
        SupplyShelf shelf = new SupplyBook(new SupplyPicture(Today, Days, [Lot("a", 4, 0, null), Lot("b", 4, 3, null)])).At(Bolt, Main);
        Assert.Equal(Today, shelf.FirstDay(Q(4), Today));
        Assert.Equal(Today.PlusDays(2), shelf.FirstDay(Q(4), Today.PlusDays(2)));
        Assert.Equal(Today.PlusDays(3), shelf.FirstDay(Q(5), Today));
        Assert.Null(shelf.FirstDay(Q(9), Today));
    }

    [Fact]
    public void FreeOn_NestedQuotas_TheLeastOfAllThatApply()
    {
        LocalDate to = Today.PlusDays(2);
        var picture = new SupplyPicture(
            Today, Days, [Lot("a", 100, 0, null)],
            [new DatedHold(Bolt, Main, Today, Q(10), Segment: "online.vip")],
            quotas: [new SegmentQuota("online", Bolt, Q(30), Today, to), new SegmentQuota("online.vip", Bolt, Q(25), Today, to, Main)]);
        var book = new SupplyBook(picture);
        SupplyShelf shelf = book.At(Bolt, Main);
        Assert.Equal(Q(15), shelf.FreeOn(Today, segment: "online.vip"));
        Assert.Equal(Q(15), book.FreeOn(Bolt, Main, Today, segment: "online.vip"));
        Assert.Equal(Q(20), shelf.FreeOn(Today, segment: "online"));
        Assert.Equal(Q(20), shelf.FreeOn(Today, segment: "online.shop"));
        Assert.Equal(Q(90), shelf.FreeOn(Today, segment: "onlineshop"));
        Assert.Equal(Q(90), shelf.FreeOn(to.PlusDays(1), segment: "online.vip"));
        Assert.True(shelf.TryHold(new DatedHold(Bolt, Main, Today, Q(12), Segment: "online.shop")));
        Assert.Equal(Q(8), shelf.FreeOn(Today, segment: "online.vip"));
        Assert.Equal(Q(8), shelf.Explain(Today, segment: "online.vip").QuotaLeft);
    }

    [Fact]
    public void Policy_TiersConfidenceAndKinds_DecideWhatCounts()
    {
        StockCell ours = new(Bolt, Main), theirs = new(Bolt, Main, default, new OwnerId("maker"));
        var picture = new SupplyPicture(
            Today, Days,
            [
                new DatedSupply(ours, SupplyKind.OnHand, Q(10), Today),
                new DatedSupply(theirs, SupplyKind.Consignment, Q(5), Today),
                new DatedSupply(ours, SupplyKind.InTransit, Q(3), Today.PlusDays(1)),
                new DatedSupply(ours, SupplyKind.Receipt, Q(7), Today.PlusDays(1), confidencePercent: 60),
            ],
            [new DatedHold(Bolt, Main, Today, Q(6), Tier: 0), new DatedHold(Bolt, Main, Today, Q(1), Tier: 2)]);
        Quantity Free(SupplyPolicy policy) => new SupplyBook(picture, policy).At(Bolt, Main).FreeOn(Today.PlusDays(1));
        Assert.Equal(Q(13), Free(SupplyPolicy.Default));
        Assert.Equal(Q(6), Free(new SupplyPolicy(leastConfidencePercent: 61)));
        Assert.Equal(Q(18), Free(new SupplyPolicy([.. picture.Supplies.Select(s => s.Kind).Distinct()])));
        Assert.Equal(Q(19), Free(new SupplyPolicy(preemptsBelowTier: 2)));
        Assert.Equal(Q(6), new SupplyBook(picture, new SupplyPolicy(preemptsBelowTier: 2)).At(Bolt, Main).Explain(Today).Preemptable);
    }

    [Fact]
    public void Constructors_Nonsense_Throw()
    {
        Assert.Throws<System.ArgumentException>(
            () => new DatedSupply(new StockCell(Bolt, Main), SupplyKind.OnHand, Q(1), Today, reserved: Q(2)));
        Assert.Throws<System.ArgumentOutOfRangeException>(() => new SupplyPicture(Today, 0, []));
        var shelf = new SupplyBook(new SupplyPicture(Today, 1, [])).At(Bolt, Main);
        Assert.Throws<System.ArgumentException>(() => shelf.TryHold(new DatedHold(new Sku("other"), Main, Today, Q(1))));
    }

    private static Quantity Q(long units) => new(units);

    private static DatedSupply Lot(string lot, long units, int from, int? until) => new(
        new StockCell(Bolt, Main, new LotId(lot)), SupplyKind.OnHand, Q(units), Today.PlusDays(from),
        until is { } day ? Today.PlusDays(day) : null);
}
