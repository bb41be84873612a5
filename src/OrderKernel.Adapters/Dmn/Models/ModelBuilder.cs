using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Xml.Linq;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Temporal;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Models;

/// <summary>Puts a model together: elements, requirements, types, then the logic of each element in the order of need.</summary>
internal sealed class ModelBuilder
{
    private readonly bool strict;
    private readonly FindingList findings = new();
    private readonly HashSet<(Element Owner, Element Target)> required = new();
    private readonly Dictionary<string, Element> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XElement> bySpace = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (TypeNames Names, TypeBuilder Types)> typesOf = new(StringComparer.Ordinal);
    private readonly NameSet members = new(TemporalParts.Names);
    private readonly HashSet<string> done = new(StringComparer.Ordinal);
    private readonly List<string> path = new();

    public ModelBuilder(bool strict) => this.strict = strict;

    public IReadOnlyList<Finding> Findings => findings.All;

    public List<Element> Elements { get; } = new();

    public TypeNames Types { get; private set; } = new();

    public NameSet Members => members;

    public string Space { get; private set; } = string.Empty;

    public void Build(XElement root, IEnumerable<XElement> imported)
    {
        Space = root.Attr("namespace") ?? string.Empty;
        foreach (XElement model in imported.Prepend(root))
        {
            bySpace[model.Attr("namespace") ?? string.Empty] = model;
        }

        bySpace[Space] = root;
        foreach (XElement model in bySpace.Values)
        {
            Declare(model);
        }

        foreach (XElement model in bySpace.Values)
        {
            Connect(model);
        }

        Types = typesOf[Space].Names;
        foreach (Element element in Elements)
        {
            Read(element);
        }
    }

    private void Declare(XElement model)
    {
        string space = model.Attr("namespace") ?? string.Empty;
        TypeNames names = new();
        var types = new TypeBuilder(names, members, (name, where) =>
            Report(DmnFindings.NotFound, where, "type", name, string.Empty));
        typesOf[space] = (names, types);
        types.Add(model, string.Empty);
        foreach (XElement import in model.Children("import"))
        {
            if (bySpace.TryGetValue(import.Attr("namespace") ?? string.Empty, out XElement? other))
            {
                types.Add(other, import.Attr("name") is { Length: > 0 } prefix ? NameSet.Normal(prefix) + "." : string.Empty);
            }
        }

        types.Build(string.Empty, model);
        foreach (XElement xml in model.Elements().Where(e => e.Name.Namespace == model.Name.Namespace))
        {
            string name = NameSet.Normal(xml.Attr("name") ?? string.Empty);
            string key = space + "#" + (xml.Attr("id") ?? name);
            Element? element = xml.Name.LocalName switch
            {
                "inputData" => new InputElement(key, name, space),
                "decision" => new DecisionElement(key, name, space, xml),
                "businessKnowledgeModel" => new KnowledgeElement(key, name, space, xml),
                "decisionService" => new ServiceElement(key, name, space, xml),
                _ => null,
            };
            if (element is null)
            {
                continue;
            }

            element.Type = types.Find(xml.Child("variable")?.TypeRef(), string.Empty);
            members.Add(name);
            byKey[key] = element;
            Elements.Add(element);
        }
    }

    private void Connect(XElement model)
    {
        string space = model.Attr("namespace") ?? string.Empty;
        Dictionary<string, string> prefixes = model.Children("import").Where(i => i.Attr("namespace") is not null)
            .GroupBy(i => i.Attr("namespace")!)
            .ToDictionary(i => i.Key, i => NameSet.Normal(i.First().Attr("name") ?? string.Empty), StringComparer.Ordinal);
        foreach (Element element in Elements.Where(e => e.Space == space))
        {
            if (element is LogicElement logic)
            {
                string[] kinds = { "requiredInput", "requiredDecision", "requiredKnowledge" };
                foreach (XElement requirement in logic.Xml.Elements()
                    .Where(e => e.Name.LocalName.EndsWith("Requirement", StringComparison.Ordinal)))
                {
                    foreach (XElement target in requirement.Elements().Where(e => kinds.Contains(e.Name.LocalName)))
                    {
                        Require(logic, target, prefixes);
                    }
                }
            }
            else if (element is ServiceElement service)
            {
                service.Inputs.AddRange(Targets(service, "inputData"));
                service.Inputs.AddRange(Targets(service, "inputDecision"));
                service.Outputs.AddRange(Targets(service, "outputDecision").OfType<DecisionElement>());
            }
        }
    }

