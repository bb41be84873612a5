using System;
using System.Collections.Generic;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Lifecycles;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>Runs a definition as it reads, with sets of words: slow, plain, and what the compiled form must agree with.</summary>
internal sealed class PlainRun
{
    private readonly LifecycleDefinition lifecycle;
    private readonly SortedDictionary<LifecycleRegion, string> states = new();
    private readonly HashSet<string> true_ = new(StringComparer.Ordinal);

    public PlainRun(LifecycleDefinition lifecycle)
    {
        this.lifecycle = lifecycle;
        foreach (LifecycleState state in lifecycle.States.Where(state => state.IsInitial))
        {
            states[state.Region] = state.Code;
        }
    }

    public IEnumerable<string> States => states.Values;

    public void Learn(LifecycleFlag flag, bool holds, string evidence)
    {
        string word = LifecycleWords.Flags[(int)flag].Code.Substring("fact.".Length);
        _ = holds ? true_.Add(word) : true_.Remove(word);
        true_.Add("evidence " + evidence);
    }

    public void Signal(string code)
    {
        if (lifecycle.Signals.FirstOrDefault(signal => signal.Name.Code == code) is { } given)
        {
            true_.ExceptWith(given.Clears.Select(cleared => "signalled " + cleared));
            true_.Add("signalled " + code);
        }
    }

    public bool Step(string trigger)
    {
        string[] before = states.Values.ToArray();
        var taken = lifecycle.Transitions.Where(way => way.Trigger == trigger && before.Contains(way.From)
            && way.Guard.All(condition => Holds(condition, before) != condition.IsNegated)
            && (way.Stays || lifecycle.State(way.From)!.Requires.All(kind => true_.Contains("evidence " + kind)))).ToArray();
        foreach (LifecycleTransition way in taken)
        {
            states[lifecycle.State(way.From)!.Region] = way.To;
        }

        return taken.Length > 0;
    }

    private bool Holds(GuardCondition condition, string[] before) => condition.Kind switch
    {
        GuardKind.State => before.Contains(condition.Name),
        GuardKind.Evidence => true_.Contains("evidence " + condition.Name),
        GuardKind.Signal => true_.Contains("signalled " + condition.Name),
        _ => true_.Contains(condition.Name),
    };
}
