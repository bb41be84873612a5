using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;

namespace OrderKernel.Cli;

/// <summary><c>orderkernel lifecycle …</c>: lifecycles in files.</summary>
internal static class LifecycleCommand
{
    public static Command Build()
    {
        var lifecycle = new Command("lifecycle", "Check, draw and import lifecycles.");
        lifecycle.Add(BuildCheck());
        lifecycle.Add(BuildDraw());
        lifecycle.Add(BuildImport());
        return lifecycle;
    }

    private static Command BuildCheck()
    {
        Argument<FileInfo[]> files = new Argument<FileInfo[]>("files")
        {
            Description = "Lifecycles as JSON; given together, their sub-lifecycles are looked up among them.",
            Arity = ArgumentArity.OneOrMore,
        }.AcceptExistingOnly();
        Option<bool> json = JsonOption();
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var command = new Command("check", "Read and analyse; exit code 1 when something refuses a lifecycle.")
        {
            files, json, language, encoding,
        };
        command.SetAction(parsed =>
        {
            Language spoken = RulesCommand.Language(parsed.GetValue(language)!);
            return TextFileOption.Guard(
                spoken, () => Check(parsed.GetValue(files)!, parsed.GetValue(json), spoken, parsed.GetValue(encoding)!));
        });
        return command;
    }

    private static Command BuildDraw()
    {
        Argument<FileInfo> file = new Argument<FileInfo>("file") { Description = "A lifecycle as JSON." }.AcceptExistingOnly();
        var format = new Option<string>("--format")
        {
            Description = "mermaid, dot or graph.", DefaultValueFactory = _ => "mermaid",
        };
        format.AcceptOnlyFromAmong("mermaid", "dot", "graph");
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var command = new Command("draw", "Draw as Mermaid or DOT, or write the graph that a canvas edits.")
        {
            file, format, language, encoding,
        };
        command.SetAction(parsed =>
        {
            Language spoken = RulesCommand.Language(parsed.GetValue(language)!);
            return TextFileOption.Guard(
                spoken, () => Draw(parsed.GetValue(file)!, parsed.GetValue(format)!, spoken, parsed.GetValue(encoding)!));
        });
        return command;
    }

    private static Command BuildImport()
    {
        Argument<FileInfo> file = new Argument<FileInfo>("file")
        {
            Description = "A list of states as CSV in UTF-8, headed 状态,触发条件,自动动作,责任人 or state,trigger,automatic action,owner.",
        }.AcceptExistingOnly();
        var id = new Option<string>("--id") { Description = "The id of the lifecycle.", Required = true };
        var english = new Option<string>("--en") { Description = "Its English name.", Required = true };
        var chinese = new Option<string>("--zh") { Description = "Its zh-CN name.", Required = true };
        var output = new Option<FileInfo?>("--out") { Description = "The file to write; without it the lifecycle is printed." };
        Option<bool> json = JsonOption();
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var command = new Command("import", "Make a lifecycle of a status list; exit code 1 when it is refused.")
        {
            file, id, english, chinese, output, json, language, encoding,
        };
        command.SetAction(parsed =>
        {
            Language spoken = RulesCommand.Language(parsed.GetValue(language)!);
            return TextFileOption.Guard(spoken, () => Imported(
                parsed.GetValue(file)!,
                StatusList.Import(
                    parsed.GetValue(id)!, parsed.GetValue(english)!, parsed.GetValue(chinese)!,
                    CsvRows.Read(parsed.GetValue(file)!.FullName, parsed.GetValue(encoding)!)),
                parsed.GetValue(output), parsed.GetValue(json), spoken));
        });
        return command;
    }

    private static Option<bool> JsonOption() => new("--json") { Description = "Print one JSON object." };

    private static int Check(FileInfo[] files, bool json, Language language, string encoding)
    {
        List<Answer> answers = files.Select(
            file => Answer.Of(file, LifecycleDefinition.Read(RulesCommand.Read(file, encoding)))).ToList();
        if (files.Length > 1 && answers.All(answer => answer.Definition is not null))
        {
            answers.Add(new Answer(
                language == Language.Chinese ? "（合并检查）" : "(together)", null,
                LifecycleDefinition.CheckTogether(answers.Select(answer => answer.Definition!))));
        }

        bool refused = false;
        foreach ((string name, LifecycleDefinition? definition, ImmutableArray<Finding> findings) in answers)
        {
            refused |= findings.Any(finding => finding.Severity == Severity.Refusal);
            if (json)
            {
                continue;
            }

            if (definition is not null)
            {
                Console.WriteLine(language == Language.Chinese
                    ? $"{name}：状态 {definition.States.Length} 个，流转 {definition.Transitions.Length} 条，版本 {definition.Version}，"
                        + $"行为 {definition.BehaviourHash}"
                    : $"{name}: {definition.States.Length} states, {definition.Transitions.Length} transitions, "
                        + $"version {definition.Version}, behaviour {definition.BehaviourHash}");
            }
            else if (!findings.IsEmpty)
            {
                Console.WriteLine(name + (language == Language.Chinese ? "：" : ":"));
            }

            RulesCommand.Print(findings, language);
        }

        if (json)
        {
            PrintJson(answers, language);
        }

        return refused ? 1 : 0;
    }

    private static int Draw(FileInfo file, string format, Language language, string encoding)
    {
        LifecycleReading reading = LifecycleDefinition.Read(RulesCommand.Read(file, encoding));
        if (reading.Definition is not { } definition)
        {
            RulesCommand.Print(reading.Findings, language);
            return 1;
        }

        Console.Write(format switch
        {
            "dot" => LifecycleDrawing.Dot(definition, language),
            "graph" => LifecycleGraph.Export(definition) + "\n",
            _ => LifecycleDrawing.Mermaid(definition, language),
        });
        return 0;
    }

    private static int Imported(FileInfo file, LifecycleReading reading, FileInfo? output, bool json, Language language)
    {
        if (json)
        {
            PrintJson(new List<Answer> { Answer.Of(file, reading) }, language);
        }
        else
        {
            // What is found goes to standard error, so that the lifecycle alone can be piped on.
            foreach (Finding finding in reading.Findings)
            {
                Console.Error.WriteLine(
                    $"{finding.Severity.ToString().ToLowerInvariant()} {finding.Code} [{finding.Subject}] "
                    + finding.Text(language));
            }
        }

        if (reading.Definition is not { } definition)
        {
            return 1;
        }

        if (output is not null)
        {
            WholeFile.Write(output.FullName, definition.Json + "\n");
        }
        else if (!json)
        {
            Console.WriteLine(definition.Json);
        }

        return 0;
    }

    private static void PrintJson(List<Answer> answers, Language language)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            json.WriteStartObject();
            json.WriteStartArray("files");
            foreach ((string name, LifecycleDefinition? definition, ImmutableArray<Finding> findings) in answers)
            {
                json.WriteStartObject();
                json.WriteString("file", name);
                json.WriteString("version", definition?.Version);
                json.WriteString("behaviour", definition?.BehaviourHash);
                json.WriteStartArray("findings");
                foreach (Finding finding in findings)
                {
                    json.WriteStartObject();
                    json.WriteString("code", finding.Code);
                    json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
                    json.WriteString("place", finding.Subject);
                    json.WriteString("text", finding.Text(language));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        Console.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>What is said of one file.</summary>
    private sealed record Answer(string Name, LifecycleDefinition? Definition, ImmutableArray<Finding> Findings)
    {
        public static Answer Of(FileInfo file, LifecycleReading reading) => new(file.Name, reading.Definition, reading.Findings);
    }
}
