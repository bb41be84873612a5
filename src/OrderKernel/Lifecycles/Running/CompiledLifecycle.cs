using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace OrderKernel.Lifecycles;

/// <summary>A lifecycle made for running: numbered states and triggers, guards as bit tests, a step without allocation.</summary>
/// <remarks>
/// <para>Immutable and safe to share. Cost: a step looks up one cell a region that knows the trigger, and tests at most the
/// guards there.</para>
/// </remarks>
public sealed partial class CompiledLifecycle
{
    private const int Regions = 6;

    private readonly Dictionary<string, int> triggers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> states = new(StringComparer.Ordinal);
    private readonly int[] firstWay;
    private readonly Way[] ways;
    private readonly byte[] regionsOf;
    private readonly ulong[] clears;

    /// <summary>Compiles a definition.</summary>
    /// <param name="definition">A definition that was read without refusal.</param>
    public CompiledLifecycle(LifecycleDefinition definition)
    {
        Definition = definition ?? throw new ArgumentNullException(nameof(definition));
        foreach (LifecycleState state in definition.States)
        {
            states.Add(state.Code, states.Count);
        }

        // Signals first, so that the number of a signal is its bit among the facts.
        foreach (LifecycleSignal signal in definition.Signals)
        {
            triggers.Add(signal.Name.Code, triggers.Count);
        }

        foreach (LifecycleTransition transition in definition.Transitions)
        {
            if (!triggers.ContainsKey(transition.Trigger))
            {
                triggers.Add(transition.Trigger, triggers.Count);
            }
        }

        clears = new ulong[definition.Signals.Length];
        for (int i = 0; i < clears.Length; i++)
        {
            foreach (string cleared in definition.Signals[i].Clears)
            {
                clears[i] |= 1UL << triggers[cleared];
            }
        }

        regionsOf = new byte[triggers.Count];
        firstWay = new int[states.Count * triggers.Count];
        ways = Compile();
        Start = StartOf();
    }

    /// <summary>The definition.</summary>
    public LifecycleDefinition Definition { get; }

    /// <summary>Where everything begins.</summary>
    public LifecyclePosition Start { get; }

    /// <summary>The number of a trigger, or -1 when the lifecycle never mentions it: such a trigger is free.</summary>
    /// <param name="trigger">A word of <see cref="LifecycleWords.Triggers"/> or a signal.</param>
    public int Trigger(string trigger) => triggers.TryGetValue(trigger, out int number) ? number : -1;

    /// <summary>Takes a step.</summary>
    /// <param name="position">Where each region is.</param>
    /// <param name="trigger">The number of the trigger; see <see cref="Trigger"/>.</param>
    /// <param name="facts">What guards may ask, after the command's own events.</param>
    public LifecycleStep Step(LifecyclePosition position, int trigger, LifecycleFacts facts)
    {
        if (trigger < 0 || regionsOf[trigger] == 0)
        {
            return new LifecycleStep(StepStatus.Free, position, 0);
        }

        var status = StepStatus.NotHere;
        LifecyclePosition next = position;
        ulong taken = 0;
        int listening = regionsOf[trigger];
        for (int region = 0; listening != 0; region++, listening >>= 1)
        {
            if ((listening & 1) == 0)
            {
                continue;
            }

            int state = position.StateOf(region);
            for (int i = firstWay[(state * regionsOf.Length) + trigger] - 1; i >= 0; i = ways[i].Next)
            {
                ref readonly Way way = ref ways[i];
                StepStatus here = way.Test(position, facts);
                if (here == StepStatus.Taken)
                {
                    status = StepStatus.Taken;
                    next = next.With(region, way.To);
                    taken |= (ulong)(i + 1) << (10 * region);
                    break;
                }

                status = status == StepStatus.Taken || (int)here < (int)status ? status : here;
            }
        }

        return new LifecycleStep(status, status == StepStatus.Taken ? next : position, taken);
    }

