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
/// <para>Shape: issues in the order gaps, overlaps, rows, columns; at most fifty gaps and fifty pairs are shown, and it says
/// so.</para>
/// <para>Cost: 3,700 rows of five columns in about a second.</para>
/// </remarks>
public sealed class TableAnalysis
{
    private const int MaxShown = 50;

    private readonly Grid grid;
    private readonly DecisionTable table;
    private readonly ImmutableArray<TableIssue>.Builder issues = ImmutableArray.CreateBuilder<TableIssue>();
    private readonly FeelValue?[][] outputs;

    private TableAnalysis(DecisionTable table)
    {
        this.table = table;
        grid = new Grid(table);
        outputs = table.Rows.Select(r => r.Outputs.Select(CellTests.Constant).ToArray()).ToArray();
    }

    /// <summary>The name of the decision or knowledge model that holds the table.</summary>
    public string Table => table.Name;

    /// <summary>Everything found.</summary>
    public ImmutableArray<TableIssue> Issues { get; private set; }

    /// <summary>The boxes without a row, for tests against sampling.</summary>
    internal IReadOnlyList<ulong[][]> GapBoxes { get; private set; } = new List<ulong[][]>();

    internal bool GapsCapped { get; private set; }

    internal Grid Cells => grid;

    internal static TableAnalysis Of(DecisionTable table)
    {
        var analysis = new TableAnalysis(table);
        if (table.Rows.Length > 0 && table.Inputs.Length > 0)
        {
            analysis.Gaps();
            analysis.Pairs();
            analysis.Unreachable();
            analysis.Columns();
        }

        analysis.Issues = analysis.issues.ToImmutable();
        return analysis;
    }

    private bool IsSingle => table.Policy is HitPolicy.Unique or HitPolicy.Any or HitPolicy.Priority or HitPolicy.First;

    private void Gaps()
    {
        var search = new GapSearch(grid, grid.Domain, MaxShown);
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
            bool certain = !PossiblyCovered(atoms);
            FindingKind kind = certain ? DmnFindings.Gap : DmnFindings.MayGap;
            Add(kind.About(table.Name, string.Empty, table.Name, shown, grid.Show(example)), certain,
                ImmutableArray<int>.Empty, example);
        }

        if (search.IsCapped)
        {
            Capped("gaps", MaxShown);
        }

