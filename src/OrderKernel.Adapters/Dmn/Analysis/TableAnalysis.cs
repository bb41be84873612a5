using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Analysis;

/// <summary>What can be said about a table without running it: gaps, overlaps, conflicts, rows that never count.</summary>
/// <remarks>
/// <para>Shape: issues in the order gaps, overlaps, rows, columns; at most as many gaps and pairs are shown as the budget says, and
/// it says so. What is certain holds for every input: done as the issue proposes, no answer of the table changes.</para>
/// <para>Cost: 3,700 rows of five columns in about a second; never more than the budget, and it says what was left undone.</para>
/// </remarks>
public sealed partial class TableAnalysis
{
    private readonly Effort effort;
    private readonly Dictionary<int, string> ranks = new();

    private readonly Grid grid;
    private readonly DecisionTable table;
    private readonly ImmutableArray<TableIssue>.Builder issues = ImmutableArray.CreateBuilder<TableIssue>();
    private readonly FeelValue?[][] outputs;

    private TableAnalysis(DecisionTable table, AnalysisBudget budget)
    {
        this.table = table;
        effort = new Effort(budget);
        grid = new Grid(table, effort);
        Run run = CellTests.Allowance(table.Rows.Length * table.Outputs.Length);
        outputs = table.Rows.Select(r => r.Outputs.Take(table.Outputs.Length).Select((o, c) => Answer(table.Outputs[c], o, run))
            .ToArray()).ToArray();
    }

    /// <summary>The name of the decision or knowledge model that holds the table.</summary>
    public string Table => table.Name;

    /// <summary>Everything found.</summary>
    public ImmutableArray<TableIssue> Issues { get; private set; }

    /// <summary>The boxes without a row, for tests against sampling.</summary>
    internal IReadOnlyList<ulong[][]> GapBoxes { get; private set; } = new List<ulong[][]>();

    internal bool GapsCapped { get; private set; }

    internal Grid Cells => grid;

    internal static TableAnalysis Of(DecisionTable table, AnalysisBudget budget)
    {
        var analysis = new TableAnalysis(table, budget);
        if (table.Rows.Length > 0 && table.Inputs.Length > 0)
        {
            analysis.Look("gaps", analysis.Gaps);
            analysis.Look("pairs", analysis.Pairs);
            analysis.Look("unreachable rows", analysis.Unreachable);
            analysis.Look("columns", analysis.Columns);
        }

        analysis.Issues = analysis.issues.ToImmutable();
        return analysis;
    }

    // What comes after a spent budget is not begun: said once, where it was spent.
    private void Look(string what, System.Action search)
    {
        if (effort.IsSpent && issues.Any(i => i.Finding.Code == DmnFindings.Unfinished.Code))
        {
            return;
        }

        if (grid.IsWhole)
        {
            search();
        }

        if (effort.IsSpent || !grid.IsWhole)
        {
            effort.Spend(long.MaxValue);
            Add(DmnFindings.Unfinished.About(table.Name, string.Empty, table.Name, what,
                effort.Budget.Steps.ToString(CultureInfo.InvariantCulture)), true, ImmutableArray<int>.Empty,
                ImmutableArray<FeelValue>.Empty);
        }
    }

    /// <summary>The output as the table would answer it: converted, and null where it is not allowed; C# null when only running
    /// tells.</summary>
    private static FeelValue? Answer(OutputColumn column, Feel.Node output, Run run)
    {
        if (CellTests.Constant(output, run) is not FeelValue given)
        {
            return null;
        }

        try
        {
            FeelValue converted = column.Type.Coerce(given, run);
            return converted.IsNull || HitAnswer.IsAllowed(column, converted, run) ? converted : FeelValue.Null;
        }
        catch (BudgetException)
        {
            return null;
        }
    }

    private bool IsSingle => table.Policy is HitPolicy.Unique or HitPolicy.Any or HitPolicy.Priority or HitPolicy.First;

