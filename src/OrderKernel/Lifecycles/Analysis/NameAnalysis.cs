using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>Whether every name is declared once, leads somewhere, and reads like business language.</summary>
internal static class NameAnalysis
{
    public static void Check(LifecycleDefinition lifecycle, List<Finding> findings)
    {
        findings.AddRange(BusinessName.Faults(lifecycle.Name.English, lifecycle.Name.Chinese, "$"));
        Declared(lifecycle.Roles, "roles", 200, findings);
        Declared(lifecycle.Evidence, "evidence", LifecycleAnalysis.MaxEvidence, findings);
        Declared(lifecycle.Actions, "actions", 200, findings);
        Declared(lifecycle.Signals.Select(static s => (s.Name, s.Place)), "signals", LifecycleAnalysis.MaxSignals, findings);
        Declared(lifecycle.States.Select(static s => (s.Name, s.Place)), "states", LifecycleAnalysis.MaxStates, findings);
        Bound(lifecycle.Transitions.Length, "transitions", LifecycleAnalysis.MaxTransitions, findings);
        foreach (LifecycleSignal signal in lifecycle.Signals)
        {
            CheckSignal(lifecycle, signal, findings);
        }

        foreach (LifecycleState state in lifecycle.States)
        {
            CheckState(lifecycle, state, findings);
        }

        foreach (LifecycleTransition transition in lifecycle.Transitions)
        {
            CheckTransition(lifecycle, transition, findings);
        }

        foreach (OuterStates system in lifecycle.OuterSystems)
        {
            CheckOuter(lifecycle, system, findings);
        }
    }

    private static void Declared(ImmutableArray<Term> terms, string list, int most, List<Finding> findings) =>
        Declared(terms.Select(term => (term, "$." + list)), list, most, findings);

    private static void Declared(IEnumerable<(Term Term, string Place)> terms, string list, int most, List<Finding> findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int count = 0;
        foreach ((Term term, string place) in terms)
        {
            count++;
            if (!seen.Add(term.Code))
            {
                findings.Add(LifecycleFindings.Duplicate.About(place, "code", list, term.Code));
            }

            findings.AddRange(BusinessName.Faults(term.English, term.Chinese, place));
        }

        Bound(count, list, most, findings);
    }

    private static void Bound(int count, string list, int most, List<Finding> findings)
    {
        if (count > most)
        {
            findings.Add(LifecycleFindings.TooMany.About(
                "$." + list, list, LifecycleAnalysis.Digits(count), list, LifecycleAnalysis.Digits(most)));
        }
    }

    private static void CheckSignal(LifecycleDefinition lifecycle, LifecycleSignal signal, List<Finding> findings)
    {
        if (LifecycleWords.IndexOf(LifecycleWords.Triggers, signal.Name.Code) >= 0)
        {
            // The kernel raises a trigger of that name itself, and one word must not mean two things.
            findings.Add(LifecycleFindings.Duplicate.About(signal.Place, "code", "triggers", signal.Name.Code));
        }

        foreach (string cleared in signal.Clears.Where(code => !IsSignal(lifecycle, code)))
        {
            findings.Add(LifecycleFindings.SignalUnknown.About(signal.Place, "clears", cleared));
        }

        string code = signal.Name.Code;
        bool heard = lifecycle.Transitions.Any(transition => transition.Trigger == code
            || transition.Guard.Any(condition => condition.Kind == GuardKind.Signal && condition.Name == code));
        bool clears = !signal.Clears.IsEmpty;
        if (!heard && !clears)
        {
            findings.Add(LifecycleFindings.SignalUnused.About(signal.Place, "code", code));
        }
    }

    private static void CheckState(LifecycleDefinition lifecycle, LifecycleState state, List<Finding> findings)
    {
        if (state.Owner.Length > 0 && LifecycleDefinition.Find(lifecycle.Roles, state.Owner) is null)
        {
            findings.Add(LifecycleFindings.RoleUnknown.About(state.Place, "owner", state.Owner));
        }
        else if (state.Owner.Length == 0 && !state.IsFinal)
        {
            findings.Add(LifecycleFindings.Ownerless.About(state.Place, "owner", state.Code, state.Name.Chinese));
        }

        if (state.Dwell is { Amount: <= 0 } dwell)
        {
            findings.Add(LifecycleFindings.DwellNotPositive.About(state.Place, "dwell", state.Code, dwell.Text));
        }

        foreach (string kind in state.Requires.Where(kind => LifecycleDefinition.Find(lifecycle.Evidence, kind) is null))
        {
            findings.Add(LifecycleFindings.EvidenceUnknown.About(state.Place, "requires", kind));
        }
    }