        for (int column = 0; column < table.Inputs.Length; column++)
        {
            ulong[][] domain = grid.Domain.ToArray();
            domain[column] = Bits.New(grid.Atoms[column].Count);
            Bits.Set(domain[column], grid.Atoms[column].Null);
            var missing = new GapSearch(grid, domain, 1);
            missing.Run();
            foreach (ulong[][] box in missing.Boxes)
            {
                ImmutableArray<int> atoms = box.Select(b => Bits.Next(b, 0)).ToImmutableArray();
                ImmutableArray<FeelValue> example = grid.Witness(atoms);
                Add(DmnFindings.GapNull.About(table.Name, string.Empty, table.Name, table.Inputs[column].Label,
                    grid.Show(example)), !PossiblyCovered(atoms), ImmutableArray<int>.Empty, example);
            }
        }
    }

    private bool PossiblyCovered(ImmutableArray<int> atoms)
    {
        ulong[] rows = Bits.All(table.Rows.Length);
        for (int column = 0; column < atoms.Length; column++)
        {
            rows = Bits.And(rows, grid.RowsPossible[column][atoms[column]]);
        }

        return !Bits.IsEmpty(rows);
    }

    private void Pairs()
    {
        int shown = 0;
        int total = 0;
        for (int row = 0; row < table.Rows.Length; row++)
        {
            ulong[] others = Bits.All(table.Rows.Length);
            for (int column = 0; column < table.Inputs.Length; column++)
            {
                others = Bits.And(others, grid.Meeting(column, row));
            }

            for (int other = Bits.Next(others, row + 1); other >= 0; other = Bits.Next(others, other + 1))
            {
                if (Issue(row, other, shown < MaxShown) is { } found)
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
                return Known(row) && Known(other) && grid.Covers(winner, loser) ? show ? Row(DmnFindings.Masked, loser, winner)
                    : (null, null) : null;
            case HitPolicy.Any or HitPolicy.First or HitPolicy.OutputOrder when same:
                return grid.Covers(row, other) ? show ? Row(DmnFindings.Redundant, other, row) : (null, null) : null;
            default:
                return null;
        }
    }

    private (Finding? Finding, TableIssue? Issue) Pair(FindingKind kind, int row, int other)
    {
        ImmutableArray<FeelValue> example = grid.Witness(Enumerable.Range(0, table.Inputs.Length)
            .Select(c => FirstShared(c, row, other)));
        bool certain = !grid.IsOpaque(row) && !grid.IsOpaque(other)
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
        for (int row = 0; row < table.Rows.Length; row++)
        {
            if (row > 0)
            {
                ulong[][] box = Enumerable.Range(0, table.Inputs.Length)
                    .Select(c => Bits.And(grid.Possible[c][row], grid.WithNull(c))).ToArray();
                var search = new GapSearch(grid, box, 1);
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

    private void Columns()
    {
        for (int column = 0; column < table.Inputs.Length; column++)
        {
            if (table.Rows.Length > 1 && grid.Possible[column].All(p => Bits.Within(grid.WithNull(column), p))
                && grid.Certain[column][0] == grid.Possible[column][0])
            {
                Add(DmnFindings.ColumnUnused.About(table.Name, string.Empty, table.Inputs[column].Label, table.Name), true,
                    ImmutableArray<int>.Empty, ImmutableArray<FeelValue>.Empty);
            }

            Contractions(column);
        }
    }

    /// <summary>Rows that differ in one column only and answer the same.</summary>
    private void Contractions(int column)
    {
        var groups = Enumerable.Range(0, table.Rows.Length).Where(Known).GroupBy(r =>
            string.Join("\n", table.Rows[r].InputTexts.Where((_, c) => c != column).Concat(table.Rows[r].OutputTexts)),
                System.StringComparer.Ordinal);
        foreach (List<int> rows in groups.Select(g => g.ToList()).Where(g => g.Count > 1 && g.All(r => !grid.IsOpaque(r)))
            .Take(MaxShown))
        {
            // Under F the rows between them may matter; only neighbours are proposed.
            if (table.Policy is HitPolicy.First or HitPolicy.RuleOrder && rows[rows.Count - 1] - rows[0] != rows.Count - 1)
            {
                continue;
            }

            ulong[] union = Bits.New(grid.Atoms[column].Count);
            foreach (int row in rows)
            {
                for (int i = 0; i < union.Length; i++)
                {
                    union[i] |= grid.Certain[column][row][i];
                }
            }

            Add(DmnFindings.Contractible.About(table.Name, string.Empty, string.Join(", ", rows.Select(r => Number(r + 1))),
                table.Name,
                table.Inputs[column].Label, WithNull(column, union)), true, rows.Select(r => r + 1).ToImmutableArray(),
                    ImmutableArray<FeelValue>.Empty);
        }
    }

    private string WithNull(int column, ulong[] atoms)
    {
        string described = grid.Atoms[column].Describe(atoms);
        return Bits.Has(atoms, grid.Atoms[column].Null) && described != "-" ? described + ", null" : described;
    }

    private bool Known(int row) => outputs[row].All(o => o is not null);

    private bool SameOutputs(int row, int other) =>
        Known(row) && Known(other) && outputs[row].Zip(outputs[other], (a, b) => Equality.Equal(a!, b!) == true).All(s => s);

    /// <summary>The priority of a row: the places of its outputs among the output values.</summary>
    private string Rank(int row) => string.Join(",", Enumerable.Range(0, table.Outputs.Length)
        .Select(c => HitAnswer.Rank(table.Outputs[c], outputs[row][c] ?? FeelValue.Null)
            .ToString("000000", CultureInfo.InvariantCulture)));

    private void Capped(string what, int shown) =>
        Add(DmnFindings.Capped.About(table.Name, string.Empty, table.Name, Number(shown), what), true,
        ImmutableArray<int>.Empty, ImmutableArray<FeelValue>.Empty);

    private void Add(Finding finding, bool certain, ImmutableArray<int> rows, ImmutableArray<FeelValue> example) =>
        issues.Add(new TableIssue(finding, certain, rows, example));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
