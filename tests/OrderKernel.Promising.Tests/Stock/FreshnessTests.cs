using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Stock;
using Xunit;
using static OrderKernel.Promising.Tests.Stock.SmallPictures;

namespace OrderKernel.Promising.Tests.Stock;

public class FreshnessTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 12, 1, 2, 0);

    [Theory]
    [Trait("Req", "S2-41")]
    [InlineData(18, true, 50)]
    [InlineData(19, false, 40)]
    public void Atp_SourceOlderThanItsInterval_ConservativeTakesTheBuffer(int ageSeconds, bool isFresh, long expected)
    {
        var source = new StockSource("wms", Duration.FromSeconds(18), Now - Duration.FromSeconds(ageSeconds));
        Assert.Equal(isFresh, source.IsFreshAt(Now));

        var picture = new SupplyPicture(
            Today, 5, [new DatedSupply(new StockCell(Bolt, Main), SupplyKind.OnHand, new Quantity(50), Today, source: "wms")],
            health: new SourceHealth([source], Now));
        var conservative = new SupplyPolicy(stale: StaleTreatment.Conservative, staleBuffer: new Quantity(10));
        AtpBreakdown terms = new SupplyBook(picture, conservative).At(Bolt, Main).Explain(Today);
        Assert.Equal(expected, terms.Free.Units);
        Assert.Equal(50 - expected, terms.StaleBuffer.Units);
        Assert.Equal(isFresh ? [] : ["wms"], terms.StaleSources.AsEnumerable());
        Assert.Equal(50, new SupplyBook(picture).At(Bolt, Main).FreeOn(Today).Units);
        Assert.Equal(
            isFresh ? 50 : 0,
            new SupplyBook(picture, new SupplyPolicy(stale: StaleTreatment.Exclude)).At(Bolt, Main).FreeOn(Today).Units);
    }

    [Fact]
    [Trait("ReqPart", "S2-40")]
    public void MergedView_OneOfTenSourcesDown_ItsRowsAreStaleAndTheRestIsSeen()
    {
        static string Name(int i) => "source " + i.ToString(CultureInfo.InvariantCulture);
        ImmutableArray<StockSource> sources = [.. Enumerable.Range(1, 10).Select(i =>
            new StockSource(Name(i), Duration.FromSeconds(18), Now - Duration.FromSeconds(5), isDown: i == 4))];
        var health = new SourceHealth(sources, Now);
        var picture = new SupplyPicture(
            Today, 1,
            [.. Enumerable.Range(1, 10).Select(i => new DatedSupply(
                new StockCell(Bolt, new NodeId(Name(i))), SupplyKind.OnHand, new Quantity(i), Today, source: Name(i)))],
            health: health);

        Assert.Equal("9/10 fresh", health.ToString());
        Assert.Equal([Name(4)], picture.Supplies.Where(picture.IsStale).Select(s => s.Source));
        var book = new SupplyBook(picture, new SupplyPolicy(stale: StaleTreatment.Exclude));
        Assert.Equal(55 - 4, Enumerable.Range(1, 10).Sum(i => book.At(Bolt, new NodeId(Name(i))).FreeOn(Today).Units));
    }

    [Fact]
    public void IsStale_SourceNobodyListed_NamesIt() => Assert.Contains(
        "other", Assert.Throws<System.ArgumentException>(() => SourceHealth.LedgerOnly.IsStale("other")).Message,
        System.StringComparison.Ordinal);

    [Fact]
    [Trait("ReqPart", "S1-38")]
    public void LowStock_FallsAndRecovers_PausesOnceAndResumesPastTheMargin()
    {
        var low = new LowStockSwitch(new Quantity(20), new Quantity(5));
        ImmutableArray<string> channels = ["tmall", "jd", "shop"];
        bool paused = false;
        string Told(long free)
        {
            ImmutableArray<ListingIntent> intents = low.Next(Bolt, new Quantity(free), paused, channels);
            Assert.True(intents.IsEmpty || intents.Select(i => i.Channel).SequenceEqual(channels));
            paused = intents.IsEmpty ? paused : intents[0].Pause;
            return intents.IsEmpty ? "none" : intents.Length + (intents.All(i => i.Pause) ? " pause" : " resume");
        }

        Assert.Equal(
            ["none", "3 pause", "none", "none", "none", "3 resume", "none", "none"],
            new long[] { 20, 19, 18, 20, 24, 25, 24, 20 }.Select(Told));
    }
}
