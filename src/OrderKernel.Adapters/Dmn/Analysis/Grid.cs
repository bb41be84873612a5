using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Tables;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Analysis;

/// <summary>A table as boxes over atoms: for each row and column the atoms it holds for, for certain and possibly.</summary>
/// <remarks><para>Shape: behind the atoms of a column, null the last of them, stands one more place for values of another kind than
/// the column's; it can occur where the column declares no type.</para></remarks>
internal sealed class Grid
{
    private const long MaxBits = 1L << 30;

    private readonly Dictionary<(int Column, string Cell), ulong[]> meeting = new();
    private readonly Effort effort;
    private readonly Run run;
    private readonly bool[] guarded;
    private long bits;

    public Grid(DecisionTable table, Effort effort)
    {
        Table = table;
        this.effort = effort;
        int columns = table.Inputs.Length;
        run = CellTests.Allowance(table.Rows.Length * columns);
        Atoms = new Atoms[columns];
        Domain = new ulong[columns][];
        Certain = new ulong[columns][][];
        Possible = new ulong[columns][][];
        RowsCertain = new ulong[columns][][];
        RowsPossible = new ulong[columns][][];
        guarded = new bool[columns];
        Exact = new bool[columns];
        IsWhole = true;
        for (int column = 0; column < columns && IsWhole; column++)
        {
            IsWhole = Build(column);
        }
    }

    /// <summary>False when the table was too large for the budget to be looked at.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether what can occur in a column is known for certain.</summary>
    public bool[] Exact { get; }

    public DecisionTable Table { get; }

    public Atoms[] Atoms { get; }

    /// <summary>The atoms that can occur in a column, null left out.</summary>
    public ulong[][] Domain { get; }

    public ulong[][][] Certain { get; }

    public ulong[][][] Possible { get; }

    /// <summary>By column and atom: the rows that hold for certain.</summary>
    public ulong[][][] RowsCertain { get; }

    public ulong[][][] RowsPossible { get; }

    public bool IsOpaque(int row) => Enumerable.Range(0, Atoms.Length)
        .Any(c => !ReferenceEquals(Certain[c][row], Possible[c][row]));

    /// <summary>The rows whose possible box meets that of a row in one column.</summary>
    public ulong[] Meeting(int column, int row)
    {
        (int Column, string Text) key = (column, Table.Rows[row].InputTexts[column]);
        if (!meeting.TryGetValue(key, out ulong[]? rows))
        {
            rows = Bits.New(Table.Rows.Length);
            ulong[] cell = Possible[column][row];
            for (int atom = Bits.Next(cell, 0); atom >= 0 && effort.Spend(rows.Length); atom = Bits.Next(cell, atom + 1))
            {
                for (int i = 0; CanOccur(column, atom) && i < rows.Length; i++)
                {
                    rows[i] |= RowsPossible[column][atom][i];
                }
            }

            meeting.Add(key, rows);
        }

        return rows;
    }

    public bool CanOccur(int column, int atom) => atom == Atoms[column].Null || Bits.Has(Domain[column], atom);

    /// <summary>Whether one row matches, for certain, whenever another may.</summary>
    public bool Covers(int by, int row) =>
        Enumerable.Range(0, Atoms.Length).All(c => Bits.Within(Bits.And(Possible[c][row], Everything(c)), Certain[c][by]));

    /// <summary>How many places a column has: its atoms and the one for values of another kind.</summary>
    public int Width(int column) => Atoms[column].Count + 1;

    /// <summary>The place of values of another kind than the column's.</summary>
    public int Foreign(int column) => Atoms[column].Count;

    /// <summary>All that can reach the cells of a column: its domain, null and, where it is not typed, values of another
    /// kind.</summary>
    public ulong[] Everything(int column)
    {
        ulong[] all = (ulong[])Domain[column].Clone();
        Bits.Set(all, Atoms[column].Null);
        if (!guarded[column])
        {
            Bits.Set(all, Foreign(column));
        }

        return all;
    }

    /// <summary>The places that a cell holds for; C# null where only running it can tell.</summary>
    public ulong[]? Holds(int column, CellTests cell)
    {
        if (Atoms[column].Cell(cell) is not ulong[] atoms)
        {
            return null;
        }

        ulong[] places = Bits.New(Width(column));
        atoms.CopyTo(places, 0);
        if (cell.IsAny || cell.Negated)
        {
            // A value of another kind equals none of the tests, so that their negation holds.
            Bits.Set(places, Foreign(column));
        }

        return places;
    }

