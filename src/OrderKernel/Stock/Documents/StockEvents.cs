using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>Something that happened to a stock document.</summary>
public abstract record StockEvent : DomainEvent
{
    private protected StockEvent(Instant at)
        : base(at)
    {
    }
}

/// <summary>Goods came in from outside.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Lines">What came in.</param>
public sealed record StockReceived(Instant At, ImmutableArray<StockLine> Lines) : StockEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "stock.received";

    internal override void WriteBody(JsonText json) => StockJson.WriteLines(json, Lines);
}

/// <summary>A balance was corrected after a count.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Change">More or less; not zero.</param>
/// <param name="Reason">Why.</param>
/// <param name="Voucher">The paper that proves it.</param>
public sealed record StockAdjusted(Instant At, StockCell Cell, long Change, string Reason, string Voucher) : StockEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "stock.adjusted";

    internal override void WriteBody(JsonText json) =>
        Cell.WriteTo(json).Member("change", Change).Member("reason", Reason).Member("voucher", Voucher);
}

/// <summary>Goods left a node for another.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="To">The receiving node.</param>
/// <param name="Lines">What left which cell.</param>
public sealed record TransferDispatched(Instant At, NodeId To, ImmutableArray<StockLine> Lines) : StockEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "stock.transfer_dispatched";

    internal override void WriteBody(JsonText json) => StockJson.WriteLines(json.Member("to", To.Text), Lines);
}

/// <summary>What came of one line of a transfer, at the receiving cell.</summary>
/// <param name="Line">The line of the transfer, from 1.</param>
/// <param name="Cell">The receiving cell.</param>
/// <param name="Arrived">What arrived whole.</param>
/// <param name="Lost">What was lost on the way.</param>
public readonly record struct ArrivedLine(int Line, StockCell Cell, Quantity Arrived, Quantity Lost);

/// <summary>Goods of a transfer arrived, or were lost.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Arrivals">Per line what came of it.</param>
public sealed record TransferArrived(Instant At, ImmutableArray<ArrivedLine> Arrivals) : StockEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "stock.transfer_arrived";

    internal override void WriteBody(JsonText json)
    {
        json.OpenArray("arrivals");
        foreach (ArrivedLine line in Arrivals)
        {
            line.Cell.WriteTo(json.OpenObject().Member("line", line.Line))
                .Member("arrived", line.Arrived.Units).Member("lost", line.Lost.Units).CloseObject();
        }

        json.CloseArray();
    }
}

/// <summary>Goods in quarantine were settled.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Good">What became available again.</param>
/// <param name="Scrapped">What was written off.</param>
public sealed record ReturnsInspected(Instant At, StockCell Cell, Quantity Good, Quantity Scrapped) : StockEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "stock.returns_inspected";

    internal override void WriteBody(JsonText json) =>
        Cell.WriteTo(json).Member("good", Good.Units).Member("scrapped", Scrapped.Units);
}

/// <summary>It was set how far a cell may be overdrawn.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Overdraft">How far.</param>
public sealed record OverdraftSet(Instant At, StockCell Cell, Quantity Overdraft) : StockEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "stock.overdraft_set";

    internal override void WriteBody(JsonText json) => Cell.WriteTo(json).Member("overdraft", Overdraft.Units);
}
