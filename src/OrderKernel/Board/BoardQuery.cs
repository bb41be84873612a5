using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Board;

/// <summary>By what a board is sorted; equal ones by order id, in the order of code points.</summary>
public enum BoardSort
{
    /// <summary>By since when an order is where it is; the longest first.</summary>
    Since = 0,

    /// <summary>By the current promise, earliest first; orders without one last.</summary>
    Promise = 1,

    /// <summary>By order id.</summary>
    Order = 2,
}

/// <summary>Which entries of a board, in which order, and which page: one object that every store answers alike.</summary>
public sealed class BoardQuery
{
    /// <summary>The greatest page.</summary>
    public const int MaxSize = 1_000;

    /// <summary>Makes a query.</summary>
    /// <param name="filter">What entries must meet; null for all.</param>
    /// <param name="sort">By what they are sorted.</param>
    /// <param name="size">How many at most; 1 to <see cref="MaxSize"/>.</param>
    /// <param name="after">The last entry of the page before; null for the first page.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not within its bounds.</exception>
    public BoardQuery(BoardFilter? filter = null, BoardSort sort = BoardSort.Since, int size = 50, BoardEntry? after = null)
    {
        Filter = filter;
        Sort = sort;
        Size = size is >= 1 and <= MaxSize
            ? size
            : throw new ArgumentOutOfRangeException(nameof(size), $"A page holds 1 to {MaxSize} entries.");
        After = after;
    }

    /// <summary>What entries must meet; null for all.</summary>
    public BoardFilter? Filter { get; }

    /// <summary>By what they are sorted.</summary>
    public BoardSort Sort { get; }

    /// <summary>How many at most.</summary>
    public int Size { get; }

    /// <summary>The last entry of the page before; null for the first page.</summary>
    public BoardEntry? After { get; }

    /// <summary>The number by which an entry is sorted, before its order id.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>Microseconds since 1970; the greatest number for an order without a promise.</returns>
    public long KeyOf(BoardEntry entry) => Sort switch
    {
        _ when entry is null => throw new ArgumentNullException(nameof(entry)),
        BoardSort.Since => Microseconds.Of(entry.Since),
        BoardSort.Promise => entry.CurrentPromise is { } promise ? Microseconds.Of(promise) : long.MaxValue,
        _ => 0,
    };

    /// <summary>Answers the query in memory.</summary>
    /// <param name="entries">The board, in any order.</param>
    /// <returns>One page, sorted. Cost: O(n log n).</returns>
    public ImmutableArray<BoardEntry> Evaluate(IEnumerable<BoardEntry> entries)
    {
        var found = new List<BoardEntry>();
        foreach (BoardEntry entry in entries ?? throw new ArgumentNullException(nameof(entries)))
        {
            if ((Filter is null || Filter.Matches(entry)) && (After is null || Compare(entry, After) > 0))
            {
                found.Add(entry);
            }
        }

        found.Sort(Compare);
        return ImmutableArray.CreateRange(found.GetRange(0, Math.Min(Size, found.Count)));
    }

    private int Compare(BoardEntry a, BoardEntry b)
    {
        int byKey = KeyOf(a).CompareTo(KeyOf(b));
        return byKey != 0 ? byKey : CompareCodePoints(a.Order.Text, b.Order.Text);
    }

    // Databases compare UTF-8; .NET compares UTF-16, where what lies beyond U+FFFF comes before U+E000.
    private static int CompareCodePoints(string a, string b)
    {
        for (int i = 0; i < a.Length && i < b.Length; i++)
        {
            if (a[i] != b[i])
            {
                return char.IsSurrogate(a[i]) != char.IsSurrogate(b[i])
                    ? char.IsSurrogate(a[i]) ? 1 : -1
                    : a[i].CompareTo(b[i]);
            }
        }

        return a.Length.CompareTo(b.Length);
    }
}
