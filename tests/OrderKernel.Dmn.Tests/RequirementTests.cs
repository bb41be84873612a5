using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Strict;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>The acceptance scenarios that a table alone can play, with their numbers.</summary>
public sealed class RequirementTests
{
    [Fact]
    [Trait("Req", "S0-18")]
    public void Rules_ExportedAndImported_AreTheSameBytesAndTheSameDecisions()
    {
        foreach (string name in new[] { "class-a-order", "credit-review", "priority-score", "cold-chain", "order-tags" })
        {
            DmnModel model = Sample.Read(name);
            RuleDocument plain = model.Document(model.Decisions[0])!;
            RuleDocument document = new(
                plain.Decision, plain.Policy, "质量部", plain.Inputs, plain.Outputs, plain.Annotations, plain.Rows);
            string json = document.ToJson();
            RuleDocument imported = RuleDocument.FromJson(json);
            DmnModel again = DmnModel.Read(imported.ToXml()).Model!;
            var random = new Random(18);

            Assert.Equal(json, imported.ToJson());
            Assert.Equal(json, again.Document(model.Decisions[0])!.ToJson());
            Assert.Contains("\"owner\":\"质量部\"", json, StringComparison.Ordinal);
            Assert.Contains("\"version\":\"", json, StringComparison.Ordinal);
            for (int i = 0; i < 1_000; i++)
            {
                FeelValue order = Order(random);
                Assert.Equal(FeelJson.Write(model.Evaluate(model.Decisions[0], order).Value),
                    FeelJson.Write(again.Evaluate(model.Decisions[0], order).Value));
            }
        }

        RuleDocument wrong = RuleDocument.FromJson(Sample.Read("class-a-order").Document("订单类别")!.ToJson()
            .Replace("含税订单金额", "含税订单金饿", StringComparison.Ordinal));
        DmnReading refused = DmnModel.Read(wrong.ToXml(), new DmnReadOptions(Schema: Sample.Facts));
        Assert.Null(refused.Model);
        Assert.Contains(refused.Findings, f => f.Code == "dmn.name_unknown"
            && f.Text(Language.Chinese).Contains("含税订单金饿", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("ReqPart", "S0-20")]
    public void ImplantWithoutSurgeryDate_IsBlockedWithTheExactMessage()
    {
        DmnModel model = Sample.Read("implant-surgery-date");
        FeelValue blocked = Sample.Ask(model, ("产品分类", "植入类"), ("预计手术日", null)).Value;
        Assert.Equal("拦截", blocked.Entry("处理").ToString());
        Assert.Equal("请关联手术室排程单号", blocked.Entry("提示").ToString());
        Assert.Equal("预计手术日", blocked.Entry("字段").ToString());
        Assert.Equal("通过", Sample.Ask(model, ("产品分类", "耗材-普通"), ("预计手术日", null)).Value.Entry("处理").ToString());

        RuleDocument document = model.Document("植入类手术日")!;
        RuleRow row = document.Rows[0];
        RuleDocument warned = document.WithRows(ImmutableArray.Create(row with { Outputs = row.Outputs.SetItem(0, "\"提醒\"") }));
        DmnModel changed = DmnModel.Read(model.Write(warned), new DmnReadOptions(Schema: Sample.Facts)).Model!;
        FeelValue warning = Sample.Ask(changed, ("产品分类", "植入类"), ("预计手术日", null)).Value;
        Assert.Equal("提醒", warning.Entry("处理").ToString());
        Assert.Equal("请关联手术室排程单号", warning.Entry("提示").ToString());
        Assert.NotEqual(model.Version, changed.Version);
    }

    [Fact]
    [Trait("ReqPart", "S0-27")]
    public async Task ClassA_AboveFiftyThousandAndTertiary_IsMarkedAndUnmarked()
    {
        DmnModel model = Sample.Read("class-a-order");
        string Class(string tier, decimal amount) => Sample.Ask(model, ("客户等级", tier), ("含税订单金额", amount)).Value.ToString();

        Assert.Equal("A类", Class("三甲医院", 50_001m));
        Assert.Equal("普通", Class("三甲医院", 50_000.00m));
        Assert.Equal("A类", Class("三甲医院", 50_000.01m));
        Assert.Equal("普通", Class("二甲医院", 80_000m));

        // Amended before release: the class falls away, and the order's history still tells what it was and who changed it.
        OrderId id = new("SO-27");
        OrderDesk desk = new(new MemoryStore(), new FakeClock(At));
        NewLine line = new(1, new Sku("X"), new Quantity(1), new UnitPrice(50_001m, Currency.Cny));
        await Submit(desk, new CaptureOrder(id, new PartnerId("三甲医院-1"), At, ImmutableArray.Create(line)));
        await Submit(desk, new AmendOrder(
            id, ImmutableArray.Create(new FieldChange(1, "unit_price", "49000")), "discount", "CONTRACT-7"));
        OrderState revised = await desk.ReadOrderAsync(id);
        DmnOutcome before = Classify(model, await desk.ReadRevisionAsync(id, 1));
        DmnOutcome after = Classify(model, revised);
        Assert.Equal("A类", before.Value.ToString());
        Assert.Equal("普通", after.Value.ToString());
        Assert.Equal(new[] { "row_1" }, before.Tables[0].HitIds);
        Assert.Equal("行 1 未命中：含税订单金额 49000 不满足 > 50000", after.Tables[0].Missed[0].Text(Language.Chinese));
        Assert.Equal(new FieldChanged(1, "unit_price", "50001", "49000"), Assert.Single(Assert.Single(revised.Amendments).Changes));
    }

    private static readonly Instant At = Instant.FromUtc(2026, 9, 1, 0, 0);

    private static async Task Submit(OrderDesk desk, OrderCommand command) => (await desk.SubmitAsync(
        new Submission(CommandId.FromName(command.CommandType), new Actor("clerk", "erp"), command))).ThrowIfRefused();

    private static DmnOutcome Classify(DmnModel model, OrderState order)
    {
        Money amount = order.Line(1)!.Price!.Value.Times(order.Line(1)!.Ordered, MidpointRounding.AwayFromZero);
        return Sample.Ask(model, ("客户等级", "三甲医院"), ("含税订单金额", amount.MinorUnits / 100m));
    }

    [Fact]
    [Trait("ReqPart", "S3-56")]
    public void QuotedSentence_ParsesToTheRowAndPrintsBack()
    {
        const string Sentence = "若客户等级为VIP且付款方式为电汇,则跳过信用审核";
        DmnModel model = Sample.Read("credit-review");
        RuleDocument document = model.Document("信用审核")!;
        var sentences = new RuleSentences(document);

        Assert.True(sentences.TryParse(Sentence, Language.Chinese, out RuleRow? row, out _));
        Assert.Equal(Sentence, sentences.Print(row!, Language.Chinese));
        Assert.Equal(document.Rows[0].Inputs.AsEnumerable(), row!.Inputs.AsEnumerable());
        Assert.Equal(document.Rows[0].Outputs.AsEnumerable(), row.Outputs.AsEnumerable());

        DmnModel parsed = DmnModel.Read(model.Write(document.WithRows(ImmutableArray.Create(row with { Id = "sentence" }))))
            .Model!;
        DmnOutcome skipped = Sample.Ask(parsed, ("客户等级", "VIP"), ("付款方式", "电汇"));
        Assert.Equal("跳过", skipped.Value.ToString());
        Assert.Equal(new[] { "sentence" }, skipped.Tables[0].HitIds);
        Assert.Equal("需要", Sample.Ask(parsed, ("客户等级", "VIP"), ("付款方式", "账期")).Value.ToString());

        Assert.False(sentences.TryParse("若客户等集为VIP且付款方式为电汇,则跳过信用审核", Language.Chinese, out _, out Finding? fault));
        Assert.Equal("dmn.sentence_word", fault!.Code);
        Assert.Contains("第 2 个字符", fault.Text(Language.Chinese), StringComparison.Ordinal);
        Assert.Contains("客户等级", fault.Text(Language.Chinese), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("三甲医院", true, "{\"标记\":\"红\",\"短信对象\":\"仓管组长\"}")]
    [InlineData("三甲医院", false, "{\"标记\":\"无\",\"短信对象\":\"\"}")]
    [InlineData("二甲医院", true, "{\"标记\":\"无\",\"短信对象\":\"\"}")]
    [Trait("ReqPart", "S0-13")]
    public void UrgentTertiary_FlagAndMessage(string tier, bool urgent, string expected) =>
        Assert.Equal(expected, Sample.Answer("urgent-hospital-flag", ("客户等级", tier), ("加急", urgent)));

    [Theory]
    [InlineData("@2026-01-10", "通过")]
    [InlineData(null, "缺手术日")]
    [InlineData("@2026-01-04", "手术日早于下单日")]
    [Trait("ReqPart", "S0-19")]
    public void HighValue_NeedsSurgeryDate(string? date, string expected) =>
        Assert.Equal("\"" + expected + "\"",
            Sample.Answer("high-value-surgery-date", ("产品分类", "高值耗材"), ("预计手术日", date), ("下单日", "@2026-01-05")));

    [Fact]
    [Trait("ReqPart", "S0-51")]
    public void Packing_Tertiary_NeedsBoxAndLabel()
    {
        Assert.Equal("[\"防震箱\",\"温控标签\"]", Sample.Answer("packing-sop", ("客户等级", "三甲医院")));
        Assert.Equal("[]", Sample.Answer("packing-sop", ("客户等级", "二甲医院")));
    }

    [Theory]
    [InlineData(true, true, "生产准备")]
    [InlineData(true, false, "保持")]
    [InlineData(false, true, "保持")]
    [Trait("ReqPart", "S1-16")]
    public void ProductionReady_NeedsBothFacts(bool voucher, bool approved, string expected) =>
        Assert.Equal("\"" + expected + "\"", Sample.Answer("production-ready", ("付款凭证已上传", voucher), ("财务审核通过", approved)));

    [Fact]
    [Trait("ReqPart", "S1-35")]
    public void Tags_HighValueAndRemote_AreTwoAndFallAway()
    {
        Assert.Equal("[\"高价值\",\"偏远\"]", Sample.Answer("order-tags", ("订单金额", 120_000), ("收货地区", "西藏")));
        Assert.Equal("[\"高价值\"]", Sample.Answer("order-tags", ("订单金额", 120_000), ("收货地区", "华东")));
    }

    [Fact]
    [Trait("ReqPart", "S1-44")]
    public void CustomMade_NeedsFieldAndPhoto() =>
        Assert.Equal("[{\"必填字段\":\"特殊包装要求\",\"质检动作\":\"拍照留档\"}]", Sample.Answer("custom-order-evidence", ("产品类别", "定制化")));

    [Fact]
    [Trait("ReqPart", "S2-21")]
    public void StrategicCustomer_TemplateAndDisabledField() =>
        Assert.Equal("{\"附件模板\":\"年度返点协议\",\"停用字段\":\"单次付款上限\"}", Sample.Answer("customer-type-form", ("客户类型", "战略客户")));

    [Theory]
    [InlineData("终端零售商", "通过", "保存")]
    [InlineData("终端零售商", "拒绝", "拒绝")]
    [InlineData("终端零售商", "超时", "待信用校验")]
    [InlineData("经销商", "未调用", "保存")]
    [Trait("ReqPart", "S2-22")]
    public void LiveCreditCheck_ByCustomerType(string type, string result, string expected) =>
        Assert.Equal("\"" + expected + "\"", Sample.Answer("live-credit-check", ("客户类型", type), ("校验结果", result)));

    [Fact]
    [Trait("ReqPart", "S2-71")]
    public void Gift_FromFiftyThousand_IsOneAtPriceZero()
    {
        Assert.Equal("{\"赠品\":\"定制工具箱\",\"数量\":1,\"单价\":0}", Sample.Answer("gift-at-50000", ("订单金额", 50_000.00m)));
        Assert.Equal("{\"赠品\":\"无\",\"数量\":0,\"单价\":0}", Sample.Answer("gift-at-50000", ("订单金额", 49_999.99m)));
    }

    [Theory]
    [InlineData("@2026-12-06", "拦截")]
    [InlineData("@2026-12-05", "通过")]
    [Trait("ReqPart", "S3-05")]
    public void PriceValidity_DayAfterTheLast_IsBlocked(string used, string expected) =>
        Assert.Equal("\"" + expected + "\"", Sample.Answer("price-validity", ("价格有效期", "@2026-12-05"), ("使用日", used)));

    [Theory]
    [InlineData("@2026-02-15", "P0")]
    [InlineData("@2026-02-21", "正常")]
    [Trait("ReqPart", "S3-43")]
    public void GreenChannel_WhileTheListIsValid_RaisesPriority(string ordered, string expected)
    {
        FeelValue list = FeelJson.Read("[{\"地区\":\"朝阳区\",\"起\":\"@2026-02-10\",\"止\":\"@2026-02-20\"}]");
        Assert.Equal("\"" + expected + "\"",
            Sample.Answer("emergency-green-channel", ("疫区名单", list), ("收货区县", "朝阳区"), ("下单日", ordered)));
    }

    [Theory]
    [InlineData(true, "@2026-02-01", "@2026-02-17", "放行")]
    [InlineData(true, "@2026-02-02", "@2026-02-17", "暂扣")]
    [InlineData(true, "@2026-02-16", "@2026-02-17", "暂扣")]
    [InlineData(false, "@2026-02-10", "@2026-02-17", "放行")]
    [InlineData(true, "@2027-01-22", "@2027-02-06", "暂扣")]
    [InlineData(true, "@2027-02-05", "@2027-02-06", "暂扣")]
    [Trait("ReqPart", "S4-37")]
    public void Liquid_FifteenDaysBeforeSpringFestival_IsHeld(bool liquid, string ships, string festival, string expected) =>
        Assert.Equal("\"" + expected + "\"",
            Sample.Answer("spring-festival-liquid", ("液体", liquid), ("发货日", ships), ("春节", festival)));

    private static FeelValue Order(Random random)
    {
        string Pick(params string[] options) => options[random.Next(options.Length)];
        return FeelValue.Context(new Dictionary<string, FeelValue>
        {
            ["客户等级"] = FeelValue.Of(Pick("三甲医院", "二甲医院", "VIP", "普通")),
            ["付款方式"] = FeelValue.Of(Pick("电汇", "账期", "预付")),
            ["收货地区"] = FeelValue.Of(Pick("华东", "西藏", "新疆")),
            ["含税订单金额"] = FeelValue.Of(random.Next(4_900_000, 5_100_000) / 100m),
            ["订单金额"] = FeelValue.Of(random.Next(0, 200_000)),
            ["加急"] = FeelValue.Of(random.Next(2) == 0),
            ["储存温度上限"] = FeelValue.Of(random.Next(-30, 30)),
            ["在途小时"] = FeelValue.Of(random.Next(60)),
        });
    }
}
