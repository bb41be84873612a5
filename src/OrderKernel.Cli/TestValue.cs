using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Cli;

/// <summary>Values as test files write them, and when an answer counts as the expected one.</summary>
internal static class TestValue
{
    private const decimal Tolerance = 0.00000001m;
    private static readonly XNamespace Tests = "http://www.omg.org/spec/DMN/20160719/testcase";
    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    public static FeelValue Read(XElement element)
    {
        if (element.Element(Tests + "value") is XElement value)
        {
            return Scalar(value);
        }

        if (element.Element(Tests + "list") is XElement list)
        {
            return IsNil(list) ? FeelValue.Null : FeelValue.List(list.Elements(Tests + "item").Select(Read));
        }

        List<XElement> components = element.Elements(Tests + "component").ToList();
        return components.Count == 0 || IsNil(element) ? FeelValue.Null
            : FeelValue.Context(components.Select(c => new KeyValuePair<string, FeelValue>(
                (string?)c.Attribute("name") ?? string.Empty, IsNil(c) ? FeelValue.Null : Read(c))));
    }

    public static bool Same(FeelValue expected, FeelValue actual)
    {
        if (expected.TryGetNumber(out decimal a) && actual.TryGetNumber(out decimal b))
        {
            return Math.Abs(a - b) < Tolerance;
        }

        if (expected.Kind != actual.Kind)
        {
            return false;
        }

        return expected.Kind switch
        {
            FeelKind.List => expected.Items.Length == actual.Items.Length
                && expected.Items.Zip(actual.Items, Same).All(same => same),
            FeelKind.Context => expected.Names.Length == actual.Names.Length
                && expected.Names.All(n => actual.Names.Contains(n) && Same(expected.Entry(n), actual.Entry(n))),
            FeelKind.Time or FeelKind.DateTime => expected.ToLiteral() == actual.ToLiteral(),
            _ => expected.IsSameAs(actual),
        };
    }

    private static FeelValue Scalar(XElement value)
    {
        if (IsNil(value))
        {
            return FeelValue.Null;
        }

        string type = ((string?)value.Attribute(Instance + "type") ?? "xsd:string").Split(':').Last();
        string text = value.Value;
        return type switch
        {
            "string" => FeelValue.Of(text),
            "boolean" => FeelValue.Of(text.Trim() is "true" or "1"),
            "decimal" or "double" or "integer" or "int" or "long" or "float" =>
                FeelValue.Of(decimal.Parse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture)),
            _ => FeelValue.Temporal(text.Trim()),
        };
    }

    private static bool IsNil(XElement element) => (string?)element.Attribute(Instance + "nil") is "true" or "1";
}
