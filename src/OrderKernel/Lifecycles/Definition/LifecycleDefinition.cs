using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Lifecycles;

/// <summary>A signal that a person or a system gives by name: the open end of the list of triggers.</summary>
public sealed class LifecycleSignal
{
    internal LifecycleSignal(Term name, ImmutableArray<string> clears, string place)
    {
        Name = name;
        Clears = clears;
        Place = place;
    }

    /// <summary>The code and both names.</summary>
    public Term Name { get; }

    /// <summary>The signals that it takes back, in ordinal order; may be empty.</summary>
    public ImmutableArray<string> Clears { get; }

    internal string Place { get; }
}

/// <summary>How the states of one region look to another system, such as the three states of an ERP.</summary>
public sealed class OuterStates
{
    internal OuterStates(
        string system, LifecycleRegion region, ImmutableArray<Term> states, ImmutableSortedDictionary<string, string> map,
            string place)
    {
        System = system;
        Region = region;
        States = states;
        Map = map;
        Place = place;
    }

    /// <summary>The system's code.</summary>
    public string System { get; }

    /// <summary>The region whose states it sees.</summary>
    public LifecycleRegion Region { get; }

    /// <summary>The states that it knows, in the order written.</summary>
    public ImmutableArray<Term> States { get; }

    /// <summary>Its state for each state of the region: total once the definition was read without findings.</summary>
    public ImmutableSortedDictionary<string, string> Map { get; }

    internal string Place { get; }
}

/// <summary>A lifecycle as data: states with owners, and the only ways between them.</summary>
/// <remarks>
/// <para>Shape: states in the order people read them; transitions by from, trigger, to and guard; everything declared by code.
/// Immutable.</para>
/// <para>Two definitions with one <see cref="Version"/> are the same text; with one <see cref="BehaviourHash"/> they act alike
/// and differ at most in names and drawing positions.</para>
/// </remarks>
public sealed class LifecycleDefinition
{
    private readonly Dictionary<string, LifecycleState> byCode = new(StringComparer.Ordinal);

    internal LifecycleDefinition(LifecycleParts parts)
    {
        Name = parts.Name;
        Subject = parts.Subject;
        Roles = parts.Roles.Sort(ByCode);
        Evidence = parts.Evidence.Sort(ByCode);
        Actions = parts.Actions.Sort(ByCode);
        Signals = parts.Signals.Sort(static (a, b) => string.CompareOrdinal(a.Name.Code, b.Name.Code));
        States = parts.States;
        Transitions = parts.Transitions.Sort(LifecycleWriter.Compare);
        OuterSystems = parts.OuterSystems.Sort(static (a, b) => string.CompareOrdinal(a.System, b.System));
        SubLifecycles = parts.SubLifecycles.Sort(StringComparer.Ordinal);
        foreach (LifecycleState state in States)
        {
            byCode[state.Code] = state;
        }

        Json = LifecycleWriter.Content(this);
        Version = ContentHash.Of(Json);
        BehaviourHash = ContentHash.Of(LifecycleWriter.Behaviour(this));
    }

    /// <summary>The id, which never changes, and both names.</summary>
    public Term Name { get; }

    /// <summary>The id.</summary>
    public string Id => Name.Code;

    /// <summary>What goes through it.</summary>
    public LifecycleSubject Subject { get; }

    /// <summary>The roles it names, by code.</summary>
    public ImmutableArray<Term> Roles { get; }

    /// <summary>The kinds of evidence it names, by code.</summary>
    public ImmutableArray<Term> Evidence { get; }

    /// <summary>The signals it listens to, by code.</summary>
    public ImmutableArray<LifecycleSignal> Signals { get; }

    /// <summary>What it announces to others, by code.</summary>
    public ImmutableArray<Term> Actions { get; }

    /// <summary>Its states, in the order written.</summary>
    public ImmutableArray<LifecycleState> States { get; }

    /// <summary>The ways between them; nothing else is possible.</summary>
    public ImmutableArray<LifecycleTransition> Transitions { get; }

    /// <summary>How other systems see it, by system; may be empty.</summary>
    public ImmutableArray<OuterStates> OuterSystems { get; }

