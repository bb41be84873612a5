using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Orders;

/// <summary>Why a command on types and lifecycles is refused, beside the codes of
/// <see cref="Lifecycles.LifecycleFindings"/>.</summary>
public static class OrderLifecycleRefusals
{
    /// <summary>There is no such type.</summary>
    public static FindingKind TypeUnknown { get; } = new(
        "order.type_unknown", Severity.Refusal,
        "There is no order type '{type}'. Load it, or name another.", "没有订单类型“{type}”，请先加载或改用其他类型。");

    /// <summary>The order runs on no lifecycle.</summary>
    public static FindingKind NoLifecycle { get; } = new(
        "order.no_lifecycle", Severity.Refusal,
        "The order has no lifecycle. Capture it with a type.", "订单没有生命周期，请在录入时指定订单类型。");

    /// <summary>The lifecycle does not listen to the signal.</summary>
    public static FindingKind SignalUnheard { get; } = new(
        "order.signal_unheard", Severity.Refusal,
        "Its lifecycle declares no signal '{signal}'. Declared: {known}.", "其生命周期没有声明信号“{signal}”。已声明：{known}。");

    /// <summary>The version to migrate to is not known.</summary>
    public static FindingKind VersionUnknown { get; } = new(
        "order.lifecycle_version_unknown", Severity.Refusal,
        "No lifecycle has the version {version}. Load it first.", "没有版本为 {version} 的生命周期，请先加载。");

    /// <summary>Transitions would set one another off without end.</summary>
    public static FindingKind Endless { get; } = new(
        "order.lifecycle_endless", Severity.Refusal,
        "The lifecycle took {most} steps by itself and did not come to rest. Correct its transitions.",
        "生命周期自动执行了 {most} 步仍未停止，请修正其转换。");

    /// <summary>The order is numbered by another pattern.</summary>
    public static FindingKind NumberingOther { get; } = new(
        "order.numbering_other", Severity.Refusal,
        "The order is not numbered by {pattern}; its own pattern is {own}. Use that.", "该订单不按 {pattern} 编号，其规则为 {own}，请改用。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } =
        ImmutableArray.Create(
            TypeUnknown, NoLifecycle, SignalUnheard, VersionUnknown, Endless, NumberingOther, OrderTypes.FeatureUnfit,
            OrderTypes.NumberingUnfit);
}
