using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Functions;
using OrderKernel.Adapters.Dmn.Models;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Evaluation;

/// <summary>Turns nodes into delegates once, so that running them looks nothing up. No code is generated: AOT-safe.</summary>
internal static partial class Compiler
{
    public static void Compile(DmnModel model)
    {
        foreach (LogicElement element in model.Elements.OfType<LogicElement>())
        {
            Node? body = element is KnowledgeElement ? ((FunctionNode)element.Logic).Body : element.Logic;
            element.Code = body is null ? null : Compile(body);
        }
    }

    public static Code Compile(Node node)
    {
        switch (node)
        {
            case LiteralNode literal:
                FeelValue constant = literal.Value;
                return (_, _) => constant;
            case NameNode name:
                return Name(name);
            case PathNode path:
                Code target = Compile(path.Target);
                return (frame, run) => Semantics.Path(path, target(frame, run), run);
            case FilterNode filter:
                return Filter(filter);
            case BinaryNode binary:
                return Binary(binary);
            case NegateNode negate:
                Code operand = Compile(negate.Operand);
                return (frame, run) => Semantics.Negate(negate, operand(frame, run), run);
            case BetweenNode between:
                Code value = Compile(between.Value);
                Code low = Compile(between.Low);
                Code high = Compile(between.High);
                return (frame, run) => Semantics.Between(between, value(frame, run), low(frame, run), high(frame, run), run);
            case TestsNode tests:
                return Tests(tests);
            case RangeNode range:
                return Range(range);
            case IfNode choice:
                Code condition = Compile(choice.Condition);
                Code then = Compile(choice.Then);
                Code otherwise = Compile(choice.Otherwise);
                return (frame, run) =>
                {
                    FeelValue flag = condition(frame, run);
                    return Semantics.Refuses(choice, flag) ? Semantics.NoAnswer(choice.Condition, run, flag)
                        : flag is BooleanValue { Flag: true } ? then(frame, run) : otherwise(frame, run);
                };
            case LoopNode loop:
                return Loop(loop);
            case ListNode list:
                return List(list);
            case ContextNode context:
                return Context(context);
            case FunctionNode function:
                Code? body = function.Body is null ? null : Compile(function.Body);
                return (frame, _) => new CompiledFunction(function, body, frame);
            case CallNode call:
                return Call(call);
            case InstanceNode instance:
                Code subject = Compile(instance.Value);
                return (frame, run) =>
                {
                    FeelValue found = subject(frame, run);
                    return instance.Type is null ? FeelValue.Null : BooleanValue.Of(!found.IsNull && instance.Type.Holds(found, run));
                };
            case TableNode table:
                var compiled = new CompiledTable(table.Table);
                return compiled.Evaluate;
            case TypedNode typed:
                Code untyped = Compile(typed.Value);
                return (frame, run) => Interpreter.Typed(typed, untyped(frame, run), run);
            case BrokenNode broken:
                return (_, run) => run.Fault(broken.Finding);
            default:
                throw new InvalidOperationException("Unknown node " + node.GetType().Name + ".");
        }
    }

    private static Code Name(NameNode node)
    {
        int depth = node.Depth;
        int slot = node.Slot;
        if (!node.InItem && depth >= 0)
        {
            return depth switch
            {
                0 => (frame, _) => frame.Slots[slot],
                1 => (frame, _) => frame.Parent!.Slots[slot],
                _ => (frame, _) =>
                {
                    for (int i = 0; i < depth; i++)
                    {
                        frame = frame.Parent!;
                    }

                    return frame.Slots[slot];
                },
            };
        }

        return (start, run) =>
        {
            int up = 0;
            for (Frame? frame = start; frame is not null; frame = frame.Parent, up++)
            {
                if (frame.IsItem && frame.Slots[0] is ContextValue context && context.Find(node.Name) is FeelValue entry)
                {
                    return entry;
                }

                if (up == depth)
                {
                    return frame.Slots[slot];
                }
            }

            return run.Fault(DmnFindings.NameUnknown, node.Text, node.Name, string.Empty);
        };
    }

    private static Code Binary(BinaryNode node)
    {
        Code left = Compile(node.Left);
        Code right = Compile(node.Right);
        if (node.Operator is Operator.And or Operator.Or)
        {
            Operator sign = node.Operator;
            return (frame, run) =>
            {
                FeelValue first = left(frame, run);
                return Semantics.Decides(sign, first) ? first : Semantics.Logic(sign, first, right(frame, run));
            };
        }

        return (frame, run) =>
        {
            run.Spend(1);
            return Semantics.Binary(node, left(frame, run), right(frame, run), run);
        };
    }

    private static Code Range(RangeNode node)
    {
        Code? low = node.Low is null ? null : Compile(node.Low);
        Code? high = node.High is null ? null : Compile(node.High);
        return (frame, run) => Semantics.Range(node, low?.Invoke(frame, run) ?? FeelValue.Null,
            high?.Invoke(frame, run) ?? FeelValue.Null, run);
    }

    private static Code List(ListNode node)
    {
        Code[] items = node.Items.Select(Compile).ToArray();
        return (frame, run) =>
        {
            run.SpendList(0, items.Length);
            var values = ImmutableArray.CreateBuilder<FeelValue>(items.Length);
            foreach (Code item in items)
            {
                values.Add(item(frame, run));
            }

            return new ListValue(values.MoveToImmutable());
        };
    }

    private static Code Context(ContextNode node)
    {
        Code[] values = node.Entries.Select(e => Compile(e.Value)).ToArray();
        Code? result = node.Result is null ? null : Compile(node.Result);
        return (frame, run) =>
        {
            run.Spend(values.Length);
            var inner = new Frame(frame, new FeelValue[values.Length], false);
            for (int i = 0; i < values.Length; i++)
            {
                inner.Slots[i] = node.Entries[i].Type.Coerce(values[i](inner, run), run);
            }

            return result is not null ? result(inner, run)
                : ContextValue.From(node.Entries.Select((e, i) => new KeyValuePair<string, FeelValue>(e.Name, inner.Slots[i])));
        };
    }

    private static Code Call(CallNode node)
    {
        Code target = Compile(node.Function);
        Code[] arguments = node.Arguments.Select(Compile).ToArray();
        return (frame, run) =>
        {
            FeelValue found = target(frame, run);
            var values = new FeelValue[arguments.Length];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = arguments[i](frame, run);
            }

            return found is FunctionValue function ? function.Call(node.Names, values, run)
                : run.Fault(DmnFindings.NotFunction, node.Text, node.Function.Text);
        };
    }

    private sealed class CompiledFunction(FunctionNode node, Code? body, Frame scope)
        : ModelFunction("function", node.Parameters, node.Result, node.Depth)
    {
        protected override FeelValue Body(FeelValue[] arguments, Run run) =>
            body is null ? Null : body(new Frame(scope, arguments, false), run);
    }
}
