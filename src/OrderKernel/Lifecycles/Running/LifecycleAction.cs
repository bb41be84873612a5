using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>Something that a lifecycle knows: whether it can be done now, by whom, where it leads, and if not, why not.</summary>
public sealed class LifecycleAction
{
    internal LifecycleAction(
        string trigger, Term name, ImmutableArray<string> targets, ImmutableArray<string> roles, ImmutableArray<Finding> whyNot)
    {
        Trigger = trigger;
        Name = name;
        Targets = targets;
        Roles = roles;
        WhyNot = whyNot;
    }

    /// <summary>The trigger's code.</summary>
    public string Trigger { get; }

    /// <summary>The trigger's names.</summary>
    public Term Name { get; }

    /// <summary>The states it may lead to, in ordinal order; empty when it leads nowhere from here.</summary>
    public ImmutableArray<string> Targets { get; }

    /// <summary>Who may do it: the roles of its open ways, or the owners of the states they leave; in ordinal order.</summary>
    public ImmutableArray<string> Roles { get; }

    /// <summary>Whether it can be done now.</summary>
    public bool IsPossible => WhyNot.IsEmpty;

    /// <summary>Every reason why it cannot; empty when it can.</summary>
    public ImmutableArray<Finding> WhyNot { get; }

    /// <summary>The code, and whether it is possible.</summary>
    public override string ToString() => Trigger + (IsPossible ? string.Empty : " (not now)");
}

public sealed partial class CompiledLifecycle
{
    // What a command itself brings about cannot be what it waits for.
    private static readonly Dictionary<string, string[]> OwnFacts = new(StringComparer.Ordinal)
    {
        ["promise"] = new[] { "promised" },
        ["amend"] = new[] { "held_any", "held_all", "shipped_all", "delivered_all" },
        ["hold"] = new[] { "held_any", "held_all" },
        ["release"] = new[] { "held_any", "held_all" },
        ["ship"] = new[] { "held_any", "held_all", "shipped_any", "shipped_all" },
        ["deliver"] = new[] { "delivered_all" },
        ["cancel"] = new[] { "cancelled_all", "held_any", "held_all", "shipped_all", "delivered_all" },
        ["return"] = new[] { "returned_any", "consumed_all" },
        ["pay"] = new[] { "deposit_paid", "paid_all" },
        ["trade_in"] = new[] { "traded_in" },
        ["perform"] = new[] { "shipped_any", "shipped_all", "delivered_all" },
        ["consume"] = new[] { "consumed_all" },
        ["block"] = new[] { "blocked" },
        ["unblock"] = new[] { "blocked" },
    };

    /// <summary>Everything the lifecycle knows, possible now or not.</summary>
    /// <param name="position">Where each region is.</param>
    /// <param name="facts">What guards may ask, as it is now.</param>
    /// <param name="roles">The roles of whoever asks; null to leave roles aside.</param>
    /// <returns>Commands of the kernel in their usual order, then signals by code; transitions by themselves are left
    /// out.</returns>
    public ImmutableArray<LifecycleAction> Available(
        LifecyclePosition position, LifecycleFacts facts, IReadOnlyCollection<string>? roles = null)
    {
        var actions = ImmutableArray.CreateBuilder<LifecycleAction>();
        foreach (Term term in LifecycleWords.Triggers.AddRange(Definition.Signals.Select(static signal => signal.Name)))
        {
            string trigger = LifecycleWords.Word(term);
            bool isWord = LifecycleWords.Triggers.Contains(term);
            trigger = isWord ? trigger : term.Code;
            if (Trigger(trigger) >= 0 && regionsOf[Trigger(trigger)] != 0 && trigger is not (LifecycleWords.Auto
                or "hold_expired"))
            {
                actions.Add(Action(trigger, term, position, facts, roles));
            }
        }

        return actions.ToImmutable();
    }

    /// <summary>Why a trigger that the lifecycle knows is not possible here; empty when it is, or when the lifecycle never
    /// mentions it.</summary>
    /// <param name="position">Where each region is.</param>
    /// <param name="trigger">The trigger.</param>
    /// <param name="facts">What guards may ask, after the command's own events.</param>
    public ImmutableArray<Finding> WhyNot(LifecyclePosition position, string trigger, LifecycleFacts facts)
    {
        LifecycleStep step = Step(position, Trigger(trigger), facts);
        return step.Status is StepStatus.Free or StepStatus.Taken
            ? ImmutableArray<Finding>.Empty
            : Reasons(trigger, position, facts, null, Array.Empty<string>());
    }

