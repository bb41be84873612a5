using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>Reads a definition from JSON: every fault of the text at once; when there is none, every fault of its
/// meaning.</summary>
internal static class LifecycleReader
{
    public static LifecycleReading Read(string json) => Read(json, LifecycleShape.Plain);

    public static LifecycleReading Read(string json, LifecycleShape shape)
    {
        DefinitionReading<LifecycleParts> read = DefinitionNode.Read(json, root => Parts(root, shape));
        var definition = read.Value is null ? null : new LifecycleDefinition(read.Value);
        ImmutableArray<Finding> all = definition is null ? read.Findings : LifecycleAnalysis.Check(definition);
        bool hasLines = !all.IsEmpty && all[0].Code != DefinitionFaults.NotJson.Code;
        return new LifecycleReading(definition, hasLines ? WithLines(all, new JsonPlaces(json)) : all);
    }

    private static ImmutableArray<Finding> WithLines(ImmutableArray<Finding> findings, JsonPlaces places) =>
        ImmutableArray.CreateRange(
        findings,
        finding => finding.Subject.Length > 0 && finding.Subject[0] == '$'
            ? new Finding(finding.Kind, places.Of(finding.Subject), finding.Field, finding.Facts)
            : finding);

    private static LifecycleParts Parts(DefinitionNode root, LifecycleShape shape)
    {
        root.Only(
            "id", "zh", "en", "for", "roles", "evidence", "actions", "signals", shape.States, shape.Transitions, "outer", "subs");
        var transitions = new List<LifecycleTransition>();
        foreach (DefinitionNode transition in Needed(root, shape.Transitions))
        {
            transitions.AddRange(Transitions(transition, shape));
        }

        return new LifecycleParts(
            root.Term("id") ?? NoTerm, (LifecycleSubject)Word(root, "for", LifecycleWords.Subjects, "subject"), Terms(root, "roles"),
            Terms(root, "evidence"), All(root, "signals", Signal), Terms(root, "actions"), All(root, shape.States, State,
                needed: true),
            transitions.ToImmutableArray(), All(root, "outer", Outer), Codes(root, "subs"));
    }

    private static LifecycleSignal Signal(DefinitionNode json)
    {
        json.Only("code", "zh", "en", "clears");
        return new LifecycleSignal(json.Term() ?? NoTerm, Codes(json, "clears"), json.Place);
    }

    private static LifecycleState State(DefinitionNode json)
    {
        json.Only("code", "zh", "en", "region", "stage", "owner", "dwell", "requires", "initial", "final", "position");
        return new LifecycleState(
            json.Term() ?? NoTerm, (LifecycleRegion)Word(json, "region", LifecycleWords.Regions, "region"),
            (LifecycleStage)Word(json, "stage", LifecycleWords.Stages, "stage"), json.OptionalText("owner") ?? string.Empty,
            json.At("dwell") is { IsThere: true } dwell ? Dwell(dwell) : null, Codes(json, "requires"), json.Flag("initial"),
            json.Flag("final"), json.At("position") is { IsThere: true } position ? Position(position) : null, json.Place);
    }

    private static DwellLimit? Dwell(DefinitionNode json)
    {
        if (!json.Only("limit", "time").IsObject)
        {
            return null;
        }

        string time = json.Text("time");
        if (json.At("time").IsText && time is not ("clock" or "working"))
        {
            json.Add(LifecycleFindings.WordUnknown.About(string.Empty, "time", "time", time, "clock, working"));
        }

        string text = json.Text("limit");
        DwellLimit? limit = DwellLimit.Parse(text, time == "working");
        if (json.At("limit").IsText && limit is null)
        {
            json.At("limit").Wrong<object>(DefinitionForms.Of("time", "30m, 48h, 3d"));
        }

        return limit;
    }

    private static CanvasPosition? Position(DefinitionNode json) =>
        json.Only("x", "y").IsObject ? new CanvasPosition(json.Int("x"), json.Int("y")) : null;

