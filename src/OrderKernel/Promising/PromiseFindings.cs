using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Promising;

/// <summary>What the room of promises can say.</summary>
public static class PromiseFindings
{
    /// <summary>There are not enough pieces.</summary>
    public static FindingKind StockShort { get; } = Note(
        "promise.pieces_short", "{node} can promise {free} of {wanted} {sku}; more must come in.",
        "{node} 的 {sku} 可承诺 {free}，需要 {wanted}；需等待补货。");

    /// <summary>There are pieces, and later promises need them.</summary>
    public static FindingKind KeptForLater { get; } = Note(
        "promise.kept_for_later", "{node} keeps {kept} {sku} for promises of later days; {free} of {wanted} are free.",
        "{node} 有 {kept} 件 {sku} 留给已承诺的后续交期；需要 {wanted}，可承诺 {free}。");

    /// <summary>There are pieces, and safety or stale word holds them back.</summary>
    public static FindingKind HeldBack { get; } = Note(
        "promise.held_back", "{node} holds back {safety} {sku} for safety and {stale} for stale sources; {free} of {wanted} are free.",
        "{node} 的 {sku} 保留安全库存 {safety}、数据过期缓冲 {stale}；需要 {wanted}，可承诺 {free}。");

    /// <summary>There are pieces, and they do not stay good long enough.</summary>
    public static FindingKind LifeTooShort { get; } = Note(
        "promise.life_too_short", "Only {free} of {wanted} {sku} at {node} stay good until {until}.",
        "{node} 的 {sku} 需 {wanted}，仅 {free} 件有效期可至 {until}。");

    /// <summary>There are pieces, and the quota of the segment is used up.</summary>
    public static FindingKind QuotaUsed { get; } = Note(
        "promise.quota_used", "The quota of {segment} leaves {free} of {wanted} {sku} at {node}.",
        "{segment} 的配额在 {node} 对 {sku} 只剩 {free}，需要 {wanted}。");

    /// <summary>The way takes until later.</summary>
    public static FindingKind WayTakesLonger { get; } = Note(
        "promise.way_takes_longer",
        "From {node} nothing arrives before {earliest}: handling {handling} working days, trip {transit} days, buffer {buffer} days.",
        "从 {node} 最早 {earliest} 送达：处理 {handling} 个工作日，运输 {transit} 天，缓冲 {buffer} 天。");

    /// <summary>The request came after the cut-off, or on a day off.</summary>
    public static FindingKind StartsLater { get; } = Note(
        "promise.starts_later", "{node} starts on {start}: the request came after the cut-off or on a day off.",
        "{node} 于 {start} 开始处理：请求已过截单时间或当日休息。");

    /// <summary>The customer takes no delivery.</summary>
    public static FindingKind WindowClosed { get; } = Note(
        "promise.window_closed", "The customer takes no delivery on these days.", "客户在这些日期不收货。");

    /// <summary>The line could come, and waits for others it goes with.</summary>
    public static FindingKind WaitsForOthers { get; } = Note(
        "promise.waits_for_others", "The line waits for line {line}, which it is delivered with.", "本行需等待同批交付的第 {line} 行。");

    /// <summary>No day is left to try.</summary>
    public static FindingKind NoDayAllowed { get; } = Note(
        "promise.no_day_allowed", "No day is allowed: the windows, the latest day and the lines it is delivered with leave none.",
        "没有可用日期：收货窗口、最晚日期与同批交付的行没有共同的日期。");

    /// <summary>The pieces that could come are fewer than a shipment may hold.</summary>
    public static FindingKind ShipmentTooSmall { get; } = Note(
        "promise.shipment_too_small", "{node} has {free} of {wanted} {sku}, which makes no shipment of at least {least}.",
        "{node} 的 {sku} 需 {wanted}，仅 {free}，不足最小发货量 {least}。");

    /// <summary>The buffer rests on too few trips.</summary>
    public static FindingKind BufferNotMeasured { get; } = Note(
        "promise.buffer_not_measured",
        "{trips} trips from {node} are known and {least} are wanted; the stated buffer of {days} days is used.",
        "从 {node} 出发仅有 {trips} 次运输记录，要求 {least} 次；采用设定的缓冲 {days} 天。");

    /// <summary>A calendar does not know the days that are needed.</summary>
    public static FindingKind CalendarUnknown { get; } = Note(
        "promise.calendar_unknown", "The calendar of {node} knows nothing about {day}; load that year.",
        "{node} 的日历没有 {day} 的数据；请加载该年度。");

    /// <summary>All kinds.</summary>
    public static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(
        StockShort, KeptForLater, HeldBack, LifeTooShort, QuotaUsed, WayTakesLonger, StartsLater, WindowClosed, WaitsForOthers,
        NoDayAllowed, ShipmentTooSmall, BufferNotMeasured, CalendarUnknown);

    private static FindingKind Note(string code, string english, string chinese) => new(code, Severity.Note, english, chinese);
}
