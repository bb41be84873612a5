using System;
using System.Collections.Generic;
using System.Linq;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Analysis;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>Files and inputs that cost more than they are worth: refused before the work, by a finding.</summary>
public sealed class ReadingBudgetTests
{
    [Theory]
    [InlineData("types")]
    [InlineData("sharing types")]
    [InlineData("attributes")]
    [InlineData("attribute")]
    [InlineData("text")]
    [InlineData("comment")]
    [InlineData("elements")]
    [InlineData("depth")]
    public void File_BeyondABound_IsTooLarge(string kind)
    {
        string inside = kind switch
        {
            "types" => Many(30_000, i => $"<itemDefinition name=\"t{i}\"><typeRef>t{i + 1}</typeRef></itemDefinition>"),
            "sharing types" => Many(60, i => $"<itemDefinition name=\"t{i}\"><itemComponent name=\"a\"><typeRef>t{i + 1}</typeRef>"
                + $"</itemComponent><itemComponent name=\"b\"><typeRef>t{i + 1}</typeRef></itemComponent></itemDefinition>"),
            "attributes" => "<inputData " + Many(300_000, i => $"a{i}=\"\" ") + "/>",
            "attribute" => "<inputData name=\"" + new string('a', 30_000_000) + "\"/>",
            "text" => "<description>" + new string('a', 30_000_000) + "</description>",
            "comment" => "<!--" + new string('a', 30_000_000) + "-->",
            "elements" => Many(3_000_000, _ => "<a/>"),
            _ => Many(200, _ => "<a>") + Many(200, _ => "</a>"),
        };
        string xml = GeneratedModels.Model("<literalExpression><text>1</text></literalExpression>", inside);
        DmnModel.Read(GeneratedModels.Model(string.Empty, string.Empty));
        long before = GC.GetAllocatedBytesForCurrentThread();
        DmnReading reading = DmnModel.Read(xml);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Null(reading.Model);
        Assert.Equal("dmn.too_large", Assert.Single(reading.Findings).Code);
        Assert.True(bytes < 64L << 20, $"{bytes} bytes");
    }

    [Fact]
    public void Types_ManyAndShallow_AreRead()
    {
        string types = Many(5_000, i => $"<itemDefinition name=\"t{i}\"><typeRef>list&lt;number&gt;</typeRef></itemDefinition>")
            + Many(99, i => $"<itemDefinition name=\"u{i}\"><typeRef>{(i == 98 ? "t1" : "u" + (i + 1))}</typeRef></itemDefinition>");
        Assert.NotNull(DmnModel.Read(GeneratedModels.Model("<literalExpression><text>1</text></literalExpression>", types)).Model);
    }

    [Fact]
    public void Findings_BeyondAThousand_AreNotKept_AndNeverHideARefusal()
    {
        string cells = Many(5_000, _ => "<rule><inputEntry><text/></inputEntry><outputEntry><text>1</text></outputEntry></rule>")
            + "<rule><inputEntry><text>unknown</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>";
        DmnReading reading = DmnModel.Read(GeneratedModels.Model("<informationRequirement><requiredInput href=\"#i\"/>"
            + "</informationRequirement><decisionTable><input><inputExpression><text>x</text></inputExpression></input><output/>" + cells
            + "</decisionTable>", "<inputData id=\"i\" name=\"x\"><variable name=\"x\"/></inputData>"));
        Assert.Null(reading.Model);
        Assert.Equal(1_000, reading.Findings.Count(f => f.Severity == Severity.Warning));
        Assert.Single(reading.Findings, f => f.Severity == Severity.Refusal);
    }

    [Fact]
    public void Parentheses_AfterIn_AreReadOnce()
    {
        string nested = "1";
        for (int i = 0; i < 50; i++)
        {
            nested = "(1 in " + (i == 0 ? "(1)" : nested) + " * 2)";
        }

        Assert.NotNull(DmnModel.Read(GeneratedModels.ExpressionModel(nested), DmnReadOptions.Spec).Model);
        Assert.Equal("true", Expression.Answer("6 in (1 + 2) * 2"));
        Assert.Equal("true", Expression.Answer("2 in (1, 2)"));
        Assert.Equal("true", Expression.Answer("2 in (< 3) and 1 = 1"));
    }

