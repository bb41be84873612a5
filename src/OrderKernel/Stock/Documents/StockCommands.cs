using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>A stock document to be posted. One document is one stream, so documents never wait for each other.</summary>
public abstract record StockCommand : KernelCommand
{
    private protected StockCommand(DocumentId document) => Document = document;

    /// <summary>The document; posting it twice changes nothing.</summary>
    public DocumentId Document { get; }

    /// <inheritdoc />
    public override StreamId Stream => new(StreamId.StockCategory, Document.Text);

    /// <summary>The SKUs whose cells must be read to decide; in no particular order, may be empty.</summary>
    internal virtual IEnumerable<Sku> Needs => ImmutableArray<Sku>.Empty;
}

/// <summary>So much of one cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Quantity">How much; above zero.</param>
public readonly record struct StockLine(StockCell Cell, Quantity Quantity);

/// <summary>Posts goods that came in from outside: supply to available.</summary>
public sealed record ReceiveStock : StockCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="document">The receipt.</param>
    /// <param name="lines">What came in; at least one line.</param>
    public ReceiveStock(DocumentId document, ImmutableArray<StockLine> lines)
        : base(document) => Lines = lines;

    /// <summary>What came in.</summary>
    public ImmutableArray<StockLine> Lines { get; }

    /// <inheritdoc />
    public override string CommandType => "stock.receive";

    internal override void WriteBody(JsonText json) => StockJson.WriteLines(json.Member("document", Document.Text), Lines);

    internal override void Size(CommandSize size) => size.Of(Lines, "lines");

    internal override void Check(CommandCheck check)
    {
        check.NotEmpty(Lines, "lines");
        for (int i = 0; !Lines.IsDefault && i < Lines.Length; i++)
        {
            string subject = "entry:" + (i + 1).ToString(CultureInfo.InvariantCulture);
            check.Positive(Lines[i].Quantity.Units, subject, "quantity");
        }
    }
}

/// <summary>Corrects the available balance of a cell after a count, with reason and voucher.</summary>
public sealed record AdjustStock : StockCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="document">The count or adjustment document.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="change">More (above zero) or less (below zero); not zero.</param>
    /// <param name="reason">Why.</param>
    /// <param name="voucher">The paper that proves it.</param>
    public AdjustStock(DocumentId document, StockCell cell, long change, string reason, string voucher)
        : base(document)
    {
        Cell = cell;
        Change = change;
        Reason = reason;
        Voucher = voucher;
    }

    /// <summary>The cell.</summary>
    public StockCell Cell { get; }

    /// <summary>More or less.</summary>
    public long Change { get; }

    /// <summary>Why.</summary>
    public string Reason { get; }

    /// <summary>The paper that proves it.</summary>
    public string Voucher { get; }

    /// <inheritdoc />
    public override string CommandType => "stock.adjust";

    internal override IEnumerable<Sku> Needs => Change < 0 ? ImmutableArray.Create(Cell.Sku) : ImmutableArray<Sku>.Empty;

    internal override void WriteBody(JsonText json) => Cell.WriteTo(json.Member("document", Document.Text))
        .Member("change", Change).Member("reason", Reason).Member("voucher", Voucher);

    internal override void Check(CommandCheck check)
    {
        check.Needed(Reason, "reason");
        check.Needed(Voucher, "voucher");
        check.Positive(Change == long.MinValue ? 0 : System.Math.Abs(Change), string.Empty, "change");
    }
}

/// <summary>Sends goods from one node to others: available there to in transit here.</summary>
public sealed record DispatchTransfer : StockCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="document">The transfer.</param>
    /// <param name="to">The node that will receive the goods.</param>
    /// <param name="lines">What leaves which cell; at least one line, none at the receiving node.</param>
    public DispatchTransfer(DocumentId document, NodeId to, ImmutableArray<StockLine> lines)
        : base(document)
    {
        To = to;
        Lines = lines;
    }

    /// <summary>The node that will receive the goods.</summary>
    public NodeId To { get; }

    /// <summary>What leaves which cell.</summary>
    public ImmutableArray<StockLine> Lines { get; }

    /// <inheritdoc />
    public override string CommandType => "stock.dispatch_transfer";

    internal override IEnumerable<Sku> Needs
    {
        get
        {
            foreach (StockLine line in Lines)
            {
                yield return line.Cell.Sku;
            }
        }
    }

    internal override void WriteBody(JsonText json) =>
        StockJson.WriteLines(json.Member("document", Document.Text).Member("to", To.Text), Lines);

    internal override void Size(CommandSize size) => size.Of(Lines, "lines");

    internal override void Check(CommandCheck check)
    {
        check.NotEmpty(Lines, "lines");
        for (int i = 0; !Lines.IsDefault && i < Lines.Length; i++)
        {
            string subject = "entry:" + (i + 1).ToString(CultureInfo.InvariantCulture);
            check.Positive(Lines[i].Quantity.Units, subject, "quantity");
            if (Lines[i].Cell.Node == To)
            {
                check.Add(StockRefusals.TransferToItself.About(subject, "to", To.Text));
            }
        }
    }
}