    /// <summary>The lifecycles of its parts, such as sub-orders, by id; may be empty.</summary>
    public ImmutableArray<string> SubLifecycles { get; }

    /// <summary>The canonical JSON: what is stored, hashed and read back.</summary>
    public string Json { get; }

    /// <summary>The content hash of <see cref="Json"/>; an order keeps the version it started on.</summary>
    public string Version { get; }

    /// <summary>The hash of all that changes what happens: without names and drawing positions.</summary>
    public string BehaviourHash { get; }

    /// <summary>The state with a code, or null.</summary>
    /// <param name="code">The code.</param>
    public LifecycleState? State(string code) => byCode.TryGetValue(code, out LifecycleState? state) ? state : null;

    /// <summary>Reads a definition and analyses it.</summary>
    /// <param name="json">The definition as JSON, in canonical form or as people write it.</param>
    /// <returns>The definition, or null with every finding.</returns>
    public static LifecycleReading Read(string json) =>
        LifecycleReader.Read(json ?? throw new ArgumentNullException(nameof(json)));

    /// <summary>Checks definitions together: every sub-lifecycle is there, and none contains itself.</summary>
    /// <param name="lifecycles">All that are in force; of two with one id the last counts.</param>
    /// <returns>Every finding; empty when they fit together.</returns>
    public static ImmutableArray<Finding> CheckTogether(IEnumerable<LifecycleDefinition> lifecycles) =>
        LifecycleAnalysis.CheckTogether(lifecycles ?? throw new ArgumentNullException(nameof(lifecycles)));

    /// <summary>The name of a role, signal, action, kind of evidence, trigger or fact; the code itself when it is none of
    /// them.</summary>
    /// <param name="code">The code as the definition writes it.</param>
    /// <param name="language">The language to answer in.</param>
    public string NameOf(string code, Language language)
    {
        foreach (LifecycleSignal signal in Signals)
        {
            if (string.Equals(signal.Name.Code, code, StringComparison.Ordinal))
            {
                return signal.Name.Text(language);
            }
        }

        Term? term = Find(Roles, code) ?? Find(Evidence, code) ?? Find(Actions, code) ?? State(code)?.Name
            ?? Word(LifecycleWords.Triggers, code) ?? Word(LifecycleWords.Flags, code);
        return term?.Text(language) ?? code;
    }

    internal static Term? Find(ImmutableArray<Term> terms, string code)
    {
        foreach (Term term in terms)
        {
            if (string.Equals(term.Code, code, StringComparison.Ordinal))
            {
                return term;
            }
        }

        return null;
    }

    private static Term? Word(ImmutableArray<Term> list, string word)
    {
        int at = LifecycleWords.IndexOf(list, word);
        return at < 0 ? null : list[at];
    }

    private static int ByCode(Term a, Term b) => string.CompareOrdinal(a.Code, b.Code);
}

/// <summary>The answer to reading a definition.</summary>
public sealed class LifecycleReading
{
    internal LifecycleReading(LifecycleDefinition? definition, ImmutableArray<Finding> findings)
    {
        Findings = findings;
        bool refused = false;
        foreach (Finding finding in findings)
        {
            refused |= finding.Severity == Severity.Refusal;
        }

        Definition = refused ? null : definition;
    }

    /// <summary>The definition; null when a finding refuses it.</summary>
    public LifecycleDefinition? Definition { get; }

    /// <summary>Every finding, in the order of the text; warnings and notes stand beside a definition that was
    /// accepted.</summary>
    public ImmutableArray<Finding> Findings { get; }
}

/// <summary>Everything a definition is made of, before it is analysed.</summary>
internal sealed record LifecycleParts(
    Term Name, LifecycleSubject Subject, ImmutableArray<Term> Roles, ImmutableArray<Term> Evidence,
    ImmutableArray<LifecycleSignal> Signals, ImmutableArray<Term> Actions, ImmutableArray<LifecycleState> States,
    ImmutableArray<LifecycleTransition> Transitions, ImmutableArray<OuterStates> OuterSystems,
        ImmutableArray<string> SubLifecycles);
