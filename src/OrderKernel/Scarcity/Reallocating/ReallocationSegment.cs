using System;
using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Scarcity;

/// <summary>What a segment's demands may gain and lose. Stated on C(d), the pieces confirmed up to day d, before and after.</summary>
public enum ReallocationStrategy
{
    /// <summary>All of it on the requested day; a line that cannot have it is an exception and gets the best that is left.</summary>
    Win = 0,

    /// <summary>After &gt;= before on every day: keeps what it has, and takes more where there is some.</summary>
    Gain = 1,

    /// <summary>After &gt;= before on every day, at nobody's cost: takes only what all others have left over.</summary>
    Improve = 2,

    /// <summary>Shared out anew: may gain or lose.</summary>
    Redistribute = 3,

    /// <summary>After &lt;= before on every day: gains nothing, keeps what the ones above leave it.</summary>
    Fill = 4,

    /// <summary>After = 0: gives everything up.</summary>
    Lose = 5,

    /// <summary>After = before: not touched, and what it has is out of reach.</summary>
    Skip = 6,
}

/// <summary>The names of the strategies.</summary>
public static class ReallocationWords
{
    /// <summary>By <see cref="ReallocationStrategy"/>.</summary>
    public static ImmutableArray<Term> Strategies { get; } = ImmutableArray.Create(
        new Term("reallocation.win", "Win", "必得"),
        new Term("reallocation.gain", "Gain", "只增不减"),
        new Term("reallocation.improve", "Improve", "余量改善"),
        new Term("reallocation.redistribute", "Redistribute", "重新分配"),
        new Term("reallocation.fill", "Fill", "只减不增"),
        new Term("reallocation.lose", "Lose", "全部让出"),
        new Term("reallocation.skip", "Skip", "不参与"));
}

/// <summary>Which demands a strategy is for, and in which order they are served.</summary>
public sealed class ReallocationSegment
{
    /// <summary>Makes a segment.</summary>
    /// <param name="code">Names it in results.</param>
    /// <param name="strategy">What its demands may gain and lose.</param>
    /// <param name="filter">Which demands it takes, of those no segment before it took; null for all.</param>
    /// <param name="sort">The order in which they are served; null for the highest score first. Ties go by the moment placed, then
    /// order id, then line.</param>
    public ReallocationSegment(
        string code, ReallocationStrategy strategy, Func<WaitingDemand, bool>? filter = null, Comparison<WaitingDemand>? sort = null)
    {
        Code = code ?? throw new ArgumentNullException(nameof(code));
        Strategy = strategy is >= ReallocationStrategy.Win and <= ReallocationStrategy.Skip
            ? strategy
            : throw new ArgumentOutOfRangeException(nameof(strategy));
        Filter = filter ?? (static _ => true);
        Sort = sort ?? (static (a, b) => b.Score.CompareTo(a.Score));
    }

    /// <summary>Names it in results.</summary>
    public string Code { get; }

    /// <summary>What its demands may gain and lose.</summary>
    public ReallocationStrategy Strategy { get; }

    internal Func<WaitingDemand, bool> Filter { get; }

    internal Comparison<WaitingDemand> Sort { get; }

    // The tail makes every sort total, so that the order of input never matters.
    internal int Compare(WaitingDemand a, WaitingDemand b)
    {
        int order = Sort(a, b);
        order = order != 0 ? order : a.Facts.PlacedAt.CompareTo(b.Facts.PlacedAt);
        order = order != 0 ? order : a.Facts.Order.CompareTo(b.Facts.Order);
        return order != 0 ? order : a.Lines[0].Number.CompareTo(b.Lines[0].Number);
    }
}
