using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>Brings goods to a customer who owns them only when they are used: available here to committed at the customer's node.
/// Nothing there is promised to anybody else.</summary>
public sealed record SendConsignment : StockCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="document">The consignment; later reports name it.</param>
    /// <param name="to">The node that stands for the customer's store.</param>
    /// <param name="lines">What leaves which cell; at least one line.</param>
    public SendConsignment(DocumentId document, NodeId to, ImmutableArray<StockLine> lines)
        : base(document)
    {
        To = to;
        Lines = lines;
    }

    /// <summary>The node that stands for the customer's store.</summary>
    public NodeId To { get; }

    /// <summary>What leaves which cell.</summary>
    public ImmutableArray<StockLine> Lines { get; }

    /// <inheritdoc />
    public override string CommandType => "stock.send_consignment";

    internal override IEnumerable<Sku> Needs => StockLines.Skus(Lines);

    internal override void WriteBody(JsonText json) =>
        StockJson.WriteLines(json.Member("document", Document.Text).Member("to", To.Text), Lines);

    internal override void Size(CommandSize size) => size.Of(Lines, "lines");

    internal override void Check(CommandCheck check) => StockLines.Check(check, Lines, To);
}

/// <summary>What became of goods at a customer's.</summary>
public enum ConsignmentReport
{
    /// <summary>The customer used them: they are the customer's now, and billable.</summary>
    Consumed = 0,

    /// <summary>They came back to a node of ours, to be inspected.</summary>
    Returned = 1,

    /// <summary>They were counted; nothing moves, what is missing or too much is recorded.</summary>
    Counted = 2,
}

/// <summary>Reports what became of one line of a consignment.</summary>
public sealed record ReportConsignment : StockCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="document">The consignment.</param>
    /// <param name="report">Names the report; the same one again changes nothing.</param>
    /// <param name="line">The line of the consignment, from 1.</param>
    /// <param name="kind">What became of them.</param>
    /// <param name="quantity">How much; of a count, what is there.</param>
    /// <param name="returnTo">The node that goods come back to; null for other reports.</param>
    public ReportConsignment(
        DocumentId document, string report, int line, ConsignmentReport kind, Quantity quantity, NodeId? returnTo = null)
        : base(document)
    {
        Report = report;
        Line = line;
        Kind = kind;
        Quantity = quantity;
        ReturnTo = returnTo;
    }

    /// <summary>Names the report.</summary>
    public string Report { get; }

    /// <summary>The line of the consignment.</summary>
    public int Line { get; }

    /// <summary>What became of them.</summary>
    public ConsignmentReport Kind { get; }

    /// <summary>How much.</summary>
    public Quantity Quantity { get; }

    /// <summary>The node that goods come back to.</summary>
    public NodeId? ReturnTo { get; }

    /// <inheritdoc />
    public override string CommandType => "stock.report_consignment";

    internal override void WriteBody(JsonText json) => json.Member("document", Document.Text).Member("report", Report)
        .Member("line", Line).Member("kind", Kind.Code()).Member("quantity", Quantity.Units).Optional("return_to", ReturnTo?.Text);

    internal override void Check(CommandCheck check)
    {
        check.Needed(Report, "report");
        if (Kind != ConsignmentReport.Counted)
        {
            check.Positive(Quantity.Units, "line:" + Line.ToString(CultureInfo.InvariantCulture), "quantity");
        }

        if (Kind == ConsignmentReport.Returned && ReturnTo is null)
        {
            check.Needed(null, "return_to");
        }
    }
}

/// <summary>Goods were brought to a customer who does not own them yet.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="To">The node that stands for the customer's store.</param>
/// <param name="Lines">What left which cell.</param>
public sealed record ConsignmentSent(Instant At, NodeId To, ImmutableArray<StockLine> Lines) : StockEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "stock.consignment_sent";

    internal override void WriteBody(JsonText json) => StockJson.WriteLines(json.Member("to", To.Text), Lines);
}

/// <summary>It was reported what became of goods at a customer's.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Report">Names the report.</param>
/// <param name="Line">The line of the consignment.</param>
/// <param name="Kind">What became of them.</param>
/// <param name="Cell">The cell at the customer's.</param>
/// <param name="Quantity">How much; of a count, what is there.</param>
/// <param name="ReturnTo">The cell whose quarantine they are in now; null when they did not come back.</param>
/// <param name="Expected">What should have been there before the report.</param>
public sealed record ConsignmentReported(
    Instant At, string Report, int Line, ConsignmentReport Kind, StockCell Cell, Quantity Quantity, StockCell? ReturnTo, Quantity Expected)
    : StockEvent(At)
{
    /// <summary>How much is missing by a count; below zero when there is too much, zero for other reports.</summary>
    public long Discrepancy => Kind == ConsignmentReport.Counted ? Expected.Units - Quantity.Units : 0;

    /// <summary>How much may be billed now.</summary>
    public Quantity Billable => Kind == ConsignmentReport.Consumed ? Quantity : Quantity.Zero;

    /// <inheritdoc />
    public override string EventType => "stock.consignment_reported";

    internal override void WriteBody(JsonText json)
    {
        Cell.WriteTo(json.Member("report", Report).Member("line", Line).Member("kind", Kind.Code()))
            .Member("quantity", Quantity.Units).Member("expected", Expected.Units);
        if (ReturnTo is { } back)
        {
            back.WriteTo(json.OpenObject("return_to")).CloseObject();
        }
    }
}

/// <summary>One line of a consignment as it stands.</summary>
/// <param name="Cell">The cell at the customer's.</param>
/// <param name="There">How much is there and still ours.</param>
/// <param name="Consumed">How much was used, and is billable or billed.</param>
/// <param name="Returned">How much came back.</param>
public sealed record ConsignedLine(StockCell Cell, Quantity There, Quantity Consumed, Quantity Returned)
{
    internal ConsignedLine After(ConsignmentReported reported) => reported.Kind switch
    {
        ConsignmentReport.Consumed => this with { There = There - reported.Quantity, Consumed = Consumed + reported.Quantity },
        ConsignmentReport.Returned => this with { There = There - reported.Quantity, Returned = Returned + reported.Quantity },
        _ => this,
    };
}

/// <summary>The codes of reports.</summary>
internal static class ConsignmentReports
{
    public static string Code(this ConsignmentReport kind) => kind switch
    {
        ConsignmentReport.Consumed => "consumed",
        ConsignmentReport.Returned => "returned",
        _ => "counted",
    };

    public static ConsignmentReport Parse(string code) => code switch
    {
        "consumed" => ConsignmentReport.Consumed,
        "returned" => ConsignmentReport.Returned,
        "counted" => ConsignmentReport.Counted,
        _ => throw new FormatException($"'{code}' is not a consignment report."),
    };
}
