using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Strict;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Dmn.Tests;

/// <summary>The tables under samples/rules, read strictly against their facts.</summary>
internal static class Sample
{
    public static FactSchema Facts { get; } =
        FactSchema.FromJson(File.ReadAllText(Path.Combine(Repository.Tables, "facts.json")));

    public static IEnumerable<string> Files => Directory.EnumerateFiles(Repository.Tables, "*.dmn")
        .OrderBy(f => f, StringComparer.Ordinal);

    public static DmnModel Read(string name)
    {
        DmnReading reading = DmnModel.Read(File.ReadAllText(Path.Combine(Repository.Tables, name + ".dmn")),
            new DmnReadOptions(Schema: Facts));
        return reading.Model ?? throw new InvalidOperationException(reading.Findings[0].ToString());
    }

    /// <summary>The answer of the table as JSON.</summary>
    public static string Answer(string name, params (string Name, object? Value)[] inputs) => Answer(Read(name), inputs);

    public static string Answer(DmnModel model, params (string Name, object? Value)[] inputs)
    {
        DmnOutcome outcome = Ask(model, inputs);
        return outcome.IsSound ? FeelJson.Write(outcome.Value)
            : throw new InvalidOperationException(outcome.Faults[0].ToString());
    }

    public static DmnOutcome Ask(DmnModel model, params (string Name, object? Value)[] inputs) =>
        model.Evaluate(model.Decisions[^1],
            FeelValue.Context(inputs.Select(i => new KeyValuePair<string, FeelValue>(i.Name, Of(i.Value)))),
            new EvaluationOptions(trace: TraceLevel.Full));

    public static FeelValue Of(object? value) => value switch
    {
        null => FeelValue.Null,
        bool flag => FeelValue.Of(flag),
        int number => FeelValue.Of(number),
        decimal number => FeelValue.Of(number),
        string text when text.StartsWith('@') => FeelValue.Temporal(text[1..]),
        FeelValue given => given,
        _ => FeelValue.Of(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };
}
