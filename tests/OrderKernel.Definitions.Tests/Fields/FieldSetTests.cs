using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Fields;
using OrderKernel.Findings;
using Xunit;

namespace OrderKernel.Definitions.Tests.Fields;

public class FieldSetTests
{
    private static readonly FieldSet All = FieldSet.Read("""
        { "fields": [
          { "code": "note", "en": "Note", "zh": "备注", 
            "of": "order", "type": "text", "sensitivity": "internal", "max_length": 5 },
          { "code": "boxes", "en": "Boxes", "zh": "箱数", "of": "order", "type": "integer", "sensitivity": "internal" },
          { "code": "rate", "en": "Rate", "zh": "费率", "of": "line", "type": "decimal", "places": 2, "sensitivity": "internal" },
          { "code": "cap", "en": "Cap", "zh": "上限", "of": "order", "type": "money", "sensitivity": "internal" },
          { "code": "due", "en": "Due", "zh": "到期", "of": "order", "type": "date", "sensitivity": "public" },
          { "code": "vbp", "en": "Volume procurement", "zh": "集采中选产品标识", 
            "of": "line", "type": "boolean", "sensitivity": "public" },
          { "code": "level", "en": "Hospital level", "zh": "医院等级", "of": "customer", "type": "choice", "sensitivity": "public",
            "choices": [ { "code": "three_a", "en": "Grade 3A", "zh": "三甲" }, { "code": "other", "en": "Other", "zh": "其他" } ] },
          { "code": "contact", "en": "Contact", "zh": "联系人", "of": "customer", "type": "text", "sensitivity": "personal",
            "owner_system": "crm", "required": [ { "on": "order.capture", "field": "level", "is": "three_a" } ] } ] }
        """).OrThrow();

    [Theory]
    [InlineData("note", "abcde", "abcde")]
    [InlineData("note", "abcdef", null)]
    [InlineData("note", " ", null)]
    [InlineData("note", "a\0", null)]
    [InlineData("boxes", "-007", "-7")]
    [InlineData("boxes", "1.5", null)]
    [InlineData("boxes", "9223372036854775808", null)]
    [InlineData("rate", "1.5", "1.50")]
    [InlineData("rate", "1.505", null)]
    [InlineData("rate", "1e3", null)]
    [InlineData("cap", "12.5 CNY", "12.50 CNY")]
    [InlineData("cap", "12.345 CNY", "12.345 CNY")]
    [InlineData("cap", "12 cny", null)]
    [InlineData("cap", "CNY", null)]
    [InlineData("due", "2026-02-29", null)]
    [InlineData("due", "2028-02-29", "2028-02-29")]
    [InlineData("vbp", "yes", null)]
    [InlineData("level", "three_a", "three_a")]
    [InlineData("level", "三甲", null)]
    public void AValue_HasOneCanonicalFormOrNone(string code, string value, string? expected) =>
        Assert.Equal(expected, All.Find(code)!.Canonical(value));

    [Fact]
    public void AWrongPersonalValue_IsNotRepeatedInItsFinding()
    {
        const string given = "13812345678王小明\0";
        Finding finding = Assert.Single(All.Check(FieldSubject.Customer, new Dictionary<string, string> { ["contact"] = given }));
        Assert.Equal(("field.personal_value_wrong", "contact"), (finding.Code, finding.Field));
        Assert.DoesNotContain(
            "138", finding + finding.Text(Language.English) + finding.Text(Language.Chinese), StringComparison.Ordinal);
        Finding open = Assert.Single(All.Check(FieldSubject.Customer, new Dictionary<string, string> { ["level"] = "5A" }));
        Assert.Contains("5A", open.Text(Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void CanonicalForms_AreFixedPoints() => Prop.ForAll<string>(ArbMap.Default.ArbFor<string>(), text =>
        text is null || All.All.All(field => field.Canonical(text) is not { } once || field.Canonical(once) == once))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void CanonicalJson_RoundTrips() => Assert.Equal(All.ToJson(), FieldSet.Read(All.ToJson()).OrThrow().ToJson());

    [Fact]
    public void ACustomersValues_AreCheckedForTheHostThatKeepsThem()
    {
        var values = new Dictionary<string, string> { ["level"] = "three_a", ["vbp"] = "true" };
        Assert.Equal(
            new[] { "definition.member_unknown vbp", "field.required contact" },
            All.Check(FieldSubject.Customer, values, "order.capture").Select(f => f.Code + " " + f.Field));
        Assert.Empty(All.Check(FieldSubject.Customer, new Dictionary<string, string> { ["level"] = "other" }, "order.capture"));
    }

    [Fact]
    public void AChoice_IsShownByItsName()
    {
        Assert.Equal("三甲", All.Find("level")!.Display("three_a", Language.Chinese));
        Assert.Equal("yes", All.Find("vbp")!.Display("true", Language.English));
    }

    [Fact]
    [Trait("ReqPart", "S4-22")]
    public void FaultyFields_AreRefusedTogetherWithTheirPlaces()
    {
        string[] found = FieldSet.Read("""
            { "fields": [
              { "code": "a", "en": "status_flag", "zh": "t_order_detail.status_flag",
                "of": "order", "type": "text", "sensitivity": "personal" },
              { "code": "b", "en": "B", "zh": "乙", "of": "planet", "type": "choice", "sensitivity": "public" },
              { "code": "c", "en": "C", "zh": "丙", "of": "order", "type": "date", "sensitivity": "public", "places": 99,
                "choices": [ { "code": "x", "en": "X", "zh": "某" } ],
                "required": [ { "on": "order.ship", "field": "nowhere", "is": "1" }, { "field": "a" } ] },
              { "code": "a", "en": "A", "zh": "甲", "of": "order", "type": "text", "sensitivity": "public" } ] }
            """).Findings.Select(f => f.Code + " " + f.Subject).ToArray();
        Assert.Equal(
            new[]
            {
                "name.technical $.fields[0]", "name.technical $.fields[0]", "field.personal_on_order $.fields[0]",
                "definition.value_wrong $.fields[1].of", "field.choices_mismatch $.fields[1]", "field.choices_mismatch $.fields[2]",
                "definition.value_wrong $.fields[2].places", "definition.member_missing $.fields[2].required[1]",
                "definition.member_missing $.fields[2].required[1]", "definition.repeated $.fields[3]",
                "definition.value_wrong $.fields[2].required[0].field",
            }.Order(StringComparer.Ordinal),
            found.Order(StringComparer.Ordinal));
    }
}
