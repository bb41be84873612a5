using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>Decides on stock documents. Total, pure and synchronous.</summary>
public static class StockDecider
{
    /// <summary>Decides.</summary>
    /// <param name="state">The document as it is.</param>
    /// <param name="command">What is wanted; well-formed.</param>
    /// <param name="now">The moment of the decision.</param>
    /// <param name="picture">The cells of the SKUs that the command takes from.</param>
    /// <remarks><para>Errors: refuses with the codes of <see cref="StockRefusals"/>.</para></remarks>
    public static Decision Decide(StockDocument state, StockCommand command, Instant now, StockPicture picture)
    {
        if (state is null || command is null || picture is null)
        {
            throw new ArgumentNullException(nameof(command));
        }

        return command switch
        {
            RequestTransfer request => Request(state, request, now),
            ArriveTransfer arrive => Arrive(state, arrive, now),
            ReportConsignment report => Report(state, report, now),
            _ => Post(state, command, Event(command, now), picture),
        };
    }

    private static StockEvent Event(StockCommand command, Instant now) => command switch
    {
        ReceiveStock receive => new StockReceived(now, receive.Lines),
        AdjustStock adjust => new StockAdjusted(now, adjust.Cell, adjust.Change, adjust.Reason, adjust.Voucher),
        DispatchTransfer dispatch => new TransferDispatched(now, dispatch.To, dispatch.Lines),
        SendConsignment send => new ConsignmentSent(now, send.To, send.Lines),
        InspectReturns inspect => new ReturnsInspected(now, inspect.Cell, inspect.Good, inspect.Scrapped),
        SetOverdraft set => new OverdraftSet(now, set.Cell, set.Overdraft),
        _ => throw new ArgumentException($"{command.CommandType} is not a posting.", nameof(command)),
    };

    private static Decision Post(StockDocument state, StockCommand command, StockEvent happened, StockPicture picture)
    {
        if (state.Posted is not null)
        {
            return SameContents(state.Posted, happened)
                ? Decision.AlreadyTrue()
                : Decision.Refuse(StockRefusals.DocumentExists.About(string.Empty, "document", command.Document.Text));
        }

        if (state.Requested is { } requested && !IsAsRequested(happened, requested))
        {
            return Decision.Refuse(StockRefusals.DocumentExists.About(string.Empty, "document", command.Document.Text));
        }

        ImmutableArray<Finding> shortages = Shortages(command, picture);
        return shortages.IsEmpty
            ? Decision.Accept(command.Stream, happened)
            : Decision.Refuse(shortages.ToArray());
    }

    private static ImmutableArray<Finding> Shortages(StockCommand command, StockPicture picture)
    {
        var wanted = new SortedDictionary<StockCell, decimal>();
        if (command is AdjustStock { Change: < 0 } adjust)
        {
            wanted.Add(adjust.Cell, -(decimal)adjust.Change);
        }

        ImmutableArray<StockLine> leaving = command is DispatchTransfer dispatch ? dispatch.Lines
            : command is SendConsignment send ? send.Lines
            : ImmutableArray<StockLine>.Empty;
        foreach (StockLine line in leaving)
        {
            wanted.TryGetValue(line.Cell, out decimal before);
            wanted[line.Cell] = before + line.Quantity.Units;
        }

        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (command is InspectReturns inspect)
        {
            decimal settled = (decimal)inspect.Good.Units + inspect.Scrapped.Units;
            long waiting = picture.QuarantineIn(inspect.Cell);
            if (settled > waiting)
            {
                findings.Add(StockRefusals.QuarantineInsufficient.About(
                    inspect.Cell.ToString(), "good", inspect.Cell.ToString(), Digits(settled), Digits(waiting)));
            }
        }

        foreach (KeyValuePair<StockCell, decimal> entry in wanted)
        {
            // What leaves must lie there; only an order may borrow.
            long free = picture.RealIn(entry.Key);
            if (entry.Value > free)
            {
                findings.Add(StockRefusals.Insufficient.About(
                    entry.Key.ToString(), "quantity", entry.Key.ToString(), Digits(entry.Value), Digits(free)));
            }
        }

        return findings.ToImmutable();
    }

