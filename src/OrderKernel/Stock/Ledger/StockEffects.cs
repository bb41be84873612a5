using System;
using System.Collections.Immutable;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>The ledger movements that a stock event means. Postings follow from events alone, so a ledger can be rebuilt.</summary>
public static class StockEffects
{
    /// <summary>The movements of an event.</summary>
    /// <param name="happened">The event.</param>
    /// <returns>In the order of the document's lines; empty when nothing moves.</returns>
    public static ImmutableArray<Posting> Postings(StockEvent happened)
    {
        var postings = ImmutableArray.CreateBuilder<Posting>();
        switch (happened)
        {
            case StockReceived received:
                foreach (StockLine line in received.Lines)
                {
                    Move(line.Cell, StockAccount.Supply, StockAccount.Available, line.Quantity);
                }

                break;
            case StockAdjusted { Change: > 0 } more:
                Move(more.Cell, StockAccount.Supply, StockAccount.Available, new Quantity(more.Change));
                break;
            case StockAdjusted less:
                Move(less.Cell, StockAccount.Available, StockAccount.Supply, new Quantity(-less.Change));
                break;
            case TransferDispatched dispatched:
                foreach (StockLine line in dispatched.Lines)
                {
                    postings.Add(new Posting(
                        line.Cell, StockAccount.Available, line.Cell.At(dispatched.To), StockAccount.InTransit, line.Quantity));
                }

                break;
            case TransferArrived arrived:
                foreach (ArrivedLine line in arrived.Arrivals)
                {
                    Move(line.Cell, StockAccount.InTransit, StockAccount.Available, line.Arrived);
                    Move(line.Cell, StockAccount.InTransit, StockAccount.Scrap, line.Lost);
                }

                break;
            case ReturnsInspected inspected:
                Move(inspected.Cell, StockAccount.Quarantine, StockAccount.Available, inspected.Good);
                Move(inspected.Cell, StockAccount.Quarantine, StockAccount.Scrap, inspected.Scrapped);
                break;
            case ConsignmentSent sent:
                foreach (StockLine line in sent.Lines)
                {
                    postings.Add(new Posting(
                        line.Cell, StockAccount.Available, line.Cell.At(sent.To), StockAccount.Committed, line.Quantity));
                }

                break;
            case ConsignmentReported { Kind: ConsignmentReport.Consumed } used:
                Move(used.Cell, StockAccount.Committed, StockAccount.Shipped, used.Quantity);
                break;
            case ConsignmentReported { ReturnTo: { } back } returned:
                postings.Add(new Posting(
                    returned.Cell, StockAccount.Committed, back, StockAccount.Quarantine, returned.Quantity));
                break;
            case OverdraftSet or TransferRequested or ConsignmentReported:
                break;
            default:
                throw new ArgumentException($"{happened?.EventType} has no defined effect.", nameof(happened));
        }

        return postings.ToImmutable();

        void Move(StockCell cell, StockAccount from, StockAccount to, Quantity quantity)
        {
            if (!quantity.IsZero)
            {
                postings.Add(new Posting(cell, from, to, quantity));
            }
        }
    }
}
