using System;
using System.Collections.Generic;
using System.Linq;
using OrderKernel.Adapters.Dmn.Tables;

namespace OrderKernel.Adapters.Dmn.Analysis;

/// <summary>Finds the boxes that no row covers, column by column, following only the rows still alive.</summary>
/// <remarks>
/// <para>Source: Calvanese et al., "Semantics and Analysis of DMN Decision Tables", BPM 2016: the sweep, here over atoms with
/// equal stretches merged and (column, rows) remembered.</para>
/// <para>Cost: exponential in the columns at worst; bounded by the budget and by the number of boxes, and says when it stopped.</para>
/// </remarks>
internal sealed class GapSearch
{
    private readonly Grid grid;
    private readonly int[] order;
    private readonly ulong[][] domain;
    private readonly ulong[][] wild;
    private readonly int limit;
    private readonly HashSet<Key> covered = new();
    private readonly ulong[][] box;
    private readonly Effort effort;

    /// <param name="grid">The table.</param>
    /// <param name="domain">By column, the atoms to look at.</param>
    /// <param name="limit">How many boxes to look for.</param>
    /// <param name="effort">What it may cost.</param>
    public GapSearch(Grid grid, ulong[][] domain, int limit, Effort effort)
    {
        this.effort = effort;
        this.grid = grid;
        this.domain = domain;
        this.limit = limit;
        order = Enumerable.Range(0, domain.Length).OrderBy(c => grid.Atoms[c] is LineAtoms).ThenBy(c => grid.Atoms[c].Count)
            .ToArray();
        box = domain.Select(d => d).ToArray();
        wild = Wild();
    }

    /// <summary>The boxes found: by column the set of atoms.</summary>
    public List<ulong[][]> Boxes { get; } = new();

    public bool IsCapped { get; private set; }

    /// <summary>Searches with the rows given, or with all.</summary>
    public void Run(ulong[]? rows = null)
    {
        ulong[] active = rows is null ? Bits.All(grid.Table.Rows.Length) : (ulong[])rows.Clone();
        Search(0, active);
    }

    /// <summary>Whether everything at or below is covered; what is not is noted.</summary>
    private bool Search(int level, ulong[] active)
    {
        if (Boxes.Count >= limit || !effort.Spend(active.Length))
        {
            IsCapped = true;
            return false;
        }

        if (Bits.IsEmpty(active))
        {
            for (int i = level; i < order.Length; i++)
            {
                box[order[i]] = domain[order[i]];
            }

            Boxes.Add(box.Select(b => (ulong[])b.Clone()).ToArray());
            return false;
        }

        if (level == order.Length || Bits.Intersects(active, wild[level]))
        {
            return true;
        }

        var key = new Key(level, active);
        if (covered.Contains(key))
        {
            return true;
        }

        int column = order[level];
        bool all = true;
        foreach ((ulong[] atoms, ulong[] next) in Stretches(column, active))
        {
            box[column] = atoms;
            all &= Search(level + 1, next);
        }

        if (all)
        {
            covered.Add(key);
        }

        return all;
    }

    /// <summary>The atoms of a column, those with equal rows left together.</summary>
    private List<(ulong[] Atoms, ulong[] Rows)> Stretches(int column, ulong[] active)
    {
        var stretches = new Dictionary<Key, (ulong[] Atoms, ulong[] Rows)>();
        var inOrder = new List<(ulong[] Atoms, ulong[] Rows)>();
        for (int atom = Bits.Next(domain[column], 0); atom >= 0; atom = Bits.Next(domain[column], atom + 1))
        {
            effort.Spend((2 * active.Length) + 4);
            ulong[] next = Bits.And(active, grid.RowsCertain[column][atom]);
            var key = new Key(column, next);
            if (!stretches.TryGetValue(key, out (ulong[] Atoms, ulong[] Rows) stretch))
            {
                stretch = (Bits.New(grid.Width(column)), next);
                stretches.Add(key, stretch);
                inOrder.Add(stretch);
            }

            Bits.Set(stretch.Atoms, atom);
        }

        return inOrder;
    }

    /// <summary>By level, the rows that hold for everything from there on.</summary>
    private ulong[][] Wild()
    {
        int rows = grid.Table.Rows.Length;
        ulong[][] byLevel = Enumerable.Range(0, order.Length).Select(_ => Bits.New(rows)).ToArray();
        for (int row = 0; row < rows; row++)
        {
            effort.Spend(order.Length);
            for (int level = order.Length - 1; level >= 0
                && Bits.Within(domain[order[level]], grid.Certain[order[level]][row]); level--)
            {
                Bits.Set(byLevel[level], row);
            }
        }

        return byLevel;
    }

    private readonly struct Key(int column, ulong[] rows) : IEquatable<Key>
    {
        private int Column { get; } = column;

        private ulong[] Rows { get; } = rows;

        public bool Equals(Key other) => Column == other.Column && Rows.AsSpan().SequenceEqual(other.Rows);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            ulong hash = (ulong)Column;
            foreach (ulong word in Rows)
            {
                hash = unchecked((hash ^ word) * 0x9E3779B97F4A7C15UL);
                hash ^= hash >> 29;
            }

            return unchecked((int)hash);
        }
    }
}
