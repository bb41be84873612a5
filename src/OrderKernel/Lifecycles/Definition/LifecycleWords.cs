using System;
using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Lifecycles;

/// <summary>The side of an order that a state belongs to. The sides run beside each other, each in one state at a time.</summary>
public enum LifecycleRegion
{
    /// <summary>Whether the deal stands.</summary>
    Commercial = 0,

    /// <summary>What was paid.</summary>
    Payment = 1,

    /// <summary>How the goods come about: bought, made, held.</summary>
    Supply = 2,

    /// <summary>How the goods reach the customer.</summary>
    Fulfilment = 3,

    /// <summary>Who has still to agree.</summary>
    Approval = 4,

    /// <summary>What follows after delivery.</summary>
    AfterSales = 5,
}

/// <summary>The short list of stages that people see on every board, whatever the lifecycle; each state belongs to one.</summary>
public enum LifecycleStage
{
    /// <summary>Taken in, nobody has acted yet.</summary>
    Intake = 0,

    /// <summary>Somebody checks it.</summary>
    Review = 1,

    /// <summary>Goods are bought, set aside or picked.</summary>
    Preparing = 2,

    /// <summary>Goods are made.</summary>
    Producing = 3,

    /// <summary>It can leave.</summary>
    Ready = 4,

    /// <summary>It has left.</summary>
    Shipped = 5,

    /// <summary>It is signed for.</summary>
    Delivered = 6,

    /// <summary>A return, repair or complaint runs.</summary>
    AfterSales = 7,

    /// <summary>Finished.</summary>
    Completed = 8,

    /// <summary>Called off.</summary>
    Cancelled = 9,
}

/// <summary>What goes through a lifecycle.</summary>
public enum LifecycleSubject
{
    /// <summary>A whole order.</summary>
    Order = 0,

    /// <summary>A part of an order that ships and is signed for by itself.</summary>
    SubOrder = 1,

    /// <summary>One payment.</summary>
    Payment = 2,

    /// <summary>One approval.</summary>
    Approval = 3,

    /// <summary>One return, repair or complaint.</summary>
    AfterSales = 4,
}

/// <summary>The closed lists of words that a lifecycle is written in, each with its name in both languages.</summary>
/// <remarks>
/// <para>Shape: codes are prefixed by their list (<c>region.payment</c>, <c>trigger.ship</c>); a definition writes the part
/// after the dot.</para>
/// <para>Signals are the open end: what no command of the kernel raises is declared in the definition and raised by name.</para>
/// </remarks>
public static class LifecycleWords
{
    /// <summary>The trigger of transitions that are taken by themselves as soon as their guard holds.</summary>
    public const string Auto = "auto";

    /// <summary>The regions, by <see cref="LifecycleRegion"/>.</summary>
    public static ImmutableArray<Term> Regions { get; } = ImmutableArray.Create(
        new Term("region.commercial", "Commercial", "商务"),
        new Term("region.payment", "Payment", "收款"),
        new Term("region.supply", "Supply", "供应"),
        new Term("region.fulfilment", "Fulfilment", "履约"),
        new Term("region.approval", "Approval", "审批"),
        new Term("region.after_sales", "After-sales", "售后"));

    /// <summary>The stages, by <see cref="LifecycleStage"/>.</summary>
    public static ImmutableArray<Term> Stages { get; } = ImmutableArray.Create(
        new Term("step.intake", "Intake", "受理"),
        new Term("step.review", "Review", "审核"),
        new Term("step.preparing", "Preparing", "备货"),
        new Term("step.producing", "Producing", "生产"),
        new Term("step.ready", "Ready", "待发"),
        new Term("step.shipped", "Shipped", "已发"),
        new Term("step.delivered", "Delivered", "签收"),
        new Term("step.after_sales", "After-sales", "售后"),
        new Term("step.completed", "Completed", "完成"),
        new Term("step.cancelled", "Cancelled", "取消"));

    /// <summary>What goes through lifecycles, by <see cref="LifecycleSubject"/>.</summary>
    public static ImmutableArray<Term> Subjects { get; } = ImmutableArray.Create(
        new Term("subject.order", "Order", "订单"),
        new Term("subject.sub_order", "Sub-order", "子单"),
        new Term("subject.payment", "Payment", "收款单"),
        new Term("subject.approval", "Approval", "审批单"),
        new Term("subject.after_sales", "After-sales case", "售后单"));

