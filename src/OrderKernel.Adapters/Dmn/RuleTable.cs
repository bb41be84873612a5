using System;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn;

/// <summary>One decision table of a model, asked directly with the values of its columns. Immutable and shared by
/// threads.</summary>
/// <remarks><para>For tables whose cells and outputs need no other names than <c>?</c>; a decision that uses more is evaluated
/// as a whole.</para></remarks>
public sealed class RuleTable
{
    internal RuleTable(DecisionTable table)
    {
        Compiled = new CompiledTable(table);
    }

    /// <summary>The name of the decision or knowledge model that holds it.</summary>
    public string Name => Compiled.Table.Name;

    /// <summary>Its hit policy.</summary>
    public HitPolicy Policy => Compiled.Table.Policy;

    /// <summary>The labels of the input columns, in order.</summary>
    public ImmutableArray<string> Columns => Compiled.Table.Inputs.Select(i => i.Label).ToImmutableArray();

    /// <summary>The names of the outputs, in order.</summary>
    public ImmutableArray<string> Outputs => Compiled.Table.Outputs.Select(o => o.Name).ToImmutableArray();

    /// <summary>How many rows it has.</summary>
    public int RowCount => Compiled.Table.Rows.Length;

    internal CompiledTable Compiled { get; }

    /// <summary>A matcher with buffers of its own; one for each thread.</summary>
    public RuleMatcher NewMatcher() => new(this);
}

/// <summary>Finds the rows of one table, again and again, without allocating. Not for two threads at once.</summary>
/// <remarks><para>Cost: for each column one look-up and rows/64 words; cells that use <c>?</c> or functions are run on the
/// rows that are left.</para></remarks>
public sealed class RuleMatcher
{
    private static readonly Frame NoFrame = new(null, Array.Empty<FeelValue>(), false);

    private readonly CompiledTable table;
    private readonly ulong[] candidates;
    private readonly bool[] foreign;
    private readonly int[] hits;
    private readonly Run run = new(Budget.Default, FeelValue.Null);
    private FeelValue[] inputs = Array.Empty<FeelValue>();

    internal RuleMatcher(RuleTable owner)
    {
        table = owner.Compiled;
        candidates = new ulong[table.Index.Words];
        foreign = new bool[table.Table.Inputs.Length];
        hits = new int[table.Table.Rows.Length];
    }

    /// <summary>How many rows matched last.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the rows that match.</summary>
    /// <param name="values">One value for each input column, in order; read before the next call only.</param>
    /// <returns>How many rows match; for F at most one.</returns>
    /// <exception cref="ArgumentException">There are more or fewer values than columns.</exception>
    /// <exception cref="InvalidOperationException">The cells took more than the default budget;
    /// evaluating the decision tells so as a finding.</exception>
    public int Match(FeelValue[] values)
    {
        if (values is null || values.Length != foreign.Length)
        {
            throw new ArgumentException($"The table has {foreign.Length} input columns.", nameof(values));
        }

        inputs = values;
        run.Restart();
        Count = table.Match(values, NoFrame, run, candidates, foreign, hits);
        return Count;
    }

    /// <summary>The row of a hit, from 1.</summary>
    /// <param name="hit">Which of the hits, from 0.</param>
    public int Row(int hit) => hits[Check(hit)] + 1;

    /// <summary>The output of a hit.</summary>
    /// <param name="hit">Which of the hits, from 0.</param>
    /// <param name="output">Which of the outputs, from 0.</param>
    public FeelValue Output(int hit, int output) => table.Output(hits[Check(hit)], output, NoFrame, run);

    /// <summary>What was met by the last match, to keep: values and hits are copied.</summary>
    public TableTrace Trace() => TableTrace.Make(table.Table, (FeelValue[])inputs.Clone(), hits, Count, null);

    private int Check(int hit) =>
        hit >= 0 && hit < Count ? hit : throw new ArgumentOutOfRangeException(nameof(hit), $"The last match had {Count} hits.");
}
