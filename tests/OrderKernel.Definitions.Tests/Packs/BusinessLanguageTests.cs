using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Fields;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using Xunit;

namespace OrderKernel.Definitions.Tests.Packs;

/// <summary>What people read is business language, whether a rule, a block or an answer says it.</summary>
public class BusinessLanguageTests
{
    private const string Below = "finding.stock_below_120";

    // Shanghai keeps no summer time, so its offset is its zone.
    private static readonly DateTimeZone Shanghai = DateTimeZone.ForOffset(Offset.FromHours(8));

    private static readonly OrderId Order = new("SO-1");

    [Fact]
    [Trait("Req", "S0-60")]
    public async Task AFindingOfARule_RendersTheSentenceOfItsPack_AndAMissingSentenceFailsTheCheck()
    {
        Tenant tenant = await OpenAsync();
        ActiveDefinitions now = await tenant.Desk.ReadDefinitionsAsync();
        Finding finding = now.FindingOf(Below, Severity.Warning).About("line 1", "quantity");
        Assert.Equal("库存余量低于订单量1.2倍", finding.Text(Language.Chinese));
        Assert.Equal("Stock left is below 1.2 times the order", finding.Text(Language.English));
        Assert.Equal("库存余量低于订单量1.2倍", now.Name(Below)!.Chinese);
        Assert.Throws<ArgumentException>(() => now.FindingOf("finding.nobody_reports_this", Severity.Warning));
        foreach (string code in new[] { "stage.blocked", "field.quantity", "block.credit", "sales", "surgery_date" })
        {
            Assert.False(BusinessName.IsTechnical(now.Name(code)!.Chinese));
        }

        Dictionary<string, string> files = Samples.Files("MEDICAL2026");
        files["texts.json"] = files["texts.json"].Replace(Below, "finding.something_else", StringComparison.Ordinal);
        DefinitionReading<Pack> nameless = Pack.Read(files);
        Assert.Null(nameless.Value);
        Finding missing = Assert.Single(nameless.Findings);
        Assert.Equal(("pack.reference_unknown", "rules.json", Below), (missing.Code, missing.Subject, missing.Field));
    }

    [Fact]
    [Trait("Req", "S4-22")]
    public async Task ATechnicalFieldNameIsRefused_AndTheOrderSaysItsBlockerAndWhenItIsReleased()
    {
        Finding lint = Assert.Single(FieldSet.Read(
            """{"fields":[{"code":"flag","en":"Flag","zh":"status_flag","of":"order","type":"text","sensitivity":"public"}]}""").Findings);
        Assert.Equal("name.technical", lint.Code);

        Tenant tenant = await OpenAsync();
        await tenant.CaptureAsync("lead", "SO-1", "H-1", new FieldChange(0, "product_class", "consumable"));
        Instant release = Instant.FromUtc(2026, 11, 21, 7, 0);
        await tenant.AcceptAsync("lead", new BlockOrder(Order, "credit", "finance", ReleaseExpectedAt: release));
        OrderAnswer answer = (await tenant.Desk.ReadAnswerAsync(Order))!;
        Assert.Equal(("credit", release), (answer.CurrentBlocker, answer.ExpectedRelease));
        ImmutableArray<string> text = answer.Text(Language.Chinese, Shanghai);
        Assert.Contains("当前卡点: 财务信用审核", text);
        Assert.Contains("预计解卡时间: 11-21 15:00", text);
        Assert.All(text, line => Assert.False(BusinessName.IsTechnical(line)));

        await tenant.AcceptAsync("lead", new UnblockOrder(Order, "credit"));
        OrderAnswer after = (await tenant.Desk.ReadAnswerAsync(Order))!;
        Assert.Equal((string.Empty, null), (after.CurrentBlocker, after.ExpectedRelease));
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    // How long an answer took is for the host's desk to measure, so the 37 and 4.8 minutes of the row are not played here.
    [Fact]
    [Trait("ReqPart", "S3-21")]
    public async Task OneCall_AnswersStateStepOwnerArrivalAndLastTrack()
    {
        var tenant = new Tenant();
        Assert.Null(await tenant.Desk.ReadAnswerAsync(Order));
        await tenant.CaptureAsync("anybody", "SO-1");
        await tenant.AcceptAsync("anybody", tenant.Receive("R-1", "W1", 9));
        Instant left = tenant.Clock.Now;
        Instant arrives = left + Duration.FromDays(2);
        await tenant.AcceptAsync(
            "anybody", new PromiseOrder(Order, arrives + Duration.FromHours(4), PromiseCause.First, ArrivesAt: arrives));
        await tenant.AcceptAsync("anybody", new HoldStock(Order));
        await tenant.AcceptAsync("anybody", new ShipOrder(
            Order, new ShipmentId("1"), left, ImmutableArray.Create(new ShipLine(1, new Quantity(5))), "SF",
            "SF1234567890"));
        OrderAnswer answer = (await tenant.Desk.ReadAnswerAsync(Order))!;
        Assert.Equal((OrderStage.InTransit, "carrier", arrives), (answer.Stage, answer.StepOwner, answer.ExpectedArrival));
        Assert.Equal((SupplyState.Held, FulfilmentState.Shipped), (answer.Supply, answer.Fulfilment));
        Assert.Equal(new LastTrack(new ShipmentId("1"), "SF", "SF1234567890", left, false), answer.LastTrack);
        Assert.Equal(
            new[] { "当前状态: 运输中", "当前责任人: 承运商", "预计到达时间: 11-04 09:00", "最新物流: SF SF1234567890 11-02 09:00" },
            answer.Text(Language.Chinese, Shanghai));

        Instant signed = left + Duration.FromDays(1);
        tenant.Clock.Advance(Duration.FromDays(1));
        await tenant.AcceptAsync("anybody", new ConfirmDelivery(Order, new ShipmentId("1"), signed));
        LastTrack last = (await tenant.Desk.ReadAnswerAsync(Order))!.LastTrack!;
        Assert.Equal((signed, true), (last.At, last.IsSigned));
    }

    private static async Task<Tenant> OpenAsync()
    {
        var tenant = new Tenant();
        tenant.Knows("lead", "sales_lead");
        await tenant.ActivateAsync("anybody", Samples.Of("MEDICAL2026"));
        return tenant;
    }
}
