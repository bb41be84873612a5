using System;
using System.Collections.Generic;
using OrderKernel.Findings;
using OrderKernel.Measures;

namespace OrderKernel.Lifecycles;

/// <summary>Builds a definition in code. What it builds is read like a file, so that the same faults are found in both.</summary>
/// <remarks>
/// <para>Shape: a call about a state or a way (such as <see cref="Initial"/> or <see cref="When"/>) is about the last one
/// added.</para>
/// <para>Errors: such a call before the first state or way throws <see cref="InvalidOperationException"/>; everything else is
/// a finding
/// of <see cref="Build"/>.</para>
/// </remarks>
public sealed class LifecycleBuilder
{
    private readonly List<Part> roles = new(), evidence = new(), actions = new(), signals = new(), states = new(), ways = new();
    private readonly List<Part> outers = new();
    private readonly List<string> subs = new();
    private readonly Part self;
    private readonly LifecycleSubject subject;

    /// <summary>Starts a lifecycle.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="english">Its English name.</param>
    /// <param name="chinese">Its zh-CN name.</param>
    /// <param name="subject">What goes through it.</param>
    public LifecycleBuilder(string id, string english, string chinese, LifecycleSubject subject = LifecycleSubject.Order)
    {
        self = new Part(id, english, chinese);
        this.subject = subject;
    }

    /// <summary>Declares a role.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="english">Its English name.</param>
    /// <param name="chinese">Its zh-CN name.</param>
    public LifecycleBuilder Role(string code, string english, string chinese) => Add(roles, new Part(code, english, chinese));

    /// <summary>Declares a kind of evidence.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="english">Its English name.</param>
    /// <param name="chinese">Its zh-CN name.</param>
    public LifecycleBuilder Evidence(string code, string english, string chinese) => Add(evidence, new Part(code, english,
        chinese));

    /// <summary>Declares something that is announced to others.</summary>
    /// <param name="code">Its code: the destination in the outbox.</param>
    /// <param name="english">Its English name.</param>
    /// <param name="chinese">Its zh-CN name.</param>
    public LifecycleBuilder Action(string code, string english, string chinese) => Add(actions, new Part(code, english, chinese));

    /// <summary>Declares a signal that a person or a system gives.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="english">Its English name.</param>
    /// <param name="chinese">Its zh-CN name.</param>
    /// <param name="clears">The signals that it takes back.</param>
    public LifecycleBuilder Signal(string code, string english, string chinese, params string[] clears)
    {
        var signal = new Part(code, english, chinese);
        signal.Lists["clears"].AddRange(clears ?? throw new ArgumentNullException(nameof(clears)));
        return Add(signals, signal);
    }

    /// <summary>Adds a state.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="english">Its English name.</param>
    /// <param name="chinese">Its zh-CN name.</param>
    /// <param name="region">The side of the order that it belongs to.</param>
    /// <param name="stage">The stage it counts as.</param>
    /// <param name="owner">The role that acts there; empty for nobody.</param>
    public LifecycleBuilder State(
        string code, string english, string chinese, LifecycleRegion region, LifecycleStage stage, string owner = "")
    {
        var state = new Part(code, english, chinese);
        state.Texts["region"] = LifecycleWords.Word(LifecycleWords.Regions[(int)region]);
        state.Texts["stage"] = LifecycleWords.Word(LifecycleWords.Stages[(int)stage]);
        if (!string.IsNullOrEmpty(owner))
        {
            state.Texts["owner"] = owner;
        }

        return Add(states, state);
    }

    /// <summary>The region of the last state begins there.</summary>
    public LifecycleBuilder Initial() => LastState(state => state.Flags.Add("initial"));

    /// <summary>The region of the last state may end there.</summary>
    public LifecycleBuilder Final() => LastState(state => state.Flags.Add("final"));

