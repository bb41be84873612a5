using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Temporal;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>Functions that turn values of one kind into another.</summary>
internal static class ConversionFunctions
{
    private static readonly Regex NumberForm =
        new(@"\A-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\z", RegexOptions.CultureInvariant);

    public static void AddTo(Library library)
    {
        library.Add("number", "from:s,grouping separator?:S,decimal separator?:S", 'n', (a, _) => Number(a));
        library.Add("number", "from:n", 'n', (a, _) => a[0]);
        library.Add("string", "from:a", 's', (a, run) => Text(a[0], run));
        library.Add("duration", "from:s", 'a', (a, _) => Found(TemporalText.Duration(TextFunctions.Text(a[0]))));
        library.Add("range", "from:s", 'r', (a, run) => Range(TextFunctions.Text(a[0]), run));
        library.Add("is", "value1?:A,value2?:A", 'b', (a, run) => FeelValue.Of(Is(a[0], a[1], run)));
    }

    public static FeelValue? Found(FeelValue value) => value.IsNull ? null : value;

    private static FeelValue? Number(FeelValue[] a)
    {
        string text = TextFunctions.Text(a[0]);
        string? grouping = (a[1] as TextValue)?.Text;
        string? point = (a[2] as TextValue)?.Text;
        if (grouping is not (null or " " or "," or ".") || point is not (null or "." or ",")
            || (grouping is not null && grouping == point))
        {
            return null;
        }

        text = grouping is null ? text : text.Replace(grouping, string.Empty);
        text = point is null ? text : text.Replace(point, ".");
        return NumberForm.IsMatch(text)
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            ? FeelValue.Of(number) : null;
    }

    private static FeelValue Text(FeelValue value, Run run)
    {
        if (value is TextValue)
        {
            return value;
        }

        string text = ValueText.Plain(value, run.MaxText);
        run.SpendText(text.Length);
        return FeelValue.Of(text);
    }

    /// <summary>A range whose ends are literals; nothing else may stand in the text.</summary>
    private static FeelValue? Range(string text, Run run)
    {
        try
        {
            var types = new TypeNames();
            Scope scope = Scope.Root(Array.Empty<string>(), new NameSet(), types.Names);
            Node node = Parser.Expression(text, scope, types, strict: false);
            if (node is not RangeNode { Low: Node low, High: Node high } range || ReferenceEquals(low, high) || !IsEnd(low)
                || !IsEnd(high))
            {
                return null;
            }

            FeelValue value = Interpreter.Evaluate(range, null, run);
            return value is RangeValue ? value : null;
        }
        catch (SyntaxException)
        {
            return null;
        }
    }

    private static bool IsEnd(Node node) => node switch
    {
        LiteralNode => true,
        NegateNode negate => negate.Operand is LiteralNode,
        CallNode { Function: LiteralNode { Value: BuiltIn { Name: "date" or "time" or "date and time" or "duration" } } } call =>
            call.Arguments.Length == 1 && call.Arguments[0] is LiteralNode,
        _ => false,
    };

    /// <summary>Whether two values are the same element of the same domain; never null.</summary>
    private static bool Is(FeelValue a, FeelValue b, Run run) => (a, b) switch
    {
        (TimeValue x, TimeValue y) => x.Time == y.Time,
        (DateTimeValue x, DateTimeValue y) => x.Date == y.Date && x.Time == y.Time,
        (ListValue x, ListValue y) => Pairwise(x.Values, y.Values, run),
        _ => Equality.Equal(a, b, run) == true,
    };

    private static bool Pairwise(ImmutableArray<FeelValue> a, ImmutableArray<FeelValue> b, Run run)
    {
        bool same = a.Length == b.Length;
        for (int i = 0; same && i < a.Length; i++)
        {
            run.Spend(1);
            same = Is(a[i], b[i], run);
        }

        return same;
    }
}
