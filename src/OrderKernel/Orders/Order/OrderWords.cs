using System;
using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Orders;

/// <summary>The words for roles, block reasons, promise causes and region states, in both languages.</summary>
public static class OrderWords
{
    /// <summary>The roles whose turn it can be; hosts may use codes of their own.</summary>
    public static ImmutableArray<Term> Roles { get; } = ImmutableArray.Create(
        new Term("role.sales", "Sales", "销售"),
        new Term("role.planning", "Planning", "计划"),
        new Term("role.purchasing", "Purchasing", "采购"),
        new Term("role.warehouse", "Warehouse", "仓库"),
        new Term("role.carrier", "Carrier", "承运商"),
        new Term("role.finance", "Finance", "财务"),
        new Term("role.quality", "Quality", "质量"),
        new Term("role.customer", "Customer", "客户"));

    /// <summary>The reasons an order is blocked for; hosts may use codes of their own.</summary>
    public static ImmutableArray<Term> BlockReasons { get; } = ImmutableArray.Create(
        new Term("block.credit", "Credit check", "信用审核"),
        new Term("block.deposit", "Deposit outstanding", "定金未到"),
        new Term("block.certificate", "Certificate", "证照"),
        new Term("block.address", "Address unclear", "地址待确认"),
        new Term("block.drawing", "Drawing not approved", "图纸未确认"),
        new Term("block.quality", "Quality inspection", "质检"),
        new Term("block.customer_request", "At the customer's request", "客户要求暂停"));

    /// <summary>Why promises are made or changed, by <see cref="PromiseCause"/>.</summary>
    public static ImmutableArray<Term> PromiseCauses { get; } = ImmutableArray.Create(
        new Term("promise.first", "First promise", "首次承诺"),
        new Term("promise.customer_request", "Customer's request", "客户要求"),
        new Term("promise.stock_short", "Stock short", "缺货"),
        new Term("promise.supply_late", "Supply late", "供货延迟"),
        new Term("promise.carrier_late", "Carrier late", "承运商延误"),
        new Term("promise.displaced", "Displaced by another order", "被其他订单抢占"),
        new Term("promise.correction", "Entered wrongly", "录入更正"));

    /// <summary>The states of the supply region, by <see cref="SupplyState"/>.</summary>
    public static ImmutableArray<Term> SupplyStates { get; } = ImmutableArray.Create(
        new Term("supply.not_held", "Not held", "未锁货"),
        new Term("supply.partially_held", "Partially held", "部分锁货"),
        new Term("supply.held", "Held", "已锁货"));

    /// <summary>The states of the fulfilment region, by <see cref="FulfilmentState"/>.</summary>
    public static ImmutableArray<Term> FulfilmentStates { get; } = ImmutableArray.Create(
        new Term("fulfilment.not_shipped", "Not shipped", "未发货"),
        new Term("fulfilment.partially_shipped", "Partially shipped", "部分发货"),
        new Term("fulfilment.shipped", "Shipped", "已发货"),
        new Term("fulfilment.delivered", "Signed for", "已签收"));

    /// <summary>The states of the commercial region, by <see cref="CommercialState"/>.</summary>
    public static ImmutableArray<Term> CommercialStates { get; } = ImmutableArray.Create(
        new Term("commercial.none", "Not captured", "未录入"),
        new Term("commercial.open", "Open", "进行中"),
        new Term("commercial.completed", "Completed", "已完成"),
        new Term("commercial.cancelled", "Cancelled", "已取消"));

    /// <summary>What stands before the parts of an answer about an order.</summary>
    public static ImmutableArray<Term> View { get; } = ImmutableArray.Create(
        new Term("view.state", "State", "当前状态"),
        new Term("view.step_owner", "Whose turn", "当前责任人"),
        new Term("view.payment", "Payment", "付款"),
        new Term("view.current_blocker", "Current blocker", "当前卡点"),
        new Term("view.expected_release", "Expected release", "预计解卡时间"),
        new Term("view.expected_arrival", "Expected arrival", "预计到达时间"),
        new Term("view.last_track", "Last track", "最新物流"));

    /// <summary>Every term of this room; what the parity test walks.</summary>
    public static ImmutableArray<Term> All { get; } = Roles
        .AddRange(BlockReasons).AddRange(PromiseCauses).AddRange(SupplyStates).AddRange(FulfilmentStates)
        .AddRange(CommercialStates).AddRange(View)
        .AddRange(ImmutableArray.CreateRange(OrderStage.All, static stage => stage.Name))
        .AddRange(ImmutableArray.CreateRange(OrderFields.All, static field => field.Name));

    /// <summary>The name of a role; a host's own code stands for itself.</summary>
    /// <param name="role">The role's code, such as <c>finance</c>.</param>
    /// <param name="language">The language to answer in.</param>
    public static string Role(string role, Language language) => Find(Roles, "role." + role)?.Text(language) ?? role;

    /// <summary>The name of a block reason; a host's own code stands for itself.</summary>
    /// <param name="reason">The reason's code, such as <c>credit</c>.</param>
    /// <param name="language">The language to answer in.</param>
    public static string BlockReason(string reason, Language language) =>
        Find(BlockReasons, "block." + reason)?.Text(language) ?? reason;

    private static Term? Find(ImmutableArray<Term> terms, string code)
    {
        foreach (Term term in terms)
        {
            if (string.Equals(term.Code, code, StringComparison.Ordinal))
            {
                return term;
            }
        }

        return null;
    }
}