    [Fact]
    public void Names_ThatBeginAlike_AreReadInLinearTime()
    {
        string names = "{" + string.Join(", ", Enumerable.Range(0, 4_000).Select(i => $"a {i}: 1")) + "}";
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotNull(DmnModel.Read(GeneratedModels.ExpressionModel(names)).Model);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64L << 20);
    }

    [Fact]
    public void Json_OfManyMembers_IsReadInLinearMemory()
    {
        string json = "{" + string.Join(",", Enumerable.Range(0, 200_000).Select(i => $"\"m{i}\":{i}")) + "}";
        FeelValue read = FeelJson.Read(json);
        Assert.Equal("199999", read.Entry("m199999").ToString());
        Assert.Equal(json, FeelJson.Write(read));
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a b\":1,\"a  b\":2}")]
    [InlineData("{\"a\":\"\\uD800\"}")]
    [InlineData("{\"\\uDC00\":1}")]
    [InlineData("{\"a\":\"@P999999999999999999D\"}")]
    [InlineData("{\"a\":1e400}")]
    [InlineData("[")]
    public void Json_ThatIsNotSound_IsAnArgument(string json) => Assert.Throws<ArgumentException>(() => FeelJson.Read(json));

    [Fact]
    public void LoneSurrogates_AreNeverMade()
    {
        Assert.NotEmpty(DmnModel.Read(GeneratedModels.ExpressionModel("\"\\uD800\"")).Findings);
        Assert.Equal("null", Expression.Answer("\"\\uD83D\""));
        Assert.Equal("😀", Expression.Answer("\"\\uD83D\\uDE00\""));
        Assert.Equal("x", Expression.Answer("replace(\"😀\", \".\", \"x\")"));
        Assert.Equal("[\"😀\", \"😀\"]", Expression.Answer("split(\"😀😀\", \"\")"));
        Assert.Equal("{\"a\":\"\uFFFD\"}", FeelJson.Write(FeelValue.Context(new Dictionary<string, FeelValue>
        {
            ["a"] = FeelValue.Of("\uD800"),
        })));
    }

    [Fact]
    public void Analysis_WithinItsBudget_SaysWhatWasNotFinished()
    {
        var random = new Random(12);
        string Cell() => "<inputEntry><text>not(" + string.Join(",", Enumerable.Range(0, 60).Select(_ => random.Next(1_000)))
            + ")</text></inputEntry>";
        string rows = Many(100, _ => "<rule>" + Cell() + Cell() + Cell() + "<outputEntry><text>1</text></outputEntry></rule>");
        string xml = GeneratedModels.Model(Many(3, i => $"<informationRequirement><requiredInput href=\"#i{i}\"/>"
            + "</informationRequirement>") + "<decisionTable hitPolicy=\"FIRST\">"
            + Many(3, i => "<input><inputExpression typeRef=\"number\">"
            + $"<text>i{i}</text></inputExpression></input>") + "<output/>" + rows + "</decisionTable>",
            Many(3, i => $"<inputData id=\"i{i}\" name=\"i{i}\"><variable name=\"i{i}\"/></inputData>"));
        TableAnalysis analysis = DmnModel.Read(xml).Model!.Analyse(new AnalysisBudget(Steps: 500_000))[0];
        TableIssue unfinished = Assert.Single(analysis.Issues, i => i.Finding.Code == "dmn.analysis_unfinished");
        Assert.Contains("500000", unfinished.Finding.Text(Language.English), StringComparison.Ordinal);
        Assert.Single(DmnModel.Read(xml).Model!.Analyse(new AnalysisBudget(Steps: 10))[0].Issues);
    }

    private static string Many(int count, Func<int, string> one) => string.Concat(Enumerable.Range(0, count).Select(one));
}
