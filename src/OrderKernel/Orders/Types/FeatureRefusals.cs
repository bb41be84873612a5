using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Orders;

/// <summary>Why the features of an order's type refuse a command.</summary>
public static class FeatureRefusals
{
    /// <summary>The command belongs to another kind of order.</summary>
    public static FindingKind NotOfItsType { get; } = Refusal(
        "order.not_of_its_type", "The type of the order has no feature '{feature}'. Use a type that has it.",
        "该订单的类型不具备“{feature}”特性，请使用具备该特性的类型。");

    /// <summary>A line needs a price.</summary>
    public static FindingKind PriceNeeded { get; } = Refusal(
        "order.price_needed", "What is owed cannot be told: a line has no price. Give every line a price.",
        "存在无单价的行，无法计算应付金额，请补充单价。");

    /// <summary>A line must cost nothing.</summary>
    public static FindingKind PriceNotZero { get; } = Refusal(
        "order.price_not_zero", "Line {line}: an order of the kind '{feature}' costs nothing. Take the price away, or use another type.",
        "第 {line} 行：“{feature}”类订单不计价，请去掉单价或改用其他类型。");

    /// <summary>More pieces than such an order may have.</summary>
    public static FindingKind QuotaExceeded { get; } = Refusal(
        "order.quota_exceeded", "{pieces} pieces are wanted, an order of the kind '{feature}' may have {most}. Order less.",
        "共 {pieces} 件，“{feature}”类订单最多 {most} 件，请减少数量。");

    /// <summary>The deposit is not complete.</summary>
    public static FindingKind DepositDue { get; } = Refusal(
        "order.deposit_due", "The deposit of {deposit} is due, {paid} is paid. Record the payment first.",
        "应付定金 {deposit}，已付 {paid}，请先登记收款。");

    /// <summary>The balance is not complete.</summary>
    public static FindingKind BalanceDue { get; } = Refusal(
        "order.balance_due", "{net} is owed, {paid} is paid. Goods leave when the balance has come.",
        "应付 {net}，已付 {paid}，尾款到账后方可发货。");

    /// <summary>The payment was recorded with another amount.</summary>
    public static FindingKind PaymentExists { get; } = Refusal(
        "order.payment_exists", "The payment '{reference}' was recorded with {amount}. Use another reference.",
        "收款“{reference}”已登记为 {amount}，请使用其他凭证号。");

    /// <summary>It is earlier than the day from which goods are there.</summary>
    public static FindingKind BeforePresale { get; } = Refusal(
        "order.before_presale", "Goods of this pre-sale are there from {date} on. Take a later moment.",
        "预售商品自 {date} 起到货，请选择之后的时间。");

    /// <summary>A paper is missing before goods may leave.</summary>
    public static FindingKind EvidenceNeeded { get; } = Refusal(
        "order.evidence_needed", "Before goods leave, '{kind}' must be on file. Attach it.", "发货前须备有“{kind}”，请先上传。");

    /// <summary>The type has its goods from one node only.</summary>
    public static FindingKind SourceUnfit { get; } = Refusal(
        "order.source_unfit", "Goods of this order come from {node} only. Name that node, or none.",
        "该订单只能从 {node} 供货，请指定该节点或不指定节点。");

    /// <summary>Not all parts of the kit are there.</summary>
    public static FindingKind KitIncomplete { get; } = Refusal(
        "order.kit_incomplete", "A kit is held whole or not at all: line {line} lacks {missing}. Wait for stock, or use another type.",
        "套装须整套锁货：第 {line} 行缺 {missing}，请等待到货或改用其他类型。");

    /// <summary>The quantities are not those of whole kits.</summary>
    public static FindingKind KitBroken { get; } = Refusal(
        "order.kit_broken", "Line {line}: a kit stays together. Give every line in the proportion in which it was ordered.",
        "第 {line} 行：套装不可拆分，各行数量须与订购比例一致。");

    /// <summary>The order's type asks for more than stock before it holds.</summary>
    public static FindingKind HoldsByItself { get; } = Refusal(
        "order.holds_by_itself", "The type of {order} asks for more than stock before it holds. Leave it out, or hold for it by command.",
        "{order} 的订单类型对锁货另有要求，请将其排除或单独执行锁货。");

