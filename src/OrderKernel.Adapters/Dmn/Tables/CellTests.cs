using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Functions;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>What a cell compares its input with, where that is known without any input; otherwise the cell is opaque.</summary>
internal sealed class CellTests
{
    private static readonly HashSet<string> Clocks = new() { "now", "today" };

    private CellTests(bool isOpaque, bool isAny, bool negated, ImmutableArray<FeelValue> values)
    {
        IsOpaque = isOpaque;
        IsAny = isAny;
        Negated = negated;
        Values = values;
    }

    /// <summary>True when only running the cell tells what it holds for: <c>?</c>, names, the clock.</summary>
    public bool IsOpaque { get; }

    /// <summary>True for <c>-</c>.</summary>
    public bool IsAny { get; }

    public bool Negated { get; }

    /// <summary>Values and ranges, lists of them taken apart.</summary>
    public ImmutableArray<FeelValue> Values { get; }

    /// <param name="cell">The cell.</param>
    /// <param name="run">What working out constants may cost; a cell that costs more is opaque.</param>
    public static CellTests Of(TestsNode cell, Run run)
    {
        if (cell.Tests.IsEmpty)
        {
            return new CellTests(false, true, false, ImmutableArray<FeelValue>.Empty);
        }

        if (cell.Tests.Any(t => t.UsesInput || !IsConstant(t.Expression)))
        {
            return Opaque;
        }

        var values = ImmutableArray.CreateBuilder<FeelValue>();
        foreach (TestNode test in cell.Tests)
        {
            if (Constant(test.Expression, run) is not FeelValue value)
            {
                return Opaque;
            }

            if (value is ListValue list)
            {
                values.AddRange(list.Values);
            }
            else
            {
                values.Add(value);
            }

            if (test.Expression is RangeNode && value.IsNull)
            {
                return Opaque;
            }
        }

        return new CellTests(false, false, cell.Negated, values.ToImmutable());
    }

    /// <summary>The value of an expression that needs no input; C# null when it needs one, or more than may be spent.</summary>
    public static FeelValue? Constant(Node node, Run run)
    {
        try
        {
            return IsConstant(node) ? Interpreter.Evaluate(node, null, run) : null;
        }
        catch (BudgetException)
        {
            return null;
        }
    }

    /// <summary>What working out the constants of so many cells may cost.</summary>
    public static Run Allowance(int cells = 1) => new(new Budget(Steps: 100_000 + (20 * cells)), FeelValue.Null) { IsQuiet = true };

    private static CellTests Opaque { get; } = new(true, false, false, ImmutableArray<FeelValue>.Empty);

    public static bool IsConstant(Node node) => node switch
    {
        LiteralNode => true,
        NegateNode negate => IsConstant(negate.Operand),
        BinaryNode binary => IsConstant(binary.Left) && IsConstant(binary.Right),
        RangeNode range => (range.Low is null || IsConstant(range.Low)) && (range.High is null || IsConstant(range.High)),
        ListNode list => list.Items.All(IsConstant),
        ContextNode context => context.Result is null && context.Entries.All(e => IsConstant(e.Value)),
        CallNode { Function: LiteralNode { Value: BuiltIn function } } call => !Clocks.Contains(function.Name)
            && call.Arguments.All(IsConstant),
        _ => false,
    };
}
