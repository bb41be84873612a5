using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace OrderKernel.Cli;

/// <summary><c>rules test FOLDER</c>: runs every kit-style test file below a folder.</summary>
internal static class RulesTest
{
    public static Command Build()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description =
            "Searched at any depth for *test*.xml files of the DMN TCK's format." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var report = new Option<FileInfo?>("--report") { Description = "Write every result node to this file, one a line." };
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var command = new Command("test", "Run test cases in the format of the DMN TCK; exit code 1 when one fails.") { folder,
            json, report, language, encoding };
        command.SetAction(parsed => TextFileOption.Guard(RulesCommand.Language(parsed.GetValue(language)!), () => Run(
            parsed.GetValue(folder)!, parsed.GetValue(json), parsed.GetValue(report), parsed.GetValue(encoding)!)));
        return command;
    }

    private static int Run(DirectoryInfo folder, bool json, FileInfo? report, string encoding)
    {
        if (!folder.Exists)
        {
            Console.Error.WriteLine($"There is no folder '{folder.FullName}'.");
            return 2;
        }

        List<string> files = Directory.EnumerateFiles(folder.FullName, "*test*.xml", SearchOption.AllDirectories)
            .OrderBy(f => f, StringComparer.Ordinal).ToList();
        var results = files.SelectMany(file => TestFile.Run(file, encoding)).ToList();
        int passed = results.Count(r => r.Passed);
        int nonNull = results.Count(r => !r.ExpectsNull);
        int nonNullPassed = results.Count(r => !r.ExpectsNull && r.Passed);
        if (report is not null)
        {
            WholeFile.Write(report.FullName, to => results.ForEach(result => to.WriteLine(result.Line(folder.FullName))));
        }

        if (json)
        {
            var totals = new SortedDictionary<string, int>(StringComparer.Ordinal)
            {
                ["files"] = files.Count,
                ["cases"] = results.Count,
                ["passed"] = passed,
                ["failed"] = results.Count - passed,
                ["skipped"] = 0,
                ["nonNullCases"] = nonNull,
                ["nonNullPassed"] = nonNullPassed,
            };
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
            {
                writer.WriteStartObject();
                foreach (string key in new[] { "files", "cases", "passed", "failed", "skipped", "nonNullCases", "nonNullPassed" })
                {
                    writer.WriteNumber(key, totals[key]);
                }

                writer.WriteEndObject();
            }

            Console.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
        }
        else
        {
            foreach (TestResult failure in results.Where(r => !r.Passed))
            {
                Console.WriteLine(failure.Line(folder.FullName).Replace("\t", "  ", StringComparison.Ordinal));
            }

            Console.WriteLine($"{passed} of {results.Count} passed in {files.Count} files; "
                + $"{nonNullPassed} of {nonNull} with a value expected.");
        }

        return passed == results.Count ? 0 : 1;
    }
}
