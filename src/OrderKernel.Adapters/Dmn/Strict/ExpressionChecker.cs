using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Functions;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Temporal;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Strict;

/// <summary>Finds the type of an expression and everything in it that could only ever yield a silent null.</summary>
/// <remarks><para>Cost: constants are worked out on an allowance that the whole model shares.</para></remarks>
internal sealed class ExpressionChecker(string place, Action<Finding> report, Run constants)
{
    private int unknown;

    public FeelType Check(Node node, TypeFrame frame)
    {
        switch (node)
        {
            case LiteralNode literal:
                return TypeRules.Of(literal.Value);
            case NameNode name:
                return Name(name, frame);
            case PathNode path:
                return Path(path, Check(path.Target, frame));
            case FilterNode filter:
                return Filter(filter, frame);
            case BinaryNode binary:
                return Constant(node, Binary(binary, Check(binary.Left, frame), Check(binary.Right, frame)));
            case NegateNode negate:
                FeelType operand = Check(negate.Operand, frame);
                Expect(negate.Operand, operand, TypeRules.Kind(operand) is FeelKind.DaysDuration or FeelKind.MonthsDuration
                    ? operand : TypeRules.Number);
                return operand;
            case BetweenNode between:
                FeelType middle = Check(between.Value, frame);
                Compare(between.Low, middle, Check(between.Low, frame));
                Compare(between.High, middle, Check(between.High, frame));
                return TypeRules.Truth;
            case TestsNode tests:
                return Tests(tests, Check(tests.Value, frame), frame);
            case RangeNode range:
                return Range(range, frame);
            case IfNode choice:
                Expect(choice.Condition, Check(choice.Condition, frame), TypeRules.Truth);
                return TypeRules.Common(Check(choice.Then, frame), Check(choice.Otherwise, frame));
            case LoopNode loop:
                return Loop(loop, frame);
            case ListNode list:
                return list.Items.IsEmpty ? TypeNames.Of("list")
                    : new ListType(list.Items.Select(i => Check(i, frame)).Aggregate(TypeRules.Common));
            case ContextNode context:
                return Context(context, frame);
            case FunctionNode function:
                return Function(function, frame);
            case CallNode call:
                return Constant(node, Call(call, frame));
            case InstanceNode instance:
                Check(instance.Value, frame);
                return TypeRules.Truth;
            case TableNode table:
                return new TableChecker(this, place, report).Check(table.Table, frame);
            case TypedNode typed:
                Expect(typed.Value, Check(typed.Value, frame), typed.Type);
                return typed.Type;
            default:
                return FeelType.Any;
        }
    }

    public ExpressionChecker At(string part) => new(place + " / " + part, report, constants);

    public void Expect(Node node, FeelType actual, FeelType expected)
    {
        if (!TypeRules.Fits(actual, expected))
        {
            Report(DmnFindings.TypeMismatch, node.Text, actual.Name, expected.Name);
        }
    }

    public void Compare(Node node, FeelType expected, FeelType actual)
    {
        if (!TypeRules.Comparable(expected, actual))
        {
            Report(DmnFindings.TypeMismatch, node.Text, actual.Name, expected.Name);
        }
    }

    /// <summary>The tests of <c>in</c> or of a cell against the type of what is tested.</summary>
    public FeelType Tests(TestsNode node, FeelType input, TypeFrame frame)
    {
        foreach (TestNode test in node.Tests)
        {
            int before = unknown;
            FeelType type = Check(test.Expression, frame);
            if (test.UsesInput)
            {
                Expect(test.Expression, type, TypeRules.Truth);
                continue;
            }

            FeelType element = type.Base is ListType list && TypeRules.Kind(input) != FeelKind.List ? list.Item : type;
            element = element.Base is RangeType range && TypeRules.Kind(input) != FeelKind.Range ? range.Item : element;
            if (unknown == before)
            {
                Compare(test.Expression, input, element);
            }
        }

        return TypeRules.Truth;
    }

    private FeelType Name(NameNode node, TypeFrame frame)
    {
        TypeFrame? at = frame;
        for (int up = 0; at is not null; at = at.Parent, up++)
        {
            if (at.IsItem && at.Slots[0].Type.Base is ContextType context && context.Find(node.Name) is FeelType entry)
            {
                return entry;
            }

            // In an item whose entries are not known, any name may be one of them.
            if (at.IsItem && TypeRules.Kind(at.Slots[0].Type) is null && node.Depth < 0)
            {
                return FeelType.Any;
            }

            if (up == node.Depth)
            {
                Fragile(node, frame);
                return at.Slots[node.Slot].Type;
            }
        }

        unknown++;
        List<string> known = frame.Names().Where(n => n is not ("?" or "item" or "partial")).Distinct().ToList();
        bool wholeCell = frame.Slots.Any(s => s.Name == "?") && node.Text == node.Source.Trim();
        if (wholeCell && Suggestion.Nearest(node.Name, known) is null)
        {
            Report(DmnFindings.Unquoted, node.Name);
        }
        else
        {
            Report(DmnFindings.NameUnknown, node.Name, Suggestion.For(node.Name, known));
        }

        return FeelType.Any;
    }

