using System;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>A table ready to run: compiled cells and outputs, and the index that finds the rows.</summary>
internal sealed class CompiledTable
{
    private readonly Code[] inputs;
    private readonly Code?[] allowed;
    private readonly Code[][] cells;
    private readonly Code[][] outputs;
    private readonly Code?[] fallbacks;
    private readonly FeelValue?[][] constants;

    public CompiledTable(DecisionTable table)
    {
        Table = table;
        Index = new TableIndex(table);
        inputs = table.Inputs.Select(i => Compiler.Compile(i.Expression)).ToArray();
        allowed = table.Inputs.Select(i => i.Allowed is null ? null : Compiler.Compile(i.Allowed)).ToArray();
        cells = table.Rows.Select(r => r.Cells.Select(Compiler.Compile).ToArray()).ToArray();
        outputs = table.Rows.Select(r => r.Outputs.Select(Compiler.Compile).ToArray()).ToArray();
        fallbacks = table.Outputs.Select(o => o.Fallback is null ? null : Compiler.Compile(o.Fallback)).ToArray();
        Run allowance = CellTests.Allowance(table.Rows.Length * table.Outputs.Length);
        constants = table.Rows.Select(r => r.Outputs.Select(o => CellTests.Constant(o, allowance)).ToArray()).ToArray();
    }

    public DecisionTable Table { get; }

    public TableIndex Index { get; }

    public FeelValue Evaluate(Frame frame, Run run)
    {
        var values = new FeelValue[inputs.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Table.Inputs[i].Type.Coerce(inputs[i](frame, run), run);
            if (!values[i].IsNull && allowed[i] is Code test
                && test(Cell(frame, values[i]), run) is not BooleanValue { Flag: true })
            {
                return run.Fault(DmnFindings.InputNotAllowed, Table.Name, Table.Inputs[i].Label, Semantics.Short(values[i]));
            }
        }

        run.Spend(1 + Index.Words);
        var hits = new int[Table.Rows.Length];
        int count = Match(values, frame, run, new ulong[Index.Words], new bool[values.Length], hits);
        run.Trace?.Add(Table, TraceLog.Shown(values, run), hits, count, (row, column) => Holds(row, column, values[column], frame, run));
        return HitAnswer.Make(Table, hits, count, (row, column) => Output(row, column, frame, run), run);
    }

    /// <summary>Finds the rows that match, ascending; for F at most one.</summary>
    public int Match(FeelValue[] values, Frame frame, Run run, ulong[] candidates, bool[] foreign, int[] hits)
    {
        Index.Candidates(values, candidates, foreign);
        int count = 0;
        for (int word = 0; word < candidates.Length; word++)
        {
            for (ulong rest = candidates[word]; rest != 0; rest &= rest - 1)
            {
                int row = (word << 6) + Bits.Lowest(rest);
                if (!Verify(row, values, foreign, frame, run))
                {
                    continue;
                }

                hits[count++] = row;
                if (Table.Policy == HitPolicy.First)
                {
                    return count;
                }
            }
        }

        return count;
    }

    public FeelValue Output(int row, int column, Frame frame, Run run) =>
        row < 0 ? fallbacks[column]!(frame, run) : constants[row][column] ?? outputs[row][column](frame, run);

    private bool Verify(int row, FeelValue[] values, bool[] foreign, Frame frame, Run run)
    {
        for (int column = 0; column < values.Length; column++)
        {
            if ((foreign[column] || Bits.Has(Index.Opaque[column], row)) && !Holds(row, column, values[column], frame, run))
            {
                return false;
            }
        }

        return true;
    }

    private bool Holds(int row, int column, FeelValue value, Frame frame, Run run)
    {
        bool quiet = run.IsQuiet;
        run.IsQuiet = true;
        bool holds = cells[row][column](Cell(frame, value), run) is BooleanValue { Flag: true };
        run.IsQuiet = quiet;
        return holds;
    }

    private static Frame Cell(Frame frame, FeelValue value) => new(frame, new[] { value }, false);
}
