using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>Each feature of an order type changes what the kernel decides.</summary>
public class FeatureTests
{
    private static readonly OrderId Order = new("SO-1");

    [Fact]
    [Trait("Req", "S2-05")]
    public async Task Deposit_OfThirtyPercent_OpensProduction_AndTheBalanceOpensShipping()
    {
        OrderPlay play = OrderPlay.Of("deposit_order", "deposit 30");
        await play.Stock(10);
        await Refused(play, Capture(play, Line(1, 10)), FeatureRefusals.PriceNeeded);
        await play.Do(Capture(play, Line(1, 10, 10_000m)));
        Assert.Equal(("100000.00 CNY", "30000.00 CNY"), ((await State(play)).Net.ToString(), (await State(play)).Deposit.ToString()));

        await play.Do(new RecordPayment(Order, Cny(29_999_99), "BANK-1"));
        Assert.Equal("awaiting_deposit", await play.StateOf(Order));
        Finding due = await Refused(play, new HoldStock(Order), FeatureRefusals.DepositDue);
        Assert.Equal("应付定金 30000.00 CNY，已付 29999.99 CNY，请先登记收款。", due.Text(Language.Chinese));
        await play.Do(new RecordPayment(Order, Cny(1), "BANK-2"));
        Assert.Equal("in_production", await play.StateOf(Order));
        await play.Do(new HoldStock(Order));
        await play.Signal(Order, "production_done");
        Assert.Equal("awaiting_balance", await play.StateOf(Order));

        ShipOrder ship = Ship(play, 10);
        DeskResult early = await play.Submit(ship);
        Assert.Equal(new[] { "order.balance_due", "lifecycle.transition_illegal" }, OrderPlay.Codes(early));
        await play.Do(new RecordPayment(Order, Cny(69_999_99), "BANK-3"));
        Assert.Contains("order.balance_due", OrderPlay.Codes(await play.Submit(ship)));
        await play.Do(new RecordPayment(Order, Cny(1), "BANK-4"));
        Assert.Equal("ready", await play.StateOf(Order));
        await play.Do(ship);
        await Refused(play, new RecordPayment(Order, Cny(2), "BANK-4"), FeatureRefusals.PaymentExists);
        await Refused(play, new RecordPayment(Order, new Money(1, Currency.Usd), "BANK-5"), OrderRefusals.CurrenciesMixed);
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task Presale_PromisesAndShipsNothingBeforeItsDay()
    {
        OrderPlay play = OrderPlay.Of("presale_order", "presale 2026-12-12");
        Instant day = Instant.FromUtc(2026, 12, 11, 16, 0);
        await play.Stock(2);
        await Refused(play, Capture(play, Line(1, 2)) with { PromisedAt = day - Duration.FromMinutes(1) }, FeatureRefusals.BeforePresale);
        await play.Do(Capture(play, Line(1, 2)) with { PromisedAt = day });
        var early = new PromiseOrder(Order, day - Duration.FromDays(1), PromiseCause.CustomerRequest);
        await Refused(play, early, FeatureRefusals.BeforePresale);
        await play.Do(new HoldStock(Order));
        await Refused(play, Ship(play, 2), FeatureRefusals.BeforePresale);
        await play.GoTo(day);
        await play.Do(Ship(play, 2));
    }

    [Theory]
    [InlineData("sample 5", "approval")]
    [InlineData("gift 5", "approval")]
    [InlineData("return_replace", "return_received")]
    public async Task WhatCostsNothing_HasNoPrice_ItsPaper_AndItsQuota(string feature, string paper)
    {
        OrderPlay play = OrderPlay.Of("standard_order", feature);
        await play.Stock(10);
        Finding price = await Refused(play, Capture(play, Line(1, 2, 0m), Line(2, 2, 3m)), FeatureRefusals.PriceNotZero);
        Assert.Equal("line:2", price.Subject);
        bool hasQuota = feature.EndsWith('5');
        if (hasQuota)
        {
            await Refused(play, Capture(play, Line(1, 3), Line(2, 3)), FeatureRefusals.QuotaExceeded);
        }

        await play.Do(Capture(play, Line(1, 3, 0m), Line(2, 2, 0m)));
        var more = new AmendOrder(Order, ImmutableArray.Create(new FieldChange(2, "quantity", "3")), "asked", "V-1");
        Assert.Equal(hasQuota, OrderPlay.Codes(await play.Submit(more)).Contains("order.quota_exceeded"));
        await Refused(
            play, more with { Changes = ImmutableArray.Create(new FieldChange(1, "unit_price", "1")) }, FeatureRefusals.PriceNotZero);
        await play.Do(new HoldStock(Order));
        ShipOrder ship = new(Order, new ShipmentId("SH-1"), play.Clock.Now, ImmutableArray.Create(new ShipLine(1, new Quantity(3))));
        await Refused(play, ship, FeatureRefusals.EvidenceNeeded);
        await play.Do(new AttachEvidence(Order, paper, "P-1"));
        await play.Do(ship);
    }

    [Fact]
    [Trait("Req", "S2-09")]
    public async Task Bonded_WaitsForCustomsPapers_AndShipsFromItsWarehouseOnly()
    {
        OrderPlay play = OrderPlay.Of("bonded_order", "bonded BONDED-1");
        await play.Stock(5);
        await play.Do(Receive("R2", "BONDED-1", 5));
        await play.Do(Capture(play, Line(1, 2)));
        await play.Do(new AttachEvidence(Order, "customs_declaration", "D-1"));
        await play.Do(new AttachEvidence(Order, "buyer_identity", "ID-1"));
        Assert.Equal("customs_outstanding", await play.StateOf(Order));
        Assert.Equal("海关资料待补传", play.Definitions.Current("bonded_order")!.Definition.State("customs_outstanding")!.Name.Chinese);
        await Refused(play, new HoldStock(Order, ImmutableArray.Create(new NodeId("W1"))), FeatureRefusals.SourceUnfit);
        await play.Do(new HoldStock(Order));
        Assert.Equal("BONDED-1", (await State(play)).Lines[0].Holds.Single().Cell.Node.Text);
        DeskResult early = await play.Submit(Ship(play, 2));
        Assert.Equal(new[] { "order.evidence_needed", "lifecycle.transition_illegal" }, OrderPlay.Codes(early));
        Assert.Contains("HS 编码", early.Findings[0].Text(Language.Chinese), StringComparison.Ordinal);
        await play.Do(new AttachEvidence(Order, "hs_code", "9018.90"));
        Assert.Equal("cleared", await play.StateOf(Order));
        await play.Do(Ship(play, 2));
    }

    [Theory]
    [InlineData("hs_code")]
    [InlineData("buyer_identity")]
    [InlineData("customs_declaration")]
    public async Task Bonded_WithoutOneOfItsPapers_DoesNotLeave_AndEachIsKeptWithReferenceAndHash(string missing)
    {
        OrderPlay play = OrderPlay.Of("standard_order", "bonded BONDED-1");
        await play.Do(Receive("R2", "BONDED-1", 5));
        await play.Do(Capture(play, Line(1, 2)));
        await play.Do(new HoldStock(Order));
        foreach (string kind in new[] { "hs_code", "buyer_identity", "customs_declaration" }.Where(kind => kind != missing))
        {
            await play.Do(new AttachEvidence(Order, kind, "REF-" + kind, "hash-" + kind));
        }

        DeskResult early = await play.Submit(Ship(play, 2));
        Finding needed = early.Findings.Single(static finding => finding.Code == "order.evidence_needed");
        Assert.Equal(missing, needed.Field);
        await play.Do(new AttachEvidence(Order, missing, "REF-" + missing, "hash-" + missing));
        Assert.Equal(
            [("REF-buyer_identity", "hash-buyer_identity"), ("REF-customs_declaration", "hash-customs_declaration"),
                ("REF-hs_code", "hash-hs_code")],
            (await State(play)).Evidence.OrderBy(static one => one.Kind, StringComparer.Ordinal)
                .Select(static one => (one.Reference, one.Hash)));
        DeskResult late = await play.Submit(Ship(play, 2));
        Assert.DoesNotContain("order.evidence_needed", OrderPlay.Codes(late));
    }

    [Fact]
    public async Task Dropship_TakesFromTheSupplierOnly_AndWaitsForNobodyElsesStock()
    {
        OrderPlay play = OrderPlay.Of("standard_order", "dropship VENDOR-3");
        play.Open(new DeskOptions { Definitions = play.Definitions, ServesWaiting = true });
        await play.Do(Capture(play, Line(1, 2)));
        await play.Stock(5);
        Assert.Equal(SupplyState.NotHeld, (await State(play)).Supply);
        Assert.Equal("stock.short", Assert.Single(OrderPlay.Codes(await play.Submit(new HoldStock(Order)))));
        var elsewhere = new HoldStock(Order, Plan: ImmutableArray.Create(new Take(1, OrderPlay.Cell, new Quantity(1))));
        await Refused(play, elsewhere, FeatureRefusals.SourceUnfit);
        await play.Do(Receive("R2", "VENDOR-3", 2));
        await play.Do(new HoldStock(Order));
        Assert.Equal("VENDOR-3", (await State(play)).Lines[0].Holds.Single().Cell.Node.Text);
    }

    [Fact]
    public async Task Kit_IsHeldAndShippedWholeOrNotAtAll()
    {
        OrderPlay play = OrderPlay.Of("standard_order", "kit");
        await play.Stock(5);
        await play.Do(Capture(play, Line(1, 2), Line(2, 4)));
        Finding missing = await Refused(play, new HoldStock(Order, TakePart: true), FeatureRefusals.KitIncomplete);
        Assert.Equal("line:2", missing.Subject);
        await play.Stock(1, "R2");
        await play.Do(new HoldStock(Order, TakePart: true));
        await Refused(play, Ship(play, (1, 1), (2, 1)), FeatureRefusals.KitBroken);
        await play.Do(Ship(play, (1, 1), (2, 2)));
        await Refused(
            play, new CancelLines(Order, ImmutableArray.Create(new LineQuantity(2, new Quantity(2))), "no"), FeatureRefusals.KitBroken);
        var uneven = new AmendOrder(Order, ImmutableArray.Create(new FieldChange(2, "quantity", "3")), "asked", "V-1");
        await Refused(play, uneven, FeatureRefusals.KitBroken);
    }

    [Fact]
    public async Task Service_HasNoStock_AndEndsWhenTheWorkIsConfirmed()
    {
        OrderPlay play = OrderPlay.Of("service_order", "service");
        await play.Stock(5);
        await play.Do(Capture(play, Line(1, 3)));
        await Refused(play, new HoldStock(Order), FeatureRefusals.NoStock);
        await play.Signal(Order, "engineer_assigned", "work_started");
        var two = new ConfirmService(Order, ImmutableArray.Create(new LineQuantity(1, new Quantity(2))), "REPORT-1");
        await play.Do(two);
        await Refused(play, two, FeatureRefusals.ServiceExceedsOpen);
        var rest = ConfirmService.All(Order, "REPORT-2");
        Assert.Contains("lifecycle.evidence_missing", OrderPlay.Codes(await play.Submit(rest)));
        await play.Do(new AttachEvidence(Order, "service_record", "S-1"));
        await play.Do(rest);
        Assert.Equal(("accepted", OrderStage.Completed), (await play.StateOf(Order), (await State(play)).Stage));
        Assert.Empty(await play.Desk.AuditLedgerAsync());

        OrderPlay other = OrderPlay.Of("standard_order");
        await other.Do(Capture(other, Line(1, 3)));
        await Refused(other, two, FeatureRefusals.NotOfItsType);
    }

    [Fact]
    [Trait("ReqPart", "S2-07")]
    public async Task Consignment_StaysOurs_UntilItIsReportedAsConsumed()
    {
        OrderPlay play = OrderPlay.Of("consignment_order", "consignment");
        await play.Stock(100);
        await play.Do(Capture(play, Line(1, 100, 2m)));
        await play.Ship(Order, 100);
        await play.Deliver(Order);
        Assert.Equal(("placed", "0.00 CNY"), (await play.StateOf(Order), (await State(play)).Billable.ToString()));
        StockCell there = OrderPlay.Cell.At(new NodeId("P1"));
        Assert.Equal(100, await Balance(play, there, StockAccount.Committed));

        await play.Do(Consumed(40, "C-1"));
        Assert.Equal("80.00 CNY", (await State(play)).Billable.ToString());
        Assert.Equal(60, await Balance(play, there, StockAccount.Committed));
        await Refused(play, Consumed(61, "C-2"), FeatureRefusals.ConsumptionExceeded);
        await Refused(play, Consumed(1, "C-1"), FeatureRefusals.ReportExists);
        await Refused(play, Back(61), OrderRefusals.ReturnExceedsDelivered);
        await play.Do(Back(20));
        await play.Do(Consumed(40, "C-3"));
        Assert.Equal(("settled", "160.00 CNY"), (await play.StateOf(Order), (await State(play)).Billable.ToString()));
        Assert.Equal(0, await Balance(play, there, StockAccount.Committed));
        Assert.Empty(await play.Desk.AuditLedgerAsync());
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    [Trait("Req", "S2-08")]
    public async Task TradeIn_LessensWhatIsOwed_UntilTheOldItemFailsToCome()
    {
        OrderPlay play = OrderPlay.Of("trade_in_order", "trade_in");
        await play.Stock(1);
        await play.Do(Capture(play, Line(1, 1, 5_000m)));
        await play.Do(new HoldStock(Order));
        Assert.Contains("order.trade_in_needed", OrderPlay.Codes(await play.Submit(Ship(play, 1))));
        Instant due = play.Clock.Now + Duration.FromDays(30);
        var agree = new AgreeTradeIn(Order, "OLD-1", new Sku("OLD"), Cny(800_00), due);
        await Refused(play, agree with { Credit = Cny(5_000_01) }, FeatureRefusals.CreditTooHigh);
        await Refused(play, agree with { DueAt = play.Clock.Now }, FeatureRefusals.TradeInPast);
        await play.Do(agree);
        Assert.Equal("4200.00 CNY", (await State(play)).Net.ToString());

        await play.GoTo(due);
        var lapse = new CloseTradeIn(Order, "OLD-1", Received: false);
        await Refused(play, lapse, FeatureRefusals.TradeInNotDue);
        await play.GoTo(due + Duration.FromMinutes(1));
        await play.Do(lapse);
        Assert.Equal(("5000.00 CNY", "agreed"), ((await State(play)).Net.ToString(), await play.StateOf(Order)));
        await Refused(play, lapse with { Received = true }, FeatureRefusals.TradeInClosed);
        await Refused(play, lapse with { Reference = "OLD-9" }, FeatureRefusals.TradeInUnknown);

        await play.Do(agree with { Reference = "OLD-2", DueAt = play.Clock.Now + Duration.FromDays(1) });
        await play.Do(new CloseTradeIn(Order, "OLD-2", Received: true));
        Assert.Equal(("4200.00 CNY", "old_received"), ((await State(play)).Net.ToString(), await play.StateOf(Order)));
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task Rush_NamesItsDate_AndTakesFromWeakerHolds()
    {
        OrderPlay play = OrderPlay.Of("standard_order", "rush");
        play.Open(new DeskOptions { Definitions = play.Definitions, Tiers = TierPolicy.PaidBeforeUnpaid });
        await play.Stock(2);
        var other = new OrderId("SO-2");
        await play.Do(new CaptureOrder(other, new PartnerId("P2"), play.Clock.Now, ImmutableArray.Create(Line(1, 2))));
        await play.Do(new HoldStock(other, Tier: HoldTier.Planned));
        await Refused(play, Capture(play, Line(1, 2)), FeatureRefusals.DateNeeded);
        await play.Do(Capture(play, Line(1, 2)) with { RequestedAt = play.Clock.Now + Duration.FromDays(1) });
        await play.Do(new HoldStock(Order));
        Assert.Equal((2, HoldTier.Firm), ((await State(play)).Lines[0].Held.Units, (await State(play)).HoldTier));
        Assert.Equal(0, (await play.Desk.ReadOrderAsync(other)).Lines[0].Held.Units);
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task AnOrder_KeepsTheFeaturesItBeganWith()
    {
        OrderPlay play = OrderPlay.Of("standard_order", "deposit 50");
        await play.Do(Capture(play, Line(1, 1, 10m)));
        play.Reload(new OrderDefinitions(SampleLifecycles.All, Array.Empty<OrderType>(), OrderPlay.Weekdays));
        await play.Stock(1);
        await Refused(play, new HoldStock(Order), FeatureRefusals.DepositDue);
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    private static NewLine Line(int number, long pieces, decimal? price = null) => new(
        number, OrderPlay.Sku, new Quantity(pieces), price is { } amount ? new UnitPrice(amount, Currency.Cny) : null);

    private static CaptureOrder Capture(OrderPlay play, params NewLine[] lines) =>
        new(Order, new PartnerId("P1"), play.Clock.Now, lines.ToImmutableArray(), Type: "typed");

    private static ShipOrder Ship(OrderPlay play, long pieces) => Ship(play, (1, pieces));

    private static ShipOrder Ship(OrderPlay play, params (int Line, long Pieces)[] lines) => new(
        Order, new ShipmentId("SH-1"), play.Clock.Now,
        lines.Select(line => new ShipLine(line.Line, new Quantity(line.Pieces))).ToImmutableArray());

    private static ReportConsumption Consumed(long pieces, string reference) =>
        new(Order, ImmutableArray.Create(new LineQuantity(1, new Quantity(pieces))), reference);

    private static ReturnLines Back(long pieces) => new(Order, ImmutableArray.Create(new LineQuantity(1, new Quantity(pieces))), "unused");

    private static ReceiveStock Receive(string document, string node, long pieces) => new(
        new DocumentId(document), ImmutableArray.Create(new StockLine(OrderPlay.Cell.At(new NodeId(node)), new Quantity(pieces))));

    private static Money Cny(long fen) => new(fen, Currency.Cny);

    private static async Task<OrderState> State(OrderPlay play) => await play.Desk.ReadOrderAsync(Order);

    private static async Task<long> Balance(OrderPlay play, StockCell cell, StockAccount account) =>
        (await play.Store.ReadLedgerAsync(new TenantId("main"), default)).Balances.Where(one => one.Cell == cell)
        .Sum(one => one[account]);

    private static async Task<Finding> Refused(OrderPlay play, OrderCommand command, FindingKind kind)
    {
        long before = (await State(play)).Version;
        DeskResult result = await play.Submit(command);
        Assert.Equal(kind.Code, Assert.Single(OrderPlay.Codes(result)));
        Assert.Equal(before, (await State(play)).Version);
        return result.Findings[0];
    }
}
