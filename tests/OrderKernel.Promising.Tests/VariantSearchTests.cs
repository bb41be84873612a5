using System;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Stock;
using Xunit;
using static OrderKernel.Promising.Tests.Dates;

namespace OrderKernel.Promising.Tests;

public class VariantSearchTests
{
    private static readonly Currency Yuan = new("CNY", 2);

    private static readonly ImmutableArray<VariantRoute> Routes =
    [
        new(Main, new PartnerId("sf"), new Money(1_800, Yuan), 1),
        new(Main, new PartnerId("deppon"), new Money(900, Yuan), 3),
        new(Shop, new PartnerId("yto"), new Money(500, Yuan), 6),
    ];

    private static readonly Shelf Everything = new(
    [
        Variant("m12-zinc", "M12", "镀锌", "Q235", "100", 4),
        Variant("m12-304", "M12×40", "本色", "304", "50"),
        Variant("m12-none", "M12", "发黑", "Q235", "100"),
        Variant("m10-zinc", "M10", "镀锌", "Q235", "100"),
        Variant("m120", "M120", "镀锌", "Q235", "1"),
        Variant("m12-nut", "M12", "镀锌", "Q235", "100", name: "六角螺母"),
    ]);

    private static readonly SupplyBook Stock = new(Picture(
        Lot(new Sku("m12-zinc"), Main, 300), Lot(new Sku("m12-zinc"), Shop, 40), Lot(new Sku("m12-304"), Main, 900),
        Lot(new Sku("m10-zinc"), Main, 900), Lot(new Sku("m120"), Main, 900), Lot(new Sku("m12-nut"), Main, 900),
        Lot(new Sku("m12-none"), Main, 9, from: 8)));

    [Theory]
    [Trait("Req", "S2-23")]
    [InlineData("M12螺栓")]
    [InlineData("M12 螺栓")]
    [InlineData("Ｍ１２螺栓")]
    [InlineData("ｍ１２\u3000螺栓")]
    [InlineData(" m 12\u00A0螺栓 ")]
    public void Find_ModelTypedAnyWay_StockedVariantsOfThatModelOnly(string typed)
    {
        ImmutableArray<VariantOffer> offers = Find(typed);
        Assert.Equal(["m12-zinc", "m12-304"], offers.Select(o => o.Variant.Sku.Text));
        Assert.All(offers, offer =>
        {
            Assert.True(offer.Free > Quantity.Zero);
            Assert.Equal(["表面处理", "材质", "包装数"], offer.Variant.Attributes.Select(a => a.Name));
            Assert.All(offer.Variant.Attributes, a => Assert.NotEmpty(a.Value));
        });
    }

    [Theory]
    [InlineData("M12x40", "m12-304")]
    [InlineData("m12*40 螺栓", "m12-304")]
    [InlineData("M12 304", "m12-304")]
    [InlineData("镀锌 螺母", "m12-nut")]
    [InlineData("M1", "")]
    [InlineData("M12 铆钉", "")]
    public void Find_MoreWords_AllMustBeMet(string typed, string expected) =>
        Assert.Equal(expected, string.Join(' ', Find(typed).Select(o => o.Variant.Sku.Text)));

    [Fact]
    [Trait("ReqPart", "S2-24")]
    public void Find_Variant_StockLastThreePricesAndRouteWithReason()
    {
        VariantOffer offer = Find("M12螺栓")[0];
        Assert.Equal(340, offer.Free.Units);
        Assert.Equal(
            [(December(1), 1.20m), (new LocalDate(2026, 11, 3), 1.18m), (new LocalDate(2026, 9, 9), 1.25m)],
            offer.LastPrices.Select(p => (p.Day, p.Price.Amount)));
        Assert.Equal("deppon", offer.Route.Carrier.Text);
        Assert.Equal(
            "deppon from main: 9.00 CNY, 3 days; the cheapest of 2 ways that arrive by 2026-12-05.", offer.Reason.Text(Language.English));
        Assert.Equal("sf", Find("M12螺栓", neededBy: Tuesday)[0].Route.Carrier.Text);
        Assert.Equal(VariantSearch.FastestThoughLate.Code, Find("M12螺栓", neededBy: Tuesday)[0].Reason.Code);
        Assert.Single(Find("M12x40")[0].LastPrices);
    }

    [Fact]
    public void Find_CatalogInAnotherOrder_SameAnswer()
    {
        var reversed = new Shelf([.. Everything.Variants.Reverse()]);
        Assert.Equal(
            Find("M12").Select(o => o.Variant.Sku),
            VariantSearch.Find(new SearchText("M12"), reversed, Stock, Routes, December(5)).Select(o => o.Variant.Sku));
    }

    [Theory]
    [InlineData("Ｍ１２×４０　８．８级", "M12 40 8.8 级")]
    [InlineData("DIN-933/M8x20", "DIN 933 M8 20")]
    [InlineData("xxl", "XXL")]
    public void SearchText_Folds(string typed, string words) => Assert.Equal(words, string.Join(' ', new SearchText(typed).Words));

    private static ImmutableArray<VariantOffer> Find(string typed, LocalDate? neededBy = null) =>
        VariantSearch.Find(new SearchText(typed), Everything, Stock, Routes, neededBy ?? December(5));

    private static CatalogVariant Variant(
        string sku, string model, string surface, string material, string pack, int purchases = 1, string name = "外六角螺栓") => new(
        new Sku(sku), model, name,
        [new CatalogAttribute("表面处理", surface), new CatalogAttribute("材质", material), new CatalogAttribute("包装数", pack)],
        [.. new[] { Paid(new LocalDate(2026, 9, 9), 1.25m), Paid(December(1), 1.20m), Paid(new LocalDate(2026, 3, 1), 9m),
            Paid(new LocalDate(2026, 11, 3), 1.18m) }.Take(purchases)]);

    private static PurchasePrice Paid(LocalDate day, decimal price) => new(day, new UnitPrice(price, Yuan));

    private sealed class Shelf(ImmutableArray<CatalogVariant> variants) : ICatalog
    {
        public ImmutableArray<CatalogVariant> Variants => variants;

        public ImmutableArray<CatalogVariant> Candidates(SearchText text) => variants;
    }
}
