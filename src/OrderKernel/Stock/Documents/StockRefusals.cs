using System.Collections.Immutable;
using OrderKernel.Findings;

namespace OrderKernel.Stock;

/// <summary>Why a stock document or a hold is refused.</summary>
public static class StockRefusals
{
    /// <summary>There is less than what is wanted.</summary>
    public static FindingKind Insufficient { get; } = new(
        "stock.short", Severity.Refusal,
        "{sku}: {wanted} wanted, {free} free. Wait for a receipt, take another node, or hold what there is.",
        "{sku}：需要 {wanted}，可用 {free}。请等待入库、改用其他仓，或先锁定现有数量。");

    /// <summary>Less waits for inspection than is settled.</summary>
    public static FindingKind QuarantineInsufficient { get; } = new(
        "stock.quarantine_short", Severity.Refusal,
        "{cell}: {settled} to settle, {waiting} wait for inspection.", "{cell}：拟处理 {settled}，待检仅 {waiting}。");

    /// <summary>The document was already posted with other contents.</summary>
    public static FindingKind DocumentExists { get; } = new(
        "stock.document_exists", Severity.Refusal,
        "Document {document} was already posted with other contents. Use a new document number.",
        "单据 {document} 已以不同内容过账，请使用新的单据号。");

    /// <summary>The transfer was never dispatched.</summary>
    public static FindingKind TransferUnknown { get; } = new(
        "stock.transfer_unknown", Severity.Refusal,
        "{document} is not a dispatched transfer.", "{document} 不是已发出的调拨单。");

    /// <summary>The transfer has no such line.</summary>
    public static FindingKind TransferLineUnknown { get; } = new(
        "stock.transfer_line_unknown", Severity.Refusal,
        "The transfer has no line {line}.", "调拨单没有第 {line} 行。");

    /// <summary>More is booked than is on the way.</summary>
    public static FindingKind ArrivalExceedsTransit { get; } = new(
        "stock.arrival_exceeds_transit", Severity.Refusal,
        "Line {line}: {booked} booked, {open} still on the way.", "第 {line} 行：登记 {booked}，在途仅 {open}。");

    /// <summary>The goods already are where they shall go.</summary>
    public static FindingKind TransferToItself { get; } = new(
        "stock.transfer_to_itself", Severity.Refusal,
        "The goods are at {node} already. Name another node.", "货物已在 {node}，请选择其他仓。");

    /// <summary>There is no such line of a consignment.</summary>
    public static FindingKind ConsignmentUnknown { get; } = new(
        "stock.consignment_unknown", Severity.Refusal,
        "{document} is not a consignment with a line {line}.", "{document} 不是含第 {line} 行的寄售单。");

    /// <summary>More is reported than is at the customer's.</summary>
    public static FindingKind ConsignmentExceeded { get; } = new(
        "stock.consignment_exceeded", Severity.Refusal,
        "{reported} reported, {there} at the customer's. Count first, and send what is missing on paper.",
        "报告 {reported}，客户处仅 {there}。请先盘点并补单。");

    /// <summary>All of them.</summary>
    public static ImmutableArray<FindingKind> All { get; } = ImmutableArray.Create(
        Insufficient, QuarantineInsufficient, DocumentExists, TransferUnknown, TransferLineUnknown, ArrivalExceedsTransit,
        TransferToItself, ConsignmentUnknown, ConsignmentExceeded);
}
