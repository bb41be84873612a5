using System.Collections.Generic;
using System.Linq;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Tables;

/// <summary>Answers which rows may match: for each column and atom the set of rows, combined by AND.</summary>
/// <remarks>
/// <para>Shape: a row in the answer matches for certain in every column that is not opaque for it; the others are run.</para>
/// <para>Cost: rows/64 words for each column; memory rows × atoms / 8 bytes a column.</para>
/// </remarks>
internal sealed class TableIndex
{
    private const long MaxBits = 1L << 30;

    private readonly Atoms?[] atoms;
    private readonly ulong[][]?[] rows;
    private readonly ulong[] all;
    private readonly Run constants;
    private long bits;

    public TableIndex(DecisionTable table)
    {
        int columns = table.Inputs.Length;
        atoms = new Atoms?[columns];
        rows = System.Array.ConvertAll(atoms, _ => (ulong[][]?)null);
        all = Bits.All(table.Rows.Length);
        constants = CellTests.Allowance(table.Rows.Length * columns);
        Opaque = new ulong[columns][];
        for (int column = 0; column < columns; column++)
        {
            Opaque[column] = Bits.New(table.Rows.Length);
            Build(table, column);
        }
    }

    /// <summary>For each column the rows whose cell must be run.</summary>
    public ulong[][] Opaque { get; }

    public int Words => all.Length;

    /// <summary>Fills the set with the rows that may match; marks the columns whose value is of a foreign kind, all of whose
    /// cells must be run.</summary>
    public void Candidates(FeelValue[] inputs, ulong[] into, bool[] foreign)
    {
        bool first = true;
        for (int column = 0; column < inputs.Length; column++)
        {
            foreign[column] = false;
            if (atoms[column] is not Atoms known)
            {
                continue;
            }

            int atom = known.Of(inputs[column]);
            if (atom < 0)
            {
                foreign[column] = true;
                continue;
            }

            ulong[] matching = rows[column]![atom];
            for (int i = 0; i < into.Length; i++)
            {
                into[i] = first ? matching[i] : into[i] & matching[i];
            }

            first = false;
        }

        if (first)
        {
            all.CopyTo(into, 0);
        }
    }

    private void Build(DecisionTable table, int column)
    {
        // Equal texts are equal cells; large tables repeat few.
        var cells = new Dictionary<string, CellTests>(System.StringComparer.Ordinal);
        foreach (Row row in table.Rows)
        {
            if (!cells.ContainsKey(row.InputTexts[column]))
            {
                cells.Add(row.InputTexts[column], CellTests.Of(row.Cells[column], constants));
            }
        }

        Atoms? known = Atoms.Of(cells.Values);
        bits += known is null ? 0 : (long)known.Count * table.Rows.Length;
        if (known is null || bits > MaxBits)
        {
            bits -= known is null ? 0 : (long)known.Count * table.Rows.Length;
            bool plain = cells.Values.All(c => c.IsAny);
            Bits.SetRange(Opaque[column], 0, plain ? -1 : table.Rows.Length - 1);
            return;
        }

        var sets = cells.ToDictionary(c => c.Key, c => known.Cell(c.Value), System.StringComparer.Ordinal);
        ulong[][] byAtom = Enumerable.Range(0, known.Count).Select(_ => Bits.New(table.Rows.Length)).ToArray();
        for (int row = 0; row < table.Rows.Length; row++)
        {
            ulong[]? holds = sets[table.Rows[row].InputTexts[column]];
            if (holds is null)
            {
                Bits.Set(Opaque[column], row);
            }

            for (int atom = holds is null ? 0 : Bits.Next(holds, 0); atom >= 0 && atom < known.Count;
                atom = holds is null ? atom + 1 : Bits.Next(holds, atom + 1))
            {
                Bits.Set(byAtom[atom], row);
            }
        }

        atoms[column] = known;
        rows[column] = byAtom;
    }
}
