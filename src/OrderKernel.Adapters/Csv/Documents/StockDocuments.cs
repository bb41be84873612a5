using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Adapters.Csv.Documents;

/// <summary>The receipts of a stock document: its rows, put together by document number.</summary>
public static class StockDocuments
{
    /// <summary>Puts the rows of a stock document together.</summary>
    /// <param name="stock">The stock document.</param>
    /// <returns>One receipt per document number, by time and then by number.</returns>
    public static ImmutableArray<StockReceipt> Receipts(CsvDocument stock)
    {
        var byNumber = new SortedDictionary<DocumentId, List<CsvRow>>();
        foreach (CsvRow row in (stock ?? throw new ArgumentNullException(nameof(stock))).Rows)
        {
            var number = new DocumentId(row.Text("document")!);
            if (!byNumber.TryGetValue(number, out List<CsvRow>? rows))
            {
                rows = new List<CsvRow>();
                byNumber.Add(number, rows);
            }

            rows.Add(row);
        }

        return ImmutableArray.CreateRange(byNumber
            .Select(static entry => new StockReceipt(
                entry.Value[0].Row, entry.Key, Latest(entry.Value), ImmutableArray.CreateRange(entry.Value.Select(Line))))
            .OrderBy(static receipt => receipt.At).ThenBy(static receipt => receipt.Document));
    }

    private static Instant Latest(List<CsvRow> rows) => rows.Max(static row => row.Moment("at")!.Value);

    private static StockLine Line(CsvRow row) => new(
        new StockCell(
            new Sku(row.Text("sku")!), new NodeId(row.Text("node")!),
            row.Text("lot") is { } lot ? new LotId(lot) : default),
        row.Quantity("quantity")!.Value);
}