    // A name with an operator inside is one name only because it was declared; its parts may be names too.
    private void Fragile(NameNode node, TypeFrame frame)
    {
        int sign = node.Name.IndexOfAny(new[] { '-', '+', '*', '/' });
        if (sign <= 0)
        {
            return;
        }

        string left = NameSet.Normal(node.Name.Substring(0, sign));
        if (frame.Names().Contains(left))
        {
            Report(DmnFindings.FragileName, node.Name,
                left + " " + node.Name[sign] + " " + NameSet.Normal(node.Name.Substring(sign + 1)));
        }
    }

    private FeelType Path(PathNode node, FeelType target)
    {
        FeelType source = target.Base is ListType list ? list.Item : target;
        FeelType part;
        if (source.Base is ContextType context)
        {
            FeelType? found = context.Find(node.Name);
            if (found is null && context.Entries.Length > 0)
            {
                Report(DmnFindings.NameUnknown, node.Name, Suggestion.For(node.Name, context.Entries.Select(e => e.Name)));
            }

            part = found ?? FeelType.Any;
        }
        else if (TypeRules.Kind(source) is FeelKind kind)
        {
            bool temporal = kind is not (FeelKind.Number or FeelKind.Text or FeelKind.Boolean or FeelKind.Function);
            if (!temporal || !TemporalParts.Names.Contains(node.Name))
            {
                Report(DmnFindings.NameUnknown, node.Name, string.Empty);
            }

            part = node.Name is "timezone" ? TypeRules.Text
                : node.Name is "start" or "end" ? (source.Base as RangeType)?.Item ?? FeelType.Any
                : node.Name is "time offset" ? TypeNames.Of("days and time duration")
                : node.Name.EndsWith("included", StringComparison.Ordinal) ? TypeRules.Truth : TypeRules.Number;
        }
        else
        {
            part = FeelType.Any;
        }

        return target.Base is ListType ? new ListType(part) : part;
    }

    private FeelType Filter(FilterNode node, TypeFrame frame)
    {
        FeelType list = Check(node.List, frame);
        FeelType item = list.Base is ListType known ? known.Item : list;
        FeelType match = Check(node.Match, new TypeFrame(frame, true, ("item", item)));
        if (TypeRules.Kind(match) is not (null or FeelKind.Number or FeelKind.Boolean))
        {
            Report(DmnFindings.TypeMismatch, node.Match.Text, match.Name, "boolean");
        }

        return TypeRules.Kind(match) == FeelKind.Number ? item : TypeRules.Kind(match) is null ? FeelType.Any
            : new ListType(item);
    }

    private FeelType Binary(BinaryNode node, FeelType left, FeelType right)
    {
        switch (node.Operator)
        {
            case Operator.And or Operator.Or:
                Expect(node.Left, left, TypeRules.Truth);
                Expect(node.Right, right, TypeRules.Truth);
                return TypeRules.Truth;
            case Operator.Equal or Operator.NotEqual or Operator.Less or Operator.LessOrEqual or Operator.Greater
                or Operator.GreaterOrEqual:
                Compare(node.Right, left, right);
                return TypeRules.Truth;
            default:
                FeelType? result = TypeRules.Arithmetic(node.Operator, left, right);
                if (result is null)
                {
                    Report(DmnFindings.TypeMismatch, node.Right.Text, right.Name, left.Name);
                }

                return result ?? FeelType.Any;
        }
    }

    private FeelType Range(RangeNode node, TypeFrame frame)
    {
        FeelType low = node.Low is null ? FeelType.Any : Check(node.Low, frame);
        FeelType high = node.High is null || ReferenceEquals(node.Low, node.High) ? low : Check(node.High, frame);
        if (node.Low is not null && node.High is not null && !ReferenceEquals(node.Low, node.High))
        {
            Compare(node.High, low, high);
        }

        FeelType end = node.Low is null ? high : low;
        return Constant(node, ReferenceEquals(node.Low, node.High) ? end : new RangeType(end));
    }

