using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>Asks a node to send goods to another. Nothing moves; what is dispatched under the same document is what was asked for,
/// or less of it.</summary>
public sealed record RequestTransfer : StockCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="document">The transfer; it is dispatched and received under the same number.</param>
    /// <param name="to">The node that needs the goods.</param>
    /// <param name="lines">What shall leave which cell; at least one line.</param>
    public RequestTransfer(DocumentId document, NodeId to, ImmutableArray<StockLine> lines)
        : base(document)
    {
        To = to;
        Lines = lines;
    }

    /// <summary>The node that needs the goods.</summary>
    public NodeId To { get; }

    /// <summary>What shall leave which cell.</summary>
    public ImmutableArray<StockLine> Lines { get; }

    /// <inheritdoc />
    public override string CommandType => "stock.request_transfer";

    internal override void WriteBody(JsonText json) =>
        StockJson.WriteLines(json.Member("document", Document.Text).Member("to", To.Text), Lines);

    internal override void Size(CommandSize size) => size.Of(Lines, "lines");

    internal override void Check(CommandCheck check) => StockLines.Check(check, Lines, To);
}

/// <summary>A transfer was asked for.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="To">The node that needs the goods.</param>
/// <param name="Lines">What shall leave which cell.</param>
public sealed record TransferRequested(Instant At, NodeId To, ImmutableArray<StockLine> Lines) : StockEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "stock.transfer_requested";

    internal override void WriteBody(JsonText json) => StockJson.WriteLines(json.Member("to", To.Text), Lines);
}

/// <summary>How faithfully transfers are booked: of those that have arrived, how many differ from what was dispatched.</summary>
/// <remarks><para>Source: requirement row S4-04. A transfer counts once, however many of its lines differ.</para></remarks>
public sealed class TransferReport
{
    private TransferReport(int arrived, int differing, long missing)
    {
        Arrived = arrived;
        Differing = differing;
        Missing = missing;
    }

    /// <summary>The denominator: transfers of which nothing is on the way any more.</summary>
    public int Arrived { get; }

    /// <summary>The numerator: those of them that arrived with less than was dispatched.</summary>
    public int Differing { get; }

    /// <summary>How many pieces were missing, over all of them.</summary>
    public long Missing { get; }

    /// <summary>The rate in percent with one decimal, half away from zero; null when nothing has arrived.</summary>
    public decimal? Percent => Arrived == 0 ? null : Math.Round(100m * Differing / Arrived, 1, MidpointRounding.AwayFromZero);

    /// <summary>Counts.</summary>
    /// <param name="documents">The documents; those that are not transfers, or still on the way, are passed over.</param>
    public static TransferReport Of(IEnumerable<StockDocument> documents)
    {
        int arrived = 0, differing = 0;
        long missing = 0;
        foreach (StockDocument document in documents ?? throw new ArgumentNullException(nameof(documents)))
        {
            if (document.HasArrived)
            {
                arrived++;
                differing += document.Missing.IsZero ? 0 : 1;
                missing = checked(missing + document.Missing.Units);
            }
        }

        return new TransferReport(arrived, differing, missing);
    }
}
