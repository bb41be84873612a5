using System;
using System.Collections.Immutable;

namespace OrderKernel.Lifecycles;

/// <summary>What one condition of a guard asks about.</summary>
public enum GuardKind
{
    /// <summary>A fact of the order; see <see cref="LifecycleWords.Flags"/>.</summary>
    Flag = 0,

    /// <summary>Whether a kind of evidence is on file.</summary>
    Evidence = 1,

    /// <summary>Whether a signal was given and not taken back.</summary>
    Signal = 2,

    /// <summary>Whether another region is in a state.</summary>
    State = 3,
}

/// <summary>One condition of a guard: a named fact, or that it does not hold. All conditions of a guard must hold
/// together.</summary>
/// <param name="Kind">What it asks about.</param>
/// <param name="Name">The fact, kind of evidence, signal or state.</param>
/// <param name="IsNegated">Whether it must not hold.</param>
public readonly record struct GuardCondition(GuardKind Kind, string Name, bool IsNegated)
{
    private static readonly string[] Prefixes = { string.Empty, "evidence ", "signalled ", "in " };

    /// <summary>The condition as a definition writes it, such as <c>not evidence quality_report</c>.</summary>
    public string Text => (IsNegated ? "not " : string.Empty) + Prefixes[(int)Kind] + Name;

    /// <summary>Reads a condition; anything that is not one of the other kinds is a fact of the order.</summary>
    internal static GuardCondition Parse(string text)
    {
        bool negated = text.StartsWith("not ", StringComparison.Ordinal);
        string rest = negated ? text.Substring(4) : text;
        for (int kind = 1; kind < Prefixes.Length; kind++)
        {
            if (rest.StartsWith(Prefixes[kind], StringComparison.Ordinal))
            {
                return new GuardCondition((GuardKind)kind, rest.Substring(Prefixes[kind].Length), negated);
            }
        }

        return new GuardCondition(GuardKind.Flag, rest, negated);
    }
}

/// <summary>What a transition does beside changing the state.</summary>
public enum EffectKind
{
    /// <summary>Tells a declared receiver, through the outbox.</summary>
    Announce = 0,

    /// <summary>Blocks the order for a reason, in the name of the role that owns the state entered.</summary>
    Block = 1,

    /// <summary>Lifts the block of a reason.</summary>
    Unblock = 2,

    /// <summary>Lets go of everything held.</summary>
    ReleaseStock = 3,

    /// <summary>Raises a declared signal, as if somebody had.</summary>
    Raise = 4,
}

/// <summary>An effect of a transition.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Name">The action, reason or signal; empty where none is named.</param>
public readonly record struct LifecycleEffect(EffectKind Kind, string Name)
{
    /// <summary>The effect as a definition writes it, such as <c>announce wms_pick</c>.</summary>
    public string Text => LifecycleWords.Word(LifecycleWords.Effects[(int)Kind]) + (Name.Length == 0 ? string.Empty : " " + Name);

    /// <summary>Reads an effect; null when its word is not known or names too much or too little.</summary>
    internal static LifecycleEffect? Parse(string text)
    {
        int space = text.IndexOf(' ');
        string word = space < 0 ? text : text.Substring(0, space);
        string name = space < 0 ? string.Empty : text.Substring(space + 1);
        int kind = LifecycleWords.IndexOf(LifecycleWords.Effects, word);
        bool fits = kind >= 0 && (name.Length == 0) == (kind == (int)EffectKind.ReleaseStock);
        return fits ? new LifecycleEffect((EffectKind)kind, name) : null;
    }
}

/// <summary>A way from one state to another. From a state to itself it stays: effects run, nothing is left or entered.</summary>
public sealed class LifecycleTransition
{
    internal LifecycleTransition(
        string from, string trigger, string to, ImmutableArray<GuardCondition> guard, ImmutableArray<string> roles,
        ImmutableArray<LifecycleEffect> effects, string place)
    {
        From = from;
        Trigger = trigger;
        To = to;
        Guard = guard;
        Roles = roles;
        Effects = effects;
        Place = place;
    }

    /// <summary>The state it leaves.</summary>
    public string From { get; }

    /// <summary>What sets it off: a word of <see cref="LifecycleWords.Triggers"/> or a declared signal.</summary>
    public string Trigger { get; }

    /// <summary>The state it enters.</summary>
    public string To { get; }

    /// <summary>What must hold, all of it, after the command's own events; in ordinal order of its text, may be empty.</summary>
    public ImmutableArray<GuardCondition> Guard { get; }

    /// <summary>The roles that may set it off, in ordinal order; empty for everybody.</summary>
    public ImmutableArray<string> Roles { get; }

    /// <summary>What else it does, in order; may be empty.</summary>
    public ImmutableArray<LifecycleEffect> Effects { get; }

    /// <summary>Whether it stays where it is.</summary>
    public bool Stays => string.Equals(From, To, StringComparison.Ordinal);

    /// <summary>Where it was read, such as <c>$.transitions[3]</c>; otherwise its text.</summary>
    internal string Place { get; }

    /// <summary>The transition in one line.</summary>
    public override string ToString() => $"{From} -> {To} on {Trigger}";
}
