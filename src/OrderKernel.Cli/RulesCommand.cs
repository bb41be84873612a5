using System;
using System.CommandLine;
using System.IO;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary><c>orderkernel rules …</c>: decision tables in files.</summary>
internal static class RulesCommand
{
    public static Command Build()
    {
        var rules = new Command("rules", "Check, evaluate, test and read DMN decision tables.");
        rules.Add(RulesCheck.Build());
        rules.Add(RulesEval.Build());
        rules.Add(RulesTest.Build());
        rules.Add(RulesText.BuildFormat());
        rules.Add(RulesText.BuildDiff());
        rules.Add(RulesText.BuildSentences());
        return rules;
    }

    public static Argument<FileInfo> FileArgument(string name = "file") =>
        new Argument<FileInfo>(name) { Description = "A .dmn file." }.AcceptExistingOnly();

    public static Option<string> LanguageOption()
    {
        var language = new Option<string>("--lang") { Description = "zh-CN or en.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("zh-CN", "en");
        return language;
    }

    public static Language Language(string text) => text == "zh-CN" ? Findings.Language.Chinese : Findings.Language.English;

    public static string Read(FileInfo file, string encoding) => TextFile.Read(file.FullName, encoding);

    /// <summary>Prints the findings; true when one refuses.</summary>
    public static bool Print(System.Collections.Generic.IEnumerable<Finding> findings, Language language)
    {
        bool refused = false;
        foreach (Finding finding in findings)
        {
            refused |= finding.Severity == Severity.Refusal;
            string subject = finding.Subject.Length == 0 ? string.Empty : " [" + finding.Subject + "]";
            string weight = finding.Severity.ToString().ToLowerInvariant();
            Console.WriteLine($"{weight} {finding.Code}{subject} {finding.Text(language)}");
        }

        return refused;
    }

    /// <summary>The model, read strictly; C# null after its findings were printed.</summary>
    public static DmnModel? Model(FileInfo file, Language language, string encoding)
    {
        string xml = Read(file, encoding);
        DmnReading reading = DmnModel.Read(
            xml, new DmnReadOptions(Imports: TestFile.Imports(xml, file.FullName, file.DirectoryName!, encoding)));
        if (reading.Model is null)
        {
            Print(reading.Findings, language);
        }

        return reading.Model;
    }
}
