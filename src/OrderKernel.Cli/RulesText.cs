using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary><c>rules fmt</c>, <c>rules diff</c> and <c>rules sentences</c>: tables as text.</summary>
internal static class RulesText
{
    public static Command BuildFormat()
    {
        Argument<FileInfo> file = RulesCommand.FileArgument();
        var write = new Option<bool>("--write") { Description = "Write the file instead of printing." };
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var command = new Command("fmt", "Plain FEEL and usual layout.") { file, write, language, encoding };
        command.SetAction(parsed =>
        {
            Language spoken = RulesCommand.Language(parsed.GetValue(language)!);
            return TextFileOption.Guard(
                spoken, () => Format(parsed.GetValue(file)!, parsed.GetValue(write), spoken, parsed.GetValue(encoding)!));
        });
        return command;
    }

    public static Command BuildDiff()
    {
        Argument<FileInfo> before = RulesCommand.FileArgument("before");
        Argument<FileInfo> after = RulesCommand.FileArgument("after");
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var command = new Command("diff", "What changed, row by row; exit code 1 when something did.")
        {
            before, after, language, encoding,
        };
        command.SetAction(parsed =>
        {
            Language spoken = RulesCommand.Language(parsed.GetValue(language)!);
            return TextFileOption.Guard(
                spoken, () => Diff(parsed.GetValue(before)!, parsed.GetValue(after)!, spoken, parsed.GetValue(encoding)!));
        });
        return command;
    }

    public static Command BuildSentences()
    {
        Argument<FileInfo> file = RulesCommand.FileArgument();
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var command = new Command("sentences", "Every row as a sentence.") { file, language, encoding };
        command.SetAction(parsed =>
        {
            Language spoken = RulesCommand.Language(parsed.GetValue(language)!);
            return TextFileOption.Guard(spoken, () => Sentences(parsed.GetValue(file)!, spoken, parsed.GetValue(encoding)!));
        });
        return command;
    }

    private static int Format(FileInfo file, bool write, Language language, string encoding)
    {
        SourceText source = TextFile.ReadSource(file.FullName, encoding);
        if (DmnFormat.TryFormat(source.Text, out string formatted) is Finding fault)
        {
            RulesCommand.Print(new[] { fault }, language);
            return 1;
        }

        if (write)
        {
            // In the encoding that it was in, which its declaration names.
            string declared = formatted.Replace(
                "encoding=\"UTF-8\"", $"encoding=\"{source.Name.ToUpperInvariant()}\"", StringComparison.Ordinal);
            WholeFile.Write(file.FullName, (source.HasMark ? "\uFEFF" : string.Empty) + declared, source.Encoding);
        }
        else
        {
            Console.Write(formatted);
        }

        return 0;
    }

    private static int Sentences(FileInfo file, Language language, string encoding)
    {
        if (RulesCommand.Model(file, language, encoding) is not DmnModel model)
        {
            return 1;
        }

        foreach (RuleDocument document in Documents(model))
        {
            Console.WriteLine(document.Decision + ":");
            foreach (string sentence in new RuleSentences(document).PrintAll(language))
            {
                Console.WriteLine("  " + sentence);
            }
        }

        return 0;
    }

    private static int Diff(FileInfo before, FileInfo after, Language language, string encoding)
    {
        if (RulesCommand.Model(before, language, encoding) is not DmnModel old
            || RulesCommand.Model(after, language, encoding) is not DmnModel changed)
        {
            return 2;
        }

        int changes = 0;
        Dictionary<string, RuleDocument> olds = Documents(old).ToDictionary(d => d.Decision);
        Dictionary<string, RuleDocument> news = Documents(changed).ToDictionary(d => d.Decision);
        foreach (string name in olds.Keys.Concat(news.Keys).Distinct().OrderBy(n => n, StringComparer.Ordinal))
        {
            foreach (string line in Rows(olds.GetValueOrDefault(name), news.GetValueOrDefault(name)))
            {
                Console.WriteLine(name + ": " + line);
                changes++;
            }
        }

        return changes == 0 ? 0 : 1;
    }

    /// <summary>Rows with one id are one row; rows without are told apart by what they say.</summary>
    private static IEnumerable<string> Rows(RuleDocument? before, RuleDocument? after)
    {
        if (before is not null && after is not null && before.Policy != after.Policy)
        {
            yield return $"~ hit policy {before.Policy} → {after.Policy}";
        }

        List<RuleRow> olds = before?.Rows.ToList() ?? new List<RuleRow>();
        List<RuleRow> news = after?.Rows.ToList() ?? new List<RuleRow>();
        foreach (RuleRow row in olds)
        {
            RuleRow? match = news.FirstOrDefault(n => Same(row, n));
            if (match is null)
            {
                yield return "- " + Text(row);
            }
            else if (Text(match) != Text(row))
            {
                yield return "~ " + Text(row) + "  →  " + Text(match);
            }
        }

        foreach (RuleRow row in news.Where(n => !olds.Any(o => Same(o, n))))
        {
            yield return "+ " + Text(row);
        }

        List<RuleRow> kept = olds.Where(o => news.Any(n => Same(o, n))).ToList();
        List<RuleRow> order = news.Where(n => olds.Any(o => Same(o, n))).ToList();
        if (before?.Policy is HitPolicy.First or HitPolicy.RuleOrder && !kept.Zip(order, Same).All(s => s))
        {
            yield return "~ the order of the rows";
        }
    }

    private static bool Same(RuleRow a, RuleRow b) => a.Id.Length > 0 || b.Id.Length > 0 ? a.Id == b.Id : Text(a) == Text(b);

    private static string Text(RuleRow row) => string.Join(" | ", row.Inputs) + " ⇒ " + string.Join(" | ", row.Outputs);

    private static IEnumerable<RuleDocument> Documents(DmnModel model) =>
        model.Decisions.Concat(model.Functions).Select(model.Document).Where(d => d is not null)!;
}
