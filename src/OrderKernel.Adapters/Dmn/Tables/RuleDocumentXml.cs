using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Models;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>Rule documents out of and into DMN, leaving everything else of a model as it was.</summary>
internal static class RuleDocumentXml
{
    private static readonly XNamespace Dmn13 = "https://www.omg.org/spec/DMN/20191111/MODEL/";

    public static RuleDocument? Read(XElement model, string decision)
    {
        (XElement Owner, XElement Table)? found = Find(model, decision);
        if (found is null)
        {
            return null;
        }

        XElement table = found.Value.Table;
        string name = NameSet.Normal(found.Value.Owner.Attr("name") ?? string.Empty);
        List<XElement> outputs = table.Children("output").ToList();
        int columns = table.Children("input").Count();
        if (table.Children("rule").Any(r => r.Children("inputEntry").Count() != columns
            || r.Children("outputEntry").Count() != outputs.Count))
        {
            // A table that is no logic of the model, such as one inside of what nobody reads, may be of any form.
            return null;
        }

        return new RuleDocument(name, TableReader.Policy(table), OwnerOf(model, found.Value.Owner),
            table.Children("input").Select(Input).ToImmutableArray(),
            outputs.Select(o => Output(o, outputs.Count == 1 ? name : string.Empty)).ToImmutableArray(),
            table.Children("annotation").Select(a => a.Attr("name") ?? string.Empty).ToImmutableArray(),
            table.Children("rule").Select(Row).ToImmutableArray());
    }

    /// <summary>The model's text with the rows and policy of one table replaced; ids, diagram and extensions stay.</summary>
    public static string Write(XElement model, RuleDocument document)
    {
        XElement copy = new(model);
        (XElement Owner, XElement Table) = Find(copy, document.Decision)
            ?? throw new ArgumentException($"The model has no table '{document.Decision}'.", nameof(document));
        Dictionary<string, XElement> known = Table.Children("rule").Where(r => r.Attr("id") is not null)
            .GroupBy(r => r.Attr("id")!).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        Table.Children("rule").Remove();
        (string policy, string? aggregation) = RuleDocument.Names(document.Policy);
        Table.SetAttributeValue("hitPolicy", policy);
        Table.SetAttributeValue("aggregation", aggregation);
        foreach (RuleRow row in document.Rows)
        {
            XElement rule = known.TryGetValue(row.Id, out XElement? old) ? new XElement(old)
                : new XElement(Table.Name.Namespace + "rule", row.Id.Length == 0 ? null : new XAttribute("id", row.Id));
            Fill(rule, "inputEntry", row.Inputs);
            Fill(rule, "outputEntry", row.Outputs);
            Fill(rule, "annotationEntry", row.Annotations);
            Table.Add(rule);
        }

        return Text(copy);
    }

    public static string Write(RuleDocument document)
    {
        var root = new XElement(Dmn13 + "definitions", new XAttribute("id", "definitions"),
            new XAttribute("name", document.Decision),
            new XAttribute("namespace", "urn:orderkernel:rules"));
        var decision = new XElement(Dmn13 + "decision", new XAttribute("id", "decision"),
            new XAttribute("name", document.Decision),
            new XElement(Dmn13 + "variable", new XAttribute("name", document.Decision)));
        List<RuleInput> facts = document.Inputs.Where(i => NameRule.IsName(i.Expression.Trim())).GroupBy(i => i.Expression.Trim())
            .Select(g => g.First()).ToList();
        for (int i = 0; i < facts.Count; i++)
        {
            string id = "input_" + (i + 1).ToString(CultureInfo.InvariantCulture);
            root.Add(new XElement(Dmn13 + "inputData", new XAttribute("id", id),
                new XAttribute("name", facts[i].Expression.Trim()),
                new XElement(Dmn13 + "variable", new XAttribute("name", facts[i].Expression.Trim()), TypeOf(facts[i].Type))));
            decision.Add(new XElement(Dmn13 + "informationRequirement",
                new XElement(Dmn13 + "requiredInput", new XAttribute("href", "#" + id))));
        }

        if (document.Owner.Length > 0)
        {
            root.Add(new XElement(Dmn13 + "knowledgeSource", new XAttribute("id", "owner"),
                new XAttribute("name", document.Owner)));
            decision.Add(new XElement(Dmn13 + "authorityRequirement",
                new XElement(Dmn13 + "requiredAuthority", new XAttribute("href", "#owner"))));
        }

        decision.Add(Table(document));
        root.Add(decision);
        return Text(root);
    }