    /// <summary>An order without stock holds, ships, splits and returns nothing.</summary>
    public static FindingKind NoStock { get; } = Refusal(
        "order.no_stock", "A service has no stock. Confirm the work instead.", "服务订单不涉及库存，请改为确认服务完成。");

    /// <summary>More work than was ordered.</summary>
    public static FindingKind ServiceExceedsOpen { get; } = Refusal(
        "order.service_exceeds_open", "Line {line}: {done} done, {open} open. Confirm at most what is open.",
        "第 {line} 行：确认完成 {done}，未完成仅 {open}，请核对。");

    /// <summary>More was consumed than lies there.</summary>
    public static FindingKind ConsumptionExceeded { get; } = Refusal(
        "order.consumption_exceeded", "Line {line}: {consumed} consumed, {there} lies there. Count again.",
        "第 {line} 行：消耗 {consumed}，现存仅 {there}，请重新盘点。");

    /// <summary>The report was recorded already.</summary>
    public static FindingKind ReportExists { get; } = Refusal(
        "order.report_exists", "The report '{reference}' was recorded already. Use another reference.",
        "消耗报告“{reference}”已登记，请使用其他编号。");

    /// <summary>A rush without a date.</summary>
    public static FindingKind DateNeeded { get; } = Refusal(
        "order.date_needed", "A rush order says by when. State the requested or the promised date.", "加急订单须注明要求日期或承诺日期。");

    /// <summary>Nothing comes back yet.</summary>
    public static FindingKind TradeInNeeded { get; } = Refusal(
        "order.trade_in_needed", "Nothing comes back for this order. Agree on the old part first.", "该订单尚未约定旧件，请先登记以旧换新。");

    /// <summary>The reference names another trade-in.</summary>
    public static FindingKind TradeInExists { get; } = Refusal(
        "order.trade_in_exists", "The trade-in '{reference}' was agreed otherwise. Use another reference.",
        "旧件“{reference}”已按其他内容约定，请使用其他编号。");

    /// <summary>No trade-in has the reference.</summary>
    public static FindingKind TradeInUnknown { get; } = Refusal(
        "order.trade_in_unknown", "No trade-in has the reference '{reference}'. Agree on it first.", "没有编号为“{reference}”的旧件，请先约定。");

    /// <summary>It was closed already.</summary>
    public static FindingKind TradeInClosed { get; } = Refusal(
        "order.trade_in_closed", "The trade-in '{reference}' is closed. Agree on a new one.", "旧件“{reference}”已了结，请重新约定。");

    /// <summary>The old part may still come.</summary>
    public static FindingKind TradeInNotDue { get; } = Refusal(
        "order.trade_in_not_due", "The trade-in '{reference}' may come until {due}. Reverse its credit after that.",
        "旧件“{reference}”的期限为 {due}，到期后方可冲回抵扣。");

    /// <summary>It would be due in the past.</summary>
    public static FindingKind TradeInPast { get; } = Refusal(
        "order.trade_in_past", "It is due at {due}, and it is {now}. Take a later moment.", "期限 {due} 早于当前时间 {now}，请改为之后的时间。");

    /// <summary>The credit exceeds what is owed.</summary>
    public static FindingKind CreditTooHigh { get; } = Refusal(
        "order.credit_too_high", "A credit of {credit} exceeds the {net} that is owed. Lower it.", "抵扣 {credit} 超过应付 {net}，请调低。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(
        NotOfItsType, PriceNeeded, PriceNotZero, QuotaExceeded, DepositDue, BalanceDue, PaymentExists, BeforePresale, EvidenceNeeded,
        SourceUnfit, HoldsByItself, KitIncomplete, KitBroken, NoStock, ServiceExceedsOpen, ConsumptionExceeded, ReportExists,
        DateNeeded, TradeInNeeded,
        TradeInExists, TradeInUnknown, TradeInClosed, TradeInNotDue, TradeInPast, CreditTooHigh);

    private static FindingKind Refusal(string code, string english, string chinese) =>
        new(code, Severity.Refusal, english, chinese);
}
