using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary><c>rules eval FILE --input JSON</c>: one evaluation, with its reasons on demand.</summary>
internal static class RulesEval
{
    public static Command Build()
    {
        Argument<FileInfo> file = RulesCommand.FileArgument();
        var input = new Option<FileInfo>("--input") { Description =
            "A JSON object with one member for each input; dates as \"@2026-02-17\".", Required = true };
        var decision = new Option<string?>("--decision") { Description = "The decision; all of them when left out." };
        var now = new Option<string?>("--now") { Description =
            "Date and time for now() and today(), such as 2026-02-17T08:00:00+08:00." };
        var trace = new Option<bool>("--trace") { Description = "Say of every row why it matched or what failed." };
        Option<string> language = RulesCommand.LanguageOption();
        Option<string> encoding = TextFileOption.Encoding();
        var command = new Command("eval", "Evaluate decisions on one input.") { file, input, decision, now, trace, language, encoding };
        command.SetAction(parsed =>
        {
            Language spoken = RulesCommand.Language(parsed.GetValue(language)!);
            return TextFileOption.Guard(spoken, () => Run(
                parsed.GetValue(file)!, parsed.GetValue(input)!, parsed.GetValue(decision), parsed.GetValue(now),
                parsed.GetValue(trace), spoken, parsed.GetValue(encoding)!));
        });
        return command;
    }

    private static int Run(
        FileInfo file, FileInfo input, string? decision, string? now, bool trace, Language language, string encoding)
    {
        FeelValue inputs;
        try
        {
            inputs = FeelJson.Read(RulesCommand.Read(input, encoding));
        }
        catch (ArgumentException error)
        {
            Console.Error.WriteLine(input.Name + ": " + error.Message);
            return 2;
        }

        if (inputs.Kind != FeelKind.Context)
        {
            Console.Error.WriteLine(input.Name + ": the input is a JSON object.");
            return 2;
        }

        if (RulesCommand.Model(file, language, encoding) is not DmnModel model)
        {
            return 1;
        }

        var options = new EvaluationOptions(now is null ? null : FeelValue.Temporal(now), trace ? TraceLevel.Full
            : TraceLevel.Off);
        bool sound = true;
        foreach (string name in decision is null ? model.Decisions.ToArray() : new[] { decision })
        {
            DmnOutcome outcome = model.Evaluate(name, inputs, options);
            sound &= outcome.IsSound;
            Console.WriteLine(FeelJson.Write(FeelValue.Context(new[] { new System.Collections.Generic.KeyValuePair<string,
                FeelValue>(name, outcome.Value) })));
            RulesCommand.Print(outcome.Faults, language);
            foreach (TableTrace table in outcome.Tables)
            {
                Console.WriteLine($"  {table.Table}: {string.Join(", ", table.Hits)}");
                foreach (MissedRow row in table.Missed)
                {
                    Console.WriteLine("    " + row.Text(language));
                }
            }
        }

        return sound ? 0 : 1;
    }
}