    private FeelType Loop(LoopNode node, TypeFrame frame)
    {
        foreach (Iterator iterator in node.Iterators)
        {
            FeelType source = Check(iterator.Source, frame);
            FeelType? to = iterator.To is null ? null : Check(iterator.To, frame);
            FeelType item = to ?? (source.Base is ListType list ? list.Item : source.Base is RangeType range ? range.Item
                : FeelType.Any);
            if (to is null && TypeRules.Kind(source) is not (null or FeelKind.List or FeelKind.Range))
            {
                Report(DmnFindings.TypeMismatch, iterator.Source.Text, source.Name, "list");
            }

            frame = new TypeFrame(frame, false, (iterator.Name, item));
        }

        if (node.Kind == Feel.Loop.For)
        {
            return new ListType(Check(node.Body, new TypeFrame(frame, false, ("partial", TypeNames.Of("list")))));
        }

        Expect(node.Body, Check(node.Body, frame), TypeRules.Truth);
        return TypeRules.Truth;
    }

    private FeelType Context(ContextNode node, TypeFrame frame)
    {
        var inner = new TypeFrame(frame, false);
        var entries = ImmutableArray.CreateBuilder<Parameter>();
        foreach (Entry entry in node.Entries)
        {
            FeelType actual = Check(entry.Value, inner);
            Expect(entry.Value, actual, entry.Type);
            FeelType type = entry.Type is AnyType ? actual : entry.Type;
            inner.Slots.Add((entry.Name, type));
            entries.Add(new Parameter(entry.Name, type));
        }

        return node.Result is null ? new ContextType("context", entries.ToImmutable()) : Check(node.Result, inner);
    }

    private FunctionType Function(FunctionNode node, TypeFrame frame)
    {
        var inner = new TypeFrame(frame, false, node.Parameters.Select(p => (p.Name, p.Type)).ToArray());
        FeelType body = node.Body is null ? FeelType.Any : Check(node.Body, inner);
        return new FunctionType(node.Parameters.Select(p => p.Type).ToImmutableArray(), node.Result is AnyType ? body
            : node.Result)
        {
            Names = node.Parameters.Select(p => p.Name).ToImmutableArray(),
        };
    }

    private FeelType Call(CallNode node, TypeFrame frame)
    {
        FeelType target = Check(node.Function, frame);
        List<FeelType> given = node.Arguments.Select(a => Check(a, frame)).ToList();
        if (node.Function is LiteralNode { Value: BuiltIn builtIn })
        {
            Overload? fitting = builtIn.Overloads.FirstOrDefault(o => Takes(o, node.Names, given));
            if (fitting is null)
            {
                Report(DmnFindings.CallMismatch, builtIn.Name);
            }

            return fitting?.Result ?? FeelType.Any;
        }

        if (target.Base is not FunctionType function)
        {
            if (TypeRules.Kind(target) is not (null or FeelKind.Function))
            {
                Report(DmnFindings.NotFunction, node.Function.Text);
            }

            return FeelType.Any;
        }

        bool fits = given.Count == function.Parameters.Length;
        for (int i = 0; fits && i < given.Count; i++)
        {
            int at = node.Names.IsEmpty ? i : function.Names.IsDefault ? i : function.Names.IndexOf(node.Names[i]);
            fits = at >= 0;
            if (fits)
            {
                Expect(node.Arguments[i], given[i], function.Parameters[at]);
            }
        }

        if (!fits)
        {
            Report(DmnFindings.CallMismatch, node.Function.Text);
        }

        return function.Result;
    }

    private static bool Takes(Overload overload, ImmutableArray<string> names, List<FeelType> given)
    {
        int fixedCount = overload.Variadic ? overload.Parameters.Length - 1 : overload.Parameters.Length;
        if (overload.Variadic && names.IsEmpty)
        {
            return given.Count > fixedCount
                && Enumerable.Range(0, fixedCount).All(i => TypeRules.Fits(given[i], overload.Parameters[i].Type));
        }

        bool[] filled = new bool[overload.Parameters.Length];
        for (int i = 0; i < given.Count; i++)
        {
            int at = names.IsEmpty ? i : overload.Parameters.Select(p => p.Name).ToList().IndexOf(names[i]);
            if (at < 0 || at >= filled.Length || filled[at] || !TypeRules.Fits(given[i], overload.Parameters[at].Type))
            {
                return false;
            }

            filled[at] = true;
        }

        return overload.Parameters.Select((p, i) => filled[i] || p.Optional).All(ok => ok);
    }

    /// <summary>An expression of constants that comes to nothing, such as a date that does not exist. When the allowance of the
    /// model is spent, nothing more is said.</summary>
    private FeelType Constant(Node node, FeelType type)
    {
        if (constants.IsSpent || !CellTests.IsConstant(node))
        {
            return type;
        }

        constants.Begin();
        if (Interpreter.EvaluateAlone(node, null, constants).IsNull && constants.Faults.Count > 0 && !constants.IsSpent)
        {
            Report(DmnFindings.NullByError, node.Text, constants.Faults[0].Code);
        }

        return type;
    }

    private void Report(FindingKind kind, params string[] facts) => report(kind.About(place, string.Empty, facts));
}
