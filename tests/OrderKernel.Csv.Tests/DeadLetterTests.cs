using System;
using System.IO;
using System.Linq;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Adapters.Csv.Writing;
using OrderKernel.Findings;
using Xunit;

namespace OrderKernel.Csv.Tests;

public class DeadLetterTests
{
    private const string Good = "O1,C1,2026-09-01 10:00,2026-09-05,,,\n";

    [Fact]
    public void Row_WithOneFieldTooMany_SaysSoAndTheNextRowReadsRight()
    {
        CsvDocument read = Profile.Orders(Profile.Head + "O0,C1,2026-09-01,2026-09-05,,,a,b\n" + Good);
        DeadLetter dead = Assert.Single(read.DeadLetters);
        Assert.Equal(("orders.csv", 2, string.Empty), (dead.File, dead.Row, dead.Columns));
        Assert.Equal("8 fields, the header has 7: is a comma not quoted?", dead.Text(Language.English));
        Assert.Equal("共 8 个字段，表头只有 7 个：是否有逗号未加引号？", dead.Text(Language.Chinese));
        Assert.Equal("O1", Assert.Single(read.Rows).Text("order"));
    }

    [Fact]
    public void Row_WithFieldsMissing_SaysSo()
    {
        DeadLetter dead = Assert.Single(Profile.Orders(Profile.Head + "O0,C1\n" + Good).DeadLetters);
        Assert.Equal("2 fields, the header has 7: is the row cut off?", dead.Text(Language.English));
    }

    [Fact]
    public void Row_WithSeveralFaults_TellsAllOfThemWithoutAnyValue()
    {
        DeadLetter dead = Assert.Single(Profile.Orders(Profile.Head + "O0,,yesterday,soon,,,Wang 13800000000\n").DeadLetters);
        Assert.Equal(["csv.empty", "csv.not_date", "csv.not_date"], dead.Reasons.Select(static reason => reason.Code));
        Assert.Equal("who; placed; promised", dead.Columns);
        foreach (Language language in new[] { Language.English, Language.Chinese })
        {
            string text = dead.Text(language);
            Assert.DoesNotContain("yesterday", text, StringComparison.Ordinal);
            Assert.DoesNotContain("138", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Order_StandingTwice_IsDeadTheSecondTimeAndNamesTheFirstRow()
    {
        OrderDocuments read = Profile.Join(Profile.Head + Good + "O2,C1,2026-09-01,,,,\n" + Good);
        Assert.Equal(["O1", "O2"], read.Orders.Select(static order => order.Head.Order.Text));
        DeadLetter dead = Assert.Single(read.DeadOrders);
        Assert.Equal((4, "no"), (dead.Row, dead.Columns));
        Assert.Equal("The order stands in row 2 already; that row counts.", dead.Text(Language.English));
    }

    [Fact]
    public void Order_WithADeadLine_IsNotTakenInPart()
    {
        OrderDocuments read = Profile.Join(
            Profile.Head + Good + "O2,C1,2026-09-01,,,,\nO3,C1,2026-09-01,,,,\n",
            "no,line,sku,qty,price\nO1,1,A,5,1.20\nO2,1,A,5,\nO2,2,B,none,\nO2,3,B,1,\nO9,1,A,1,\n");
        Assert.Equal("O1", Assert.Single(read.Orders).Head.Order.Text);
        Assert.Equal(["csv.order_line_dead", "csv.order_without_lines"], read.DeadOrders.Select(Code));
        Assert.Equal(4, Assert.Single(read.DeadLines).Row);
        Assert.Equal(read.Rows, read.Orders.Length + read.DeadOrders.Length);
        Assert.Equal(3, read.OrphanLines);
    }

    [Fact]
    public void Order_WithALineNumberTwice_IsNotTaken()
    {
        OrderDocuments read = Profile.Join(Profile.Head + Good, "no,line,sku,qty,price\nO1,1,A,5,\nO1,1,B,5,\n");
        Assert.Equal("csv.line_repeated", Assert.Single(read.DeadLines).Reasons[0].Code);
        Assert.Equal("csv.order_line_dead", Assert.Single(read.DeadOrders).Reasons[0].Code);
    }

    [Fact]
    public void Order_SignedForBeforeItLeft_IsDead()
    {
        OrderDocuments read = Profile.Join(Profile.Head
            + "O1,C,2026-09-01,,2026-09-03 10:00,2026-09-02,\nO2,C,2026-09-01,,,2026-09-02,\n"
            + "O3,C,2026-09-01,,2026-09-02,2026-09-02,\n");
        Assert.Equal([2, 3], read.DeadOrders.Select(static dead => dead.Row));
        Assert.All(read.DeadOrders, static dead => Assert.Equal("csv.delivered_before_shipped", dead.Reasons[0].Code));
    }

    [Fact]
    public void File_WithoutANeededColumn_LosesNothing()
    {
        CsvDocument read = Profile.Orders("no;who;placed\nO1;C1;2026-09-01\nO2;C1;2026-09-01\n");
        Assert.Equal((2, 2), (read.Count, read.DeadLetters.Length));
        Assert.Contains(read.Faults, static fault => fault.Code == "csv.header_lacks" && fault.Field == "order");
        Assert.Equal(["csv.file_empty"], Profile.Orders(string.Empty).Faults.Select(static fault => fault.Code));
        CsvDocument twice = Profile.Orders(Profile.Head.Replace("note", "no", StringComparison.Ordinal));
        Assert.Contains(twice.Faults, static fault => fault.Code == "csv.header_repeats" && fault.Field == "no");
    }

    [Fact]
    public void File_BeyondABound_IsRefusedNamingIt()
    {
        var profile = Profile.Shop.Document("orders")!;
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(Profile.Head + Good + Good);
        Assert.Equal("rows", Assert.Single(CsvDocument.Read(bytes, "f", profile, new CsvLimits(MaxRows: 1)).Faults).Field);
        Assert.Equal("bytes", Assert.Single(CsvDocument.Read(bytes, "f", profile, new CsvLimits(MaxBytes: 10)).Faults).Field);
        using var stream = new MemoryStream(bytes);
        Assert.Equal("bytes", Assert.Single(CsvDocument.Read(stream, "f", profile, new CsvLimits(MaxBytes: 10)).Faults).Field);
        CsvDocument wide = CsvDocument.Read(bytes, "f", profile, new CsvLimits(MaxColumns: 3));
        Assert.Contains(wide.Faults, static fault => fault.Field == "columns");
    }

    private static string Code(DeadLetter dead) => dead.Reasons[0].Code;

    [Fact]
    public void DeadLetterFile_HasOneGuardedRowPerLetter()
    {
        CsvDocument read = Profile.Orders(Profile.Head + "O0,,yesterday,soon,,,\n" + Good + "O1\n");
        using var writer = new StringWriter();
        DeadLetterFile.Write(writer, read.DeadLetters, Language.English);
        string[] rows = writer.ToString().Split("\r\n");
        Assert.Equal("file,row,column,reason", rows[0]);
        Assert.StartsWith("orders.csv,2,\"who; placed; promised\",who: The cell", rows[1], StringComparison.Ordinal);
        Assert.Equal("orders.csv,4,,\"1 fields, the header has 7: is the row cut off?\"", rows[2]);
    }
}
