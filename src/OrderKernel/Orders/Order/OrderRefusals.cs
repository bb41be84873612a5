using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Orders;

/// <summary>Why a command on an order is refused.</summary>
public static class OrderRefusals
{
    /// <summary>There is no such order.</summary>
    public static FindingKind Unknown { get; } = Refusal(
        "order.unknown", "Order {order} was never captured. Capture it first.", "订单 {order} 不存在，请先录入。");

    /// <summary>The order was captured already.</summary>
    public static FindingKind Exists { get; } = Refusal(
        "order.exists", "Order {order} was captured already. Amend it, or use a new number.", "订单 {order} 已录入，请改单或使用新单号。");

    /// <summary>The order was put away.</summary>
    public static FindingKind Archived { get; } = Refusal(
        "order.archived", "The order was archived and takes no more commands.", "订单已归档，不再接受操作。");

    /// <summary>Only finished orders can be put away.</summary>
    public static FindingKind StillOpen { get; } = Refusal(
        "order.still_open", "The order is {stage}. Complete or cancel it before archiving.", "订单处于 {stage}，请先完成或取消再归档。");

    /// <summary>The order has no such line.</summary>
    public static FindingKind LineUnknown { get; } = Refusal(
        "order.line_unknown", "The order has no line {line}.", "订单没有第 {line} 行。");

    /// <summary>The line number is taken.</summary>
    public static FindingKind LineExists { get; } = Refusal(
        "order.line_exists", "Line {line} exists already. Number added lines anew.", "第 {line} 行已存在，新增行请使用新行号。");

    /// <summary>A bound is reached.</summary>
    public static FindingKind LimitReached { get; } = Refusal(
        "order.limit_reached", "{limit}: at most {most} here. Split the order or raise the option.", "{limit}：此处最多 {most}。请拆单或调高选项。");

    /// <summary>The pieces, the amount or the payments of an order add up to more than can be counted.</summary>
    public static FindingKind TooLarge { get; } = Refusal(
        "order.too_large", "Together more than {most}, which cannot be counted. Check the numbers, or split the order.",
        "合计超过可计数的上限 {most}，请核对数字或拆分订单。");

    /// <summary>The lines hold different currencies.</summary>
    public static FindingKind CurrenciesMixed { get; } = Refusal(
        "order.currencies_mixed", "{first} and {second} stand in one order. Use one currency.", "同一订单出现 {first} 与 {second}，请统一币种。");

    /// <summary>A plan takes more for a line than is open and not held.</summary>
    public static FindingKind PlanExceedsOpen { get; } = Refusal(
        "order.plan_exceeds_open",
        "Line {line}: {planned} planned, {unheld} open and not held. Plan anew.",
        "第 {line} 行：计划占用 {planned}，未发且未锁定 {unheld}。请重新计划。");

    /// <summary>A plan takes other goods than the line's, or goods of somebody else.</summary>
    public static FindingKind PlanOfOtherGoods { get; } = Refusal(
        "order.plan_of_other_goods",
        "Line {line} wants {sku}; {cell} holds something else or belongs to somebody else. Plan anew.",
        "第 {line} 行需要 {sku}；{cell} 存放的是其他货品或属于他方。请重新计划。");

    /// <summary>More would leave than is held.</summary>
    public static FindingKind ShipExceedsAllocated { get; } = Refusal(
        "order.ship_exceeds_allocated",
        "Line {line}: {shipped} to ship, {held} held{node}. Hold the rest first, or ship less.",
        "第 {line} 行：拟发 {shipped}，已锁 {held}{node}。请先锁足库存或减少发货。");

    /// <summary>Some of what is held does not lie there yet.</summary>
    public static FindingKind ShipNotCovered { get; } = Refusal(
        "order.ship_not_covered",
        "Line {line}: {shipped} of {sku} to ship, {covered} may go ({where}). The others are borrowed: they have not come in yet. Ship at "
        + "most {covered} now and the rest once goods are received.",
        "第 {line} 行：拟发 {sku} 共 {shipped} 件，可发 {covered} 件（{where}）。其余为透支锁定，尚未到货。请先发不超过 {covered} 件，其余待入库后再发。");

    /// <summary>A shipment without goods.</summary>
    public static FindingKind ShipNothing { get; } = Refusal(
        "order.ship_nothing", "The shipment holds no goods. Name what left.", "发货单没有任何货物，请填写发货数量。");

