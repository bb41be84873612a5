using System;
using System.Linq;
using System.Security;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Strict;
using OrderKernel.Findings;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>What strict reading refuses, each with its place and its remedy.</summary>
public sealed class StrictTests
{
    private static readonly FactSchema Facts = new(new[]
    {
        new FactField("订单金额", "number"),
        new FactField("客户等级", "string", new[] { "VIP", "三甲医院" }),
        new FactField("数量", "number"),
        new FactField("数量-折扣", "number"),
        new FactField("下单日", "date"),
    });

    [Theory]
    [InlineData("订单金额", "＞50000", "\"x\"", "dmn.full_width", ">")]
    [InlineData("订单金额", "（1..5]", "\"x\"", "dmn.full_width", "(")]
    [InlineData("客户等级", "“VIP”", "\"x\"", "dmn.full_width", "\"")]
    [InlineData("客户等级", "三甲医院", "\"x\"", "dmn.text_unquoted", "\"三甲医院\"")]
    [InlineData("客户等级", "VIP", "\"x\"", "dmn.text_unquoted", "\"VIP\"")]
    [InlineData("订单金额", "> 订单金", "\"x\"", "dmn.name_unknown", "订单金额")]
    [InlineData("订单金额", "> \"5\"", "\"x\"", "dmn.type_mismatch", "number")]
    [InlineData("客户等级", "> 5", "\"x\"", "dmn.type_mismatch", "string")]
    [InlineData("客户等级", "\"金牌\"", "\"x\"", "dmn.value_not_allowed", "VIP")]
    [InlineData("订单金额", "-", "订单金额 + \"元\"", "dmn.type_mismatch", "number")]
    [InlineData("订单金额", "-", "string length(订单金额)", "dmn.call_mismatch", "string length")]
    [InlineData("订单金额", "-", "date(\"2026-02-30\")", "dmn.null_by_error", "2026-02-30")]
    [InlineData("订单金额", "-", "@\"2026-13-01\"", "dmn.not_temporal", "2026-13-01")]
    [InlineData("订单金额", "-", "1 / 0", "dmn.null_by_error", "1 / 0")]
    [InlineData("订单金额", "> ", "\"x\"", "dmn.syntax", "3")]
    [InlineData("订单金额", "[5..1]", "\"x\"", "dmn.null_by_error", "[5..1]")]
    public void Cell_ThatCouldBecomeASilentNull_IsRefused(string column, string cell, string output, string code, string named)
    {
        DmnReading reading = Read(column, cell, output);
        Assert.Null(reading.Model);
        Finding finding = reading.Findings.First(f => f.Severity == Severity.Refusal);
        Assert.Equal(code, finding.Code);
        Assert.StartsWith("d / 1", finding.Subject, StringComparison.Ordinal);
        Assert.Contains(named, finding.Text(Language.Chinese), StringComparison.Ordinal);
        Assert.Contains(named, finding.Text(Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void NameWithAnOperator_ThatHidesASubtraction_IsWarnedOf()
    {
        DmnReading reading = Read("订单金额", "-", "数量-折扣 * 2");
        Finding finding = Assert.Single(reading.Findings, f => f.Code == "dmn.name_fragile");
        Assert.Contains("数量 - 折扣", finding.Text(Language.Chinese), StringComparison.Ordinal);
        Assert.NotNull(reading.Model);
    }

    [Fact]
    public void MissingFact_InTheSchema_NamesTheNearest()
    {
        string xml = Xml("下单日", "-", "\"x\"").Replace("name=\"下单日\"", "name=\"下单曰\"", StringComparison.Ordinal);
        DmnReading reading = DmnModel.Read(xml, new DmnReadOptions(Schema: Facts));
        Assert.Contains(reading.Findings, f => f.Code == "dmn.name_unknown"
            && f.Text(Language.Chinese).Contains("下单日", StringComparison.Ordinal));
    }

    [Fact]
    public void EmptyCell_IsAnyValue_WithAWarning()
    {
        DmnReading reading = Read("订单金额", string.Empty, "\"x\"");
        Assert.Equal("dmn.cell_empty", Assert.Single(reading.Findings).Code);
        Assert.NotNull(reading.Model);
    }

    [Fact]
    public void SpecMode_ReadsWhatStrictRefuses_AndSaysWhyItIsNull()
    {
        DmnReading reading = DmnModel.Read(Xml("订单金额", "-", "无此字段"), DmnReadOptions.Spec);
        DmnOutcome outcome = reading.Model!.Evaluate("d", Adapters.Dmn.Values.FeelJson.Read("{}"));
        Assert.True(outcome.Value.IsNull);
        Assert.False(outcome.IsSound);
        Assert.Equal("dmn.name_unknown", outcome.Faults[0].Code);
    }

    [Theory]
    [InlineData("金额＞5万 且 加急", "金额>50000 and 加急")]
    [InlineData("客户等级＝“VIP”且付款方式=\"电汇，现金\"", "客户等级=\"VIP\" and 付款方式=\"电汇，现金\"")]
    [InlineData("非（加急）", "not(加急)")]
    [InlineData("1.5亿 或 2千", "150000000 or 2000")]
    [InlineData("非医疗 + 且末县", "非医疗 + 且末县")]
    public void Plain_WhatAChineseKeyboardTypes_BecomesFeel(string typed, string expected)
    {
        Assert.Equal(expected, DmnFormat.Plain(typed));
        Assert.Equal(expected, DmnFormat.Plain(DmnFormat.Plain(typed)));
    }

    private static DmnReading Read(string column, string cell, string output) =>
        DmnModel.Read(Xml(column, cell, output), new DmnReadOptions(Schema: Facts));

    private static string Xml(string column, string cell, string output)
    {
        string inputs = string.Concat(Facts.Fields.Select((f, i) =>
            $"<inputData id=\"i{i}\" name=\"{f.Name}\"><variable name=\"{f.Name}\" typeRef=\"{f.Type}\"/></inputData>"));
        string needs = string.Concat(Facts.Fields.Select((_, i) =>
            $"<informationRequirement><requiredInput href=\"#i{i}\"/></informationRequirement>"));
        return GeneratedModels.Model(needs + "<decisionTable hitPolicy=\"FIRST\"><input><inputExpression><text>" + column
            + "</text></inputExpression></input><output name=\"o\"/><rule><inputEntry><text>" + SecurityElement.Escape(cell)
            + "</text></inputEntry><outputEntry><text>" + SecurityElement.Escape(output)
                + "</text></outputEntry></rule></decisionTable>", inputs);
    }
}
