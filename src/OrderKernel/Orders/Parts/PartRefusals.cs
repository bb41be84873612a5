using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Orders;

/// <summary>Why a command on sub-orders is refused.</summary>
public static class PartRefusals
{
    /// <summary>The order cannot be split.</summary>
    public static FindingKind NoSubLifecycle { get; } = Refusal(
        "order.no_sub_lifecycle", "The lifecycle of the order names no sub-lifecycle. Add one under 'subs'.",
        "该订单的生命周期没有子单生命周期，请在 subs 中添加。");

    /// <summary>There is no such sub-order.</summary>
    public static FindingKind PartUnknown { get; } = Refusal(
        "order.part_unknown", "The order has no part {part}. Split it first, or name another.", "订单没有第 {part} 个子单，请先拆分或改用其他子单。");

    /// <summary>A split order ships by sub-order.</summary>
    public static FindingKind PartNeeded { get; } = Refusal(
        "order.part_needed", "The order is split. Name the part that ships.", "订单已拆分，请指明发货的子单。");

    /// <summary>More than a part, or the order, has left.</summary>
    public static FindingKind PartExceeded { get; } = Refusal(
        "order.part_exceeded", "Line {line}: {wanted} wanted, {left} left for it. Take at most that.",
        "第 {line} 行：需要 {wanted}，可用仅 {left}，请减少数量。");

    /// <summary>The deliveries are not planned as the type asks.</summary>
    public static FindingKind PlanUnfit { get; } = Refusal(
        "order.plan_unfit", "The type asks for {parts} deliveries, each with its date, that are all of the order together. Split it so.",
        "该类型要求分 {parts} 批交付，每批有日期且合计等于订购数量，请按此拆分。");

    /// <summary>Nothing was planned yet.</summary>
    public static FindingKind PlanNeeded { get; } = Refusal(
        "order.plan_needed", "Nothing more of the order is planned for delivery or called off. Split it first.",
        "订单没有待办的分批交付或释放，请先拆分。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } =
        ImmutableArray.Create(NoSubLifecycle, PartUnknown, PartNeeded, PartExceeded, PlanUnfit, PlanNeeded);

    private static FindingKind Refusal(string code, string english, string chinese) =>
        new(code, Severity.Refusal, english, chinese);
}
