using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Functions;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Evaluation;

/// <summary>A chain of names and values, innermost first; a null name is the item of a filter.</summary>
internal sealed class Bindings(Bindings? outer, string? name, FeelValue value)
{
    public Bindings? Outer { get; } = outer;

    public string? Name { get; } = name;

    public FeelValue Value { get; } = value;
}

/// <summary>The obvious way to evaluate a node: walk it, look names up by name. The reference the fast back ends are held
/// to.</summary>
internal static class Interpreter
{
    public static FeelValue Evaluate(Node node, Bindings? scope, Run run)
    {
        run.Spend(1);
        switch (node)
        {
            case LiteralNode literal:
                return literal.Value;
            case NameNode name:
                return Name(name, scope, run);
            case PathNode path:
                return Semantics.Path(path, Evaluate(path.Target, scope, run), run);
            case FilterNode filter:
                return Filter(filter, scope, run);
            case BinaryNode { Operator: Operator.And or Operator.Or } logic:
                FeelValue first = Evaluate(logic.Left, scope, run);
                return Semantics.Decides(logic.Operator, first) ? first
                    : Semantics.Logic(logic.Operator, first, Evaluate(logic.Right, scope, run));
            case BinaryNode binary:
                return Semantics.Binary(binary, Evaluate(binary.Left, scope, run), Evaluate(binary.Right, scope, run), run);
            case NegateNode negate:
                return Semantics.Negate(negate, Evaluate(negate.Operand, scope, run), run);
            case BetweenNode between:
                return Semantics.Between(between, Evaluate(between.Value, scope, run),
                    Evaluate(between.Low, scope, run), Evaluate(between.High, scope, run), run);
            case TestsNode tests:
                return Tests(tests, scope, run);
            case RangeNode range:
                return Semantics.Range(range, range.Low is null ? FeelValue.Null : Evaluate(range.Low, scope, run),
                    range.High is null ? FeelValue.Null : Evaluate(range.High, scope, run), run);
            case IfNode choice:
                FeelValue condition = Evaluate(choice.Condition, scope, run);
                return Semantics.Refuses(choice, condition) ? Semantics.NoAnswer(choice.Condition, run, condition)
                    : Evaluate(condition is BooleanValue { Flag: true } ? choice.Then : choice.Otherwise, scope, run);
            case LoopNode loop:
                return Loop(loop, scope, run);
            case ListNode list:
                run.SpendList(0, list.Items.Length);
                return new ListValue(ImmutableArray.CreateRange(list.Items, item => Evaluate(item, scope, run)));
            case ContextNode context:
                return Context(context, scope, run);
            case FunctionNode function:
                return new InterpretedFunction(function, scope);
            case CallNode call:
                return Call(call, scope, run);
            case InstanceNode instance:
                FeelValue value = Evaluate(instance.Value, scope, run);
                return instance.Type is null ? FeelValue.Null : BooleanValue.Of(!value.IsNull && instance.Type.Holds(value, run));
            case TableNode table:
                return Tables.TableInterpreter.Evaluate(table.Table, scope, run);
            case TypedNode typed:
                return Typed(typed, Evaluate(typed.Value, scope, run), run);
            case BrokenNode broken:
                return run.Fault(broken.Finding);
            default:
                throw new InvalidOperationException("Unknown node " + node.GetType().Name + ".");
        }
    }

    /// <summary>Evaluates without a caller that could be told of a spent budget: that is null too.</summary>
    public static FeelValue EvaluateAlone(Node node, Bindings? scope, Run? run = null)
    {
        try
        {
            return Evaluate(node, scope, run ?? new Run(Budget.Default, FeelValue.Null));
        }
        catch (BudgetException spent)
        {
            run?.Faults.Add(spent.Finding);
            return FeelValue.Null;
        }
    }

    public static FeelValue Typed(TypedNode node, FeelValue value, Run run)
    {
        FeelValue typed = node.Type.Coerce(value, run);
        return typed.IsNull && !value.IsNull
            ? run.Fault(DmnFindings.TypeMismatch, node.Text, Semantics.Short(value), value.Kind.ToString(), node.Type.Name)
                : typed;
    }

    private static FeelValue Name(NameNode node, Bindings? scope, Run run)
    {
        for (Bindings? at = scope; at is not null; at = at.Outer)
        {
            if (at.Name is null)
            {
                if (at.Value is ContextValue context && context.Find(node.Name) is FeelValue entry)
                {
                    return entry;
                }

                if (node.Name == "item")
                {
                    return at.Value;
                }
            }
            else if (string.Equals(at.Name, node.Name, StringComparison.Ordinal))
            {
                return at.Value;
            }
        }

        return run.Fault(DmnFindings.NameUnknown, node.Text, node.Name, string.Empty);
    }

