using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrderKernel.Findings;
using OrderKernel.Packs;

namespace OrderKernel.Cli;

/// <summary><c>orderkernel pack …</c>: bundles of definitions in folders.</summary>
internal static class PackCommand
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static Command Build()
    {
        var pack = new Command("pack", "Check and compare packs of definitions.");
        pack.Add(BuildCheck());
        pack.Add(BuildDiff());
        return pack;
    }

    private static Command BuildCheck()
    {
        var folders = new Argument<DirectoryInfo[]>("folder")
        {
            Description = "Folders with a pack.json.", Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> json = JsonOption();
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var check = new Command("check", "Read packs and report everything that is wrong; exit code 1 when a pack is refused.")
        {
            folders, json, language, encoding,
        };
        check.SetAction(parsed =>
        {
            Language spoken = RulesCommand.Language(parsed.GetValue(language)!);
            return TextFileOption.Guard(spoken, () => Check(
                parsed.GetValue(folders)!, parsed.GetValue(json), spoken, parsed.GetValue(encoding)!));
        });
        return check;
    }

    private static Command BuildDiff()
    {
        var before = new Argument<DirectoryInfo>("before") { Description = "The earlier pack." };
        var after = new Argument<DirectoryInfo>("after") { Description = "The later pack." };
        Option<bool> json = JsonOption();
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var diff = new Command("diff", "Say what differs between two packs; exit code 1 when something does or a pack is refused.")
        {
            before, after, json, language, encoding,
        };
        diff.SetAction(parsed =>
        {
            Language spoken = RulesCommand.Language(parsed.GetValue(language)!);
            return TextFileOption.Guard(spoken, () => Compare(
                parsed.GetValue(before)!, parsed.GetValue(after)!, parsed.GetValue(json), spoken, parsed.GetValue(encoding)!));
        });
        return diff;
    }

    private static int Check(DirectoryInfo[] folders, bool json, Language language, string encoding)
    {
        bool refused = false;
        foreach (DirectoryInfo folder in folders)
        {
            DefinitionReading<Pack> reading = Read(folder, encoding);
            refused |= reading.Value is null;
            Report(folder, reading, json, language);
        }

        return refused ? 1 : 0;
    }

    private static int Compare(DirectoryInfo before, DirectoryInfo after, bool json, Language language, string encoding)
    {
        DefinitionReading<Pack> old = Read(before, encoding);
        DefinitionReading<Pack> now = Read(after, encoding);
        if (old.Value is null || now.Value is null)
        {
            Report(before, old, json, language);
            Report(after, now, json, language);
            return 1;
        }

        foreach (PackChange change in PackDiff.Of(old.Value, now.Value))
        {
            Console.WriteLine(json
                ? JsonSerializer.Serialize(
                    new { kind = Word(change.Kind), change.Part, change.Code, text = change.Text(language), change.Before, change.After },
                    Readable)
                : change.Text(language));
        }

        return old.Value.Hash == now.Value.Hash ? 0 : 1;
    }

    private static DefinitionReading<Pack> Read(DirectoryInfo folder, string encoding) => Pack.Read(
        folder.Exists ? PackFolder.Read(folder.FullName, encoding) : new Dictionary<string, string>());

    private static void Report(DirectoryInfo folder, DefinitionReading<Pack> reading, bool json, Language language)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    folder = folder.Name,
                    id = reading.Value?.Id,
                    version = reading.Value?.Version,
                    hash = reading.Value?.Hash,
                    findings = reading.Findings.Select(finding => new
                    {
                        severity = finding.Severity.ToString().ToLowerInvariant(), finding.Code, place = finding.Subject,
                        text = finding.Text(language),
                    }),
                },
                Readable));
            return;
        }

        RulesCommand.Print(reading.Findings, language);
        if (reading.Value is { } pack)
        {
            string parts = language == Language.Chinese
                ? $"字段 {pack.Fields.All.Length}，角色 {pack.Access?.Roles.Length ?? 0}，生命周期 {pack.Lifecycles.Length}，"
                    + $"参数 {pack.Parameters.Length}，规则 {pack.Rules.Length}"
                : $"{pack.Fields.All.Length} fields, {pack.Access?.Roles.Length ?? 0} roles, {pack.Lifecycles.Length} lifecycles, "
                    + $"{pack.Parameters.Length} parameters, {pack.Rules.Length} rules";
            string colon = language == Language.Chinese ? "：" : ": ";
            Console.WriteLine($"{pack.Id} {pack.Version} {pack.Name.Text(language)}{colon}{parts} {pack.Hash[..12]}");
        }
    }

    private static Option<bool> JsonOption() => new("--json") { Description = "One JSON object a line." };

    private static string Word(PackChangeKind kind) => kind.ToString().ToLowerInvariant();
}