    /// <summary>The last state may only be left with these kinds of evidence on file.</summary>
    /// <param name="kinds">The kinds.</param>
    public LifecycleBuilder Requires(params string[] kinds) => LastState(state => state.Lists["requires"].AddRange(kinds));

    /// <summary>How long something may stay in the last state.</summary>
    /// <param name="limit">Such as <c>30m</c>, <c>48h</c> or <c>3d</c>.</param>
    /// <param name="workingTime">Whether only working time counts.</param>
    public LifecycleBuilder Dwell(string limit, bool workingTime = false) => LastState(state =>
    {
        state.Dwell = limit ?? throw new ArgumentNullException(nameof(limit));
        state.WorkingTime = workingTime;
    });

    /// <summary>Where the last state stands on a drawing.</summary>
    /// <param name="x">From the left.</param>
    /// <param name="y">From the top.</param>
    public LifecycleBuilder At(int x, int y) => LastState(state => state.Position = new CanvasPosition(x, y));

    /// <summary>Adds a way from one state to another.</summary>
    /// <param name="from">The state it leaves.</param>
    /// <param name="on">The trigger.</param>
    /// <param name="to">The state it enters.</param>
    public LifecycleBuilder Way(string from, string on, string to)
    {
        var way = new Part(from, string.Empty, string.Empty);
        way.Texts["on"] = on;
        way.Texts["to"] = to;
        return Add(ways, way);
    }

    /// <summary>The last way is open only when all of these hold.</summary>
    /// <param name="conditions">Such as <c>held_all</c>, <c>not evidence quality_report</c>, <c>signalled paid</c>, <c>in
    /// paid</c>.</param>
    public LifecycleBuilder When(params string[] conditions) => LastWay(way => way.Lists["when"].AddRange(conditions));

    /// <summary>The last way may only be set off by these roles.</summary>
    /// <param name="codes">The roles.</param>
    public LifecycleBuilder By(params string[] codes) => LastWay(way => way.Lists["roles"].AddRange(codes));

    /// <summary>What the last way does beside changing the state.</summary>
    /// <param name="effects">Such as <c>announce wms_pick</c>, <c>block credit</c>, <c>release_stock</c>, <c>raise
    /// paid</c>.</param>
    public LifecycleBuilder Does(params string[] effects) => LastWay(way => way.Lists["effects"].AddRange(effects));

    /// <summary>Adds another system that sees the states of one region.</summary>
    /// <param name="system">Its code.</param>
    /// <param name="region">The region.</param>
    /// <param name="states">The states that it knows.</param>
    /// <param name="map">Its state for each state of the region.</param>
    public LifecycleBuilder Outer(
        string system, LifecycleRegion region, IEnumerable<Term> states, IEnumerable<KeyValuePair<string, string>> map)
    {
        var outer = new Part(system, string.Empty, string.Empty);
        outer.Texts["region"] = LifecycleWords.Word(LifecycleWords.Regions[(int)region]);
        outer.States.AddRange(states ?? throw new ArgumentNullException(nameof(states)));
        foreach (KeyValuePair<string, string> entry in map ?? throw new ArgumentNullException(nameof(map)))
        {
            outer.Map[CodeRule.Check(entry.Key, nameof(map))] = entry.Value;
        }

        return Add(outers, outer);
    }

    /// <summary>Names the lifecycle of a part, such as a sub-order.</summary>
    /// <param name="lifecycle">Its id.</param>
    public LifecycleBuilder Sub(string lifecycle)
    {
        subs.Add(lifecycle);
        return this;
    }

    /// <summary>Reads and analyses what was built.</summary>
    /// <returns>The definition, or null with every finding.</returns>
    public LifecycleReading Build() => LifecycleDefinition.Read(ToJson());

