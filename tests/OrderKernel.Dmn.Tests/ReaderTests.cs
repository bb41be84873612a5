using System;
using System.Linq;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Values;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>What files are read, and which are refused and why.</summary>
public sealed class ReaderTests
{
    // 1.1 writes types as prefixed names and, in item definitions, as elements of their own.
    private const string Version11 = """
        <definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd" xmlns:feel="http://www.omg.org/spec/FEEL/20140401"
                     id="m" name="m" namespace="urn:m">
          <itemDefinition id="t" name="tAmount"><typeRef>feel:number</typeRef></itemDefinition>
          <inputData id="i" name="金额"><variable name="金额" typeRef="tAmount"/></inputData>
          <decision id="d" name="级别">
            <variable name="级别" typeRef="feel:string"/>
            <informationRequirement><requiredInput href="#i"/></informationRequirement>
            <decisionTable hitPolicy="UNIQUE">
              <input id="c"><inputExpression typeRef="feel:number"><text>金额</text></inputExpression></input>
              <output id="o" typeRef="feel:string"/>
              <rule id="r1"><inputEntry id="a"><text>&gt;= 100</text></inputEntry>
                <outputEntry id="b"><text>"大"</text></outputEntry></rule>
              <rule id="r2"><inputEntry id="x"><text>&lt; 100</text></inputEntry>
                <outputEntry id="y"><text>"小"</text></outputEntry></rule>
            </decisionTable>
          </decision>
        </definitions>
        """;

    [Theory]
    [InlineData("http://www.omg.org/spec/DMN/20151101/dmn.xsd")]
    [InlineData("http://www.omg.org/spec/DMN/20180521/MODEL/")]
    [InlineData("https://www.omg.org/spec/DMN/20191111/MODEL/")]
    [InlineData("https://www.omg.org/spec/DMN/20211108/MODEL/")]
    [InlineData("https://www.omg.org/spec/DMN/20230324/MODEL/")]
    public void EveryVersion_OneModel_AnswersAlike(string space)
    {
        bool old = space.Contains("2015", StringComparison.Ordinal);
        string xml = Version11.Replace("http://www.omg.org/spec/DMN/20151101/dmn.xsd", space, StringComparison.Ordinal);
        DmnModel model = DmnModel.Read(old ? xml : xml.Replace("feel:", string.Empty, StringComparison.Ordinal)
            .Replace("xmlns:=", "xmlns:feel=", StringComparison.Ordinal)).Model!;
        Assert.Equal("\"大\"", Sample.Answer(model, ("金额", 100)));
        Assert.Equal("\"小\"", Sample.Answer(model, ("金额", 99.9m)));
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]>"
        + "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\">&a;</definitions>")]
    [InlineData("<definitions xmlns=\"urn:other\"/>")]
    [InlineData("<definitions")]
    [InlineData("")]
    public void NotDmn_IsRefusedWithAReason(string xml)
    {
        DmnReading reading = DmnModel.Read(xml);
        Assert.Null(reading.Model);
        Assert.Equal("dmn.unreadable", Assert.Single(reading.Findings).Code);
    }

    [Fact]
    public void Depth_BeyondTheBound_IsRefused()
    {
        string deep = string.Concat(Enumerable.Repeat("<context><contextEntry>", 200))
            + string.Concat(Enumerable.Repeat("</contextEntry></context>", 200));
        DmnReading reading = DmnModel.Read(GeneratedModels.Model(deep, string.Empty), DmnReadOptions.Spec);
        Assert.Equal("dmn.too_large", Assert.Single(reading.Findings).Code);
    }

    [Fact]
    public void Cycle_BetweenDecisions_IsRefusedWithItsPath()
    {
        const string Xml = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="urn:m">
              <decision id="a" name="甲">
                <informationRequirement><requiredDecision href="#b"/></informationRequirement>
                <literalExpression><text>乙</text></literalExpression></decision>
              <decision id="b" name="乙">
                <informationRequirement><requiredDecision href="#a"/></informationRequirement>
                <literalExpression><text>甲</text></literalExpression></decision>
            </definitions>
            """;
        DmnReading reading = DmnModel.Read(Xml, DmnReadOptions.Spec);
        Assert.Null(reading.Model);
        Assert.Contains("甲 → 乙 → 甲", Assert.Single(reading.Findings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Version_OtherLayoutAndDiagram_IsTheSame_OtherCell_IsNot()
    {
        string version = DmnModel.Read(Version11).Model!.Version;
        Assert.Equal(64, version.Length);
        Assert.Equal(version, DmnModel.Read(Version11.Replace("  <", "<", StringComparison.Ordinal)).Model!.Version);
        Assert.NotEqual(version, DmnModel.Read(Version11.Replace("&gt;= 100", "&gt; 100", StringComparison.Ordinal))
            .Model!.Version);
    }

    [Fact]
    public void Json_ValuesOfEveryKind_ReadBack()
    {
        const string Json = "{\"a\":1.5,\"b\":\"@@x\",\"c\":[true,null,\"@2026-02-17\"],"
            + "\"d\":{\"e\":\"@P15D\",\"f\":\"@08:00:00\"}}";
        Assert.Equal(Json, FeelJson.Write(FeelJson.Read(Json)));
        Assert.Throws<ArgumentException>(() => FeelJson.Read("{\"a\":\"@2026-02-30\"}"));
    }
}
