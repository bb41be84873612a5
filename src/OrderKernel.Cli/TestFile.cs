using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary>What one result node of a test file expected and got.</summary>
internal sealed record TestResult(string File, string Case, string Node, bool Passed, bool ExpectsNull, string Expected,
    string Actual, string Cause)
{
    public string Line(string folder) =>
        string.Join("\t", Passed ? "pass" : "FAIL", Path.GetRelativePath(folder, File), Case, Node,
            "expected " + Expected, "actual " + Actual, Cause);
}

/// <summary>One test file of the DMN TCK's format, with the model it names beside it.</summary>
internal static class TestFile
{
    private static readonly XNamespace Tests = "http://www.omg.org/spec/DMN/20160719/testcase";

    public static IEnumerable<TestResult> Run(string file, string encoding = "utf-8")
    {
        XElement root = XElement.Parse(TextFile.Read(file, encoding), LoadOptions.PreserveWhitespace);
        if (root.Name != Tests + "testCases")
        {
            yield break;
        }

        string folder = Path.GetDirectoryName(file)!;
        string modelFile = Path.Combine(folder, root.Element(Tests + "modelName")?.Value.Trim() ?? string.Empty);
        DmnReading reading = Read(modelFile, folder, encoding);
        foreach (XElement test in root.Elements(Tests + "testCase"))
        {
            FeelValue inputs = Inputs(test);
            foreach (XElement node in test.Elements(Tests + "resultNode"))
            {
                yield return Run(file, test, node, reading, inputs);
            }
        }
    }

    private static DmnReading Read(string modelFile, string folder, string encoding)
    {
        string xml = TextFile.Read(modelFile, encoding);
        return DmnModel.Read(xml, DmnReadOptions.Spec with { Imports = Imports(xml, modelFile, folder, encoding) });
    }

    /// <summary>The other models of the folder, for a model that imports any.</summary>
    public static ImmutableArray<string> Imports(string xml, string modelFile, string folder, string encoding) =>
        !xml.Contains("import", StringComparison.Ordinal) ? ImmutableArray<string>.Empty
            : Directory.EnumerateFiles(folder, "*.dmn").OrderBy(f => f, StringComparer.Ordinal)
                .Where(f => Path.GetFullPath(f) != Path.GetFullPath(modelFile)).Select(file => TextFile.Read(file, encoding))
                .ToImmutableArray();

    private static TestResult Run(string file, XElement test, XElement node, DmnReading reading, FeelValue inputs)
    {
        string name = (string?)node.Attribute("name") ?? string.Empty;
        XElement? stated = node.Element(Tests + "expected");
        FeelValue expected = stated is null ? FeelValue.Null : TestValue.Read(stated);
        DmnOutcome? outcome = reading.Model is null ? null : Evaluate(reading.Model, test, name, inputs);
        FeelValue actual = outcome?.Value ?? FeelValue.Null;
        string cause = outcome is null ? reading.Findings.First().ToString() : string.Join(" | ", outcome.Faults.Take(3));
        bool passed = outcome is not null && TestValue.Same(expected, actual);
        return new TestResult(file, (string?)test.Attribute("id") ?? string.Empty, name, passed, expected.IsNull,
            OneLine(expected.ToLiteral()), OneLine(actual.ToLiteral()), OneLine(cause));
    }

    private static DmnOutcome Evaluate(DmnModel model, XElement test, string name, FeelValue inputs)
    {
        DateTimeOffset now = DateTimeOffset.Now;
        var options = new EvaluationOptions(FeelValue.Temporal(now.ToString("yyyy-MM-ddTHH:mm:sszzz",
            System.Globalization.CultureInfo.InvariantCulture)));
        string type = (string?)test.Attribute("type") ?? "decision";
        string? invocable = (string?)test.Attribute("invocableName");
        if (type == "decision" || invocable is null)
        {
            return model.Evaluate(name, inputs, options);
        }

        // A service with several outputs answers a context of them; a result node names one.
        DmnOutcome outcome = model.Invoke(invocable, inputs, options);
        return model.OutputsOf(invocable).Length > 1 && outcome.Value.Names.Contains(name)
            ? outcome.WithValue(outcome.Value.Entry(name)) : outcome;
    }

    private static FeelValue Inputs(XElement test) =>
        FeelValue.Context(test.Elements(Tests + "inputNode")
            .Select(n => new KeyValuePair<string, FeelValue>((string?)n.Attribute("name") ?? string.Empty, TestValue.Read(n))));

    private static string OneLine(string text) => text.Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ');
}