    // "from" may name several states: that is written as one transition from each.
    private static IEnumerable<LifecycleTransition> Transitions(DefinitionNode json, LifecycleShape shape)
    {
        if (!json.Only(shape.From, "on", shape.To, "when", "roles", "effects").IsObject)
        {
            yield break;
        }

        string trigger = json.Text("on");
        string to = json.Text(shape.To);
        var guard = new SortedDictionary<string, GuardCondition>(StringComparer.Ordinal);
        foreach (DefinitionNode condition in json.Entries("when"))
        {
            string text = condition.AsText();
            guard[text] = GuardCondition.Parse(text);
        }

        var effects = ImmutableArray.CreateBuilder<LifecycleEffect>();
        foreach (DefinitionNode item in json.Entries("effects"))
        {
            string text = item.AsText();
            if (LifecycleEffect.Parse(text) is { } effect)
            {
                effects.Add(effect);
            }
            else if (text.Length > 0)
            {
                item.Add(LifecycleFindings.EffectUnknown.About(string.Empty, string.Empty, text));
            }
        }

        ImmutableArray<string> roles = Codes(json, "roles");
        foreach (string from in OneOrMany(json, shape.From))
        {
            yield return new LifecycleTransition(
                from, trigger, to, guard.Values.ToImmutableArray(), roles, effects.ToImmutable(), json.Place);
        }
    }

    private static OuterStates Outer(DefinitionNode json)
    {
        json.Only("system", "region", "states", "map");
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, DefinitionNode> entry in json.At("map").Members())
        {
            if (!CodeRule.Fits(entry.Key))
            {
                json.Add(LifecycleFindings.CodeMalformed.About(string.Empty, "map", entry.Key));
            }

            map[entry.Key] = entry.Value.AsText();
        }

        return new OuterStates(
            json.Needed("system").AsCode(), (LifecycleRegion)Word(json, "region", LifecycleWords.Regions, "region"), Terms(json, "states"),
            map.ToImmutable(), json.Place);
    }

    // After a finding the term only has to exist: nothing that has findings is returned.
    private static readonly Term NoTerm = new("unreadable", "unreadable", "unreadable");

    private static ImmutableArray<Term> Terms(DefinitionNode json, string name) => All(json, name, static item =>
    {
        item.Only("code", "zh", "en");
        return item.Term() ?? NoTerm;
    });

    private static ImmutableArray<T> All<T>(DefinitionNode json, string name, Func<DefinitionNode, T> read, bool needed = false)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        foreach (DefinitionNode item in needed ? Needed(json, name) : json.Entries(name))
        {
            items.Add(read(item));
        }

        return items.ToImmutable();
    }

    private static IEnumerable<DefinitionNode> Needed(DefinitionNode json, string name)
    {
        json.Needed(name);
        return json.Entries(name);
    }

    // A member that is one text or a list of texts.
    private static IEnumerable<string> OneOrMany(DefinitionNode json, string name)
    {
        DefinitionNode member = json.Needed(name);
        return member.IsText ? new[] { member.AsText() } : json.Texts(name);
    }

    // The place of a word in a closed list; 0 after a finding.
    private static int Word(DefinitionNode json, string name, ImmutableArray<Term> list, string listName)
    {
        DefinitionNode member = json.Needed(name);
        string word = member.AsText();
        int at = member.IsText ? LifecycleWords.IndexOf(list, word) : 0;
        if (at < 0)
        {
            json.Add(LifecycleFindings.WordUnknown.About(string.Empty, name, listName, word, LifecycleWords.Known(list)));
        }

        return Math.Max(0, at);
    }

    private static ImmutableArray<string> Codes(DefinitionNode json, string name) =>
        json.Texts(name).Distinct().OrderBy(static code => code, StringComparer.Ordinal).ToImmutableArray();
}
