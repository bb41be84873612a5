using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Csv.Tests;

/// <summary>Rows in = rows in documents + rows in dead letters, whatever quotes, delimiters, encodings and line ends.</summary>
public class LosslessTests
{
    private const int Width = 7;

    private static readonly Gen<char> Delimiter = Gen.Elements(',', ';', '\t', '|');

    private static readonly Gen<string> LineEnd = Gen.Elements("\n", "\r\n", "\r");

    private static readonly Gen<string> CodeName = Gen.Elements("utf-8", "gb18030", "utf-16le", "utf-16be");

    // Cells as people write them who know nothing of CSV. None holds a delimiter or a line end.
    private static readonly Gen<string> Cell = Gen.Elements(
        "", "x", "3/4\" pipe", "\"XL clamp", "\"Big\" flange", "\"quoted\"", "3\"", "\"", "\"\"", "\"\"\"", "=\"7\"", "江州", "'1", "a\"\"b");

    private static readonly Gen<string> Order = Gen.Elements("A", "B", "C", "D", "\"E\"", "\"F");

    private static readonly Gen<string[]> Sloppy =
        from order in Order
        from date in Gen.Frequency((9, Gen.Constant("2026-09-01")), (1, Gen.Constant("soon")))
        from cells in Cell.ArrayOf(4)
        from more in Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Constant(1)))
        select (string[])[order, "C1", date, "", "", "", .. cells.Take(1 + more)];

    [Fact]
    public void EveryRowOfASloppyFile_IsAnOrderOrADeadLetterAtItsLine() => Prop.ForAll(
        Sloppy.ListOf().ToArbitrary(), Delimiter.ToArbitrary(),
        (from end in LineEnd from code in CodeName select (end, code)).ToArbitrary(),
        static (rows, delimiter, form) => new[] { "checked", "none" }.All(quotes =>
        {
            string[] lines = [.. rows.Select(row => string.Join(delimiter, row))];
            CsvDocument read = Read("orders", Profile.Head.TrimEnd('\n').Replace(',', delimiter), lines, delimiter, quotes, form);
            OrderDocuments joined = OrderDocuments.Join(Shop(delimiter, quotes, form.code), read, null);
            int[] taken = [.. read.Rows.Select(static row => row.Row).Concat(read.DeadLetters.Select(static dead => dead.Row)).Order()];
            return taken.SequenceEqual(Enumerable.Range(2, rows.Count))
                && joined.Rows == rows.Count
                && joined.Rows == joined.Orders.Length + joined.DeadOrders.Length
                && read.Rows.All(row => IsTheirs(rows[row.Row - 2], delimiter, row, quotes));
        })).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(2_000)));

    [Fact]
    public void EveryRowOfASloppyStockFile_IsAReceiptLineOrADeadLetterAtItsLine() => Prop.ForAll(
        Cell.ListOf().ToArbitrary(), Delimiter.ToArbitrary(),
        (from end in LineEnd from code in CodeName select (end, code)).ToArbitrary(),
        static (cells, delimiter, form) =>
        {
            string[] lines = [.. cells.Select((cell, i) => string.Join(delimiter, $"R{i % 3}", "2026-09-01", cell, "W1", "5"))];
            CsvDocument read = Read(
                "stock", string.Join(delimiter, "doc", "at", "sku", "node", "qty"), lines, delimiter, "checked", form);
            int[] taken = [.. read.Rows.Select(static row => row.Row).Concat(read.DeadLetters.Select(static dead => dead.Row)).Order()];
            return taken.SequenceEqual(Enumerable.Range(2, cells.Count))
                && StockDocuments.Receipts(read).Sum(static receipt => receipt.Lines.Length) == read.Rows.Length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(1_000)));

    [Fact]
    public void AFileWrittenByTheStandard_ReadsAsItWas_OrIsToldRowByRow() => Prop.ForAll(
        Gen.Elements("", "x", "a,b", "a;b", "say \"hi\"", "two\nlines", "two\r\nlines, here", "three\n\nlines", "\"", "3/4\"")
            .ListOf().ToArbitrary(),
        Delimiter.ToArbitrary(),
        (from end in LineEnd from code in CodeName select (end, code)).ToArbitrary(),
        static (cells, delimiter, form) => new[] { "checked", "trusted" }.All(quotes =>
        {
            string[] lines = [.. cells.Select((cell, i) => string.Join(
                delimiter, $"O{i}", "C1", "2026-09-01", "", "", "", Quoted(cell)))];
            CsvDocument read = Read("orders", Profile.Head.TrimEnd('\n').Replace(',', delimiter), lines, delimiter, quotes, form);
            return read.Rows.Length == cells.Count && read.DeadLetters.IsEmpty
                && read.Rows.Select((row, i) => (row.Text("external_key") ?? "") == cells[i].Trim()).All(static same => same)
                && read.Rows.Select(static row => row.Row).SequenceEqual(
                    cells.Select((_, i) => 2 + i + cells.Take(i).Sum(static cell => cell.Count(static c => c == '\n'))));
        })).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(1_000)));

    [SharedDataFact("faults/inch.csv")]
    public void Inch_EveryRowIsAnOrderOrADeadLetter_AndNoOrderGetsTheGoodsOfAnother()
    {
        string json = System.IO.File.ReadAllText(SharedDataFactAttribute.Locate("faults/inch-profile.json"));
        byte[] file = System.IO.File.ReadAllBytes(SharedDataFactAttribute.Locate("faults/inch.csv"));
        OrderDocuments read = Join(ImportProfile.Parse(json), file);
        Assert.Equal(["P-1", "P-6"], read.Orders.Select(static order => order.Head.Order.Text));
        Assert.Equal(
            ["3 csv.quote_open", "4 csv.quote_swallows_rows", "5 csv.quote_swallows_rows", "6 csv.quote_swallows_rows"],
            read.DeadOrders.Select(static dead => $"{dead.Row} {dead.Reasons[0].Code}"));
        Assert.Equal("4 6", string.Join(' ', read.DeadOrders[1].Reasons[0].Facts.Select(static fact => fact.Value)));

        // A file without quotes is read without them, when its profile says so.
        OrderDocuments plain = Join(ImportProfile.Parse(
            json.Replace("\"zone\"", "\"quotes\": \"none\", \"zone\"", StringComparison.Ordinal)), file);
        Assert.Equal(["P-1", "P-2", "P-3", "P-4", "P-5", "P-6"], plain.Orders.Select(static order => order.Head.Order.Text));
        Assert.Equal("CL-9 6", Goods(plain, "P-3"));
        Assert.Equal("PI-34 40", Goods(plain, "P-5"));
    }

    [Fact]
    public void ALineThatOnlyLooksLikeARow_IsTakenWhereTheProfileTrustsItsQuotes()
    {
        string text = Profile.Head + "O1,C1,2026-09-01,,,,\"see\nO2,C9,2026-09-02,,,,\nabove\"\nO3,C1,2026-09-01,,,,\n";
        CsvDocument suspect = Profile.Orders(text);
        Assert.Equal(["O3"], suspect.Rows.Select(static row => row.Text("order")));
        Assert.Equal([2, 3, 4], suspect.DeadLetters.Select(static dead => dead.Row));
        ImportProfile trusting = ImportProfile.Parse(
            Profile.Json.Replace("\"zone\"", "\"quotes\": \"trusted\", \"zone\"", StringComparison.Ordinal));
        CsvDocument trusted = Profile.Read("orders", Encoding.UTF8.GetBytes(text), trusting);
        Assert.Equal(["O1", "O3"], trusted.Rows.Select(static row => row.Text("order")));
        Assert.Equal("see\nO2,C9,2026-09-02,,,,\nabove", trusted.Rows[0].Text("external_key"));
    }

    [Fact]
    public void ADeadRow_TakesTheRestOfItsOrderAlong_WhateverItsQuotes()
    {
        ImportProfile inch = ImportProfile.Parse("""
            { "name": "x", "documents": {
              "orders": { "files": ["f.csv"], "rowPer": "line", "columns": { "o": "order", "c": "customer", "d": "placed_at" } },
              "lines": { "files": ["f.csv"], "columns": { "o": "order", "s": "sku", "q": "quantity" } } } }
            """);
        OrderDocuments read = Join(
            inch,
            "o,c,d,s,q,t\n\"A\",C1,2026-09-01,K1,1,x\n\"A\",C1,2026-09-01,K2,2,\"Big\" one\nB,C1,2026-09-01,K1,1,\n"u8);
        Assert.Equal(["B"], read.Orders.Select(static order => order.Head.Order.Text));
        Assert.Equal(
            ["2 csv.order_row_dead", "3 csv.quote_open"], read.DeadOrders.Select(static dead => $"{dead.Row} {dead.Reasons[0].Code}"));
    }

    private static OrderDocuments Join(ImportProfile profile, ReadOnlySpan<byte> file)
    {
        byte[] bytes = file.ToArray();
        return OrderDocuments.Join(
            profile, CsvDocument.Read(bytes, "f.csv", profile.Document("orders")!),
            CsvDocument.Read(bytes, "f.csv", profile.Document("lines")!));
    }

    private static string Goods(OrderDocuments read, string order)
    {
        OrderKernel.Orders.NewLine line = Assert.Single(read.Orders.Single(one => one.Head.Order.Text == order).Lines);
        return $"{line.Sku} {line.Quantity.Units}";
    }

    // What was read is what stands in the file: no cell of a row comes from another row.
    private static bool IsTheirs(string[] cells, char delimiter, CsvRow row, string quotes)
    {
        // Two quotes may happen to make one cell of two, as in ";";".
        string note = string.Join(delimiter, cells.Skip(Width - 1));
        return Bare(note) == Bare(row.Text("external_key") ?? string.Empty) && Bare(cells[0]) == Bare(row.Text("order")!);

        // Its letters and digits; where quotes are letters, all of it but what marks a text.
        string Bare(string cell) => quotes == "none" && !cell.StartsWith('=')
            ? cell.TrimStart('\'')
            : string.Concat(cell.Where(char.IsLetterOrDigit));
    }

    private static string Quoted(string cell) => "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static ImportProfile Shop(char delimiter, string quotes, string encoding) => ImportProfile.Parse(Profile.Json.Replace(
        "\"zone\"",
        $"\"quotes\": \"{quotes}\", \"encoding\": \"{encoding}\", \"delimiter\": \"{(delimiter == '\t' ? "\\t" : delimiter)}\", \"zone\"",
        StringComparison.Ordinal));

    private static CsvDocument Read(
        string kind, string head, IEnumerable<string> lines, char delimiter, string quotes, (string End, string Code) form)
    {
        string text = head + form.End + string.Concat(lines.Select(line => line + form.End));
        Encoding encoding = form.Code switch
        {
            "gb18030" => CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!,
            "utf-16le" => new UnicodeEncoding(false, false),
            "utf-16be" => new UnicodeEncoding(true, false),
            _ => new UTF8Encoding(false),
        };
        return Profile.Read(kind, encoding.GetBytes(text), Shop(delimiter, quotes, form.Code));
    }
}