    private static XElement Table(RuleDocument document)
    {
        (string policy, string? aggregation) = RuleDocument.Names(document.Policy);
        var table = new XElement(Dmn13 + "decisionTable", new XAttribute("hitPolicy", policy),
            aggregation is null ? null : new XAttribute("aggregation", aggregation));
        foreach (RuleInput input in document.Inputs)
        {
            table.Add(new XElement(Dmn13 + "input", new XAttribute("label", input.Label),
                new XElement(Dmn13 + "inputExpression", TypeOf(input.Type), Words(input.Expression)),
                input.Values.Length == 0 ? null : new XElement(Dmn13 + "inputValues", Words(input.Values))));
        }

        foreach (RuleOutput output in document.Outputs)
        {
            table.Add(new XElement(Dmn13 + "output", new XAttribute("name", output.Name), TypeOf(output.Type),
                output.Phrase.Length == 0 ? null : new XAttribute("label", output.Phrase),
                output.Values.Length == 0 ? null : new XElement(Dmn13 + "outputValues", Words(output.Values)),
                output.Default.Length == 0 ? null : new XElement(Dmn13 + "defaultOutputEntry", Words(output.Default))));
        }

        foreach (string annotation in document.Annotations)
        {
            table.Add(new XElement(Dmn13 + "annotation", new XAttribute("name", annotation)));
        }

        foreach (RuleRow row in document.Rows)
        {
            table.Add(new XElement(Dmn13 + "rule", row.Id.Length == 0 ? null : new XAttribute("id", row.Id),
                row.Inputs.Select(t => new XElement(Dmn13 + "inputEntry", Words(t))),
                row.Outputs.Select(t => new XElement(Dmn13 + "outputEntry", Words(t))),
                row.Annotations.Select(t => new XElement(Dmn13 + "annotationEntry", Words(t)))));
        }

        return table;
    }

    private static (XElement Owner, XElement Table)? Find(XElement model, string decision)
    {
        string name = NameSet.Normal(decision);
        foreach (XElement owner in model.Elements().Where(e => e.Name.LocalName is "decision" or "businessKnowledgeModel"))
        {
            XElement? table = owner.Descendants(model.Name.Namespace + "decisionTable").FirstOrDefault();
            if (table is not null && NameSet.Normal(owner.Attr("name") ?? string.Empty) == name)
            {
                return (owner, table);
            }
        }

        return null;
    }

    private static string OwnerOf(XElement model, XElement decision)
    {
        string href = decision.Children("authorityRequirement").SelectMany(a => a.Children("requiredAuthority"))
            .Select(a => a.Attr("href")).FirstOrDefault() ?? string.Empty;
        return model.Children("knowledgeSource").FirstOrDefault(k => "#" + k.Attr("id") == href)?.Attr("name") ?? string.Empty;
    }

    private static RuleInput Input(XElement input)
    {
        XElement? expression = input.Child("inputExpression");
        string text = expression.TextOf().Trim();
        string label = input.Attr("label")?.Trim() is { Length: > 0 } given ? given : text;
        return new RuleInput(label, text, expression?.TypeRef() ?? string.Empty, input.Child("inputValues").TextOf().Trim());
    }

    private static RuleOutput Output(XElement output, string fallback) => new(
        NameSet.Normal(output.Attr("name") ?? fallback), output.TypeRef() ?? string.Empty,
            output.Child("outputValues").TextOf().Trim(),
        output.Child("defaultOutputEntry").TextOf().Trim(), output.Attr("label") is { } label && label.Contains("{}") ? label
            : string.Empty);

    private static RuleRow Row(XElement rule) => new(rule.Attr("id") ?? string.Empty,
        rule.Children("inputEntry").Select(e => e.TextOf().Trim()).ToImmutableArray(),
        rule.Children("outputEntry").Select(e => e.TextOf().Trim()).ToImmutableArray(),
        rule.Children("annotationEntry").Select(e => e.TextOf().Trim()).ToImmutableArray());

    private static void Fill(XElement rule, string kind, ImmutableArray<string> texts)
    {
        List<XElement> cells = rule.Children(kind).ToList();
        for (int i = 0; i < texts.Length; i++)
        {
            if (i >= cells.Count)
            {
                rule.Add(new XElement(rule.Name.Namespace + kind, new XElement(rule.Name.Namespace + "text", texts[i])));
            }
            else if (cells[i].TextOf().Trim() != texts[i])
            {
                cells[i].SetElementValue(rule.Name.Namespace + "text", texts[i]);
            }
        }
    }

    private static XAttribute? TypeOf(string type) => type.Length == 0 ? null : new XAttribute("typeRef", type);

    private static XElement Words(string text) => new(Dmn13 + "text", text);

    private static string Text(XElement root) =>
        new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            .Append(root.ToString(root.DescendantNodes().OfType<XText>()
            .Any(t => string.IsNullOrWhiteSpace(t.Value)) ? SaveOptions.DisableFormatting : SaveOptions.None)).Append('\n')
                .ToString();
}
