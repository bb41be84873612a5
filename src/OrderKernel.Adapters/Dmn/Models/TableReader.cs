using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Models;

/// <summary>Reads one decision table.</summary>
internal sealed class TableReader(BoxedReader boxes, string owner, string prefix, TypeBuilder types)
{
    public const int MaxRows = 20_000;
    public const int MaxColumns = 200;

    public DecisionTable Read(XElement box, Scope scope, string place)
    {
        List<XElement> rules = box.Children("rule").ToList();
        List<XElement> inputs = box.Children("input").ToList();
        List<XElement> outputs = box.Children("output").ToList();
        if (rules.Count > MaxRows || inputs.Count + outputs.Count > MaxColumns)
        {
            throw new ModelException(DmnFindings.TooLarge, rules.Count > MaxRows ? "rows" : "columns",
                (rules.Count > MaxRows ? MaxRows : MaxColumns).ToString(CultureInfo.InvariantCulture));
        }

        ImmutableArray<InputColumn> columns = inputs.Select(i => Input(i, scope, place)).ToImmutableArray();
        return new DecisionTable(owner, Policy(box), columns,
            outputs.Select((o, i) => Output(o, outputs.Count, scope, place)).ToImmutableArray(),
            box.Children("annotation").Select(a => a.Attr("name") ?? string.Empty).ToImmutableArray(),
            rules.Select((r, i) => Rule(r, i, columns, outputs.Count, scope, place)).ToImmutableArray());
    }

    public static HitPolicy Policy(XElement box) => (box.Attr("hitPolicy"), box.Attr("aggregation")) switch
    {
        (null or "UNIQUE", _) => HitPolicy.Unique,
        ("ANY", _) => HitPolicy.Any,
        ("PRIORITY", _) => HitPolicy.Priority,
        ("FIRST", _) => HitPolicy.First,
        ("RULE ORDER", _) => HitPolicy.RuleOrder,
        ("OUTPUT ORDER", _) => HitPolicy.OutputOrder,
        ("COLLECT", null) => HitPolicy.Collect,
        ("COLLECT", "SUM") => HitPolicy.CollectSum,
        ("COLLECT", "MIN") => HitPolicy.CollectMin,
        ("COLLECT", "MAX") => HitPolicy.CollectMax,
        ("COLLECT", "COUNT") => HitPolicy.CollectCount,
        var (policy, aggregation) => throw new ModelException(DmnFindings.Unreadable,
            $"hit policy '{policy} {aggregation}' is unknown"),
    };

    private InputColumn Input(XElement input, Scope scope, string place)
    {
        XElement? expression = input.Child("inputExpression");
        string text = expression.TextOf();
        string label = input.Attr("label") is string given && given.Trim().Length > 0 ? given.Trim() : text.Trim();
        string at = place + " / " + label;
        string allowed = input.Child("inputValues").TextOf();
        FeelType type = types.Find(expression?.TypeRef(), prefix);
        return new InputColumn(label, text, boxes.Text(text, scope, at), type,
            string.IsNullOrWhiteSpace(allowed) ? null : boxes.Cell(allowed, scope, at));
    }

    private OutputColumn Output(XElement output, int count, Scope scope, string place)
    {
        string name = NameSet.Normal(output.Attr("name") ?? (count == 1 ? owner : string.Empty));
        string at = place + " / " + name;
        string allowed = output.Child("outputValues").TextOf();
        XElement? fallback = output.Child("defaultOutputEntry");
        if (count > 1)
        {
            scope.Members.Add(name);
        }

        FeelType type = types.Find(output.TypeRef(), prefix);
        TestsNode? values = !string.IsNullOrWhiteSpace(allowed) ? boxes.Cell(allowed, scope, at) : AllowedBy(type);
        return new OutputColumn(name, type, values,
            fallback is null ? null : boxes.Read(Literal(fallback), scope, at));
    }

    // An output typed by an enumeration has the order of the enumeration.
    private static TestsNode? AllowedBy(FeelType type) => (type as DeclaredType)?.Allowed as TestsNode;

    private static XElement Literal(XElement entry)
    {
        XElement? text = entry.Child("text");
        return text is null ? BoxedReader.Expression(entry) ?? entry
            : new XElement(entry.Name.Namespace + "literalExpression", new XElement(text));
    }

    private Row Rule(XElement rule, int index, ImmutableArray<InputColumn> columns, int answers, Scope scope, string place)
    {
        string at = place + " / " + (index + 1).ToString(CultureInfo.InvariantCulture);
        ImmutableArray<string> inputs = rule.Children("inputEntry").Select(e => e.TextOf()).ToImmutableArray();
        ImmutableArray<string> outputs = rule.Children("outputEntry").Select(e => e.TextOf()).ToImmutableArray();
        if (outputs.Length != answers)
        {
            throw new ModelException(DmnFindings.Unreadable,
                $"{at} has {outputs.Length} output entries, its table {answers} output columns");
        }

        if (inputs.Length != columns.Length)
        {
            throw new ModelException(DmnFindings.Unreadable,
                $"{at} has {inputs.Length} input entries, its table {columns.Length} input columns");
        }

        var cells = ImmutableArray.CreateBuilder<TestsNode>(inputs.Length);
        for (int i = 0; i < inputs.Length; i++)
        {
            string cellPlace = at + " / " + columns[i].Label;
            if (string.IsNullOrWhiteSpace(inputs[i]))
            {
                boxes.Report(DmnFindings.EmptyCell, cellPlace);
            }

            cells.Add(boxes.Cell(string.IsNullOrWhiteSpace(inputs[i]) ? "-" : inputs[i], scope, cellPlace));
        }

        return new Row(rule.Attr("id") ?? string.Empty, inputs, cells.MoveToImmutable(), outputs,
            outputs.Select((text, i) => string.IsNullOrWhiteSpace(text) ? new LiteralNode(FeelValue.Null)
                : boxes.Text(text, scope, at)).ToImmutableArray(),
            rule.Children("annotationEntry").Select(a => a.TextOf()).ToImmutableArray());
    }
}
