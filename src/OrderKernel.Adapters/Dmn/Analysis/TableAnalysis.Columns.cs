using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Dmn.Analysis;

public sealed partial class TableAnalysis
{
    private void Columns()
    {
        for (int column = 0; column < table.Inputs.Length && !effort.IsSpent; column++)
        {
            if (table.Rows.Length > 1)
            {
                Unused(column);
            }

            Contractions(column);
        }
    }

    /// <summary>A column all of whose cells hold for whatever comes. It is worth a look, no more, while some cells are only run,
    /// while the column refuses values that are not allowed, or while reckoning its value may itself fail.</summary>
    private void Unused(int column)
    {
        ulong[] everything = grid.Everything(column);
        bool certain = grid.Certain[column].All(c => Bits.Within(everything, c));
        bool possible = grid.Certain[column].Any(c => Bits.Within(everything, c))
            && grid.Possible[column].All(p => Bits.Within(everything, p));
        certain &= table.Inputs[column].Allowed is null && table.Inputs[column].Expression is NameNode { Depth: >= 0 };
        if (certain || possible)
        {
            FindingKind kind = certain ? DmnFindings.ColumnUnused : DmnFindings.MayColumnUnused;
            Add(kind.About(table.Name, string.Empty, kind.Places.Select(p => p == "column" ? table.Inputs[column].Label : table.Name)
                .ToArray()), certain, ImmutableArray<int>.Empty, ImmutableArray<FeelValue>.Empty);
        }
    }

    /// <summary>Rows that differ in one column only and answer the same.</summary>
    private void Contractions(int column)
    {
        if (!effort.Spend(table.Rows.Length * (long)table.Inputs.Length))
        {
            return;
        }

        var groups = Enumerable.Range(0, table.Rows.Length).Where(r => Known(r) && !grid.IsOpaque(r)).GroupBy(r =>
            string.Join("\0", table.Rows[r].InputTexts.Where((_, c) => c != column).Concat(table.Rows[r].OutputTexts)),
                StringComparer.Ordinal);
        foreach (List<int> rows in groups.SelectMany(g => Neighbours(g.ToList())).Where(g => g.Count > 1 && !Doubles(column, g))
            .Take(effort.Budget.Shown))
        {
            ulong[] union = Bits.New(grid.Width(column));
            foreach (int row in rows)
            {
                Bits.Add(union, grid.Certain[column][row]);
            }

            string cell = Words(column, union);
            bool certain = ReadsAs(column, cell, union);
            FindingKind kind = certain ? DmnFindings.Contractible : DmnFindings.MayContractible;
            Add(kind.About(table.Name, string.Empty, kind.Places.Select(p => p switch
            {
                "rows" => string.Join(", ", rows.Select(r => Number(r + 1))),
                "column" => table.Inputs[column].Label,
                "cell" => cell,
                _ => table.Name,
            }).ToArray()), certain, rows.Select(r => r + 1).ToImmutableArray(), ImmutableArray<FeelValue>.Empty);
        }
    }

    /// <summary>The runs of rows that may move together: where the place of a row plays a part, only those without another
    /// between.</summary>
    private IEnumerable<List<int>> Neighbours(List<int> rows)
    {
        bool anywhere = table.Policy is HitPolicy.Unique or HitPolicy.Any or HitPolicy.CollectSum or HitPolicy.CollectMin
            or HitPolicy.CollectMax or HitPolicy.CollectCount;
        var run = new List<int>();
        foreach (int row in rows)
        {
            if (!anywhere && run.Count > 0 && row != run[run.Count - 1] + 1)
            {
                yield return run;
                run = new List<int>();
            }

            run.Add(row);
        }

        yield return run;
    }

    /// <summary>Whether two of the rows may match at once where that counts: under U a conflict, in lists and sums twice.</summary>
    private bool Doubles(int column, List<int> rows)
    {
        if (table.Policy is HitPolicy.Any or HitPolicy.First or HitPolicy.Priority or HitPolicy.CollectMin or HitPolicy.CollectMax)
        {
            return false;
        }

        ulong[] seen = Bits.New(grid.Width(column));
        ulong[] everything = grid.Everything(column);
        foreach (int row in rows)
        {
            ulong[] cell = Bits.And(grid.Certain[column][row], everything);
            if (Bits.Intersects(seen, cell))
            {
                return true;
            }

            Bits.Add(seen, cell);
        }

        return false;
    }

    /// <summary>A set of places as a cell.</summary>
    private string Words(int column, ulong[] places)
    {
        Atoms atoms = grid.Atoms[column];
        string described = atoms.Describe(places);
        bool takesNull = Bits.Has(places, atoms.Null);
        return described == "-" ? (takesNull ? "-" : "not(null)")
            : described.Length == 0 ? "null"
            : !takesNull || described.StartsWith("not(", StringComparison.Ordinal) ? described : described + ", null";
    }

    /// <summary>Whether a cell, read again, holds for these places and no other that can occur.</summary>
    private bool ReadsAs(int column, string cell, ulong[] places)
    {
        try
        {
            var types = new TypeNames();
            TestsNode tests = Parser.Cell(cell, Scope.Root(Array.Empty<string>(), new NameSet(), types.Names).Inner("?"), types,
                strict: false);
            ulong[] everything = grid.Everything(column);
            return grid.Holds(column, CellTests.Of(tests, CellTests.Allowance())) is ulong[] read
                && Bits.And(read, everything).AsSpan().SequenceEqual(Bits.And(places, everything));
        }
        catch (SyntaxException)
        {
            return false;
        }
    }
}
