using System;
using System.Collections.Generic;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>Whether each region begins, leads everywhere, and ends.</summary>
internal static class WayAnalysis
{
    public static void Check(LifecycleDefinition lifecycle, List<Finding> findings)
    {
        foreach (LifecycleTransition transition in lifecycle.Transitions)
        {
            LifecycleState from = lifecycle.State(transition.From)!, to = lifecycle.State(transition.To)!;
            if (from.Region != to.Region)
            {
                findings.Add(LifecycleFindings.RegionCrossed.About(
                    transition.Place, "to", from.Code, Word(from.Region), to.Code, Word(to.Region)));
            }

            // What stays where it is leaves nothing: goods may come back after the end.
            if (from.IsFinal && !transition.Stays)
            {
                findings.Add(LifecycleFindings.FinalWithExit.About(transition.Place, "from", from.Code, to.Code));
            }
        }

        foreach (IGrouping<LifecycleRegion, LifecycleState> region in lifecycle.States.GroupBy(static state => state.Region))
        {
            CheckRegion(lifecycle, region.Key, region.ToList(), findings);
        }
    }

    private static void CheckRegion(
        LifecycleDefinition lifecycle, LifecycleRegion region, List<LifecycleState> states, List<Finding> findings)
    {
        List<LifecycleState> initials = states.FindAll(static state => state.IsInitial);
        if (initials.Count == 0)
        {
            findings.Add(LifecycleFindings.NoInitial.About("$.states", "initial", Word(region)));
        }
        else if (initials.Count > 1)
        {
            findings.Add(LifecycleFindings.TwoInitials.About(
                initials[1].Place, "initial", Word(region), initials[0].Code, initials[1].Code));
        }

        var onward = Neighbours(lifecycle, static transition => (transition.From, transition.To));
        var backward = Neighbours(lifecycle, static transition => (transition.To, transition.From));
        HashSet<string> reached = Reach(initials, onward);
        HashSet<string> ending = Reach(states.Where(static state => state.IsFinal), backward);
        foreach (LifecycleState state in states)
        {
            bool leadsOn = onward.ContainsKey(state.Code), isLedTo = backward.ContainsKey(state.Code);
            FindingKind? kind =
                !leadsOn && !isLedTo && !(state.IsInitial && state.IsFinal) ? LifecycleFindings.Orphan
                : initials.Count > 0 && !reached.Contains(state.Code) ? LifecycleFindings.Unreachable
                : state.IsFinal ? null
                : !leadsOn ? LifecycleFindings.DeadEnd
                : ending.Contains(state.Code) ? null
                : LifecycleFindings.NoWayOut;
            if (kind is not null)
            {
                findings.Add(kind.About(state.Place, string.Empty, state.Code));
            }
        }
    }

    // Ways that stay where they are lead nowhere.
    private static Dictionary<string, List<string>> Neighbours(
        LifecycleDefinition lifecycle, Func<LifecycleTransition, (string At, string Next)> ends)
    {
        var neighbours = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (LifecycleTransition transition in lifecycle.Transitions.Where(static transition => !transition.Stays))
        {
            (string at, string next) = ends(transition);
            if (!neighbours.TryGetValue(at, out List<string>? list))
            {
                neighbours.Add(at, list = new List<string>());
            }

            list.Add(next);
        }

        return neighbours;
    }

    private static HashSet<string> Reach(IEnumerable<LifecycleState> from, Dictionary<string, List<string>> neighbours)
    {
        var reached = new HashSet<string>(from.Select(static state => state.Code), StringComparer.Ordinal);
        var open = new Queue<string>(reached);
        while (open.Count > 0)
        {
            foreach (string next in neighbours.TryGetValue(open.Dequeue(), out List<string>? list) ? list : new List<string>())
            {
                if (reached.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return reached;
    }

    private static string Word(LifecycleRegion region) => LifecycleWords.Word(LifecycleWords.Regions[(int)region]);
}
