using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Csv.Tests;

/// <summary>A file in parts is the file.</summary>
public class CsvFileTests
{
    private static readonly Gen<string> Piece = Gen.Elements(
        "O1,C1,2026-09-01,,,,\n", "O2,C2,2026-09-01,,,,\n", "O3,C1,x,,,,\n", "O1,C9,2026-09-02,,,,\n", "\"O4\",C1,2026-09-01,,,,\r\n",
        "O5,\"C\n1\",2026-09-01,,,,\n", "\"", ",", "\n", "O6", "=\"7\",C1,2026-09-01,,,,\n", "江州,C1,2026-09-01,,,,\n");

    private static readonly Arbitrary<string> Text = Piece.ListOf().Select(static pieces => string.Concat(pieces)).ToArbitrary();

    [Fact]
    public void ThePartsOfAFile_JoinedOneByOne_AreTheWholeFileJoined() => Prop.ForAll(
        Text, Gen.Choose(1, 5).ToArbitrary(), static (text, parts) =>
        {
            CsvFile orders = Open("orders", Profile.Head + text);
            CsvFile lines = Open("lines", "no,line,sku,qty,price\nO1,,A,5,\nO2,,B,1,\nO1,,B,2,\nO4,,A,0,\n7,,A,1,\n");
            OrderDocuments whole = OrderDocuments.Join(Profile.Shop, orders.Read(), lines.Read());
            OrderDocuments[] each = [.. Enumerable.Range(0, parts).Select(
                part => OrderDocuments.Join(Profile.Shop, orders.Read(part, parts), lines.Read(part, parts)))];
            return whole.Rows == each.Sum(static part => part.Rows)
                && Same(whole.Orders.Select(Shown), each.SelectMany(static part => part.Orders.Select(Shown)))
                && Same(whole.DeadOrders.Select(Shown), each.SelectMany(static part => part.DeadOrders.Select(Shown)))
                && Same(whole.DeadLines.Select(Shown), each.SelectMany(static part => part.DeadLines.Select(Shown)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(1_000)));

    [Fact]
    public void NoSuchPart_IsAMistake()
    {
        CsvFile file = Open("orders", Profile.Head);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(0, 0));
    }

    private static CsvFile Open(string kind, string text) => CsvFile.Open(
        () => new MemoryStream(Encoding.UTF8.GetBytes(text)), kind + ".csv", Profile.Shop.Document(kind)!);

    private static string Shown(ImportedOrder order) =>
        $"{order.Head}: {string.Join(' ', order.Lines.Select(line => $"{line.Number}/{line.Sku}/{line.Quantity}"))}";

    private static string Shown(DeadLetter letter) => $"{letter.File} {letter.Row} {string.Join(' ', letter.Reasons)}";

    private static bool Same(IEnumerable<string> one, IEnumerable<string> other) =>
        one.Order(StringComparer.Ordinal).SequenceEqual(other.Order(StringComparer.Ordinal));
}
