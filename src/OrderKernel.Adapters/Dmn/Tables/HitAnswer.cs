using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Functions;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>Makes the answer of a table out of the rows that matched.</summary>
/// <remarks>
/// <para>Errors: U with two hits and A with unequal outputs, which the standard leaves undefined, yield null and a fault.
/// C# of no hits is 0; the other aggregates of no hits are null.</para>
/// <para>Source: DMN 1.5 §8.2.11 and, for default outputs, §8.2.10.</para>
/// </remarks>
internal static class HitAnswer
{
    /// <param name="table">The table.</param>
    /// <param name="hits">The rows that matched, ascending.</param>
    /// <param name="count">How many of them are in use.</param>
    /// <param name="output">Evaluates one output cell: row, column; row -1 asks for the default.</param>
    /// <param name="run">The evaluation.</param>
    public static FeelValue Make(DecisionTable table, int[] hits, int count, Func<int, int, FeelValue> output, Run run)
    {
        if (count == 0)
        {
            return NoHit(table, output);
        }

        switch (table.Policy)
        {
            case HitPolicy.Unique when count > 1:
                return Conflict(table, hits, count, run);
            case HitPolicy.Unique or HitPolicy.First:
                return Row(table, hits[0], output, run);
            case HitPolicy.Any:
                FeelValue first = Row(table, hits[0], output, run);
                for (int i = 1; i < count; i++)
                {
                    if (Equality.Equal(first, Row(table, hits[i], output, run), run) != true)
                    {
                        return Conflict(table, hits, count, run);
                    }
                }

                return first;
            case HitPolicy.Priority:
                return ByPriority(table, Rows(table, hits, count, output, run), run)[0];
            case HitPolicy.OutputOrder:
                return new ListValue(ByPriority(table, Rows(table, hits, count, output, run), run).ToImmutableArray());
            case HitPolicy.RuleOrder or HitPolicy.Collect:
                return new ListValue(Rows(table, hits, count, output, run).ToImmutableArray());
            default:
                return Aggregate(table, Rows(table, hits, count, output, run).ToImmutableArray(), run);
        }
    }

    private static FeelValue NoHit(DecisionTable table, Func<int, int, FeelValue> output)
    {
        if (table.Outputs.Any(o => o.Fallback is not null))
        {
            FeelValue fallback = Compound(table, column => table.Outputs[column].Fallback is null ? FeelValue.Null
                : output(-1, column));
            return table.Policy is HitPolicy.RuleOrder or HitPolicy.OutputOrder or HitPolicy.Collect
                ? new ListValue(ImmutableArray.Create(fallback)) : fallback;
        }

        return table.Policy switch
        {
            HitPolicy.RuleOrder or HitPolicy.OutputOrder or HitPolicy.Collect => ListValue.Empty,
            HitPolicy.CollectCount => FeelValue.Of(0m),
            _ => FeelValue.Null,
        };
    }

    private static List<FeelValue> Rows(DecisionTable table, int[] hits, int count, Func<int, int, FeelValue> output, Run run)
    {
        var rows = new List<FeelValue>(count);
        for (int i = 0; i < count; i++)
        {
            rows.Add(Row(table, hits[i], output, run));
        }

        return rows;
    }

    private static FeelValue Row(DecisionTable table, int row, Func<int, int, FeelValue> output, Run run) =>
        Compound(table, column =>
        {
            OutputColumn declared = table.Outputs[column];
            FeelValue given = output(row, column);
            FeelValue value = declared.Type.Coerce(given, run);
            bool allowed = value.IsNull ? given.IsNull : IsAllowed(declared, value, run);
            return allowed ? value : run.Fault(DmnFindings.OutputNotAllowed, table.Name, Semantics.Short(given), table.Name);
        });

    private static FeelValue Compound(DecisionTable table, Func<int, FeelValue> column)
    {
        if (table.Outputs.Length == 1)
        {
            return column(0);
        }

        var entries = new List<KeyValuePair<string, FeelValue>>(table.Outputs.Length);
        for (int i = 0; i < table.Outputs.Length; i++)
        {
            entries.Add(new KeyValuePair<string, FeelValue>(table.Outputs[i].Name, column(i)));
        }

        return ContextValue.From(entries);
    }

    public static bool IsAllowed(OutputColumn column, FeelValue value, Run run)
    {
        if (column.Allowed is not TestsNode tests)
        {
            return true;
        }

        bool quiet = run.IsQuiet;
        run.IsQuiet = true;
        bool allowed = Interpreter.Evaluate(tests, new Bindings(null, "?", value), run) is BooleanValue { Flag: true };
        run.IsQuiet = quiet;
        return allowed;
    }

    private static List<FeelValue> ByPriority(DecisionTable table, List<FeelValue> rows, Run run)
    {
        List<(FeelValue Row, int[] Ranks, int Place)> ranked = rows.Select((row, place) => (row, Enumerable.Range(0,
            table.Outputs.Length).Select(i => Rank(table.Outputs[i], Part(table, i, row), run)).ToArray(), place)).ToList();
        ranked.Sort(Compare);
        return ranked.ConvertAll(r => r.Row);
    }

    private static int Compare((FeelValue Row, int[] Ranks, int Place) a, (FeelValue Row, int[] Ranks, int Place) b)
    {
        for (int i = 0; i < a.Ranks.Length; i++)
        {
            int order = a.Ranks[i].CompareTo(b.Ranks[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Place.CompareTo(b.Place);
    }

    /// <summary>The place of an output among the output values; what is not among them comes last.</summary>
    public static int Rank(OutputColumn declared, FeelValue value, Run run)
    {
        if (declared.Allowed is not TestsNode allowed)
        {
            return 0;
        }

        bool quiet = run.IsQuiet;
        run.IsQuiet = true;
        int place = 0;
        while (place < allowed.Tests.Length && Semantics.Satisfies(value,
            Interpreter.Evaluate(allowed.Tests[place].Expression, null, run), isCell: true, run) != true)
        {
            place++;
        }

        run.IsQuiet = quiet;
        return place;
    }

    private static FeelValue Part(DecisionTable table, int column, FeelValue row) =>
        table.Outputs.Length == 1 ? row : row.Entry(table.Outputs[column].Name);

    private static FeelValue Aggregate(DecisionTable table, ImmutableArray<FeelValue> rows, Run run)
    {
        if (table.Policy == HitPolicy.CollectCount)
        {
            return FeelValue.Of((decimal)rows.Length);
        }

        FeelValue? answer;
        try
        {
            answer = table.Policy switch
            {
                HitPolicy.CollectSum => SummaryFunctions.Sum(rows),
                HitPolicy.CollectMin => SummaryFunctions.Extreme(rows, -1),
                _ => SummaryFunctions.Extreme(rows, 1),
            };
        }
        catch (OverflowException)
        {
            answer = null;
        }

        return answer ?? run.Fault(DmnFindings.ArgumentInvalid, table.Name, table.Policy.ToString(),
            string.Join(", ", rows.Take(20).Select(Semantics.Short)));
    }

    private static FeelValue Conflict(DecisionTable table, int[] hits, int count, Run run) =>
        run.Fault(DmnFindings.HitsConflict, table.Name, table.Name, string.Join(", ",
            hits.Take(count).Select(h => (h + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))));
}