    private static Decision Arrive(StockDocument state, ArriveTransfer arrive, Instant now)
    {
        if (state.Posted is not TransferDispatched)
        {
            return Decision.Refuse(StockRefusals.TransferUnknown.About(string.Empty, "document", arrive.Document.Text));
        }

        var findings = new List<Finding>();
        var lines = ImmutableArray.CreateBuilder<ArrivedLine>(arrive.Arrivals.Length);
        foreach (TransferArrival arrival in arrive.Arrivals)
        {
            string number = arrival.Line.ToString(CultureInfo.InvariantCulture);
            if (arrival.Line < 1 || arrival.Line > state.OnTheWay.Length)
            {
                findings.Add(StockRefusals.TransferLineUnknown.About("line:" + number, "line", number));
                continue;
            }

            StockLine open = state.OnTheWay[arrival.Line - 1];
            decimal booked = (decimal)arrival.Arrived.Units + arrival.Lost.Units;
            if (booked > open.Quantity.Units)
            {
                findings.Add(StockRefusals.ArrivalExceedsTransit.About(
                    "line:" + number, "arrived", number, Digits(booked), open.Quantity.ToString()));
            }

            lines.Add(new ArrivedLine(arrival.Line, open.Cell, arrival.Arrived, arrival.Lost));
        }

        return findings.Count > 0
            ? Decision.Refuse(findings.ToArray())
            : Decision.Accept(arrive.Stream, new TransferArrived(now, lines.ToImmutable()));
    }

    private static Decision Request(StockDocument state, RequestTransfer request, Instant now)
    {
        var requested = new TransferRequested(now, request.To, request.Lines);
        return state.Version == 0 ? Decision.Accept(request.Stream, requested)
            : state.Requested is { } before && SameContents(before, requested) ? Decision.AlreadyTrue()
            : Decision.Refuse(StockRefusals.DocumentExists.About(string.Empty, "document", request.Document.Text));
    }

    // What leaves is what was asked for, or less of it: the cells in their order, none with more.
    private static bool IsAsRequested(StockEvent happened, TransferRequested requested)
    {
        if (happened is not TransferDispatched dispatched || dispatched.To != requested.To)
        {
            return false;
        }

        int at = 0;
        foreach (StockLine line in dispatched.Lines)
        {
            while (at < requested.Lines.Length && requested.Lines[at].Cell != line.Cell)
            {
                at++;
            }

            if (at == requested.Lines.Length || line.Quantity > requested.Lines[at].Quantity)
            {
                return false;
            }

            at++;
        }

        return true;
    }

    private static Decision Report(StockDocument state, ReportConsignment report, Instant now)
    {
        if (report.Line < 1 || report.Line > state.Consigned.Length)
        {
            return Decision.Refuse(StockRefusals.ConsignmentUnknown.About(
                string.Empty, "line", report.Document.Text, report.Line.ToString(CultureInfo.InvariantCulture)));
        }

        ConsignedLine line = state.Consigned[report.Line - 1];
        foreach (ConsignmentReported before in state.Reports)
        {
            if (string.Equals(before.Report, report.Report, StringComparison.Ordinal))
            {
                bool same = before.Line == report.Line && before.Kind == report.Kind && before.Quantity == report.Quantity
                    && before.ReturnTo?.Node == (report.Kind == ConsignmentReport.Returned ? report.ReturnTo : null);
                return same
                    ? Decision.AlreadyTrue()
                    : Decision.Refuse(StockRefusals.DocumentExists.About(string.Empty, "report", report.Report));
            }
        }

        return report.Kind != ConsignmentReport.Counted && report.Quantity > line.There
            ? Decision.Refuse(StockRefusals.ConsignmentExceeded.About(
                string.Empty, "quantity", report.Quantity.ToString(), line.There.ToString()))
            : Decision.Accept(report.Stream, new ConsignmentReported(
                now, report.Report, report.Line, report.Kind, line.Cell, report.Quantity,
                report.Kind == ConsignmentReport.Returned ? line.Cell.At(report.ReturnTo!.Value) : null, line.There));
    }

    // The same document is the same text apart from the moment it was recorded.
    private static bool SameContents(StockEvent a, StockEvent b) =>
        string.Equals(a.EventType, b.EventType, StringComparison.Ordinal)
        && string.Equals(Body(a), Body(b), StringComparison.Ordinal);

    private static string Body(StockEvent happened)
    {
        JsonText json = JsonText.Start();
        happened.WriteBody(json);
        return json.Finish();
    }

    private static string Digits(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