    private void Gaps()
    {
        var search = new GapSearch(grid, grid.Domain, effort.Budget.Shown, effort);
        search.Run();
        GapBoxes = search.Boxes;
        GapsCapped = search.IsCapped;
        if (!IsSingle || table.Outputs.Any(o => o.Fallback is not null))
        {
            return;
        }

        foreach (ulong[][] box in search.Boxes)
        {
            ImmutableArray<int> atoms = box.Select(b => Bits.Next(b, 0)).ToImmutableArray();
            ImmutableArray<FeelValue> example = grid.Witness(atoms);
            string shown = string.Join(", ", box.Select((b, c) => table.Inputs[c].Label + " " + grid.Atoms[c].Describe(b)));
            bool certain = !PossiblyCovered(box);
            FindingKind kind = certain ? DmnFindings.Gap : DmnFindings.MayGap;
            Add(kind.About(table.Name, string.Empty, table.Name, shown, grid.Show(example)), certain,
                ImmutableArray<int>.Empty, example);
        }

        if (search.IsCapped && !effort.IsSpent)
        {
            Capped("gaps", effort.Budget.Shown);
        }

        for (int column = 0; column < table.Inputs.Length && !effort.IsSpent; column++)
        {
            ulong[][] domain = grid.Domain.ToArray();
            domain[column] = Bits.New(grid.Width(column));
            Bits.Set(domain[column], grid.Atoms[column].Null);
            var missing = new GapSearch(grid, domain, 1, effort);
            missing.Run();
            foreach (ulong[][] box in missing.Boxes)
            {
                ImmutableArray<int> atoms = box.Select(b => Bits.Next(b, 0)).ToImmutableArray();
                ImmutableArray<FeelValue> example = grid.Witness(atoms);
                Add(DmnFindings.GapNull.About(table.Name, string.Empty, table.Name, table.Inputs[column].Label,
                    grid.Show(example)), !PossiblyCovered(box), ImmutableArray<int>.Empty, example);
            }
        }
    }

    /// <summary>Whether some row may match somewhere in a box, or the box itself may not occur.</summary>
    private bool PossiblyCovered(ulong[][] box)
    {
        bool[] known = grid.Exact;
        if (known.Contains(false))
        {
            return true;
        }

        ulong[] rows = Bits.All(table.Rows.Length);
        for (int column = 0; column < box.Length; column++)
        {
            ulong[] some = Bits.New(table.Rows.Length);
            for (int atom = Bits.Next(box[column], 0); atom >= 0; atom = Bits.Next(box[column], atom + 1))
            {
                effort.Spend(some.Length);
                Bits.Add(some, grid.RowsPossible[column][atom]);
            }

            rows = Bits.And(rows, some);
        }

        return !Bits.IsEmpty(rows);
    }

    // Under U a pair is only counted; elsewhere its outputs and boxes are held against each other.
    private long PairCost => table.Policy == HitPolicy.Unique ? 1 : table.Inputs.Length + table.Outputs.Length;

    private void Pairs()
    {
        int shown = 0;
        int total = 0;
        for (int row = 0; row < table.Rows.Length && effort.Spend(table.Inputs.Length * ((table.Rows.Length / 64) + 1)); row++)
        {
            ulong[] others = Bits.All(table.Rows.Length);
            for (int column = 0; column < table.Inputs.Length; column++)
            {
                others = Bits.And(others, grid.Meeting(column, row));
            }

            for (int other = Bits.Next(others, row + 1); other >= 0 && effort.Spend(PairCost); other = Bits.Next(others, other + 1))
            {
                if (Issue(row, other, shown < effort.Budget.Shown) is { } found)
                {
                    total++;
                    shown += found.Finding is null ? 0 : 1;
                    if (found.Finding is not null)
                    {
                        issues.Add(found.Issue!);
                    }
                }
            }
        }

        if (total > shown)
        {
            Capped("pairs: " + Number(total), shown);
        }
    }

    /// <summary>What two rows that meet mean under the hit policy; null when nothing.</summary>
    private (Finding? Finding, TableIssue? Issue)? Issue(int row, int other, bool show)
    {
        bool same = SameOutputs(row, other);
        switch (table.Policy)
        {
            case HitPolicy.Unique:
                return show ? Pair(DmnFindings.Overlap, row, other) : (null, null);
            case HitPolicy.Any when !same:
                return show ? Pair(DmnFindings.Conflict, row, other) : (null, null);
            case HitPolicy.Priority:
                int order = string.CompareOrdinal(Rank(row), Rank(other));
                int winner = order <= 0 ? row : other;
                int loser = winner == row ? other : row;
                return Known(row) && Known(other) && Rank(row).Length * Rank(other).Length > 0
                    && grid.Covers(winner, loser) ? show ? Row(DmnFindings.Masked, loser, winner)
                    : (null, null) : null;
            case HitPolicy.Any or HitPolicy.First when same:
                return grid.Covers(row, other) ? show ? Row(DmnFindings.Redundant, other, row) : (null, null) : null;
            default:
                return null;
        }
    }