/// <summary>Books what arrived of a transfer, and what was lost on the way.</summary>
public sealed record ArriveTransfer : StockCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="document">The transfer that was dispatched.</param>
    /// <param name="arrivals">Per line of the transfer what came; at least one entry, each line once.</param>
    public ArriveTransfer(DocumentId document, ImmutableArray<TransferArrival> arrivals)
        : base(document) => Arrivals = arrivals;

    /// <summary>Per line of the transfer what came.</summary>
    public ImmutableArray<TransferArrival> Arrivals { get; }

    /// <inheritdoc />
    public override string CommandType => "stock.arrive_transfer";

    internal override void WriteBody(JsonText json) =>
        StockJson.WriteArrivals(json.Member("document", Document.Text), Arrivals);

    internal override void Size(CommandSize size) => size.Of(Arrivals, "arrivals");

    internal override void Check(CommandCheck check)
    {
        check.NotEmpty(Arrivals, "arrivals");
        var seen = new HashSet<int>();
        for (int i = 0; !Arrivals.IsDefault && i < Arrivals.Length; i++)
        {
            TransferArrival arrival = Arrivals[i];
            string line = arrival.Line.ToString(CultureInfo.InvariantCulture);
            check.Positive(System.Math.Max(arrival.Arrived.Units, arrival.Lost.Units), "line:" + line, "arrived");
            if (!seen.Add(arrival.Line))
            {
                check.Add(CommandFaults.LineRepeated.About("line:" + line, "line", line, "arrivals"));
            }
        }
    }
}

/// <summary>What came of one line of a transfer.</summary>
/// <param name="Line">The line of the transfer, from 1.</param>
/// <param name="Arrived">What arrived whole.</param>
/// <param name="Lost">What was lost or broken on the way.</param>
public readonly record struct TransferArrival(int Line, Quantity Arrived, Quantity Lost);

/// <summary>Settles goods in quarantine: good again, or scrap.</summary>
public sealed record InspectReturns : StockCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="document">The inspection report.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="good">How much becomes available again.</param>
    /// <param name="scrapped">How much is written off; together above zero.</param>
    public InspectReturns(DocumentId document, StockCell cell, Quantity good, Quantity scrapped)
        : base(document)
    {
        Cell = cell;
        Good = good;
        Scrapped = scrapped;
    }

    /// <summary>The cell.</summary>
    public StockCell Cell { get; }

    /// <summary>How much becomes available again.</summary>
    public Quantity Good { get; }

    /// <summary>How much is written off.</summary>
    public Quantity Scrapped { get; }

    /// <inheritdoc />
    public override string CommandType => "stock.inspect_returns";

    internal override IEnumerable<Sku> Needs => ImmutableArray.Create(Cell.Sku);

    internal override void WriteBody(JsonText json) => Cell.WriteTo(json.Member("document", Document.Text))
        .Member("good", Good.Units).Member("scrapped", Scrapped.Units);

    internal override void Check(CommandCheck check) =>
        check.Positive(System.Math.Max(Good.Units, Scrapped.Units), string.Empty, "good");
}

/// <summary>Sets how far the available balance of a cell may go below zero: selling what is known to come.</summary>
/// <remarks><para>Lowering it takes nothing back: what was taken stays taken, and nothing more is given until enough has
/// arrived.</para></remarks>
public sealed record SetOverdraft : StockCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="document">The document that permits it.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="overdraft">How far; zero takes the permission back.</param>
    public SetOverdraft(DocumentId document, StockCell cell, Quantity overdraft)
        : base(document)
    {
        Cell = cell;
        Overdraft = overdraft;
    }

    /// <summary>The cell.</summary>
    public StockCell Cell { get; }

    /// <summary>How far.</summary>
    public Quantity Overdraft { get; }

    /// <inheritdoc />
    public override string CommandType => "stock.set_overdraft";

    internal override void WriteBody(JsonText json) =>
        Cell.WriteTo(json.Member("document", Document.Text)).Member("overdraft", Overdraft.Units);
}
