using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>Checks what a definition means, as a compiler checks a program: names first, then ways, choices, effects and the
/// regions together.</summary>
/// <remarks><para>Cost: linear in states and transitions but for choices (pairs of transitions that share state and trigger)
/// and the
/// combinations of regions, which are bounded.</para></remarks>
internal static class LifecycleAnalysis
{
    /// <summary>The most states, transitions, signals, kinds of evidence of one lifecycle.</summary>
    public const int MaxStates = 200, MaxTransitions = 1_000, MaxSignals = 64, MaxEvidence = 40;

    /// <summary>Every finding, in the order of the text; empty for a clean definition.</summary>
    public static ImmutableArray<Finding> Check(LifecycleDefinition lifecycle)
    {
        var findings = new List<Finding>();
        NameAnalysis.Check(lifecycle, findings);
        bool readable = findings.TrueForAll(static finding => finding.Severity != Severity.Refusal || IsAboutWords(finding));
        if (readable)
        {
            // What follows walks from name to name, so every name must lead somewhere.
            WayAnalysis.Check(lifecycle, findings);
            ChoiceAnalysis.Check(lifecycle, findings);
            EffectAnalysis.Check(lifecycle, findings);
            bool walkable = findings.TrueForAll(static finding => finding.Severity != Severity.Refusal || IsAboutWords(finding));
            if (walkable)
            {
                RegionProduct.Check(lifecycle, findings);
            }
        }

        return findings.ToImmutableArray();
    }

    /// <summary>Checks definitions together: each sub-lifecycle is there, and none contains itself.</summary>
    public static ImmutableArray<Finding> CheckTogether(IEnumerable<LifecycleDefinition> lifecycles)
    {
        var byId = new SortedDictionary<string, LifecycleDefinition>(StringComparer.Ordinal);
        var findings = new List<Finding>();
        foreach (LifecycleDefinition lifecycle in lifecycles)
        {
            byId[lifecycle.Id] = lifecycle;
        }

        foreach (LifecycleDefinition lifecycle in byId.Values)
        {
            foreach (string sub in lifecycle.SubLifecycles.Where(sub => !byId.ContainsKey(sub)))
            {
                findings.Add(LifecycleFindings.SubUnknown.About(lifecycle.Id, "subs", lifecycle.Id, sub));
            }
        }

        ImmutableArray<string> ring = Ring.Find(
            byId.Keys, id => byId.TryGetValue(id, out LifecycleDefinition? found) ? found.SubLifecycles
                : ImmutableArray<string>.Empty);
        if (!ring.IsEmpty)
        {
            findings.Add(LifecycleFindings.SubCyclic.About(ring[0], "subs", string.Join(" -> ", ring)));
        }

        return findings.ToImmutableArray();
    }

    // A wrong name is worth saying beside a wrong way; it does not stop the walk.
    private static bool IsAboutWords(Finding finding) =>
        finding.Code.StartsWith("name.", StringComparison.Ordinal) || finding.Kind == LifecycleFindings.DwellNotPositive
        || finding.Kind == LifecycleFindings.Ownerless || finding.Kind == LifecycleFindings.OuterNotTotal;

    public static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