    /// <summary>The state of a region, or null when the lifecycle does not have that region.</summary>
    /// <param name="position">Where each region is.</param>
    /// <param name="region">The region.</param>
    public LifecycleState? StateOf(LifecyclePosition position, LifecycleRegion region)
    {
        int state = position.StateOf((int)region);
        return state < 0 ? null : Definition.States[state];
    }

    /// <summary>The position in which each region is in the state named; regions not named are where they begin.</summary>
    /// <param name="codes">State codes, at most one a region.</param>
    /// <exception cref="ArgumentException">A state is not of this lifecycle.</exception>
    public LifecyclePosition At(IEnumerable<string> codes)
    {
        LifecyclePosition position = Start;
        foreach (string code in codes ?? throw new ArgumentNullException(nameof(codes)))
        {
            position = states.TryGetValue(code, out int state)
                ? position.With((int)Definition.States[state].Region, state)
                : throw new ArgumentException($"'{Definition.Id}' has no state '{code}'.", nameof(codes));
        }

        return position;
    }

    /// <summary>The states of all regions, in the order of regions.</summary>
    /// <param name="position">Where each region is.</param>
    public ImmutableArray<LifecycleState> States(LifecyclePosition position)
    {
        var all = ImmutableArray.CreateBuilder<LifecycleState>();
        for (int region = 0; region < Regions; region++)
        {
            if (position.StateOf(region) >= 0)
            {
                all.Add(Definition.States[position.StateOf(region)]);
            }
        }

        return all.ToImmutable();
    }

    /// <summary>The ways that a step took, in the order of regions.</summary>
    /// <param name="step">The step.</param>
    public ImmutableArray<LifecycleTransition> Taken(LifecycleStep step)
    {
        var taken = ImmutableArray.CreateBuilder<LifecycleTransition>();
        for (int region = 0; region < Regions; region++)
        {
            if (step.WayOf(region) >= 0)
            {
                taken.Add(Definition.Transitions[step.WayOf(region)]);
            }
        }

        return taken.ToImmutable();
    }

    /// <summary>Facts with a kind of evidence on file; a kind that the lifecycle does not name changes nothing.</summary>
    /// <param name="facts">The facts so far.</param>
    /// <param name="kind">The kind.</param>
    public LifecycleFacts WithEvidence(LifecycleFacts facts, string kind)
    {
        for (int i = 0; i < Definition.Evidence.Length; i++)
        {
            if (string.Equals(Definition.Evidence[i].Code, kind, StringComparison.Ordinal))
            {
                return facts.WithEvidence(i);
            }
        }

        return facts;
    }

    /// <summary>Facts with a signal given and those that it takes back gone; a signal that is not declared changes
    /// nothing.</summary>
    /// <param name="facts">The facts so far.</param>
    /// <param name="signal">The signal.</param>
    public LifecycleFacts WithSignal(LifecycleFacts facts, string signal)
    {
        int number = Trigger(signal);
        return number < 0 || number >= clears.Length ? facts : facts.WithSignals(1UL << number, clears[number]);
    }

    private LifecyclePosition StartOf()
    {
        var start = default(LifecyclePosition);
        for (int i = 0; i < Definition.States.Length; i++)
        {
            start = Definition.States[i].IsInitial ? start.With((int)Definition.States[i].Region, i) : start;
        }

        return start;
    }

    // The ways of one state and trigger form a chain; the table holds where it begins, counted from 1.
    private Way[] Compile()
    {
        var compiled = new Way[Definition.Transitions.Length];
        for (int i = compiled.Length - 1; i >= 0; i--)
        {
            LifecycleTransition transition = Definition.Transitions[i];
            int cell = (states[transition.From] * regionsOf.Length) + triggers[transition.Trigger];
            compiled[i] = new Way(this, transition, firstWay[cell] - 1);
            firstWay[cell] = i + 1;
            regionsOf[triggers[transition.Trigger]] |= (byte)(1 << (int)Definition.State(transition.From)!.Region);
        }

        return compiled;
    }
}