    /// <summary>Why roles may not take the ways that a step took; empty when they may, or when nobody looked the roles
    /// up.</summary>
    internal ImmutableArray<Finding> NotFor(LifecycleStep step, ImmutableArray<string> roles) => roles.IsDefault
        ? ImmutableArray<Finding>.Empty
        : Taken(step).Where(way => !way.Roles.IsEmpty && !way.Roles.Any(roles.Contains)).Select(RoleMissing).ToImmutableArray();

    private Finding RoleMissing(LifecycleTransition way) => LifecycleFindings.RoleMissing.About(
        string.Empty, "roles", Said(way.Trigger), Said(way.From), string.Join(", ", way.Roles.Select(Said)));

    private LifecycleAction Action(
        string trigger, Term name, LifecyclePosition position, LifecycleFacts facts, IReadOnlyCollection<string>? roles)
    {
        LifecycleTransition[] here = WaysFrom(position, trigger);
        string[] own = OwnFacts.TryGetValue(trigger, out string[]? known) ? known : Array.Empty<string>();
        bool possible = here.Any(way => Reasons(way, facts, position, roles, own).IsEmpty);
        IEnumerable<string> may = here.SelectMany(way => way.Roles.IsEmpty ? new[] { Definition.State(way.From)!.Owner }
            : way.Roles.ToArray());
        return new LifecycleAction(
            trigger, name, Sorted(here.Select(static way => way.To)), Sorted(may.Where(static role => role.Length > 0)),
            possible ? ImmutableArray<Finding>.Empty : Reasons(trigger, position, facts, roles, own));
    }

    private ImmutableArray<Finding> Reasons(
        string trigger, LifecyclePosition position, LifecycleFacts facts, IReadOnlyCollection<string>? roles, string[] own)
    {
        LifecycleTransition[] here = WaysFrom(position, trigger);
        if (here.Length > 0)
        {
            return here.SelectMany(way => Reasons(way, facts, position, roles, own)).Distinct().ToImmutableArray();
        }

        IEnumerable<string> possible = Definition.Transitions
            .Where(way => IsIn(position, way.From) && way.Trigger != LifecycleWords.Auto).Select(way => way.Trigger).Distinct();
        return ImmutableArray.Create(LifecycleFindings.TransitionIllegal.About(
            string.Empty, "trigger", Said(trigger), SaidOf(position), string.Join(", ", possible.Select(Said))));
    }

    private ImmutableArray<Finding> Reasons(
        LifecycleTransition way, LifecycleFacts facts, LifecyclePosition position, IReadOnlyCollection<string>? roles,
            string[] own)
    {
        var reasons = ImmutableArray.CreateBuilder<Finding>();
        string state = Said(way.From);
        foreach (GuardCondition condition in way.Guard)
        {
            bool brought = condition.Kind == GuardKind.Flag && Array.IndexOf(own, condition.Name) >= 0;
            if (!brought && Holds(condition, position, facts) == condition.IsNegated)
            {
                string wanted = (condition.IsNegated ? "not " : string.Empty) + Said(condition.Name);
                reasons.Add(LifecycleFindings.GuardUnmet.About(string.Empty, "when", Said(way.Trigger), state, wanted));
            }
        }

        foreach (string kind in way.Stays ? ImmutableArray<string>.Empty : Definition.State(way.From)!.Requires)
        {
            if ((facts.Order & EvidenceBit(this, kind)) == 0)
            {
                reasons.Add(LifecycleFindings.EvidenceMissing.About(string.Empty, "requires", state, Said(kind)));
            }
        }

        if (roles is not null && !way.Roles.IsEmpty && !way.Roles.Any(roles.Contains))
        {
            reasons.Add(RoleMissing(way));
        }

        return reasons.ToImmutable();
    }

    private bool Holds(GuardCondition condition, LifecyclePosition position, LifecycleFacts facts) => condition.Kind switch
    {
        GuardKind.State => IsIn(position, condition.Name),
        GuardKind.Signal => (facts.Signals & Bit(this, condition)) != 0,
        _ => (facts.Order & Bit(this, condition)) != 0,
    };

    private bool IsIn(LifecyclePosition position, string state) =>
        position.StateOf((int)Definition.State(state)!.Region) == states[state];

    private LifecycleTransition[] WaysFrom(LifecyclePosition position, string trigger) =>
        Definition.Transitions.Where(way => way.Trigger == trigger && IsIn(position, way.From)).ToArray();

    // Facts of a finding are one text for both languages, so a code is followed by its Chinese name.
    internal string Said(string code)
    {
        string name = Definition.NameOf(code, Language.Chinese);
        return name == code ? code : code + " (" + name + ")";
    }

    internal string SaidOf(LifecyclePosition position) =>
        string.Join(" + ", States(position).Select(state => Said(state.Code)));

    private static ImmutableArray<string> Sorted(IEnumerable<string> texts) =>
        new SortedSet<string>(texts, StringComparer.Ordinal).ToImmutableArray();
}