    private static void CheckTransition(LifecycleDefinition lifecycle, LifecycleTransition transition, List<Finding> findings)
    {
        foreach (string end in new[] { transition.From, transition.To }.Where(end => lifecycle.State(end) is null))
        {
            findings.Add(LifecycleFindings.StateUnknown.About(transition.Place, end == transition.From ? "from" : "to", end));
        }

        if (LifecycleWords.IndexOf(LifecycleWords.Triggers, transition.Trigger) < 0 && !IsSignal(lifecycle, transition.Trigger))
        {
            findings.Add(LifecycleFindings.TriggerUnknown.About(
                transition.Place, "on", transition.Trigger, LifecycleWords.Known(LifecycleWords.Triggers)));
        }

        foreach (string role in transition.Roles.Where(role => LifecycleDefinition.Find(lifecycle.Roles, role) is null))
        {
            findings.Add(LifecycleFindings.RoleUnknown.About(transition.Place, "roles", role));
        }

        foreach (GuardCondition condition in transition.Guard)
        {
            CheckCondition(lifecycle, transition, condition, findings);
        }

        foreach (LifecycleEffect effect in transition.Effects)
        {
            if (effect.Kind == EffectKind.Announce && LifecycleDefinition.Find(lifecycle.Actions, effect.Name) is null)
            {
                findings.Add(LifecycleFindings.ActionUnknown.About(transition.Place, "effects", effect.Name));
            }

            if (effect.Kind == EffectKind.Raise && !IsSignal(lifecycle, effect.Name))
            {
                findings.Add(LifecycleFindings.SignalUnknown.About(transition.Place, "effects", effect.Name));
            }
        }
    }

    private static void CheckCondition(
        LifecycleDefinition lifecycle, LifecycleTransition transition, GuardCondition condition, List<Finding> findings)
    {
        FindingKind? kind = condition.Kind switch
        {
            GuardKind.Evidence => LifecycleDefinition.Find(lifecycle.Evidence, condition.Name) is null
                ? LifecycleFindings.EvidenceUnknown : null,
            GuardKind.Signal => IsSignal(lifecycle, condition.Name) ? null : LifecycleFindings.SignalUnknown,
            GuardKind.State => lifecycle.State(condition.Name) is null ? LifecycleFindings.StateUnknown : null,
            _ => null,
        };
        if (kind is not null)
        {
            findings.Add(kind.About(transition.Place, "when", condition.Name));
        }
        else if (condition.Kind == GuardKind.Flag && LifecycleWords.IndexOf(LifecycleWords.Flags, condition.Name) < 0)
        {
            findings.Add(LifecycleFindings.GuardUnknown.About(
                transition.Place, "when", condition.Name, LifecycleWords.Known(LifecycleWords.Flags)));
        }
    }

    private static void CheckOuter(LifecycleDefinition lifecycle, OuterStates system, List<Finding> findings)
    {
        Declared(system.States.Select(term => (term, system.Place)), "outer", 200, findings);
        foreach (KeyValuePair<string, string> entry in system.Map)
        {
            if (lifecycle.State(entry.Key)?.Region != system.Region)
            {
                string region = LifecycleWords.Word(LifecycleWords.Regions[(int)system.Region]);
                findings.Add(LifecycleFindings.OuterUnknown.About(system.Place, "map", system.System, entry.Key, region));
            }

            if (LifecycleDefinition.Find(system.States, entry.Value) is null)
            {
                findings.Add(LifecycleFindings.OuterUnknown.About(system.Place, "map", system.System, entry.Value,
                    system.System));
            }
        }

        foreach (LifecycleState state in lifecycle.States.Where(s => s.Region == system.Region
            && !system.Map.ContainsKey(s.Code)))
        {
            findings.Add(LifecycleFindings.OuterNotTotal.About(system.Place, "map", system.System, state.Code));
        }
    }

    private static bool IsSignal(LifecycleDefinition lifecycle, string code) =>
        lifecycle.Signals.Any(signal => string.Equals(signal.Name.Code, code, StringComparison.Ordinal));
}