    private (Finding? Finding, TableIssue? Issue) Pair(FindingKind kind, int row, int other)
    {
        ImmutableArray<FeelValue> example = grid.Witness(Enumerable.Range(0, table.Inputs.Length)
            .Select(c => FirstShared(c, row, other)));
        bool certain = !grid.IsOpaque(row) && !grid.IsOpaque(other) && !grid.Exact.Contains(false)
            && (kind == DmnFindings.Overlap || (Known(row) && Known(other)));
        FindingKind said = certain ? kind : kind == DmnFindings.Overlap ? DmnFindings.MayOverlap : DmnFindings.MayConflict;
        string rows = Number(row + 1) + ", " + Number(other + 1);
        Finding finding = said.About(table.Name, string.Empty, rows, table.Name, grid.Show(example));
        return (finding, new TableIssue(finding, certain, ImmutableArray.Create(row + 1, other + 1), example));
    }

    private (Finding? Finding, TableIssue? Issue) Row(FindingKind kind, int row, int by)
    {
        Finding finding = kind.About(table.Name, string.Empty, kind.Places.Select(p => p switch
        {
            "row" => Number(row + 1),
            "by" => Number(by + 1),
            _ => table.Name,
        }).ToArray());
        return (finding, new TableIssue(finding, true, ImmutableArray.Create(row + 1, by + 1), ImmutableArray<FeelValue>.Empty));
    }

    private int FirstShared(int column, int row, int other)
    {
        ulong[] shared = Bits.And(grid.Possible[column][row], grid.Possible[column][other]);
        int atom = Bits.Next(shared, 0);
        while (atom >= 0 && !grid.CanOccur(column, atom))
        {
            atom = Bits.Next(shared, atom + 1);
        }

        return atom;
    }

    /// <summary>F: rows that the earlier ones cover together.</summary>
    private void Unreachable()
    {
        if (table.Policy != HitPolicy.First)
        {
            return;
        }

        ulong[] earlier = Bits.New(table.Rows.Length);
        for (int row = 0; row < table.Rows.Length && !effort.IsSpent; row++)
        {
            if (row > 0)
            {
                ulong[][] box = Enumerable.Range(0, table.Inputs.Length)
                    .Select(c => Bits.And(grid.Possible[c][row], grid.Everything(c))).ToArray();
                var search = new GapSearch(grid, box, 1, effort);
                search.Run(earlier);
                if (search.Boxes.Count == 0 && !search.IsCapped)
                {
                    Add(DmnFindings.Unreachable.About(table.Name, string.Empty, Number(row + 1), table.Name), true,
                        ImmutableArray.Create(row + 1), ImmutableArray<FeelValue>.Empty);
                }
            }

            Bits.Set(earlier, row);
        }
    }

    private bool Known(int row) => outputs[row].All(o => o is not null);

    private bool SameOutputs(int row, int other) =>
        Known(row) && Known(other) && outputs[row].Zip(outputs[other], (a, b) => a!.IsSameAs(b!)).All(s => s);

    /// <summary>The priority of a row: the places of its outputs among the output values; empty when it takes too much.</summary>
    private string Rank(int row)
    {
        if (!ranks.TryGetValue(row, out string? rank))
        {
            try
            {
                rank = string.Join(",", Enumerable.Range(0, table.Outputs.Length).Select(c => HitAnswer.Rank(table.Outputs[c],
                    outputs[row][c] ?? FeelValue.Null, CellTests.Allowance(table.Outputs[c].Allowed?.Tests.Length ?? 0))
                    .ToString("000000", CultureInfo.InvariantCulture)));
            }
            catch (BudgetException)
            {
                rank = string.Empty;
            }

            ranks.Add(row, rank);
        }

        return rank;
    }

    private void Capped(string what, int shown) =>
        Add(DmnFindings.Capped.About(table.Name, string.Empty, table.Name, Number(shown), what), true,
        ImmutableArray<int>.Empty, ImmutableArray<FeelValue>.Empty);

    private void Add(Finding finding, bool certain, ImmutableArray<int> rows, ImmutableArray<FeelValue> example) =>
        issues.Add(new TableIssue(finding, certain, rows, example));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
