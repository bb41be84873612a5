using System;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>The state of a stock document: what it posted and, for a transfer, what is still on the way.</summary>
public sealed record StockDocument
{
    private StockDocument(long version, StockEvent? posted, ImmutableArray<StockLine> open)
    {
        Version = version;
        Posted = posted;
        OnTheWay = open;
    }

    /// <summary>A document that was never posted.</summary>
    public static StockDocument None { get; } = new(0, null, ImmutableArray<StockLine>.Empty);

    /// <summary>The number of its events.</summary>
    public long Version { get; }

    /// <summary>The event that posted it; null when it was never posted.</summary>
    public StockEvent? Posted { get; }

    /// <summary>Per line of a transfer the receiving cell and what is still on the way to it; empty for other documents.</summary>
    public ImmutableArray<StockLine> OnTheWay { get; }

    /// <summary>The state after an event.</summary>
    /// <param name="happened">The event.</param>
    public StockDocument Evolve(DomainEvent happened) => happened switch
    {
        TransferDispatched dispatched => new StockDocument(
            Version + 1, dispatched,
            ImmutableArray.CreateRange(dispatched.Lines.Select(line => new StockLine(line.Cell.At(dispatched.To), line.Quantity)))),
        TransferArrived arrived => new StockDocument(Version + 1, Posted, Less(arrived)),
        StockEvent posted => new StockDocument(Version + 1, posted, OnTheWay),
        _ => throw new ArgumentException($"{happened?.EventType} is not a stock event.", nameof(happened)),
    };

    private ImmutableArray<StockLine> Less(TransferArrived arrived)
    {
        ImmutableArray<StockLine>.Builder open = OnTheWay.ToBuilder();
        foreach (ArrivedLine line in arrived.Arrivals)
        {
            StockLine before = open[line.Line - 1];
            open[line.Line - 1] = new StockLine(before.Cell, before.Quantity - line.Arrived - line.Lost);
        }

        return open.ToImmutable();
    }
}
