using System.Collections.Generic;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>Whether at most one way is open for each state and trigger, whatever the facts.</summary>
internal static class ChoiceAnalysis
{
    public static void Check(LifecycleDefinition lifecycle, List<Finding> findings)
    {
        var groups = lifecycle.Transitions.GroupBy(static transition => (transition.From, transition.Trigger));
        foreach (LifecycleTransition transition in lifecycle.Transitions)
        {
            // A guard that excludes itself asks for opposites, or for two states of one region.
            if (AreApart(lifecycle, transition, transition))
            {
                findings.Add(LifecycleFindings.GuardNeverHolds.About(
                    transition.Place, "when", string.Join(", ", transition.Guard.Select(static condition => condition.Text))));
            }
        }

        foreach (var group in groups)
        {
            LifecycleTransition[] ways = group.ToArray();
            for (int i = 0; i < ways.Length; i++)
            {
                for (int j = i + 1; j < ways.Length; j++)
                {
                    if (!AreApart(lifecycle, ways[i], ways[j]))
                    {
                        findings.Add(LifecycleFindings.Ambiguous.About(
                            ways[j].Place, "when", group.Key.Trigger, group.Key.From, ways[i].To, ways[j].To));
                    }
                }
            }
        }
    }

    // Two guards exclude each other when one asks for what the other denies, or both want one region in different states.
    private static bool AreApart(LifecycleDefinition lifecycle, LifecycleTransition a, LifecycleTransition b) =>
        a.Guard.Any(one => b.Guard.Any(other => one with { IsNegated = !one.IsNegated } == other
            || (one.Kind == GuardKind.State && other.Kind == GuardKind.State && !one.IsNegated && !other.IsNegated
                && one.Name != other.Name && lifecycle.State(one.Name)!.Region == lifecycle.State(other.Name)!.Region)));
}
