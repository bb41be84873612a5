using System.Collections.Generic;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>Evaluates a table row by row and cell by cell: the reference for the index.</summary>
internal static class TableInterpreter
{
    public static FeelValue Evaluate(DecisionTable table, Bindings? scope, Run run)
    {
        var inputs = new FeelValue[table.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            InputColumn column = table.Inputs[i];
            inputs[i] = column.Type.Coerce(Interpreter.Evaluate(column.Expression, scope, run), run);
            if (!inputs[i].IsNull && column.Allowed is TestsNode allowed
                && Interpreter.Evaluate(allowed, new Bindings(scope, "?", inputs[i]), run) is not BooleanValue { Flag: true })
            {
                return run.Fault(DmnFindings.InputNotAllowed, table.Name, column.Label, Semantics.Short(inputs[i]));
            }
        }

        var hits = new List<int>();
        for (int row = 0; row < table.Rows.Length; row++)
        {
            if (Matches(table.Rows[row], inputs, scope, run))
            {
                hits.Add(row);
                if (table.Policy == HitPolicy.First)
                {
                    break;
                }
            }
        }

        run.Trace?.Add(table, TraceLog.Shown(inputs, run), hits.ToArray(), hits.Count, (row, column) =>
            Holds(table.Rows[row].Cells[column], inputs[column], scope, run));
        return HitAnswer.Make(table, hits.ToArray(), hits.Count, (row, column) => Interpreter.Evaluate(
            row < 0 ? table.Outputs[column].Fallback! : table.Rows[row].Outputs[column], scope, run), run);
    }

    private static bool Matches(Row row, FeelValue[] inputs, Bindings? scope, Run run)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!Holds(row.Cells[i], inputs[i], scope, run))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Holds(TestsNode cell, FeelValue input, Bindings? scope, Run run)
    {
        bool quiet = run.IsQuiet;
        run.IsQuiet = true;
        bool holds = Interpreter.Evaluate(cell, new Bindings(scope, "?", input), run) is BooleanValue { Flag: true };
        run.IsQuiet = quiet;
        return holds;
    }
}
