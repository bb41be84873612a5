using System;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;

namespace OrderKernel.Scarcity;

/// <summary>What one rule gave one line.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Stated">The fact it looked at, as text; empty when not known.</param>
/// <param name="Points">What it earned, in thousandths.</param>
public sealed record PriorityTerm(PriorityRule Rule, string Stated, long Points);

/// <summary>A score with the terms that it is the sum of.</summary>
/// <param name="Facts">The line.</param>
/// <param name="Score">The sum of all points, in thousandths; higher comes first.</param>
/// <param name="Terms">One term per rule, in the order of rules.</param>
public sealed record PriorityScore(PriorityFacts Facts, long Score, ImmutableArray<PriorityTerm> Terms);

/// <summary>Ranks waiting lines by a weighted sum of facts that explains itself.</summary>
/// <remarks>
/// <para>Whole numbers only, so that the same facts rank alike on every machine and whatever order they come in. Ties go by
/// the moment placed, then order id, then line.</para>
/// </remarks>
public sealed class PriorityPolicy
{
    /// <summary>Makes a policy.</summary>
    /// <param name="rules">The rules, each fact at most once.</param>
    /// <exception cref="ArgumentException">A fact stands twice.</exception>
    public PriorityPolicy(ImmutableArray<PriorityRule> rules)
    {
        if (rules.IsDefault || rules.Select(static rule => rule.Fact).Distinct().Count() != rules.Length)
        {
            throw new ArgumentException("State each fact once; add its weights up.", nameof(rules));
        }

        Rules = rules;
    }

    /// <summary>First placed, first served.</summary>
    public static PriorityPolicy ByAge { get; } = new(ImmutableArray<PriorityRule>.Empty);

    /// <summary>The rules, in the order in which terms are returned.</summary>
    public ImmutableArray<PriorityRule> Rules { get; }

    /// <summary>After so much waiting a line comes before every line placed now, whatever else is known of either; null when
    /// waiting earns nothing and a line may starve.</summary>
    public Duration? StarvesNoLongerThan
    {
        get
        {
            PriorityRule? waiting = Rules.FirstOrDefault(static rule => rule.Fact == PriorityFact.Waiting && rule.Weight > 0);
            long others = Rules.Where(static rule => rule.Fact != PriorityFact.Waiting).Sum(static rule => 1_000L * rule.Weight);
            return waiting?.UntilWaitingEarns(others + 1);
        }
    }

    /// <summary>The score of a line, without its terms.</summary>
    /// <param name="facts">The line.</param>
    /// <param name="now">The moment it is looked at; scores of other moments do not compare.</param>
    public long Score(PriorityFacts facts, Instant now)
    {
        if (facts is null)
        {
            throw new ArgumentNullException(nameof(facts));
        }

        long score = 0;
        foreach (PriorityRule rule in Rules)
        {
            score = checked(score + rule.Points(facts, now));
        }

        return score;
    }

    /// <summary>The score of a line and what it is made of.</summary>
    /// <param name="facts">The line.</param>
    /// <param name="now">The moment it is looked at.</param>
    public PriorityScore Explain(PriorityFacts facts, Instant now) => new(
        facts, Score(facts, now),
        ImmutableArray.CreateRange(Rules, rule => new PriorityTerm(rule, rule.Stated(facts), rule.Points(facts, now))));

    /// <summary>All lines, the first to be served first, each with its terms.</summary>
    /// <param name="lines">The lines, in any order.</param>
    /// <param name="now">The moment they are looked at.</param>
    public ImmutableArray<PriorityScore> Rank(ImmutableArray<PriorityFacts> lines, Instant now) =>
        ImmutableArray.CreateRange(Sort(lines, now), at => Explain(lines[at], now));

    /// <summary>The places of the lines, the first to be served first: ranking many without writing terms down.</summary>
    /// <param name="lines">The lines, in any order.</param>
    /// <param name="now">The moment they are looked at.</param>
    /// <returns>Indexes into <paramref name="lines"/>.</returns>
    /// <remarks><para>Cost: O(n log n) on whole numbers; ids are compared among ties only.</para></remarks>
    public ImmutableArray<int> Sort(ImmutableArray<PriorityFacts> lines, Instant now)
    {
        if (lines.IsDefault)
        {
            throw new ArgumentNullException(nameof(lines));
        }

        var keys = new long[lines.Length];
        var places = new int[lines.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = checked(-Score(lines[i], now));
            places[i] = i;
        }

        Array.Sort(keys, places);
        for (int from = 0; from < keys.Length;)
        {
            int to = from + 1;
            while (to < keys.Length && keys[to] == keys[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                Array.Sort(places, from, to - from, new Ties(lines));
            }

            from = to;
        }

        return ImmutableArray.Create(places);
    }

    private sealed class Ties(ImmutableArray<PriorityFacts> lines) : System.Collections.Generic.IComparer<int>
    {
        public int Compare(int x, int y)
        {
            (PriorityFacts a, PriorityFacts b) = (lines[x], lines[y]);
            int order = a.PlacedAt.CompareTo(b.PlacedAt);
            order = order != 0 ? order : a.Order.CompareTo(b.Order);
            order = order != 0 ? order : a.Line.CompareTo(b.Line);
            return order != 0 ? order : x.CompareTo(y);
        }
    }
}

/// <summary>The names of what priorities rest on.</summary>
public static class PriorityWords
{
    /// <summary>By <see cref="PriorityFact"/>.</summary>
    public static ImmutableArray<Term> Facts { get; } = ImmutableArray.Create(
        new Term("priority.customer_level", "Customer level", "客户等级"),
        new Term("priority.payment_method", "Payment method", "付款方式"),
        new Term("priority.tier", "Tier", "档位"),
        new Term("priority.due", "Due urgency", "交期紧迫度"),
        new Term("priority.sterile_by", "Sterilisation deadline", "灭菌时限"),
        new Term("priority.distance", "Distance", "配送半径"),
        new Term("priority.waiting", "Time waited", "等待时长"));
}
