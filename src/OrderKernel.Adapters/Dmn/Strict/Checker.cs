using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Models;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Strict;

/// <summary>Holds a whole model against its types and against the facts that the host supplies.</summary>
internal sealed class Checker
{
    private readonly Dictionary<string, FeelType> types = new(StringComparer.Ordinal);
    private readonly FindingList findings = new();
    private readonly FactSchema? schema;

    private readonly Run constants = new(Budget.Default, FeelValue.Null);

    private Checker(FactSchema? schema) => this.schema = schema;

    public static IReadOnlyList<Finding> Check(ModelBuilder model, FactSchema? schema)
    {
        var checker = new Checker(schema);
        foreach (Element element in model.Elements)
        {
            checker.TypeOf(element);
        }

        return checker.findings.All;
    }

    private FeelType TypeOf(Element element)
    {
        if (types.TryGetValue(element.Key, out FeelType? known))
        {
            return known;
        }

        // A knowledge model that calls itself is open until it is known.
        types[element.Key] = FeelType.Any;
        FeelType type = element switch
        {
            InputElement => Input(element),
            DecisionElement decision => Decision(decision),
            KnowledgeElement knowledge => Logic(knowledge),
            ServiceElement service => Service(service),
            _ => FeelType.Any,
        };
        types[element.Key] = type;
        return type;
    }

    private FeelType Input(Element element)
    {
        if (schema is null)
        {
            return element.Type;
        }

        if (schema.Find(element.Name) is not FactField fact)
        {
            Report(DmnFindings.NameUnknown, element.Name, element.Name,
                Suggestion.For(element.Name, schema.Fields.Select(f => f.Name)));
            return element.Type;
        }

        if (!TypeRules.Fits(fact.Shape, element.Type))
        {
            Report(DmnFindings.TypeMismatch, element.Name, element.Name, element.Type.Name, fact.Type);
        }

        FeelType type = element.Type is AnyType ? fact.Shape : element.Type;
        return fact.Values.IsEmpty ? type : Enumeration(fact, type);
    }

    private static DeclaredType Enumeration(FactField fact, FeelType shape)
    {
        string text = string.Join(", ", fact.Values.Select(ValueText.Quote));
        var names = new TypeNames();
        TestsNode allowed = Parser.Cell(text, Scope.Root(Array.Empty<string>(), new NameSet(), names.Names).Inner("?"), names,
            strict: false);
        return new DeclaredType(shape.Name, shape, (value, _) => value is TextValue word && fact.Values.Contains(word.Text), allowed);
    }

    private FeelType Decision(DecisionElement decision)
    {
        FeelType found = Logic(decision);
        if (!TypeRules.Fits(found, decision.Type))
        {
            Report(DmnFindings.TypeMismatch, decision.Name, decision.Name, found.Name, decision.Type.Name);
        }

        return decision.Type is AnyType ? found : decision.Type;
    }

    private FeelType Logic(LogicElement element)
    {
        var roots = new TypeFrame(null, false, element.Roots.Select(r => (r.Name, TypeOf(r))).ToArray());
        return new ExpressionChecker(element.Name, findings.Add, constants).Check(element.Logic, roots);
    }

    private FeelType TypeOf(Root root) => root.Element is Element element ? TypeOf(element)
        : new ContextType(root.Name, root.Entries.Select(e => new Parameter(e.Name, TypeOf(e))).ToImmutableArray());

    private FunctionType Service(ServiceElement service)
    {
        FeelType result = service.Outputs.Count == 1 ? TypeOf(service.Outputs[0])
            : new ContextType(service.Name, service.Outputs.Select(o => new Parameter(o.Name, TypeOf(o))).ToImmutableArray());
        return new FunctionType(service.Inputs.Select(TypeOf).ToImmutableArray(), result)
        {
            Names = service.Inputs.Select(i => i.Name).ToImmutableArray(),
        };
    }

    private void Report(FindingKind kind, string subject, params string[] facts) =>
        findings.Add(kind.About(subject, string.Empty, facts));
}
