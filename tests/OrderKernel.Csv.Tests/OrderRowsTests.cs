using System;
using System.IO;
using System.Linq;
using System.Text;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Findings;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Csv.Tests;

/// <summary>What several rows say of one order, and what a spreadsheet does to its number.</summary>
public class OrderRowsTests
{
    [SharedDataFact("faults/lines.csv")]
    public void RowsThatContradictEachOther_AreDeadLetters_EachNamingMembersAndRows()
    {
        ImportProfile profile = ImportProfile.Parse(File.ReadAllText(SharedDataFactAttribute.Locate("faults/lines.json")));
        byte[] file = File.ReadAllBytes(SharedDataFactAttribute.Locate("faults/lines.csv"));
        OrderDocuments read = OrderDocuments.Join(
            profile, CsvDocument.Read(file, "lines.csv", profile.Document("orders")!),
            CsvDocument.Read(file, "lines.csv", profile.Document("lines")!));
        Assert.Empty(read.Orders);
        Assert.Equal([2, 3, 4], read.DeadOrders.Select(static dead => dead.Row));
        Assert.All(read.DeadOrders, static dead => Assert.Equal("buyer; placed; due", dead.Columns));
        Assert.StartsWith(
            "buyer: The rows of this order (2, 3, 4) do not say the same here", read.DeadOrders[0].Text(Language.English),
            StringComparison.Ordinal);
        Assert.Contains("（第 2, 3, 4 行）在此处内容不一致", read.DeadOrders[0].Text(Language.Chinese), StringComparison.Ordinal);
    }

    [Fact]
    public void ACellThatSaysNothing_ContradictsNothing_AndWhatOneRowSaysHolds()
    {
        ImportProfile profile = ImportProfile.Parse("""
            { "name": "x", "documents": { "orders": { "files": ["f.csv"], "rowPer": "line", "partial": ["placed_at"],
              "columns": { "o": "order", "c": "customer", "d": "placed_at", "p": "promised_at" }, "defaults": { "customer": "HOUSE" } } } }
            """);
        OrderDocuments read = OrderDocuments.Join(
            profile, Profile.Read("orders", "o,c,d,p\nA,C1,,\nA,,2026-09-01,2026-09-05\nB,,,\nB,,,\n"u8.ToArray(), profile), null);
        Assert.Equal(["C1", "HOUSE"], read.Orders.Select(static order => order.Head.Customer.Text));
        Assert.NotNull(read.Orders[0].Head.PlacedAt);
        Assert.NotNull(read.Orders[0].Head.PromisedAt);
        Assert.Equal((4, 2), (read.Rows, read.ContinuedRows));
    }

    [Fact]
    public void TwoOrdersUnderOneNumber_AreBothDead_AndNeitherIsTakenForTheOther()
    {
        OrderDocuments read = Profile.Join(
            Profile.Head + "O1,C1,2026-09-01,,,,\nO1,C9,2026-09-01,,,,\n", "no,line,sku,qty,price\nO1,1,A,1,\nO1,2,B,1,\n");
        Assert.Empty(read.Orders);
        Assert.Equal([2, 3], read.DeadOrders.Select(static dead => dead.Row));
        Assert.All(read.DeadOrders, static dead => Assert.Equal(
            ("csv.rows_disagree", "who"), (Assert.Single(dead.Reasons).Code, dead.Columns)));
    }

    [Theory]
    [InlineData("2.9E+11")]
    [InlineData("2,9e+11")]
    [InlineData("-1E-05")]
    public void AnIdInScientificNotation_IsRefusedWithTheRemedy_WhereverItStands(string number)
    {
        string cell = "\"" + number + "\"";
        DeadLetter order = Assert.Single(Profile.Orders(Profile.Head + $"{cell},C1,2026-09-01,,,,\n").DeadLetters);
        Assert.Equal(("no", "csv.scientific_id"), (order.Columns, order.Reasons[0].Code));
        Assert.Contains("Format the column as text and export again", order.Text(Language.English), StringComparison.Ordinal);
        Assert.Contains("文本格式", order.Text(Language.Chinese), StringComparison.Ordinal);
        Assert.Equal("who; note", Assert.Single(Profile.Orders(Profile.Head + $"O1,{cell},2026-09-01,,,,{cell}\n").DeadLetters).Columns);
        Assert.Equal("sku", Assert.Single(Profile.Lines($"no,line,sku,qty,price\nO1,1,{cell},1,\n").DeadLetters).Columns);
        CsvDocument stock = Profile.Read("stock", Encoding.UTF8.GetBytes($"doc,at,sku,node,qty\n{cell},2026-09-01,{cell},{cell},1\n"));
        Assert.Equal("doc; sku; node", Assert.Single(stock.DeadLetters).Columns);
    }

    [Theory]
    [InlineData("'02139", "02139")]
    [InlineData("\"'290000000001\"", "290000000001")]
    [InlineData("2E5", "2E5")]
    [InlineData("E+11", "E+11")]
    public void AnIdThatOnlyLooksLikeOne_IsRead_WithoutItsApostrophe(string cell, string id)
    {
        CsvDocument read = Profile.Orders(Profile.Head + $"{cell},{cell},'2026-09-01,,,,{cell}\n");
        CsvRow row = Assert.Single(read.Rows);
        Assert.Equal([id, id, id], new[] { "order", "customer", "external_key" }.Select(row.Text));
    }

    [Fact]
    public void ABlankKey_CountsAsEmpty_NotAsStated()
    {
        CsvDocument read = Profile.Orders(
            Profile.Head + "   ,C1,2026-09-01,,,,\n\u3000,C1,2026-09-01,,,,\nNULL,C1,2026-09-01,,,,\n'  ,C1,2026-09-01,,,,\n");
        Assert.Empty(read.Rows);
        Assert.All(read.DeadLetters, static dead => Assert.Equal(
            ("no", "csv.empty"), (dead.Columns, Assert.Single(dead.Reasons).Code)));
        Assert.Equal(4, read.DeadLetters.Length);
        CsvDocument stock = Profile.Read("stock", "doc,at,sku,node,qty\nR1,2026-09-01,A,   ,1\n"u8.ToArray());
        Assert.Equal("MAIN", Assert.Single(stock.Rows).Text("node")); // the default, as for an empty cell
    }
}