    /// <summary>What was built, as JSON; canonical once it was read.</summary>
    public string ToJson()
    {
        JsonText json = JsonText.Start();
        self.WriteNames(json, "id").Member("for", LifecycleWords.Word(LifecycleWords.Subjects[(int)subject]));
        Write(json, "roles", roles, "code");
        Write(json, "evidence", evidence, "code");
        Write(json, "actions", actions, "code");
        Write(json, "signals", signals, "code");
        Write(json, "states", states, "code");
        Write(json, "transitions", ways, "from");
        Write(json, "outer", outers, "system");
        json.OpenArray("subs");
        subs.ForEach(sub => json.Element(sub));
        return json.CloseArray().Finish();
    }

    private static void Write(JsonText json, string list, List<Part> parts, string code)
    {
        json.OpenArray(list);
        parts.ForEach(part => part.Write(json, code));
        json.CloseArray();
    }

    private LifecycleBuilder Add(List<Part> list, Part part)
    {
        list.Add(part);
        return this;
    }

    private LifecycleBuilder LastState(Action<Part> change) => Change(states, change, "Add a state first.");

    private LifecycleBuilder LastWay(Action<Part> change) => Change(ways, change, "Add a way first.");

    private LifecycleBuilder Change(List<Part> list, Action<Part> change, string remedy)
    {
        change(list.Count > 0 ? list[list.Count - 1] : throw new InvalidOperationException(remedy));
        return this;
    }

    /// <summary>Anything with a code: what is set of it is written.</summary>
    private sealed class Part
    {
        private readonly string code, english, chinese;

        public Part(string code, string english, string chinese)
        {
            this.code = code ?? throw new ArgumentNullException(nameof(code));
            this.english = english ?? throw new ArgumentNullException(nameof(english));
            this.chinese = chinese ?? throw new ArgumentNullException(nameof(chinese));
        }

        public SortedDictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, List<string>> Lists { get; } = new(StringComparer.Ordinal)
        {
            ["clears"] = new(), ["requires"] = new(), ["when"] = new(), ["roles"] = new(), ["effects"] = new(),
        };

        public SortedSet<string> Flags { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<string, string> Map { get; } = new(StringComparer.Ordinal);

        public List<Term> States { get; } = new();

        public string? Dwell { get; set; }

        public bool WorkingTime { get; set; }

        public CanvasPosition? Position { get; set; }

        public JsonText WriteNames(JsonText json, string codeName)
        {
            json.Member(codeName, code);
            return english.Length + chinese.Length == 0 ? json : json.Member("zh", chinese).Member("en", english);
        }

        public void Write(JsonText json, string codeName)
        {
            WriteNames(json.OpenObject(), codeName);
            foreach (KeyValuePair<string, string> text in Texts)
            {
                json.Member(text.Key, text.Value);
            }

            foreach (KeyValuePair<string, List<string>> list in Lists)
            {
                WriteList(json, list.Key, list.Value);
            }

            foreach (string flag in Flags)
            {
                json.Member(flag, true);
            }

            if (Dwell is not null)
            {
                json.OpenObject("dwell").Member("limit", Dwell).Member("time", WorkingTime ? "working" : "clock").CloseObject();
            }

            if (Position is { } position)
            {
                json.OpenObject("position").Member("x", position.X).Member("y", position.Y).CloseObject();
            }

            if (codeName == "system")
            {
                WriteOuter(json);
            }

            json.CloseObject();
        }

        private void WriteOuter(JsonText json)
        {
            json.OpenArray("states");
            States.ForEach(state => json.OpenObject().Member("code", state.Code).Member("zh", state.Chinese)
                .Member("en", state.English).CloseObject());
            json.CloseArray().OpenObject("map");
            foreach (KeyValuePair<string, string> entry in Map)
            {
                json.Member(entry.Key, entry.Value);
            }

            json.CloseObject();
        }

        private static void WriteList(JsonText json, string name, List<string> texts)
        {
            if (texts.Count > 0)
            {
                json.OpenArray(name);
                texts.ForEach(text => json.Element(text));
                json.CloseArray();
            }
        }
    }
}