    /// <summary>The number of serials is not the number of pieces.</summary>
    public static FindingKind SerialsIncomplete { get; } = Refusal(
        "order.serials_incomplete",
        "Line {line} tracks serials: {pieces} pieces, {serials} serial numbers. Scan every piece once.",
        "第 {line} 行需逐件序列号：{pieces} 件，{serials} 个序列号。请逐件扫码。");

    /// <summary>Serial numbers are named for a line that does not track them.</summary>
    public static FindingKind SerialsNotTracked { get; } = Refusal(
        "order.serials_not_tracked", "Line {line} does not track serials, and {serials} are named for it. Leave them out.",
        "第 {line} 行不管理序列号，却填写了 {serials} 个。请去掉序列号。");

    /// <summary>A serial number stands twice, or has left and did not come back.</summary>
    public static FindingKind SerialRepeated { get; } = Refusal(
        "order.serial_repeated",
        "Line {line}: serial {serial} has left already and did not come back, or stands twice here. Scan the piece again; one that came "
        + "back may leave once its return names it.",
        "第 {line} 行：序列号 {serial} 已发出且未退回，或在此重复。请重新扫码；退货登记了该序列号后才可再次发出。");

    /// <summary>A serial number cannot come back, because it is not out.</summary>
    public static FindingKind SerialNotOut { get; } = Refusal(
        "order.serial_not_out",
        "Line {line}: serial {serial} cannot come back: it did not leave with this line, is not signed for yet, came back already, or "
        + "stands twice here. Scan the piece again.",
        "第 {line} 行：序列号 {serial} 无法退回：未随该行发出、尚未签收、已退回或在此重复。请重新扫码。");

    /// <summary>The shipment id is taken by another shipment.</summary>
    public static FindingKind ShipmentExists { get; } = Refusal(
        "order.shipment_exists", "Shipment {shipment} left already with other contents. Use a new number.",
        "发货单 {shipment} 已以不同内容发出，请使用新单号。");

    /// <summary>There is no such shipment.</summary>
    public static FindingKind ShipmentUnknown { get; } = Refusal(
        "order.shipment_unknown", "The order has no shipment {shipment}.", "订单没有发货单 {shipment}。");

    /// <summary>The shipment was signed for at another time.</summary>
    public static FindingKind AlreadyDelivered { get; } = Refusal(
        "order.already_delivered",
        "Shipment {shipment} was signed for at {recorded}. Put a correction beside it instead.",
        "发货单 {shipment} 已于 {recorded} 签收，如有误请登记更正。");

    /// <summary>A block must be lifted first.</summary>
    public static FindingKind IsBlocked { get; } = Refusal(
        "order.blocked", "The order is blocked: {reason}; {role} must lift it.", "订单被冻结：{reason}，需 {role} 解除。");

    /// <summary>A stated moment lies in the future.</summary>
    public static FindingKind TimeInFuture { get; } = Refusal(
        "order.time_in_future", "{field} is {stated}, after now ({now}). State when it happened.",
        "{field} 为 {stated}，晚于当前时间（{now}）。请填写实际发生时间。");

    /// <summary>A delivery before its shipment.</summary>
    public static FindingKind DeliveredBeforeShipped { get; } = Refusal(
        "order.delivered_before_shipped", "Signed for at {delivered}, before it left at {shipped}.", "签收时间 {delivered} 早于发货时间 {shipped}。");

    /// <summary>More would be cancelled than is open.</summary>
    public static FindingKind CancelExceedsOpen { get; } = Refusal(
        "order.cancel_exceeds_open",
        "Line {line}: {cancelled} to cancel, {open} open. What has left can only come back as a return.",
        "第 {line} 行：拟取消 {cancelled}，未发 {open}。已发出的只能退货。");

    /// <summary>Nothing is open any more.</summary>
    public static FindingKind NothingOpen { get; } = Refusal(
        "order.nothing_open",
        "Nothing of the order is open any more. For more goods capture another order; what was delivered can come back as a return.",
        "订单已没有未发数量。需要追加请另录新单；已签收的货物可办理退货。");

    /// <summary>All that is open is held, but at other nodes than those asked for.</summary>
    public static FindingKind HeldElsewhere { get; } = Refusal(
        "order.held_elsewhere",
        "Line {line}: {held} held at {there}, not at {asked}. Release the line, then hold it at the nodes wanted.",
        "第 {line} 行：{held} 已锁在 {there}，不在 {asked}。请先释放该行，再在指定仓锁货。");

