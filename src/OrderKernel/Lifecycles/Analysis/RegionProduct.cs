using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>Walks the combinations of the regions' states: finds ways that never open and combinations that never end.</summary>
/// <remarks>
/// <para>Exact in what guards ask of other regions and in triggers that several regions hear; facts, evidence and signals are
/// taken
/// as possible either way. Bounded by
/// <see cref="MaxCombinations"/>; beyond it a note says so and only what the bound saw is judged.</para>
/// </remarks>
internal static class RegionProduct
{
    public const int MaxCombinations = 20_000;

    public static void Check(LifecycleDefinition lifecycle, List<Finding> findings)
    {
        LifecycleRegion[] regions = lifecycle.States.Select(static state => state.Region).Distinct().OrderBy(static r => r)
            .ToArray();
        Walk walk = WalkAll(lifecycle, regions);
        if (walk.IsCut)
        {
            findings.Add(LifecycleFindings.NotExhaustive.About("$", string.Empty, LifecycleAnalysis.Digits(MaxCombinations)));
            return;
        }

        for (int i = 0; i < lifecycle.Transitions.Length; i++)
        {
            LifecycleTransition transition = lifecycle.Transitions[i];
            if (!walk.Taken[i])
            {
                findings.Add(LifecycleFindings.NeverTaken.About(
                    transition.Place, "when", transition.From, transition.To, transition.Trigger));
            }
        }

        if (walk.FirstStuck(combination => combination.All(code => lifecycle.State(code)!.IsFinal)) is { } stuck)
        {
            findings.Add(LifecycleFindings.Stuck.About("$.states", string.Empty, string.Join(" + ", stuck)));
        }
    }

    private static Walk WalkAll(LifecycleDefinition lifecycle, LifecycleRegion[] regions)
    {
        var walk = new Walk(lifecycle.Transitions.Length);
        walk.Enter(regions.Select(region => lifecycle.States.First(s => s.Region == region && s.IsInitial).Code).ToArray(), -1);
        int[] regionOf = lifecycle.Transitions
            .Select(transition => Array.IndexOf(regions, lifecycle.State(transition.From)!.Region)).ToArray();
        int[][] byTrigger = Enumerable.Range(0, regionOf.Length)
            .GroupBy(i => lifecycle.Transitions[i].Trigger).Select(static group => group.ToArray()).ToArray();
        for (int at = 0; at < walk.Combinations.Count && !walk.IsCut; at++)
        {
            foreach (int[] group in byTrigger)
            {
                // A trigger reaches every region at once: each takes one of its open ways, or stays when facts may keep it.
                var nexts = new List<string[]> { walk.Combinations[at] };
                for (int region = 0; region < regions.Length; region++)
                {
                    nexts = Move(lifecycle, walk, at, region, group.Where(i => regionOf[i] == region), nexts);
                }

                foreach (string[] next in nexts)
                {
                    walk.Enter(next, at);
                }
            }
        }

        return walk;
    }

    private static List<string[]> Move(
        LifecycleDefinition lifecycle, Walk walk, int at, int region, IEnumerable<int> group, List<string[]> soFar)
    {
        string[] now = walk.Combinations[at];
        var moved = new List<string[]>();
        bool mayStay = true;
        foreach (int i in group)
        {
            LifecycleTransition transition = lifecycle.Transitions[i];
            if (now[region] != transition.From || !transition.Guard.All(condition => MayHold(condition, now)))
            {
                continue;
            }

            walk.Taken[i] = true;
            mayStay &= !lifecycle.State(transition.From)!.Requires.IsEmpty
                || transition.Guard.Any(static condition => condition.Kind != GuardKind.State);
            foreach (string[] before in soFar)
            {
                var next = (string[])before.Clone();
                next[region] = transition.To;
                moved.Add(next);
            }
        }

        if (mayStay)
        {
            moved.AddRange(soFar);
        }

        return moved;
    }

    private static bool MayHold(GuardCondition condition, string[] now) =>
        condition.Kind != GuardKind.State || now.Contains(condition.Name, StringComparer.Ordinal) != condition.IsNegated;

    /// <summary>The combinations seen, and from which others each was entered.</summary>
    private sealed class Walk
    {
        private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
        private readonly List<List<int>> enteredFrom = new();

        public Walk(int transitions) => Taken = new bool[transitions];

        public List<string[]> Combinations { get; } = new();

        public bool[] Taken { get; }

        public bool IsCut { get; private set; }

        public void Enter(string[] combination, int from)
        {
            string key = string.Join(" ", combination);
            if (!known.TryGetValue(key, out int at))
            {
                if (Combinations.Count == MaxCombinations)
                {
                    IsCut = true;
                    return;
                }

                at = Combinations.Count;
                known.Add(key, at);
                Combinations.Add(combination);
                enteredFrom.Add(new List<int>());
            }

            if (from >= 0 && from != at)
            {
                enteredFrom[at].Add(from);
            }
        }

        /// <summary>The first combination seen from which no end is reached, or null.</summary>
        public string[]? FirstStuck(Func<string[], bool> isEnd)
        {
            var ends = new bool[Combinations.Count];
            var open = new Queue<int>(Enumerable.Range(0, ends.Length).Where(i => isEnd(Combinations[i])));
            foreach (int end in open)
            {
                ends[end] = true;
            }

            while (open.Count > 0)
            {
                foreach (int before in enteredFrom[open.Dequeue()])
                {
                    if (!ends[before])
                    {
                        ends[before] = true;
                        open.Enqueue(before);
                    }
                }
            }

            int stuck = Array.IndexOf(ends, false);
            return stuck < 0 ? null : Combinations[stuck];
        }
    }
}
