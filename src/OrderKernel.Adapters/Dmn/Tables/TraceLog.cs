using System;
using System.Collections.Generic;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>Collects what each table of one evaluation met.</summary>
internal sealed class TraceLog(TraceLevel level)
{
    public List<TableTrace> Tables { get; } = new();

    public void Add(DecisionTable table, FeelValue[] inputs, int[] hits, int count, Func<int, int, bool> matches) =>
        Tables.Add(TableTrace.Make(table, inputs, hits, count, level == TraceLevel.Full ? matches : null));
}
