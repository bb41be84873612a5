using System.Linq;
using OrderKernel.Lifecycles;
using OrderKernel.Orders;

namespace OrderKernel.Testing;

/// <summary>The order types that typed scripts play: one lifecycle with sub-orders, and types that have every feature.</summary>
public static class ScriptTypes
{
    private const string Order = """
        { "id": "script_order", "zh": "脚本订单", "en": "Script order", "for": "order",
          "roles": [{ "code": "clerk", "zh": "办事员", "en": "Clerk" }],
          "signals": [
            { "code": "checked", "zh": "已核对", "en": "Checked" },
            { "code": "doubted", "zh": "存疑", "en": "Doubted", "clears": ["checked"] }],
          "states": [
            { "code": "open", "zh": "进行中", "en": "Open", "region": "fulfilment", "stage": "preparing", "owner": "clerk", "initial": true },
            { "code": "gone", "zh": "已离库", "en": "Gone", "region": "fulfilment", "stage": "shipped", "owner": "clerk" },
            { "code": "ended", "zh": "已结束", "en": "Ended", "region": "fulfilment", "stage": "completed", "final": true },
            { "code": "dropped", "zh": "已取消", "en": "Dropped", "region": "fulfilment", "stage": "cancelled", "final": true },
            { "code": "unchecked", "zh": "未核对", "en": "Unchecked", "region": "approval", "stage": "review",
              "owner": "clerk", "initial": true },
            { "code": "sure", "zh": "已确认", "en": "Sure", "region": "approval", "stage": "completed", "final": true } ],
          "transitions": [
            { "from": "open", "on": "ship", "to": "gone", "when": ["shipped_all"] },
            { "from": "open", "on": "ship", "to": "open", "when": ["not shipped_all"] },
            { "from": "open", "on": "cancel", "to": "dropped", "when": ["cancelled_all"] },
            { "from": "open", "on": "cancel", "to": "open", "when": ["not cancelled_all"] },
            { "from": "open", "on": "auto", "to": "gone", "when": ["shipped_all"] },
            { "from": "gone", "on": "auto", "to": "ended", "when": ["delivered_all"] },
            { "from": "unchecked", "on": "doubted", "to": "unchecked", "effects": ["block quality"] },
            { "from": "unchecked", "on": "checked", "to": "unchecked", "effects": ["unblock quality"] },
            { "from": "unchecked", "on": "auto", "to": "sure", "when": ["signalled checked", "evidence approval"] } ],
          "evidence": [{ "code": "approval", "zh": "审批单", "en": "Approval" }],
          "subs": ["script_part"] }
        """;

    private const string Part = """
        { "id": "script_part", "zh": "脚本子单", "en": "Script part", "for": "sub_order",
          "roles": [{ "code": "clerk", "zh": "办事员", "en": "Clerk" }],
          "signals": [{ "code": "checked", "zh": "已核对", "en": "Checked" }],
          "states": [
            { "code": "waiting", "zh": "等待", "en": "Waiting", "region": "fulfilment", "stage": "preparing",
              "owner": "clerk", "initial": true },
            { "code": "picking", "zh": "拣货", "en": "Picking", "region": "fulfilment", "stage": "preparing", "owner": "clerk" },
            { "code": "sent", "zh": "已发", "en": "Sent", "region": "fulfilment", "stage": "shipped", "owner": "clerk" },
            { "code": "there", "zh": "已到", "en": "There", "region": "fulfilment", "stage": "completed", "final": true },
            { "code": "off", "zh": "已取消", "en": "Off", "region": "fulfilment", "stage": "cancelled", "final": true } ],
          "transitions": [
            { "from": "waiting", "on": "checked", "to": "picking" },
            { "from": "picking", "on": "ship", "to": "sent", "when": ["shipped_all"] },
            { "from": "picking", "on": "ship", "to": "picking", "when": ["not shipped_all"] },
            { "from": "sent", "on": "deliver", "to": "there", "when": ["delivered_all"] },
            { "from": "sent", "on": "deliver", "to": "sent", "when": ["not delivered_all"] },
            { "from": "waiting", "on": "cancel", "to": "off", "when": ["cancelled_all"] },
            { "from": "waiting", "on": "cancel", "to": "waiting", "when": ["not cancelled_all"] },
            { "from": "picking", "on": "cancel", "to": "off", "when": ["cancelled_all"] },
            { "from": "picking", "on": "cancel", "to": "picking", "when": ["not cancelled_all"] } ] }
        """;

    private static readonly string[] Features =
    {
        "", "deposit 30", "kit", "service", "consignment", "trade_in", "instalments 2", "subscription", "sample 9", "rush",
        "presale 2026-09-02", "dropship N0", "bonded", "gift", "return_replace",
    };

    /// <summary>The types and both lifecycles.</summary>
    public static OrderDefinitions Definitions { get; } = new(
        new[] { Part, Order }.Select(static json => LifecycleDefinition.Read(json).Definition!),
        OrderTypes.Read("{\"types\":[" + string.Join(",", Features.Select(TypeOf)) + "]}").OrThrow());

    private static string TypeOf(string feature, int number) =>
        $$"""{"id":"t{{number}}","zh":"类型","en":"Type","lifecycle":"script_order","numbering":"T-{000}","features":["""
        + (feature.Length == 0 ? string.Empty : "\"" + feature + "\"") + "]}";
}
