using System;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>The state of a stock document: what it posted and, for a transfer, what is still on the way.</summary>
public sealed record StockDocument
{
    private StockDocument()
    {
    }

    /// <summary>A document that was never posted.</summary>
    public static StockDocument None { get; } = new();

    /// <summary>The number of its events.</summary>
    public long Version { get; private init; }

    /// <summary>The event that posted it; null when it was never posted. Of a transfer the dispatch.</summary>
    public StockEvent? Posted { get; private init; }

    /// <summary>What a transfer was asked to bring; null when it was dispatched without being asked for.</summary>
    public TransferRequested? Requested { get; private init; }

    /// <summary>Per line of a transfer the receiving cell and what is still on the way to it; empty for other documents.</summary>
    public ImmutableArray<StockLine> OnTheWay { get; private init; } = ImmutableArray<StockLine>.Empty;

    /// <summary>How much of a transfer was booked as lost on the way.</summary>
    public Quantity Missing { get; private init; }

    /// <summary>Whether it is a transfer of which nothing is on the way any more.</summary>
    public bool HasArrived => Posted is TransferDispatched && OnTheWay.All(static line => line.Quantity.IsZero);

    /// <summary>Per line of a consignment what is at the customer's, was used and came back; empty for other documents.</summary>
    public ImmutableArray<ConsignedLine> Consigned { get; private init; } = ImmutableArray<ConsignedLine>.Empty;

    /// <summary>The reports on a consignment, in order; empty for other documents.</summary>
    public ImmutableArray<ConsignmentReported> Reports { get; private init; } = ImmutableArray<ConsignmentReported>.Empty;

    /// <summary>The state after an event.</summary>
    /// <param name="happened">The event.</param>
    public StockDocument Evolve(DomainEvent happened)
    {
        StockDocument next = happened switch
        {
            TransferRequested requested => this with { Requested = requested },
            TransferDispatched dispatched => this with
            {
                Posted = dispatched,
                OnTheWay = ImmutableArray.CreateRange(
                    dispatched.Lines.Select(line => new StockLine(line.Cell.At(dispatched.To), line.Quantity))),
            },
            TransferArrived arrived => Less(arrived),
            ConsignmentSent sent => this with
            {
                Posted = sent,
                Consigned = ImmutableArray.CreateRange(sent.Lines.Select(
                    line => new ConsignedLine(line.Cell.At(sent.To), line.Quantity, Quantity.Zero, Quantity.Zero))),
            },
            ConsignmentReported reported => this with
            {
                Consigned = Consigned.SetItem(reported.Line - 1, Consigned[reported.Line - 1].After(reported)),
                Reports = Reports.Add(reported),
            },
            StockEvent posted => this with { Posted = posted },
            _ => throw new ArgumentException($"{happened?.EventType} is not a stock event.", nameof(happened)),
        };
        return next with { Version = Version + 1 };
    }

    private StockDocument Less(TransferArrived arrived)
    {
        ImmutableArray<StockLine>.Builder open = OnTheWay.ToBuilder();
        Quantity missing = Missing;
        foreach (ArrivedLine line in arrived.Arrivals)
        {
            StockLine before = open[line.Line - 1];
            open[line.Line - 1] = new StockLine(before.Cell, before.Quantity - line.Arrived - line.Lost);
            missing += line.Lost;
        }

        return this with { OnTheWay = open.ToImmutable(), Missing = missing };
    }
}
