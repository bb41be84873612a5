using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Strict;

/// <summary>Holds the cells and outputs of a table against its columns.</summary>
internal sealed class TableChecker(ExpressionChecker expressions, string place, Action<Finding> report)
{
    public FeelType Check(DecisionTable table, TypeFrame frame)
    {
        var inputs = new FeelType[table.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            InputColumn column = table.Inputs[i];
            FeelType found = expressions.At(column.Label).Check(column.Expression, frame);
            expressions.At(column.Label).Expect(column.Expression, found, column.Type);
            inputs[i] = column.Type is AnyType ? found : column.Type;
            if (column.Allowed is TestsNode allowed)
            {
                expressions.At(column.Label).Tests(allowed, inputs[i], new TypeFrame(frame, false, ("?", inputs[i])));
            }
        }

        FeelType[] outputs = table.Outputs.Select(o => o.Type).ToArray();
        for (int row = 0; row < table.Rows.Length; row++)
        {
            Row rule = table.Rows[row];
            string number = (row + 1).ToString(CultureInfo.InvariantCulture);
            for (int i = 0; i < inputs.Length; i++)
            {
                string cell = number + " / " + table.Inputs[i].Label;
                expressions.At(cell).Tests(rule.Cells[i], inputs[i], new TypeFrame(frame, false, ("?", inputs[i])));
                Allowed(rule.Cells[i], inputs[i], table.Inputs[i].Allowed, cell);
            }

            for (int i = 0; i < Math.Min(outputs.Length, rule.Outputs.Length); i++)
            {
                string cell = number + " / " + table.Outputs[i].Name;
                FeelType given = expressions.At(cell).Check(rule.Outputs[i], frame);
                expressions.At(cell).Expect(rule.Outputs[i], given, outputs[i]);
                Output(table.Outputs[i], rule.Outputs[i], cell);
                outputs[i] = row == 0 && outputs[i] is AnyType ? given : outputs[i];
            }
        }

        return Result(table, outputs);
    }

    private void Allowed(TestsNode cell, FeelType type, TestsNode? declared, string part)
    {
        CellTests tests = CellTests.Of(cell, CellTests.Allowance());
        if (tests.IsOpaque || (declared ?? (type as DeclaredType)?.Allowed) is not TestsNode allowed)
        {
            return;
        }

        foreach (FeelValue value in tests.Values.Where(v => v is not RangeValue && !v.IsNull))
        {
            Allowed(value, allowed, part);
        }
    }

    private void Output(OutputColumn column, Node output, string part)
    {
        if (column.Allowed is TestsNode allowed && CellTests.Constant(output, CellTests.Allowance()) is { IsNull: false } value)
        {
            Allowed(value, allowed, part);
        }
    }

    private void Allowed(FeelValue value, TestsNode allowed, string part)
    {
        var run = new Run(Budget.Default, FeelValue.Null) { IsQuiet = true };
        if (Interpreter.EvaluateAlone(allowed, new Bindings(null, "?", value), run) is not BooleanValue { Flag: true })
        {
            string values = allowed.Tests.Length > 20 ? "…" : string.Join(", ", allowed.Tests.Select(t => t.Expression.Text));
            report(DmnFindings.ValueNotAllowed.About(place + " / " + part, string.Empty, value.ToLiteral(), values));
        }
    }

    private static FeelType Result(DecisionTable table, FeelType[] outputs)
    {
        FeelType row = outputs.Length == 1 ? outputs[0]
            : new ContextType("context", table.Outputs.Select((o, i) => new Parameter(o.Name, outputs[i])).ToImmutableArray());
        return table.Policy switch
        {
            HitPolicy.RuleOrder or HitPolicy.OutputOrder or HitPolicy.Collect => new ListType(row),
            HitPolicy.CollectCount => TypeRules.Number,
            _ => row,
        };
    }
}