    private static FeelValue Filter(FilterNode node, Bindings? scope, Run run)
    {
        FeelValue source = Evaluate(node.List, scope, run);
        ListValue list = Semantics.AsList(source);
        if (node.Match is LiteralNode or NegateNode { Operand: LiteralNode })
        {
            FeelValue index = Evaluate(node.Match, scope, run);
            if (index is NumberValue place)
            {
                return Semantics.At(node, list, place.Number, run);
            }
        }

        var kept = ImmutableArray.CreateBuilder<FeelValue>();
        if (list.Values.Length == 0)
        {
            return source.IsNull ? FeelValue.Null : list;
        }

        for (int i = 0; i < list.Values.Length; i++)
        {
            FeelValue item = list.Values[i];
            FeelValue match = Evaluate(node.Match, new Bindings(scope, null, item), run);
            if (match is NumberValue place && i == 0)
            {
                return Semantics.At(node, list, place.Number, run);
            }

            if (match is BooleanValue { Flag: true })
            {
                kept.Add(item);
            }
            else if (match is not BooleanValue && !match.IsNull)
            {
                return Semantics.NoAnswer(node, run, match);
            }
        }

        return new ListValue(kept.ToImmutable());
    }

    private static FeelValue Tests(TestsNode node, Bindings? scope, Run run)
    {
        if (node.Tests.IsEmpty)
        {
            return BooleanValue.True;
        }

        FeelValue input = Evaluate(node.Value, scope, run);
        bool? any = false;
        foreach (TestNode test in node.Tests)
        {
            FeelValue value = Evaluate(test.Expression, scope, run);
            bool? one = test.UsesInput && value is BooleanValue flag ? flag.Flag
                : test.UsesInput && value.IsNull ? false
                : test.Expression is RangeNode && value.IsNull ? null
                : Semantics.Satisfies(input, value, node.IsCell, run);
            if (one == true)
            {
                any = true;
                break;
            }

            any = one is null ? null : any;
        }

        return node.IsCell ? BooleanValue.Of((any == true) != node.Negated)
            : any is null ? Semantics.NoAnswer(node, run, input) : BooleanValue.Of(any.Value);
    }

    private static FeelValue Context(ContextNode node, Bindings? scope, Run run)
    {
        var entries = new List<KeyValuePair<string, FeelValue>>();
        foreach (Entry entry in node.Entries)
        {
            FeelValue value = entry.Type.Coerce(Evaluate(entry.Value, scope, run), run);
            entries.Add(new KeyValuePair<string, FeelValue>(entry.Name, value));
            scope = new Bindings(scope, entry.Name, value);
        }

        return node.Result is null ? ContextValue.From(entries) : Evaluate(node.Result, scope, run);
    }

    private static FeelValue Call(CallNode node, Bindings? scope, Run run)
    {
        FeelValue target = Evaluate(node.Function, scope, run);
        FeelValue[] arguments = node.Arguments.Select(a => Evaluate(a, scope, run)).ToArray();
        return target is FunctionValue function ? function.Call(node.Names, arguments, run)
            : run.Fault(DmnFindings.NotFunction, node.Text, node.Function.Text);
    }

    private static FeelValue Loop(LoopNode node, Bindings? scope, Run run)
    {
        var results = ImmutableArray.CreateBuilder<FeelValue>();
        FeelValue folded = BooleanValue.Of(node.Kind == Feel.Loop.Every);
        bool strange = false;
        bool broken = !Walk(node, 0, scope, run, inner =>
        {
            if (node.Kind == Feel.Loop.For)
            {
                run.Turn(results.Count);
                run.SpendList(0, node.UsesPartial ? results.Count : 0);
                var partial = new Bindings(inner, "partial", node.UsesPartial ? new ListValue(results.ToImmutable())
                    : FeelValue.Null);
                results.Add(Evaluate(node.Body, partial, run));
                return;
            }

            FeelValue one = Evaluate(node.Body, inner, run);
            strange |= one is not BooleanValue && !one.IsNull;
            folded = Semantics.Logic(node.Kind == Feel.Loop.Every ? Operator.And : Operator.Or, folded, one);
        });
        return broken || strange ? Semantics.NoAnswer(node, run) : node.Kind == Feel.Loop.For
            ? new ListValue(results.ToImmutable()) : folded;
    }

    private static bool Walk(LoopNode node, int level, Bindings? scope, Run run, Action<Bindings?> body)
    {
        if (level == node.Iterators.Length)
        {
            body(scope);
            return true;
        }

        Iterator iterator = node.Iterators[level];
        FeelValue from = Evaluate(iterator.Source, scope, run);
        FeelValue? to = iterator.To is null ? null : Evaluate(iterator.To, scope, run);
        if (Semantics.Walk(from, to) is not IEnumerable<FeelValue> items)
        {
            return false;
        }

        foreach (FeelValue item in items)
        {
            run.Spend(1);
            if (!Walk(node, level + 1, new Bindings(scope, iterator.Name, item), run, body))
            {
                return false;
            }
        }

        return true;
    }

    private sealed class InterpretedFunction(FunctionNode node, Bindings? scope)
        : ModelFunction("function", node.Parameters, node.Result, node.Depth)
    {
        protected override FeelValue Body(FeelValue[] arguments, Run run)
        {
            Bindings? inner = scope;
            for (int i = 0; i < arguments.Length; i++)
            {
                inner = new Bindings(inner, Parameters[i].Name, arguments[i]);
            }

            return node.Body is null ? FeelValue.Null : Evaluate(node.Body, inner, run);
        }
    }
}
