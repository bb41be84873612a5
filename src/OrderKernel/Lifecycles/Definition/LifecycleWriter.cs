using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Lifecycles;

/// <summary>Writes a definition in its one canonical form, whole or only what changes behaviour.</summary>
internal static class LifecycleWriter
{
    /// <summary>Everything, with names and positions.</summary>
    public static string Content(LifecycleDefinition lifecycle) => Write(lifecycle, LifecycleShape.Plain, names: true);

    /// <summary>What decides what happens: no names, no positions, states by code.</summary>
    public static string Behaviour(LifecycleDefinition lifecycle) => Write(lifecycle, LifecycleShape.Plain, names: false);

    /// <summary>Everything, in the words of a canvas, each node with a place.</summary>
    public static string Graph(LifecycleDefinition lifecycle) => Write(lifecycle, LifecycleShape.Graph, names: true);

    /// <summary>The canonical order of transitions.</summary>
    public static int Compare(LifecycleTransition a, LifecycleTransition b)
    {
        int order = string.CompareOrdinal(a.From, b.From);
        order = order != 0 ? order : string.CompareOrdinal(a.Trigger, b.Trigger);
        order = order != 0 ? order : string.CompareOrdinal(a.To, b.To);
        return order != 0 ? order : string.CompareOrdinal(Guard(a), Guard(b));
    }

    private static string Guard(LifecycleTransition transition)
    {
        var words = new string[transition.Guard.Length];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = transition.Guard[i].Text;
        }

        return string.Join(",", words);
    }

    private static string Write(LifecycleDefinition lifecycle, LifecycleShape shape, bool names)
    {
        JsonText json = JsonText.Start().Member("id", lifecycle.Id);
        Names(json, lifecycle.Name, names).Member("for", LifecycleWords.Word(LifecycleWords.Subjects[(int)lifecycle.Subject]));
        Terms(json, "roles", lifecycle.Roles, names);
        Terms(json, "evidence", lifecycle.Evidence, names);
        Terms(json, "actions", lifecycle.Actions, names);
        Signals(json, lifecycle.Signals, names);
        States(json, lifecycle.States, shape, names);
        Transitions(json, lifecycle.Transitions, shape);
        Outer(json, lifecycle.OuterSystems, names);
        Texts(json, "subs", lifecycle.SubLifecycles);
        return json.Finish();
    }

    private static JsonText Names(JsonText json, Term term, bool names) =>
        names ? json.Member("zh", term.Chinese).Member("en", term.English) : json;

    private static void Terms(JsonText json, string name, ImmutableArray<Term> terms, bool names)
    {
        if (terms.IsEmpty)
        {
            return;
        }

        json.OpenArray(name);
        foreach (Term term in terms)
        {
            Names(json.OpenObject().Member("code", term.Code), term, names).CloseObject();
        }

        json.CloseArray();
    }

    private static void Texts(JsonText json, string name, ImmutableArray<string> texts)
    {
        if (texts.IsEmpty)
        {
            return;
        }

        json.OpenArray(name);
        foreach (string text in texts)
        {
            json.Element(text);
        }

        json.CloseArray();
    }

    private static void Signals(JsonText json, ImmutableArray<LifecycleSignal> signals, bool names)
    {
        if (signals.IsEmpty)
        {
            return;
        }

        json.OpenArray("signals");
        foreach (LifecycleSignal signal in signals)
        {
            Names(json.OpenObject().Member("code", signal.Name.Code), signal.Name, names);
            Texts(json, "clears", signal.Clears);
            json.CloseObject();
        }

        json.CloseArray();
    }

    private static void States(JsonText json, ImmutableArray<LifecycleState> states, LifecycleShape shape, bool names)
    {
        json.OpenArray(shape.States);
        int placed = 0;
        foreach (LifecycleState state in names ? states : states.Sort(static (a, b) => string.CompareOrdinal(a.Code, b.Code)))
        {
            Names(json.OpenObject().Member("code", state.Code), state.Name, names)
                .Member("region", LifecycleWords.Word(LifecycleWords.Regions[(int)state.Region]))
                .Member("stage", LifecycleWords.Word(LifecycleWords.Stages[(int)state.Stage]));
            json.Optional("owner", state.Owner.Length == 0 ? null : state.Owner);
            if (state.Dwell is { } dwell)
            {
                json.OpenObject("dwell").Member("limit", dwell.Text)
                    .Member("time", dwell.WorkingTime ? "working" : "clock").CloseObject();
            }

            Texts(json, "requires", state.Requires);
            Flag(json, "initial", state.IsInitial);
            Flag(json, "final", state.IsFinal);
            placed++;
            CanvasPosition? at = state.Position
                ?? (shape == LifecycleShape.Graph ? new CanvasPosition(200 * placed, 150 * (int)state.Region) : null);
            if (names && at is { } position)
            {
                json.OpenObject("position").Member("x", position.X).Member("y", position.Y).CloseObject();
            }

            json.CloseObject();
        }

        json.CloseArray();
    }

    private static void Flag(JsonText json, string name, bool value)
    {
        if (value)
        {
            json.Member(name, true);
        }
    }

    private static void Transitions(JsonText json, ImmutableArray<LifecycleTransition> transitions, LifecycleShape shape)
    {
        json.OpenArray(shape.Transitions);
        foreach (LifecycleTransition transition in transitions)
        {
            json.OpenObject().Member(shape.From, transition.From).Member("on", transition.Trigger)
                .Member(shape.To, transition.To);
            Texts(json, "when", ImmutableArray.CreateRange(transition.Guard, static condition => condition.Text));
            Texts(json, "roles", transition.Roles);
            Texts(json, "effects", ImmutableArray.CreateRange(transition.Effects, static effect => effect.Text));
            json.CloseObject();
        }

        json.CloseArray();
    }

    private static void Outer(JsonText json, ImmutableArray<OuterStates> systems, bool names)
    {
        if (systems.IsEmpty)
        {
            return;
        }

        json.OpenArray("outer");
        foreach (OuterStates system in systems)
        {
            json.OpenObject().Member("system", system.System)
                .Member("region", LifecycleWords.Word(LifecycleWords.Regions[(int)system.Region]));
            Terms(json, "states", system.States, names);
            json.OpenObject("map");
            foreach (KeyValuePair<string, string> entry in system.Map)
            {
                json.Member(entry.Key, entry.Value);
            }

            json.CloseObject().CloseObject();
        }

        json.CloseArray();
    }
}
