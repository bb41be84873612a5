using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>Reads a definition from JSON: every fault of the text at once; when there is none, every fault of its
/// meaning.</summary>
internal static class LifecycleReader
{
    private static readonly JsonDocumentOptions Lenient =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static LifecycleReading Read(string json) => Read(json, LifecycleShape.Plain);

    public static LifecycleReading Read(string json, LifecycleShape shape)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, Lenient);
        }
        catch (JsonException fault)
        {
            return new LifecycleReading(null, ImmutableArray.Create(LifecycleFindings.NotJson.About(
                "$", string.Empty, Digits(fault.LineNumber + 1), Digits(fault.BytePositionInLine + 1))));
        }

        using (document)
        {
            var findings = new List<Finding>();
            LifecycleParts parts = Parts(new JsonPart(document.RootElement, "$", findings), shape);
            var definition = findings.Count == 0 ? new LifecycleDefinition(parts) : null;
            ImmutableArray<Finding> all = definition is null ? findings.ToImmutableArray() : LifecycleAnalysis.Check(definition);
            return new LifecycleReading(definition, all.IsEmpty ? all : WithLines(all, new JsonPlaces(json)));
        }
    }

    private static ImmutableArray<Finding> WithLines(ImmutableArray<Finding> findings, JsonPlaces places) =>
        ImmutableArray.CreateRange(
        findings,
        finding => finding.Subject.Length > 0 && finding.Subject[0] == '$'
            ? new Finding(finding.Kind, places.Of(finding.Subject), finding.Field, finding.Facts)
            : finding);

    private static LifecycleParts Parts(JsonPart root, LifecycleShape shape)
    {
        if (!root.IsObject(
            "id", "zh", "en", "for", "roles", "evidence", "actions", "signals", shape.States, shape.Transitions, "outer", "subs"))
        {
            return new LifecycleParts(
                NoTerm, default, default, default, default, default, default, default, default, default);
        }

        var transitions = new List<LifecycleTransition>();
        foreach (JsonPart transition in root.Items(shape.Transitions, needed: true))
        {
            transitions.AddRange(Transitions(transition, shape));
        }

        return new LifecycleParts(
            TermOf(root, "id"), (LifecycleSubject)root.Word("for", LifecycleWords.Subjects, "subject"), Terms(root, "roles"),
            Terms(root, "evidence"), All(root, "signals", Signal), Terms(root, "actions"), All(root, shape.States, State,
                needed: true),
            transitions.ToImmutableArray(), All(root, "outer", Outer), Codes(root, "subs"));
    }

    private static LifecycleSignal Signal(JsonPart json)
    {
        json.IsObject("code", "zh", "en", "clears");
        return new LifecycleSignal(TermOf(json, "code"), Codes(json, "clears"), json.Path);
    }

    private static LifecycleState State(JsonPart json)
    {
        json.IsObject("code", "zh", "en", "region", "stage", "owner", "dwell", "requires", "initial", "final", "position");
        return new LifecycleState(
            TermOf(json, "code"), (LifecycleRegion)json.Word("region", LifecycleWords.Regions, "region"),
            (LifecycleStage)json.Word("stage", LifecycleWords.Stages, "stage"), json.OptionalText("owner") ?? string.Empty,
            json.Member("dwell") is { } dwell ? Dwell(dwell) : null, Codes(json, "requires"), json.Flag("initial"),
            json.Flag("final"), json.Member("position") is { } position ? Position(position) : null, json.Path);
    }

    private static DwellLimit? Dwell(JsonPart json)
    {
        if (!json.IsObject("limit", "time"))
        {
            return null;
        }

        string time = json.Text("time");
        if (time.Length > 0 && time is not ("clock" or "working"))
        {
            json.Fault(LifecycleFindings.WordUnknown, "time", "time", time, "clock, working");
        }

        string text = json.Text("limit");
        DwellLimit? limit = DwellLimit.Parse(text, time == "working");
        if (text.Length > 0 && limit is null)
        {
            json.Fault(LifecycleFindings.MemberWrong, "limit", "limit", DefinitionForms.Of("time", "30m, 48h, 3d"));
        }

        return limit;
    }

    private static CanvasPosition? Position(JsonPart json) =>
        json.IsObject("x", "y") ? new CanvasPosition(json.Number("x"), json.Number("y")) : null;

    // "from" may name several states: that is written as one transition from each.
    private static IEnumerable<LifecycleTransition> Transitions(JsonPart json, LifecycleShape shape)
    {
        if (!json.IsObject(shape.From, "on", shape.To, "when", "roles", "effects"))
        {
            yield break;
        }

        string trigger = json.Text("on");
        string to = json.Text(shape.To);
        var guard = new SortedDictionary<string, GuardCondition>(StringComparer.Ordinal);
        foreach (JsonPart condition in json.Items("when"))
        {
            string text = condition.Value();
            guard[text] = GuardCondition.Parse(text);
        }

        var effects = ImmutableArray.CreateBuilder<LifecycleEffect>();
        foreach (JsonPart item in json.Items("effects"))
        {
            string text = item.Value();
            if (LifecycleEffect.Parse(text) is { } effect)
            {
                effects.Add(effect);
            }
            else if (text.Length > 0)
            {
                item.Fault(LifecycleFindings.EffectUnknown, string.Empty, text);
            }
        }

        ImmutableArray<string> roles = Codes(json, "roles");
        foreach (string from in json.OneOrMany(shape.From))
        {
            yield return new LifecycleTransition(
                from, trigger, to, guard.Values.ToImmutableArray(), roles, effects.ToImmutable(), json.Path);
        }
    }

    private static OuterStates Outer(JsonPart json)
    {
        json.IsObject("system", "region", "states", "map");
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (json.Member("map") is { } entries)
        {
            foreach (KeyValuePair<string, JsonPart> entry in entries.Entries())
            {
                map[json.CheckedCode(entry.Key, "map")] = entry.Value.Value();
            }
        }

        return new OuterStates(
            json.Code("system"), (LifecycleRegion)json.Word("region", LifecycleWords.Regions, "region"), Terms(json, "states"),
            map.ToImmutable(), json.Path);
    }

    // After a finding the term only has to exist: nothing that has findings is returned.
    private static readonly Term NoTerm = new("unreadable", "unreadable", "unreadable");

    private static Term TermOf(JsonPart json, string code)
    {
        string id = json.Code(code), english = json.Text("en"), chinese = json.Text("zh");
        return id.Length > 0 && english.Length > 0 && chinese.Length > 0 ? new Term(id, english, chinese) : NoTerm;
    }

    private static ImmutableArray<Term> Terms(JsonPart json, string name) => All(json, name, static item =>
    {
        item.IsObject("code", "zh", "en");
        return TermOf(item, "code");
    });

    private static ImmutableArray<T> All<T>(JsonPart json, string name, Func<JsonPart, T> read, bool needed = false)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        foreach (JsonPart item in json.Items(name, needed))
        {
            items.Add(read(item));
        }

        return items.ToImmutable();
    }

    private static ImmutableArray<string> Codes(JsonPart json, string name)
    {
        var codes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (JsonPart item in json.Items(name))
        {
            codes.Add(item.Value());
        }

        return codes.ToImmutableArray();
    }

    private static string Digits(long? number) => (number ?? 0).ToString(CultureInfo.InvariantCulture);
}
