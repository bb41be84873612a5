using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>How much of an evaluation is written down.</summary>
public enum TraceLevel
{
    /// <summary>Nothing.</summary>
    Off = 0,

    /// <summary>Inputs and the rows that matched.</summary>
    Hits = 1,

    /// <summary>Also, for every other row, the first cell that failed.</summary>
    Full = 2,
}

/// <summary>A row that did not match: its first failing cell and the value it met.</summary>
/// <param name="Row">The row, from 1.</param>
/// <param name="Column">The label of the column.</param>
/// <param name="Cell">The cell as written.</param>
/// <param name="Actual">The value that the cell was asked about.</param>
public sealed record MissedRow(int Row, string Column, string Cell, FeelValue Actual)
{
    /// <summary>Why the row did not match, as one sentence.</summary>
    /// <param name="language">The language to answer in.</param>
    public string Text(Language language) => language == Language.Chinese
        ? $"行 {Number} 未命中：{Column} {Actual.ToLiteral()} 不满足 {Cell}"
        : $"row {Number} did not match: {Column} {Actual.ToLiteral()} does not satisfy {Cell}";

    private string Number => Row.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What one table met in one evaluation.</summary>
/// <remarks><para>Shape: rows count from 1 and ascend; missed rows are empty unless the level is full.</para></remarks>
public sealed class TableTrace
{
    private readonly DecisionTable table;
    private readonly FeelValue[] inputs;
    private readonly int[] hits;

    private TableTrace(DecisionTable table, FeelValue[] inputs, int[] hits, ImmutableArray<MissedRow> missed)
    {
        this.table = table;
        this.inputs = inputs;
        this.hits = hits;
        Missed = missed;
    }

    /// <summary>The name of the decision or knowledge model that holds the table.</summary>
    public string Table => table.Name;

    /// <summary>The labels of the input columns.</summary>
    public ImmutableArray<string> Columns => ImmutableArray.CreateRange(table.Inputs, i => i.Label);

    /// <summary>The value of each input column.</summary>
    public ImmutableArray<FeelValue> Inputs => ImmutableArray.Create(inputs);

    /// <summary>The rows that matched, from 1; for F only the first.</summary>
    public ImmutableArray<int> Hits => hits.Select(h => h + 1).ToImmutableArray();

    /// <summary>The ids of those rows in the model.</summary>
    public ImmutableArray<string> HitIds => hits.Select(h => table.Rows[h].Id).ToImmutableArray();

    /// <summary>The other rows, each with the first cell that failed; empty unless the level is full.</summary>
    public ImmutableArray<MissedRow> Missed { get; }

    internal static TableTrace Make(DecisionTable table, FeelValue[] inputs, int[] hits, int count, Func<int, int, bool>? matches)
    {
        int[] kept = new int[count];
        Array.Copy(hits, kept, count);
        if (matches is null)
        {
            return new TableTrace(table, inputs, kept, ImmutableArray<MissedRow>.Empty);
        }

        var missed = ImmutableArray.CreateBuilder<MissedRow>();
        for (int row = 0; row < table.Rows.Length; row++)
        {
            for (int column = 0; column < inputs.Length && Array.BinarySearch(kept, row) < 0; column++)
            {
                if (!matches(row, column))
                {
                    missed.Add(new MissedRow(row + 1, table.Inputs[column].Label, table.Rows[row].InputTexts[column],
                        inputs[column]));
                    break;
                }
            }
        }

        return new TableTrace(table, inputs, kept, missed.ToImmutable());
    }
}
