using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Functions;
using OrderKernel.Adapters.Dmn.Models;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Evaluation;

/// <summary>One request to a model: the inputs given, and every element's value computed at most once.</summary>
internal sealed class ModelRun(ContextValue inputs, string space, Run run, bool reference)
{
    private readonly Dictionary<string, FeelValue> known = new(System.StringComparer.Ordinal);

    public FeelValue Value(Element element)
    {
        if (known.TryGetValue(element.Key, out FeelValue? value))
        {
            return value;
        }

        value = element switch
        {
            InputElement => Input(element),
            DecisionElement decision => Decision(decision),
            KnowledgeElement knowledge => new KnowledgeFunction(knowledge, this),
            ServiceElement service => new ServiceFunction(service, this),
            _ => FeelValue.Null,
        };
        known[element.Key] = value;
        return value;
    }

    private FeelValue Input(Element element)
    {
        FeelValue given = inputs.Find(element.Name) ?? FeelValue.Null;
        if (given.IsNull && element.Space != space)
        {
            // Inputs of an imported model may also be given as entries of a context named as the import.
            given = inputs.Values.OfType<ContextValue>().Select(c => c.Find(element.Name))
                .FirstOrDefault(v => v is not null) ?? given;
        }

        return Typed(element, given);
    }

    private FeelValue Decision(DecisionElement decision)
    {
        run.Enter(decision.Depth + 4);
        FeelValue[] roots = Roots(decision);
        FeelValue value = reference || decision.Code is null
            ? Interpreter.Evaluate(decision.Logic, Bind(decision, roots), run)
            : decision.Code(new Frame(null, roots, false), run);
        run.Leave(decision.Depth + 4);
        return Typed(decision, value);
    }

    private FeelValue Typed(Element element, FeelValue value)
    {
        FeelValue typed = element.Type.Coerce(value, run);
        return typed.IsNull && !value.IsNull
            ? run.Fault(DmnFindings.TypeMismatch, element.Name, Semantics.Short(value), value.Kind.ToString(),
                element.Type.Name) : typed;
    }

    private FeelValue[] Roots(LogicElement element)
    {
        var values = new FeelValue[element.Roots.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Value(element.Roots[i]);
        }

        return values;
    }

    private FeelValue Value(Root root) => root.Element is Element element ? Value(element)
        : ContextValue.From(root.Entries.Select(e => new KeyValuePair<string, FeelValue>(e.Name, Value(e))));

    private static Bindings? Bind(LogicElement element, FeelValue[] roots)
    {
        Bindings? scope = null;
        for (int i = 0; i < roots.Length; i++)
        {
            scope = new Bindings(scope, element.Roots[i].Name, roots[i]);
        }

        return scope;
    }

    /// <summary>A knowledge model as a function; its own requirements are looked up when it is first called.</summary>
    private sealed class KnowledgeFunction(KnowledgeElement knowledge, ModelRun owner)
        : ModelFunction(knowledge.Name, ((FunctionNode)knowledge.Logic).Parameters, ((FunctionNode)knowledge.Logic).Result,
            knowledge.Depth)
    {
        private FeelValue[]? roots;

        protected override FeelValue Body(FeelValue[] arguments, Run run)
        {
            roots ??= owner.Roots(knowledge);
            var function = (FunctionNode)knowledge.Logic;
            if (function.Body is null)
            {
                return Null;
            }

            if (!owner.UsesReference && knowledge.Code is Code code)
            {
                return knowledge.Type.Coerce(code(new Frame(new Frame(null, roots, false), arguments, false), run), run);
            }

            Bindings? scope = Bind(knowledge, roots);
            for (int i = 0; i < arguments.Length; i++)
            {
                scope = new Bindings(scope, Parameters[i].Name, arguments[i]);
            }

            return knowledge.Type.Coerce(Interpreter.Evaluate(function.Body, scope, run), run);
        }
    }

    /// <summary>A decision service as a function: its decisions see its parameters and nothing else.</summary>
    private sealed class ServiceFunction(ServiceElement service, ModelRun owner) : ModelFunction(
        service.Name, service.Inputs.Select(i => new Parameter(i.Name, i.Type)).ToImmutableArray(),
        service.Type is FunctionType declared ? declared.Result : service.Type, 4)
    {
        protected override FeelValue Body(FeelValue[] arguments, Run run)
        {
            var inner = new ModelRun(ContextValue.Empty, owner.Space, run, owner.UsesReference);
            for (int i = 0; i < arguments.Length; i++)
            {
                inner.known[service.Inputs[i].Key] = arguments[i];
            }

            return service.Outputs.Count == 1 ? inner.Value(service.Outputs[0])
                : ContextValue.From(service.Outputs.Select(o => new KeyValuePair<string, FeelValue>(o.Name, inner.Value(o))));
        }
    }

    private bool UsesReference => reference;

    private string Space => space;
}