    /// <summary>A hold would have run out before it began.</summary>
    public static FindingKind ExpiryPassed { get; } = Refusal(
        "order.expiry_passed", "The hold would run out at {expires}, which is not after now ({now}). State a later moment, or none.",
        "锁货将于 {expires} 到期，不晚于当前时间（{now}）。请填写更晚的时间，或不填。");

    /// <summary>More would come back than was delivered.</summary>
    public static FindingKind ReturnExceedsDelivered { get; } = Refusal(
        "order.return_exceeds_delivered",
        "Line {line}: {returned} to take back, {delivered} delivered and not yet returned.",
        "第 {line} 行：拟退 {returned}，已签收未退 {delivered}。");

    /// <summary>There is no such field.</summary>
    public static FindingKind FieldUnknown { get; } = Refusal(
        "order.field_unknown", "There is no field '{field}' here. Known: {known}.", "没有字段“{field}”。可用：{known}。");

    /// <summary>The field is a recorded fact.</summary>
    public static FindingKind FieldIsRecorded { get; } = Refusal(
        "order.field_is_recorded",
        "'{field}' is a recorded fact and never overwritten. Put a correction beside it, or give a new promise.",
        "“{field}”是已记录的事实，不可覆盖。请登记更正或给出新的承诺。");

    /// <summary>The field belongs to another system.</summary>
    public static FindingKind FieldOwnedElsewhere { get; } = Refusal(
        "order.field_owned_elsewhere",
        "'{field}' belongs to {owner} and is read-only here. Change it there; the change will come over.",
        "“{field}”归 {owner} 所有，此处只读。请在该系统修改，变更会同步过来。");

    /// <summary>The value does not fit the field.</summary>
    public static FindingKind ValueInvalid { get; } = Refusal(
        "order.value_invalid", "{field}: '{value}' is not {expected}.", "{field}：“{value}”不是 {expected}。");

    /// <summary>One field would change twice in one amendment.</summary>
    public static FindingKind FieldRepeated { get; } = Refusal(
        "order.field_repeated", "'{field}' is changed twice. State one value.", "“{field}”重复修改，请只填一个值。");

    /// <summary>Less would be ordered than has left or was cancelled.</summary>
    public static FindingKind QuantityBelowDone { get; } = Refusal(
        "order.quantity_below_done",
        "Line {line}: {wanted} ordered would be less than the {done} shipped or cancelled.",
        "第 {line} 行：改为 {wanted} 将少于已发或已取消的 {done}。");

    /// <summary>Somebody else changed the order in between.</summary>
    public static FindingKind VersionConflict { get; } = Refusal(
        "order.version_conflict",
        "You looked at version {expected}; the order is at {actual}. Changed since: {changes}. Look again, then decide.",
        "您看到的是版本 {expected}，订单现为版本 {actual}。期间变更：{changes}。请重新查看后再改。");

    /// <summary>There is no such block.</summary>
    public static FindingKind BlockUnknown { get; } = Refusal(
        "order.block_unknown", "The order is not blocked for '{reason}'.", "订单没有因“{reason}”被冻结。");

    /// <summary>There is nothing to correct.</summary>
    public static FindingKind FactUnknown { get; } = Refusal(
        "order.fact_unknown", "There is no recorded {fact} to correct.", "没有可更正的记录：{fact}。");

    /// <summary>A line holds something else than the reallocation was planned on.</summary>
    public static FindingKind ReallocationMoved { get; } = Refusal(
        "order.reallocation_moved",
        "{order} line {line}: {planned} held when the plan was made, {held} now. Simulate again, then commit.",
        "{order} 第 {line} 行：制定方案时已锁 {planned}，现为 {held}。请重新模拟后再提交。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(
        Unknown, Exists, Archived, StillOpen, LineUnknown, LineExists, LimitReached, TooLarge, CurrenciesMixed,
        ShipExceedsAllocated, ShipNotCovered, ShipNothing, SerialsIncomplete, SerialsNotTracked, SerialRepeated, SerialNotOut,
        ShipmentExists, ShipmentUnknown, AlreadyDelivered, IsBlocked,
        TimeInFuture, DeliveredBeforeShipped, CancelExceedsOpen, NothingOpen, ReturnExceedsDelivered, FieldUnknown,
        FieldIsRecorded, FieldOwnedElsewhere, ValueInvalid, FieldRepeated, QuantityBelowDone, VersionConflict, BlockUnknown, FactUnknown,
        ReallocationMoved, PlanExceedsOpen, PlanOfOtherGoods, HeldElsewhere, ExpiryPassed);

    private static FindingKind Refusal(string code, string english, string chinese) =>
        new(code, Severity.Refusal, english, chinese);
}
