using System;
using System.Collections.Generic;
using System.Linq;
using OrderKernel.Lifecycles;

namespace OrderKernel.Lifecycles.Benchmarks;

/// <summary>What one writes first: transitions in a dictionary by state and trigger, facts in a set of words.</summary>
internal sealed class WordInterpreter
{
    private readonly Dictionary<(string State, string Trigger), LifecycleTransition[]> ways;
    private readonly LifecycleDefinition lifecycle;

    public WordInterpreter(LifecycleDefinition lifecycle)
    {
        this.lifecycle = lifecycle;
        ways = lifecycle.Transitions.GroupBy(way => (way.From, way.Trigger))
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    public string Step(string state, string trigger, HashSet<string> facts)
    {
        if (!ways.TryGetValue((state, trigger), out LifecycleTransition[]? here))
        {
            return state;
        }

        LifecycleTransition? taken = here.FirstOrDefault(way =>
            way.Guard.All(condition => facts.Contains(condition.Name) != condition.IsNegated)
            && (way.Stays || lifecycle.State(state)!.Requires.All(facts.Contains)));
        return taken?.To ?? state;
    }
}
