using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Functions;
using OrderKernel.Adapters.Dmn.Temporal;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Evaluation;

/// <summary>What each operation means once its operands are values. Both back ends call these and nothing else.</summary>
internal static class Semantics
{
    public static FeelValue Binary(BinaryNode node, FeelValue a, FeelValue b, Run run)
    {
        FeelValue? answer = node.Operator switch
        {
            Operator.Equal => Known(Equality.Equal(a, b, run)),
            Operator.NotEqual => Known(!Equality.Equal(a, b, run)),
            Operator.Less => Known(Equality.Compare(a, b) is int c ? c < 0 : null),
            Operator.LessOrEqual => Known(Equality.Compare(a, b) is int c ? c <= 0 : null),
            Operator.Greater => Known(Equality.Compare(a, b) is int c ? c > 0 : null),
            Operator.GreaterOrEqual => Known(Equality.Compare(a, b) is int c ? c >= 0 : null),
            _ => Arithmetic.Apply(node.Operator, a, b, run),
        };
        // Ordering against what is missing is unknown, as in ternary logic, and no fault; reckoning with it is one.
        bool unknown = node.Operator is Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual
            && (a.IsNull || b.IsNull);
        return answer ?? (unknown ? FeelValue.Null : NoAnswer(node, run, a, b));
    }

    /// <summary>Ternary <c>and</c>/<c>or</c>; whatever is no truth value counts as unknown.</summary>
    public static FeelValue Logic(Operator sign, FeelValue a, FeelValue b)
    {
        bool decisive = sign == Operator.Or;
        bool? x = a is BooleanValue left ? left.Flag : null;
        bool? y = b is BooleanValue right ? right.Flag : null;
        return x == decisive || y == decisive ? BooleanValue.Of(decisive)
            : x is null || y is null ? FeelValue.Null
            : BooleanValue.Of(!decisive);
    }

    public static bool Decides(Operator sign, FeelValue value) => value is BooleanValue flag
        && flag.Flag == (sign == Operator.Or);

    /// <summary>Whether a condition is a value and no truth value, where that has no answer.</summary>
    public static bool Refuses(IfNode node, FeelValue condition) => node.IsBoxed && condition is not (BooleanValue or NullValue);

    public static FeelValue Negate(Node node, FeelValue value, Run run) => Arithmetic.Negate(value) ?? NoAnswer(node, run, value);

    public static FeelValue Between(Node node, FeelValue value, FeelValue low, FeelValue high, Run run)
    {
        int? above = Equality.Compare(value, low);
        int? below = Equality.Compare(value, high);
        return above is int a && below is int b ? BooleanValue.Of(a >= 0 && b <= 0)
            : value.IsNull || low.IsNull || high.IsNull ? FeelValue.Null
            : NoAnswer(node, run, value, low, high);
    }

    public static FeelValue Range(RangeNode node, FeelValue low, FeelValue high, Run run)
    {
        if (node.Excluding)
        {
            return RangeValue.AllBut(low);
        }

        if (ReferenceEquals(node.Low, node.High))
        {
            return RangeValue.Only(low);
        }

        bool broken = (node.Low is not null && low.IsNull) || (node.High is not null && high.IsNull);
        if (node.Low is not null && node.High is not null)
        {
            broken |= Equality.Compare(low, high) is not int order || order > 0;
        }
        else
        {
            FeelValue end = node.Low is null ? high : low;
            broken |= Equality.Compare(end, end) is null;
        }

        return broken ? NoAnswer(node, run, low, high) : new RangeValue(low, node.LowIncluded, high, node.HighIncluded);
    }

    /// <summary>Whether one alternative of <c>in</c> or of a cell holds; null when it cannot be told.</summary>
    public static bool? Satisfies(FeelValue input, FeelValue test, bool isCell, Run run)
    {
        switch (test)
        {
            case RangeValue range when input is not RangeValue:
                return Equality.Within(range, input, run);
            case ListValue list:
                bool? any = input is ListValue && Equality.Equal(input, test, run) == true ? true : false;
                foreach (FeelValue item in list.Values)
                {
                    run.Spend(1);
                    bool? one = item is RangeValue range && input is not RangeValue
                        ? Equality.Within(range, input, run) : Equality.Equal(input, item, run);
                    any = any == true || one == true ? true : one is null && !isCell ? any : any;
                }

                return any;
            default:
                return Equality.Equal(input, test, run);
        }
    }