    private IEnumerable<Element> Targets(ServiceElement service, string kind) =>
        service.Xml.Children(kind).Select(t => Target(service, t)).Where(t => t is not null)!;

    private Element? Target(Element owner, XElement reference)
    {
        string href = reference.Attr("href") ?? string.Empty;
        int hash = href.IndexOf('#');
        string key = hash > 0 ? href : owner.Space + "#" + href.Substring(hash + 1);
        if (byKey.TryGetValue(key, out Element? target))
        {
            return target;
        }

        Report(DmnFindings.NotFound, owner.Name, reference.Name.LocalName, href, string.Empty);
        return null;
    }

    private void Require(LogicElement owner, XElement reference, Dictionary<string, string> prefixes)
    {
        if (Target(owner, reference) is not Element target || !required.Add((owner, target)))
        {
            return;
        }

        owner.Requires.Add(target);
        if (target.Space == owner.Space || !prefixes.TryGetValue(target.Space, out string? prefix) || prefix.Length == 0)
        {
            owner.Roots.Add(new Root(target.Name, target));
            return;
        }

        Root? import = owner.Roots.FirstOrDefault(r => r.Element is null && r.Name == prefix);
        if (import is null)
        {
            owner.Roots.Add(import = new Root(prefix, null));
        }

        import.Entries.Add(new Root(target.Name, target));
    }

    private void Read(Element element)
    {
        if (element is ServiceElement service)
        {
            foreach (DecisionElement output in service.Outputs)
            {
                Read(output);
            }
        }

        if (element is not LogicElement logic || done.Contains(logic.Key))
        {
            return;
        }

        if (path.Contains(logic.Key))
        {
            if (logic is DecisionElement)
            {
                throw new ModelException(DmnFindings.Cycle,
                    string.Join(" → ", path.SkipWhile(k => k != logic.Key).Append(logic.Key)
                    .Select(k => byKey[k].Name)));
            }

            return;
        }

        if (path.Count > 500)
        {
            throw new ModelException(DmnFindings.TooLarge, "requirements", "500");
        }

        path.Add(logic.Key);
        foreach (Element required in logic.Requires)
        {
            Read(required);
        }

        path.RemoveAt(path.Count - 1);
        if (done.Add(logic.Key))
        {
            ReadLogic(logic);
        }
    }

    private void ReadLogic(LogicElement element)
    {
        (TypeNames names, TypeBuilder types) = typesOf[element.Space];
        Scope scope = Scope.Root(element.Roots.Select(r => r.Name), members, names.Names);
        var boxes = new BoxedReader(element.Name, string.Empty, types, names, strict, findings.Add);
        if (element is KnowledgeElement knowledge)
        {
            XElement? logic = knowledge.Xml.Child("encapsulatedLogic");
            knowledge.Logic = logic is null
                ? new FunctionNode(ImmutableArray<Parameter>.Empty, null, FeelType.Any)
                : boxes.Function(logic, scope, element.Name);
            knowledge.Tables = boxes.Tables.ToImmutableArray();
        }
        else if (element is DecisionElement decision)
        {
            decision.Logic = boxes.Inside(decision.Xml, scope, element.Name) ?? new LiteralNode(FeelValue.Null);
            decision.Tables = boxes.Tables.ToImmutableArray();
        }

        element.Depth = NodeDepth.Of(element.Logic);
        if (element.Depth > NodeDepth.Max)
        {
            Finding deep = DmnFindings.TooDeep.About(element.Name, string.Empty);
            findings.Add(deep);
            element.Logic = element is KnowledgeElement
                ? new FunctionNode(ImmutableArray<Parameter>.Empty, null, FeelType.Any) : new BrokenNode(deep);
            element.Depth = 1;
            DropTables(element);
        }
    }

    private static void DropTables(LogicElement element)
    {
        if (element is DecisionElement decision)
        {
            decision.Tables = ImmutableArray<DecisionTable>.Empty;
        }
        else if (element is KnowledgeElement knowledge)
        {
            knowledge.Tables = ImmutableArray<DecisionTable>.Empty;
        }
    }

    private void Report(FindingKind kind, string place, params string[] facts) =>
        findings.Add(kind.About(place, string.Empty, facts));
}
