using System.IO;
using System.Linq;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Cli;
using OrderKernel.Findings;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>Every table under samples/rules: strict, analysed, tested, and readable both ways.</summary>
public sealed class SampleTableTests
{
    [Fact]
    public void EveryTable_StrictReadingAndAnalysis_FindNothingToMend()
    {
        Assert.True(Sample.Files.Count() >= 20);
        foreach (string file in Sample.Files)
        {
            DmnReading reading = DmnModel.Read(File.ReadAllText(file), new DmnReadOptions(Schema: Sample.Facts));
            Assert.True(reading.Findings.IsEmpty, $"{file}: {reading.Findings.FirstOrDefault()}");
            var worst = reading.Model!.Analyse().SelectMany(a => a.Issues).Select(i => i.Finding)
                .Concat(reading.Model.AnalyseRequirements()).Where(f => f.Severity != Severity.Note).ToList();
            Assert.True(worst.Count == 0, $"{file}: {worst.FirstOrDefault()}");
        }
    }

    [Fact]
    public void EveryTable_HasCasesAndPassesThem()
    {
        foreach (string file in Sample.Files)
        {
            string tests = file[..^4] + "-test-01.xml";
            var results = TestFile.Run(tests).ToList();
            Assert.NotEmpty(results);
            Assert.All(results, r => Assert.True(r.Passed, r.Line(Repository.Tables)));
        }
    }

    [Fact]
    public void EveryRow_AsSentence_ReadsBackToTheSameRow()
    {
        foreach (string file in Sample.Files)
        {
            DmnModel model = DmnModel.Read(File.ReadAllText(file)).Model!;
            RuleDocument document = model.Document(model.Decisions[^1])!;
            var sentences = new RuleSentences(document);
            foreach (RuleRow row in document.Rows)
            {
                foreach (Language language in new[] { Language.Chinese, Language.English })
                {
                    string sentence = sentences.Print(row, language);
                    Assert.True(sentences.TryParse(sentence, language, out RuleRow? parsed, out Finding? fault),
                        $"{sentence}: {fault}");
                    Assert.Equal(sentence, sentences.Print(parsed!, language));
                    Assert.Equal(row.Inputs.AsEnumerable(), parsed!.Inputs.AsEnumerable());
                    Assert.Equal(row.Outputs.AsEnumerable(), parsed.Outputs.AsEnumerable());
                }
            }
        }
    }

    [Fact]
    public void EveryTable_WrittenBackUnchanged_IsTheSameLogic()
    {
        foreach (string file in Sample.Files)
        {
            string xml = File.ReadAllText(file);
            DmnModel model = DmnModel.Read(xml).Model!;
            string written = model.Write(model.Document(model.Decisions[^1])!);
            Assert.Equal(model.Version, DmnModel.Read(written).Model!.Version);
            Assert.Null(DmnFormat.TryFormat(xml, out string formatted));
            Assert.Equal(xml, formatted);
        }
    }
}