    public static FeelValue Path(PathNode node, FeelValue target, Run run)
    {
        switch (target)
        {
            case ContextValue context:
                return context.Find(node.Name) ?? (!run.Listens ? FeelValue.Null
                    : run.Fault(DmnFindings.NameUnknown, node.Text, node.Name, string.Empty));
            case ListValue list:
                run.SpendList(list.Values.Length, list.Values.Length);
                return new ListValue(list.Values.Select(item => Path(node, item, run)).ToImmutableArray());
            default:
                return TemporalParts.Find(target, node.Name) ?? NoAnswer(node, run, target);
        }
    }

    /// <summary>The item at a place counted from 1, or from the end when negative.</summary>
    public static FeelValue At(Node node, ListValue list, decimal index, Run run)
    {
        int count = list.Values.Length;
        if (index != decimal.Truncate(index) || index == 0 || index > count || -index > count)
        {
            return !run.Listens ? FeelValue.Null
                : run.Fault(DmnFindings.OperandInvalid, node.Text, node.Text, ValueText.Number(index));
        }

        return list.Values[(int)(index > 0 ? index - 1 : count + index)];
    }

    public static ListValue AsList(FeelValue value) =>
        value is ListValue list ? list : value.IsNull ? ListValue.Empty : new ListValue(ImmutableArray.Create(value));

    /// <summary>What an iterator walks through; C# null when it is nothing to walk through.</summary>
    public static IEnumerable<FeelValue>? Walk(FeelValue from, FeelValue? to)
    {
        if (to is null)
        {
            return from switch
            {
                ListValue list => list.Values,
                RangeValue range when range.LowIncluded || !range.Low.IsNull => Walk(range),
                _ => null,
            };
        }

        return (from, to) switch
        {
            (NumberValue a, NumberValue b) when IsWhole(a) && IsWhole(b) => Numbers(a.Number, b.Number),
            (DateValue a, DateValue b) => Dates(a.Date.DayNumber, b.Date.DayNumber),
            _ => null,
        };
    }

    public static FeelValue NoAnswer(Node node, Run run, params FeelValue[] operands) =>
        !run.Listens ? FeelValue.Null
            : run.Fault(DmnFindings.OperandInvalid, node.Text, node.Text, string.Join(", ", operands.Select(Short)));

    public static string Short(FeelValue value)
    {
        string text = value is ListValue { Values.Length: > 20 } list ? "list of " + ValueText.Number(list.Values.Length)
            : ValueText.Literal(value, 81);
        return text.Length > 80 ? text.Substring(0, 80) + "…" : text;
    }

    private static IEnumerable<FeelValue>? Walk(RangeValue range)
    {
        if (range is { Low: NumberValue a, High: NumberValue b } && IsWhole(a) && IsWhole(b))
        {
            decimal low = a.Number + (range.LowIncluded ? 0 : 1);
            decimal high = b.Number - (range.HighIncluded ? 0 : 1);
            return low > high ? Enumerable.Empty<FeelValue>() : Numbers(low, high);
        }

        if (range is { Low: DateValue from, High: DateValue to })
        {
            decimal low = from.Date.DayNumber + (range.LowIncluded ? 0 : 1);
            decimal high = to.Date.DayNumber - (range.HighIncluded ? 0 : 1);
            return low > high ? Enumerable.Empty<FeelValue>() : Dates(low, high);
        }

        return null;
    }

    private static bool IsWhole(NumberValue value) => value.Number == decimal.Truncate(value.Number);

    private static IEnumerable<FeelValue> Numbers(decimal from, decimal to)
    {
        decimal step = from <= to ? 1 : -1;
        for (decimal at = from; at != to; at += step)
        {
            yield return FeelValue.Of(at);
        }

        yield return FeelValue.Of(to);
    }

    private static IEnumerable<FeelValue> Dates(decimal from, decimal to)
    {
        decimal step = from <= to ? 1 : -1;
        for (decimal at = from; ; at += step)
        {
            yield return FeelDate.FromDayNumber(at) is FeelDate date ? new DateValue(date) : FeelValue.Null;
            if (at == to)
            {
                yield break;
            }
        }
    }

    private static FeelValue? Known(bool? flag) => flag is bool known ? BooleanValue.Of(known) : null;
}
