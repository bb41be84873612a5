using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Analysis;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>What the analysis claims, against what evaluation does.</summary>
public sealed class AnalysisTests
{
    private static readonly EvaluationOptions Traced = new(trace: TraceLevel.Hits);

    [Fact]
    public void Gaps_RandomInputs_AreExactlyThePointsWithoutAHit() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var generated = new GeneratedModels(seed);
            (string xml, string[] kinds) = generated.Table(maxRows: 12);
            DmnModel model = DmnModel.Read(xml, DmnReadOptions.Spec).Model!;
            TableAnalysis analysis = model.Analyse()[0];
            if (model.Table("d")!.RowCount == 0)
            {
                return;
            }

            for (int i = 0; i < 30; i++)
            {
                FeelValue inputs = generated.Inputs(kinds);
                FeelValue[] point = kinds.Select((_, c) => inputs.Entry("i" + c)).ToArray();
                if (point.Where((v, c) => v.IsNull || KindOf(kinds[c]) != v.Kind).Any())
                {
                    continue;
                }

                bool hit = !model.Evaluate("d", inputs, Traced).Tables[0].Hits.IsEmpty;
                bool inGap = analysis.GapBoxes.Any(box => box.Select((atoms, c) => Holds(analysis, c, atoms, point[c]))
                    .All(h => h));
                bool opaque = Enumerable.Range(0, model.Table("d")!.RowCount).Any(analysis.Cells.IsOpaque);
                Assert.True(hit || inGap || analysis.GapsCapped,
                    $"seed {seed}: {inputs.ToLiteral()} has neither a row nor a gap");
                Assert.False(hit && inGap && !opaque, $"seed {seed}: {inputs.ToLiteral()} lies in a gap and has a row");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Overlaps_CertainExamples_HitBothRows() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            (string xml, string[] kinds) = new GeneratedModels(seed).Table(maxRows: 12);
            DmnModel model = DmnModel.Read(xml.Replace("hitPolicy=\"COLLECT\"", "hitPolicy=\"UNIQUE\""), DmnReadOptions.Spec)
                .Model!;
            foreach (TableIssue issue in model.Analyse()[0].Issues.Where(i => i.IsCertain
                && i.Finding.Code is "dmn.overlap" or "dmn.conflict"))
            {
                if (!issue.IsCertain)
                {
                    continue;
                }

                FeelValue inputs = FeelValue.Context(kinds.Select((_, c) =>
                    new System.Collections.Generic.KeyValuePair<string, FeelValue>("i" + c, issue.Example[c])));
                var hits = model.Evaluate("d", inputs, Traced).Tables[0].Hits;
                Assert.True(issue.Rows.All(r => hits.Contains(r)),
                    $"seed {seed}: {issue.Finding} but hits {string.Join(",", hits)}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    [Theory]
    [InlineData("UNIQUE", "1 > 5; 2 < 3", "dmn.gap")]
    [InlineData("UNIQUE", "1 > 5; 2 <= 6", "dmn.overlap")]
    [InlineData("ANY", "1 > 5; 2 <= 6", "dmn.conflict")]
    [InlineData("PRIORITY", "2 > 5; 1 > 6; 1 <= 5", "dmn.masked")]
    [InlineData("FIRST", "1 > 5; 2 <= 5; 1 7", "dmn.unreachable")]
    [InlineData("FIRST", "1 > 5; 2 > 3; 1 [4..9]", "dmn.unreachable")]
    [InlineData("UNIQUE", "1 > 5; 2 < 5; 1 5", "dmn.contractible")]
    [InlineData("UNIQUE", "1 > 5; 2 ? < 3", "dmn.overlap_possible")]
    [InlineData("UNIQUE", "1 > 5; 2 ? < 3", "dmn.gap_possible")]
    [InlineData("COLLECT", "1 -; 2 -", "dmn.column_unused")]
    public void Table_WithOneFlaw_IsToldIt(string policy, string rows, string code)
    {
        string rules = string.Concat(rows.Split(';').Select(r => r.Trim()).Select(r =>
            "<rule><inputEntry><text>" + System.Security.SecurityElement.Escape(r[2..])
            + "</text></inputEntry><outputEntry><text>" + r[..1] + "</text></outputEntry></rule>"));
        string xml = GeneratedModels.Model("<informationRequirement><requiredInput href=\"#i\"/></informationRequirement>"
            + "<decisionTable hitPolicy=\"" + policy + "\"><input><inputExpression typeRef=\"number\"><text>x</text>"
            + "</inputExpression></input><output typeRef=\"number\"><outputValues><text>2, 1</text></outputValues></output>"
            + rules + "</decisionTable>", "<inputData id=\"i\" name=\"x\"><variable name=\"x\" typeRef=\"number\"/></inputData>");
        Assert.Contains(DmnModel.Read(xml).Model!.Analyse()[0].Issues, i => i.Finding.Code == code);
    }

    private static FeelKind KindOf(string type) => type switch
    {
        "string" => FeelKind.Text,
        "number" => FeelKind.Number,
        "boolean" => FeelKind.Boolean,
        _ => FeelKind.Date,
    };

    private static bool Holds(TableAnalysis analysis, int column, ulong[] atoms, FeelValue value)
    {
        int atom = analysis.Cells.Atoms[column].Of(value);
        return atom < 0 || Bits.Has(atoms, atom);
    }
}
