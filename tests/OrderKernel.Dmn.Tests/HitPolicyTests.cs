using System.Globalization;
using System.Linq;
using System.Security;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Values;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>What the kit does not test of tables: undefined answers, <c>?</c>, null in every form, values that are not
/// allowed.</summary>
public sealed class HitPolicyTests
{
    private const string Need = "<informationRequirement><requiredInput href=\"#i\"/></informationRequirement>";
    private const string Column = "<input><inputExpression><text>x</text></inputExpression></input>";
    private const string Fact = "<inputData id=\"i\" name=\"x\"><variable name=\"x\"/></inputData>";

    [Theory]
    [InlineData("UNIQUE", "> 5 : 1; > 7 : 2", 6, "1", "")]
    [InlineData("UNIQUE", "> 5 : 1; > 7 : 2", 8, "null", "dmn.hits_conflict")]
    [InlineData("ANY", "> 5 : 1; > 7 : 1.0", 8, "1", "")]
    [InlineData("ANY", "> 5 : 1; > 7 : 2", 8, "null", "dmn.hits_conflict")]
    [InlineData("PRIORITY", "> 5 : 1; > 7 : 2", 8, "2", "")]
    [InlineData("FIRST", "> 5 : 1; > 7 : 2", 8, "1", "")]
    [InlineData("RULE ORDER", "> 5 : 1; > 7 : 2; - : 3", 8, "[1, 2, 3]", "")]
    [InlineData("OUTPUT ORDER", "> 5 : 1; > 7 : 2; - : 3", 8, "[3, 2, 1]", "")]
    [InlineData("COLLECT", "> 5 : 1; > 7 : 1", 8, "[1, 1]", "")]
    [InlineData("COLLECT\" aggregation=\"SUM", "> 5 : 1; > 7 : 2", 8, "3", "")]
    [InlineData("COLLECT\" aggregation=\"MIN", "> 5 : 1; > 7 : 2", 8, "1", "")]
    [InlineData("COLLECT\" aggregation=\"MAX", "> 5 : 1; > 7 : 2", 8, "2", "")]
    [InlineData("COLLECT\" aggregation=\"COUNT", "> 5 : 1; > 7 : 1", 8, "2", "")]
    [InlineData("COLLECT\" aggregation=\"COUNT", "> 5 : 1", 1, "0", "")]
    [InlineData("COLLECT\" aggregation=\"SUM", "> 5 : 1", 1, "null", "")]
    [InlineData("COLLECT", "> 5 : 1", 1, "[]", "")]
    [InlineData("UNIQUE", "> 5 : 1", 1, "null", "")]
    [InlineData("UNIQUE", "- : 9", 1, "null", "dmn.output_not_allowed")]
    [InlineData("FIRST", "? * 2 > 15 : 1; - : 2", 8, "1", "")]
    [InlineData("FIRST", "? * 2 > 15 : 1; - : 2", 7, "2", "")]
    [InlineData("FIRST", "[1, 8] : 1; - : 2", 8, "1", "")]
    [InlineData("FIRST", "not(1, 8) : 1; - : 2", 8, "2", "")]
    [InlineData("FIRST", "1, > 7 : 1; - : 2", 8, "1", "")]
    [InlineData("FIRST", "null : 1; - : 2", null, "1", "")]
    [InlineData("FIRST", "< 3 : 1; - : 2", null, "2", "")]
    [InlineData("FIRST", "? < 3 : 1; - : 2", null, "2", "")]
    [InlineData("FIRST", "? = null : 1; - : 2", null, "1", "")]
    [InlineData("FIRST", "not(null) : 1; - : 2", null, "2", "")]
    [InlineData("FIRST", "3 > 1 : 1; - : 2", 8, "2", "")]
    [InlineData("FIRST", " : 1; - : 2", 8, "1", "")]
    public void Table_OneInput_Answers(string policy, string rows, int? input, string expected, string fault)
    {
        string rules = string.Concat(rows.Split(';').Select(r => r.Split(" : ")).Select(r =>
            $"<rule><inputEntry><text>{SecurityElement.Escape(r[0].Trim())}</text></inputEntry>"
            + $"<outputEntry><text>{r[1].Trim()}</text></outputEntry></rule>"));
        string xml = GeneratedModels.Model(Need + "<decisionTable hitPolicy=\"" + policy
            + "\">" + Column + "<output><outputValues><text>3, 2, 1</text></outputValues></output>" + rules
            + "</decisionTable>", Fact);
        DmnModel model = DmnModel.Read(xml, DmnReadOptions.Spec).Model!;
        FeelValue inputs = FeelJson.Read("{\"x\":" + (input?.ToString(CultureInfo.InvariantCulture) ?? "null") + "}");
        foreach (bool reference in new[] { false, true })
        {
            DmnOutcome outcome = model.Evaluate("d", inputs, new EvaluationOptions { UsesReference = reference });
            Assert.Equal(expected, outcome.Value.ToString());
            Assert.Equal(fault, outcome.Faults.FirstOrDefault()?.Code ?? string.Empty);
        }
    }

    [Fact]
    public void BooleanCell_True_MeansInputIsTrue()
    {
        string xml = GeneratedModels.Model(Need + "<decisionTable>" + Column + "<output/>"
            + "<rule><inputEntry><text>true</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable>",
            Fact);
        DmnModel model = DmnModel.Read(xml).Model!;
        Assert.Equal("1", Sample.Answer(model, ("x", true)));
        Assert.Equal("null", Sample.Answer(model, ("x", false)));
        Assert.Equal("null", Sample.Answer(model, ("x", "true")));
    }
}
