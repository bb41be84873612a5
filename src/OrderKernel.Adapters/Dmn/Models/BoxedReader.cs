using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Xml.Linq;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Models;

/// <summary>Turns the boxed expressions of one element into nodes.</summary>
internal sealed class BoxedReader(string owner, string prefix, TypeBuilder types, TypeNames names, bool strict,
    Action<Finding> report)
{
    private static readonly HashSet<string> Expressions = new(StringComparer.Ordinal)
    {
        "literalExpression", "decisionTable", "context", "invocation", "list", "relation", "functionDefinition", "conditional",
        "for", "some", "every", "filter",
    };

    /// <summary>The tables met so far, in order.</summary>
    public List<DecisionTable> Tables { get; } = new();

    /// <summary>The expression inside an element; null when it holds none.</summary>
    public Node? Inside(XElement element, Scope scope, string place)
    {
        XElement? expression = Expression(element);
        return expression is null ? null : Read(expression, scope, place);
    }

    public static XElement? Expression(XElement element) =>
        element.Elements().FirstOrDefault(e => e.Name.Namespace == element.Name.Namespace
            && Expressions.Contains(e.Name.LocalName));

    public Node Read(XElement box, Scope scope, string place)
    {
        Node node = Untyped(box, scope, place);
        bool typed = box.Name.LocalName != "functionDefinition" && box.TypeRef() is not null;
        return typed && types.Find(box.TypeRef(), prefix) is FeelType type and not AnyType
            ? new TypedNode(node, type) { At = node.At, Source = node.Source } : node;
    }

    private Node Untyped(XElement box, Scope scope, string place)
    {
        switch (box.Name.LocalName)
        {
            case "literalExpression":
                return Text(box.TextOf(), scope, place);
            case "decisionTable":
                DecisionTable table = new TableReader(this, owner, prefix, types).Read(box, scope, place);
                Tables.Add(table);
                return new TableNode(table) { Source = owner };
            case "context":
                return Context(box, scope, place);
            case "invocation":
                return Invocation(box, scope, place);
            case "list":
                return new ListNode(box.Elements().Where(e => Expressions.Contains(e.Name.LocalName))
                    .Select(e => Read(e, scope, place)).ToImmutableArray()) { Source = owner };
            case "relation":
                return Relation(box, scope, place);
            case "functionDefinition":
                return Function(box, scope, place);
            case "conditional":
                return new IfNode(Part(box, "if", scope, place), Part(box, "then", scope, place),
                    Part(box, "else", scope, place), isBoxed: true) { Source = owner };
            case "filter":
                return new FilterNode(Part(box, "in", scope, place), Part(box, "match", scope.Item(), place)) { Source = owner };
            default:
                return Loop(box, scope, place);
        }
    }

    /// <summary>Reads FEEL; what cannot be read is reported and becomes null.</summary>
    public Node Text(string text, Scope scope, string place) =>
        Guard(text, place, () => Parser.Expression(text, scope, names, strict));

    /// <summary>Reads the tests of a cell; the scope is that of the table.</summary>
    public TestsNode Cell(string text, Scope scope, string place)
    {
        Node node = Guard(text, place, () => Parser.Cell(text, scope.Inner("?"), names, strict));
        return node as TestsNode ?? new TestsNode(node, ImmutableArray.Create(new TestNode(node, usesInput: true)),
            negated: false, isCell: true);
    }

    public void Report(FindingKind kind, string place, params string[] facts) => report(kind.About(place, string.Empty, facts));

    private Node Guard(string text, string place, Func<Node> read)
    {
        try
        {
            return read();
        }
        catch (SyntaxException error)
        {
            Finding finding = Explain(error, text, place);
            report(finding);
            return new BrokenNode(finding) { Source = text };
        }
    }

    public static Finding Explain(SyntaxException error, string text, string place)
    {
        if (error.Kind is not null)
        {
            return error.Kind.About(place, string.Empty, error.Facts);
        }

        string shown = text.Length > 200 ? text.Substring(0, 200) + "…" : text;
        string position = (error.At.Start + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return DmnFindings.Syntax.About(place, string.Empty, shown.Length == 0 ? " " : shown, error.Expected, position);
    }

    private Node Part(XElement box, string name, Scope scope, string place)
    {
        Node? node = box.Child(name) is XElement part ? Inside(part, scope, place) : null;
        return node ?? Text(string.Empty, scope, place);
    }

    private ContextNode Context(XElement box, Scope scope, string place)
    {
        Scope inner = scope.Inner();
        var entries = ImmutableArray.CreateBuilder<Entry>();
        Node? result = null;
        foreach (XElement entry in box.Children("contextEntry"))
        {
            XElement? variable = entry.Child("variable");
            string name = NameSet.Normal(variable?.Attr("name") ?? string.Empty);
            Node value = Inside(entry, inner, name.Length == 0 ? place : place + " / " + name) ?? new LiteralNode(FeelValue.Null);
            if (variable is null)
            {
                result = value;
            }
            else
            {
                entries.Add(new Entry(name, value, types.Find(variable.TypeRef(), prefix)));
                inner.Add(name);
                inner.Members.Add(name);
            }
        }

        return new ContextNode(entries.ToImmutable(), result) { Source = owner };
    }

    private CallNode Invocation(XElement box, Scope scope, string place)
    {
        Node function = Inside(box, scope, place) ?? new LiteralNode(FeelValue.Null);
        var parameters = ImmutableArray.CreateBuilder<string>();
        var arguments = ImmutableArray.CreateBuilder<Node>();
        foreach (XElement binding in box.Children("binding"))
        {
            string name = NameSet.Normal(binding.Child("parameter")?.Attr("name") ?? string.Empty);
            parameters.Add(name);
            arguments.Add(Inside(binding, scope, place + " / " + name) ?? new LiteralNode(FeelValue.Null));
        }

        return new CallNode(function, parameters.ToImmutable(), arguments.ToImmutable()) { Source = owner };
    }

    private ListNode Relation(XElement box, Scope scope, string place)
    {
        List<string> columns = box.Children("column").Select(c => NameSet.Normal(c.Attr("name") ?? string.Empty)).ToList();
        foreach (string column in columns)
        {
            scope.Members.Add(column);
        }

        var rows = ImmutableArray.CreateBuilder<Node>();
        foreach (XElement row in box.Children("row"))
        {
            // The cells of a row do not see each other; the frame keeps the numbering of scopes.
            Scope inner = scope.Inner();
            var entries = row.Elements().Where(e => Expressions.Contains(e.Name.LocalName)).Take(columns.Count)
                .Select((cell, i) => new Entry(columns[i], Read(cell, inner, place), FeelType.Any));
            rows.Add(new ContextNode(entries.ToImmutableArray(), null) { Source = owner });
        }

        return new ListNode(rows.ToImmutable()) { Source = owner };
    }

    public FunctionNode Function(XElement box, Scope scope, string place)
    {
        Scope inner = scope.Inner();
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        foreach (XElement parameter in box.Children("formalParameter"))
        {
            string name = NameSet.Normal(parameter.Attr("name") ?? string.Empty);
            parameters.Add(new Parameter(name, types.Find(parameter.TypeRef(), prefix)));
            inner.Add(name);
        }

        bool external = box.Attr("kind") is string kind && kind != "FEEL";
        Node? body = external ? null : Inside(box, inner, place);
        FeelType result = types.Find(box.TypeRef(), prefix);
        return new FunctionNode(parameters.ToImmutable(), body, result) { Source = owner };
    }

    private LoopNode Loop(XElement box, Scope scope, string place)
    {
        Loop kind = box.Name.LocalName == "for" ? Feel.Loop.For : box.Name.LocalName == "some" ? Feel.Loop.Some : Feel.Loop.Every;
        string variable = NameSet.Normal(box.Attr("iteratorVariable") ?? string.Empty);
        Node source = Part(box, "in", scope, place);
        Scope inner = kind == Feel.Loop.For ? scope.Inner(variable).Inner("partial") : scope.Inner(variable);
        Node body = Part(box, kind == Feel.Loop.For ? "return" : "satisfies", inner, place);
        return new LoopNode(kind, ImmutableArray.Create(new Iterator(variable, source, null)), body,
            usesPartial: kind == Feel.Loop.For) { Source = owner };
    }
}