    /// <summary>The triggers that commands and effects of the kernel raise.</summary>
    public static ImmutableArray<Term> Triggers { get; } = ImmutableArray.Create(
        new Term("trigger.promise", "Promise a date", "承诺交期"),
        new Term("trigger.amend", "Amend", "修改订单"),
        new Term("trigger.hold", "Hold stock", "锁定库存"),
        new Term("trigger.release", "Release stock", "释放库存"),
        new Term("trigger.hold_expired", "Hold expired", "锁定到期"),
        new Term("trigger.ship", "Confirm shipment", "确认出库"),
        new Term("trigger.deliver", "Confirm delivery", "确认签收"),
        new Term("trigger.cancel", "Cancel", "取消"),
        new Term("trigger.return", "Take back", "退货"),
        new Term("trigger.block", "Block", "冻结"),
        new Term("trigger.unblock", "Lift a block", "解冻"),
        new Term("trigger.evidence", "Attach evidence", "上传凭据"),
        new Term("trigger.pay", "Record a payment", "登记收款"),
        new Term("trigger.trade_in", "Close a trade-in", "了结旧件"),
        new Term("trigger.perform", "Confirm the work", "确认服务完成"),
        new Term("trigger.consume", "Report consumption", "上报消耗"),
        new Term("trigger.auto", "By itself", "自动"));

    /// <summary>What a guard may ask of an order, apart from evidence, signals and states.</summary>
    public static ImmutableArray<Term> Flags { get; } = ImmutableArray.Create(
        new Term("fact.promised", "A date is promised", "已承诺交期"),
        new Term("fact.held_any", "Something is held", "已有锁货"),
        new Term("fact.held_all", "All that is open is held", "已全部锁货"),
        new Term("fact.shipped_any", "Something has left", "已有发货"),
        new Term("fact.shipped_all", "All has left", "已全部发货"),
        new Term("fact.delivered_all", "All is signed for", "已全部签收"),
        new Term("fact.cancelled_all", "All is cancelled", "已全部取消"),
        new Term("fact.returned_any", "Something came back", "已有退货"),
        new Term("fact.blocked", "Something blocks it", "已冻结"),
        new Term("fact.deposit_paid", "The deposit is paid", "定金已付"),
        new Term("fact.paid_all", "All is paid", "已全部付清"),
        new Term("fact.traded_in", "An old part has come in", "旧件已收"),
        new Term("fact.consumed_all", "All is consumed or came back", "已全部消耗或退回"),
        new Term("fact.parts_ended", "Every sub-order has ended", "子单已全部结束"));

    /// <summary>What a transition may do beside changing the state.</summary>
    public static ImmutableArray<Term> Effects { get; } = ImmutableArray.Create(
        new Term("effect.announce", "Announce", "通知"),
        new Term("effect.block", "Block", "冻结"),
        new Term("effect.unblock", "Lift a block", "解冻"),
        new Term("effect.release_stock", "Release stock", "释放库存"),
        new Term("effect.raise", "Raise a signal", "发出信号"));

    /// <summary>Every term of this room; what the parity test walks.</summary>
    public static ImmutableArray<Term> All { get; } =
        Regions.AddRange(Stages).AddRange(Subjects).AddRange(Triggers).AddRange(Flags).AddRange(Effects);

    /// <summary>The code as a definition writes it: without the name of its list.</summary>
    internal static string Word(Term term) => term.Code.Substring(term.Code.IndexOf('.') + 1);

    /// <summary>The place of a word in its list, or -1.</summary>
    internal static int IndexOf(ImmutableArray<Term> list, string word)
    {
        for (int i = 0; i < list.Length; i++)
        {
            string code = list[i].Code;
            int dot = code.IndexOf('.');
            if (code.Length - dot - 1 == word.Length && string.CompareOrdinal(code, dot + 1, word, 0, word.Length) == 0)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>All words of a list, for a finding that says what is known.</summary>
    internal static string Known(ImmutableArray<Term> list)
    {
        var words = new string[list.Length];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = Word(list[i]);
        }

        return string.Join(", ", words);
    }
}