    public ImmutableArray<FeelValue> Witness(IEnumerable<int> atoms) => atoms.Select((atom, c) => Atoms[c].Witness(atom))
        .ToImmutableArray();

    public string Show(ImmutableArray<FeelValue> example) =>
        string.Join(", ", example.Select((v, c) => Table.Inputs[c].Label + " = " + v.ToLiteral()));

    private bool Build(int column)
    {
        DecisionTable table = Table;
        InputColumn input = table.Inputs[column];
        var cells = new Dictionary<string, CellTests>(StringComparer.Ordinal);
        foreach (Row row in table.Rows)
        {
            if (!cells.ContainsKey(row.InputTexts[column]))
            {
                cells.Add(row.InputTexts[column], CellTests.Of(row.Cells[column], run));
            }
        }

        TestsNode? declared = input.Allowed ?? (input.Type as DeclaredType)?.Allowed as TestsNode;
        CellTests? domain = declared is null ? null : CellTests.Of(declared, run);
        bool bounded = domain is { IsOpaque: false };

        Atoms atoms = Tables.Atoms.Of(bounded ? cells.Values.Append(domain!) : cells.Values)
            ?? Plain((input.Type.Base as SimpleType)?.Kind);
        bool foreign = Tables.Atoms.Of(cells.Values) is null && cells.Values.Any(c => c.Values.Any(v => !v.IsNull));
        Atoms[column] = atoms;
        Exact[column] = domain is null || (bounded && atoms.Cell(domain) is ulong[] allowed && Bits.Next(allowed, 0) is int first
            && first >= 0 && first < atoms.Null);
        guarded[column] = (input.Type.Base as SimpleType)?.Kind is FeelKind kind && kind == atoms.Kind;
        bits += (long)Width(column) * (table.Rows.Length + cells.Count);
        if (bits > MaxBits || !effort.Spend((long)Width(column) * (cells.Count + (table.Rows.Length / 64) + 1) / 8))
        {
            return false;
        }

        Domain[column] = Bounds(atoms, bounded ? domain : null);
        ulong[] all = Bits.All(Width(column));
        ulong[] none = Bits.New(Width(column));
        var sets = cells.ToDictionary(c => c.Key, c => foreign && !c.Value.IsAny ? null : Holds(column, c.Value),
            StringComparer.Ordinal);
        Certain[column] = table.Rows.Select(r => sets[r.InputTexts[column]] ?? none).ToArray();
        Possible[column] = table.Rows.Select(r => sets[r.InputTexts[column]] ?? all).ToArray();
        RowsCertain[column] = Transpose(Certain[column], Width(column));
        RowsPossible[column] = Certain[column].SequenceEqual(Possible[column]) ? RowsCertain[column]
            : Transpose(Possible[column], Width(column));
        return !effort.IsSpent;
    }

    // A column whose cells compare with nothing still needs a value to show.
    private static Atoms Plain(FeelKind? kind) => kind switch
    {
        FeelKind.Boolean => new BooleanAtoms(),
        FeelKind.Number or FeelKind.DaysDuration or FeelKind.MonthsDuration => new LineAtoms(kind.Value, new[] { 0m }),
        FeelKind.Date => new LineAtoms(FeelKind.Date, new[] { new Temporal.FeelDate(2026, 1, 1).DayNumber }),
        _ => new TextAtoms(Array.Empty<string>()),
    };

    private static ulong[] Bounds(Atoms atoms, CellTests? domain)
    {
        ulong[] all = Bits.New(atoms.Count + 1);
        ulong[]? declared = domain is null ? null : atoms.Cell(domain);
        for (int atom = 0; atom < atoms.Null; atom++)
        {
            if (!atoms.IsEmpty(atom) && (declared is null || Bits.Has(declared, atom)))
            {
                Bits.Set(all, atom);
            }
        }

        // Values that allow nothing but null bound nothing.
        return Bits.IsEmpty(all) && domain is not null ? Bounds(atoms, null) : all;
    }

    private ulong[][] Transpose(ulong[][] byRow, int atoms)
    {
        ulong[][] byAtom = Enumerable.Range(0, atoms).Select(_ => Bits.New(byRow.Length)).ToArray();
        for (int row = 0; row < byRow.Length; row++)
        {
            if (!effort.Spend(Bits.Count(byRow[row]) / 4))
            {
                return byAtom;
            }

            for (int atom = Bits.Next(byRow[row], 0); atom >= 0 && atom < atoms; atom = Bits.Next(byRow[row], atom + 1))
            {
                Bits.Set(byAtom[atom], row);
            }
        }

        return byAtom;
    }
}
