using System;
using System.Collections.Immutable;
using System.Text.Json;
using OrderKernel.Journal;
using OrderKernel.Measures;

namespace OrderKernel.Stock;

/// <summary>Reads stored stock commands and events, and writes the lists they share.</summary>
internal static class StockJson
{
    public static StockCommand? ReadCommand(string type, JsonElement json)
    {
        switch (type)
        {
            case "stock.receive":
                return new ReceiveStock(DocumentOf(json), json.Array("lines", ReadLine));
            case "stock.adjust":
                return new AdjustStock(
                    DocumentOf(json), StockCell.Read(json), json.Long("change"), json.Text("reason"), json.Text("voucher"));
            case "stock.dispatch_transfer":
                return new DispatchTransfer(DocumentOf(json), new NodeId(json.Text("to")), json.Array("lines", ReadLine));
            case "stock.request_transfer":
                return new RequestTransfer(DocumentOf(json), new NodeId(json.Text("to")), json.Array("lines", ReadLine));
            case "stock.send_consignment":
                return new SendConsignment(DocumentOf(json), new NodeId(json.Text("to")), json.Array("lines", ReadLine));
            case "stock.report_consignment":
                return new ReportConsignment(
                    DocumentOf(json), json.Text("report"), json.Int("line"), ConsignmentReports.Parse(json.Text("kind")),
                    json.Quantity("quantity"), json.OptionalText("return_to") is { } node ? new NodeId(node) : null);
            case "stock.arrive_transfer":
                return new ArriveTransfer(DocumentOf(json), json.Array("arrivals", ReadArrival));
            case "stock.inspect_returns":
                return new InspectReturns(
                    DocumentOf(json), StockCell.Read(json), json.Quantity("good"), json.Quantity("scrapped"));
            case "stock.set_overdraft":
                return new SetOverdraft(DocumentOf(json), StockCell.Read(json), json.Quantity("overdraft"));
            default:
                return null;
        }
    }

    public static StockEvent? ReadEvent(string type, JsonElement json)
    {
        NodaTime.Instant at = json.Instant("at");
        switch (type)
        {
            case "stock.received":
                return new StockReceived(at, json.Array("lines", ReadLine));
            case "stock.adjusted":
                return new StockAdjusted(at, StockCell.Read(json), json.Long("change"), json.Text("reason"), json.Text("voucher"));
            case "stock.transfer_dispatched":
                return new TransferDispatched(at, new NodeId(json.Text("to")), json.Array("lines", ReadLine));
            case "stock.transfer_requested":
                return new TransferRequested(at, new NodeId(json.Text("to")), json.Array("lines", ReadLine));
            case "stock.consignment_sent":
                return new ConsignmentSent(at, new NodeId(json.Text("to")), json.Array("lines", ReadLine));
            case "stock.consignment_reported":
                return new ConsignmentReported(
                    at, json.Text("report"), json.Int("line"), ConsignmentReports.Parse(json.Text("kind")), StockCell.Read(json),
                    json.Quantity("quantity"),
                    json.TryGetProperty("return_to", out JsonElement back) ? StockCell.Read(back) : null, json.Quantity("expected"));
            case "stock.transfer_arrived":
                return new TransferArrived(at, json.Array("arrivals", ReadBooked));
            case "stock.returns_inspected":
                return new ReturnsInspected(at, StockCell.Read(json), json.Quantity("good"), json.Quantity("scrapped"));
            case "stock.overdraft_set":
                return new OverdraftSet(at, StockCell.Read(json), json.Quantity("overdraft"));
            default:
                return null;
        }
    }

    public static void WriteLines(JsonText json, ImmutableArray<StockLine> lines)
    {
        json.OpenArray("lines");
        foreach (StockLine line in lines)
        {
            line.Cell.WriteTo(json.OpenObject()).Member("quantity", line.Quantity.Units).CloseObject();
        }

        json.CloseArray();
    }

    public static void WriteArrivals(JsonText json, ImmutableArray<TransferArrival> arrivals)
    {
        json.OpenArray("arrivals");
        foreach (TransferArrival arrival in arrivals)
        {
            json.OpenObject().Member("line", arrival.Line).Member("arrived", arrival.Arrived.Units)
                .Member("lost", arrival.Lost.Units).CloseObject();
        }

        json.CloseArray();
    }

    private static DocumentId DocumentOf(JsonElement json) => new(json.Text("document"));

    private static StockLine ReadLine(JsonElement json) => new(StockCell.Read(json), json.Quantity("quantity"));

    private static TransferArrival ReadArrival(JsonElement json) =>
        new(json.Int("line"), json.Quantity("arrived"), json.Quantity("lost"));

    private static ArrivedLine ReadBooked(JsonElement json) =>
        new(json.Int("line"), StockCell.Read(json), json.Quantity("arrived"), json.Quantity("lost"));
}
