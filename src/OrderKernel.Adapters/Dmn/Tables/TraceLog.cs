using System;
using System.Collections.Generic;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>Collects what each table of one evaluation met.</summary>
internal sealed class TraceLog(TraceLevel level)
{
    public List<TableTrace> Tables { get; } = new();

    /// <summary>The values of the columns as a trace keeps them: one larger than an answer may be is told in short.</summary>
    public static FeelValue[] Shown(FeelValue[] values, Evaluation.Run run) =>
        Array.ConvertAll(values, v => run.IsSmall(v) ? v : FeelValue.Of(Evaluation.Semantics.Short(v)));

    public void Add(DecisionTable table, FeelValue[] inputs, int[] hits, int count, Func<int, int, bool> matches) =>
        Tables.Add(TableTrace.Make(table, inputs, hits, count, level == TraceLevel.Full ? matches : null));
}
