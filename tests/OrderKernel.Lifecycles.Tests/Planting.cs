using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using OrderKernel.Lifecycles;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>One defect of each kind, planted in any clean lifecycle of the generator.</summary>
internal static class Planting
{
    public static readonly SortedDictionary<string, Action<JsonObject>> Defects = new(StringComparer.Ordinal)
    {
        ["definition.member_missing"] = root => State(root, 0).Remove("region"),
        ["definition.member_unknown"] = root => State(root, 0)["onwer"] = "sales",
        ["definition.value_wrong/flag"] = root => State(root, 0)["initial"] = "yes",
        ["definition.value_wrong/code"] = root => State(root, 0)["code"] = "Waiting Room",
        ["definition.value_wrong/name"] = root => State(root, 0)["zh"] = " ",
        ["lifecycle.word_unknown"] = root => State(root, 0)["stage"] = "somewhere",
        ["lifecycle.effect_unknown"] = root => Way(root, "ship")["effects"] = new JsonArray("celebrate"),
        ["lifecycle.duplicate"] = root => List(root, "states").Add(State(root, 1).DeepClone()),
        ["lifecycle.state_unknown"] = root => Way(root, "ship")["to"] = "nowhere",
        ["lifecycle.trigger_unknown"] = root => Way(root, "ship")["on"] = "shipp",
        ["lifecycle.signal_unknown"] = root => Way(root, "ship")["effects"] = new JsonArray("raise nothing"),
        ["lifecycle.guard_unknown"] = root => Way(root, "ship")["when"] = new JsonArray("sunny"),
        ["lifecycle.action_unknown"] = root => Way(root, "ship")["effects"] = new JsonArray("announce smoke"),
        ["lifecycle.role_unknown"] = root => State(root, 0)["owner"] = "nobody",
        ["lifecycle.evidence_unknown"] = root => State(root, 0)["requires"] = new JsonArray("photo"),
        ["lifecycle.no_initial"] = root => State(root, 0).Remove("initial"),
        ["lifecycle.two_initials"] = root => State(root, 1)["initial"] = true,
        ["lifecycle.final_with_exit"] = root => Ways(root).Add(NewWay("signed", "amend", "waiting")),
        ["lifecycle.unreachable"] = root =>
        {
            List(root, "states").Add(NewState("island", "sales"));
            Ways(root).Add(NewWay("island", "cancel", "signed"));
        },
        ["lifecycle.orphan"] = root => List(root, "states").Add(NewState("alone", "sales")),
        ["lifecycle.dead_end"] = root => Reach(root, "cul_de_sac", "sales"),
        ["lifecycle.no_way_out"] = root =>
        {
            Reach(root, "here", "sales");
            List(root, "states").Add(NewState("there", "sales"));
            Ways(root).Add(NewWay("here", "amend", "there"));
            Ways(root).Add(NewWay("there", "amend", "here"));
        },
        ["lifecycle.ownerless"] = root => State(root, 0).Remove("owner"),
        ["lifecycle.region_crossed"] = root =>
        {
            List(root, "states").Add(NewState("begun", "sales", "commercial", "initial"));
            Ways(root).Add(NewWay("begun", "amend", "signed"));
        },
        ["lifecycle.ambiguous"] = root => Ways(root).Add(NewWay("waiting", "ship", "called_off")),
        ["lifecycle.guard_never_holds"] = root => Way(root, "deliver")["when"] = new JsonArray("blocked", "not blocked"),
        ["lifecycle.effect_cycle"] = root =>
        {
            Ways(root).Add(NewWay("waiting", "agreed", "waiting", "raise revoked"));
            Ways(root).Add(NewWay("waiting", "revoked", "waiting", "raise agreed"));
        },
        ["lifecycle.auto_unguarded"] = root => Ways(root).Add(NewWay("on_the_road", "auto", "signed")),
        ["lifecycle.stock_effect_missing"] = root => Ways(root).Add(NewWay("waiting", "agreed", "on_the_road")),
        ["lifecycle.stock_not_released"] = root => Ways(root).Add(NewWay("waiting", "agreed", "called_off")),
        ["lifecycle.dwell_not_positive"] = root => State(root, 0)["dwell"]!["limit"] = "0h",
        ["lifecycle.outer_not_total"] = root => ((JsonObject)root["outer"]![0]!["map"]!).Remove("waiting"),
        ["lifecycle.outer_unknown"] = root => root["outer"]![0]!["map"]!["waiting"] = "half_open",
        ["lifecycle.never_taken"] = root => Ways(root).Add(NewWay("waiting", "amend", "waiting", when: "in on_the_road")),
        ["lifecycle.stuck"] = root => Way(root, "deliver")["when"] = new JsonArray("in waiting"),
        ["lifecycle.signal_unused"] = root => List(root, "signals").Add(
            new JsonObject { ["code"] = "ignored", ["zh"] = "无人理会", ["en"] = "Ignored" }),
        ["lifecycle.too_many"] = root => Enumerable.Range(0, 70).ToList().ForEach(i => List(root, "signals").Add(
            new JsonObject { ["code"] = $"more_{i}", ["zh"] = "更多", ["en"] = "More" })),
        ["name.technical"] = root => State(root, 0)["en"] = "t_order_detail.status_flag",
        ["name.not_chinese"] = root => State(root, 0)["zh"] = "Waiting",
    };

    public static string Plant(LifecycleDefinition clean, string defect)
    {
        var root = (JsonObject)JsonNode.Parse(clean.Json)!;
        Defects[defect](root);
        return root.ToJsonString();
    }

    private static JsonArray List(JsonObject root, string name) => (JsonArray)root[name]!;

    private static JsonObject State(JsonObject root, int at) => (JsonObject)List(root, "states")[at]!;

    private static JsonArray Ways(JsonObject root) => List(root, "transitions");

    private static JsonObject Way(JsonObject root, string trigger) =>
        (JsonObject)Ways(root).First(way => (string)way!["on"]! == trigger && (string)way["from"]! != (string)way["to"]!)!;

    private static JsonObject NewWay(string from, string on, string to, string? effect = null, string? when = null)
    {
        var way = new JsonObject { ["from"] = from, ["on"] = on, ["to"] = to };
        if (effect is not null)
        {
            way["effects"] = new JsonArray(effect);
        }

        if (when is not null)
        {
            way["when"] = new JsonArray(when);
        }

        return way;
    }

    private static JsonObject NewState(string code, string owner, string region = "fulfilment", string? flag = null)
    {
        var state = new JsonObject
        {
            ["code"] = code, ["zh"] = "新状态", ["en"] = "New", ["region"] = region, ["stage"] = "review", ["owner"] = owner,
        };
        if (flag is not null)
        {
            state[flag] = true;
        }

        return state;
    }

    private static void Reach(JsonObject root, string code, string owner)
    {
        List(root, "states").Add(NewState(code, owner));
        Ways(root).Add(NewWay("waiting", "amend", code));
        root["outer"]![0]!["map"]![code] = "open";
    }
}
