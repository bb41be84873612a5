using System.Linq;
using System.Text;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Measures;
using OrderKernel.Stock;
using Xunit;

namespace OrderKernel.Csv.Tests;

public class ReadingTests
{
    [Fact]
    public void DateOnly_IsTheWholeDayAsAPromiseAndItsStartAsAFact()
    {
        CsvRow row = Assert.Single(Profile.Orders(
            Profile.Head + "O1,C1,2026-09-01,2026-09-05,2026-09-05 17:30,2026-09-06T08:00:00+09:00,\n").Rows);
        Assert.Equal("2026-08-31T16:00:00Z", Iso(row.Moment("placed_at")));
        Assert.Equal("2026-09-05T15:59:59.999999Z", Iso(row.Moment("promised_at")));
        Assert.Equal("2026-09-05T09:30:00Z", Iso(row.Moment("shipped_at")));
        Assert.Equal("2026-09-05T23:00:00Z", Iso(row.Moment("delivered_at")));
    }

    [Fact]
    public void DateOnly_MayMeanAClosingTime()
    {
        ImportProfile profile = With("\"dateOnly\": { \"promise\": \"18:00\" }");
        byte[] bytes = Encoding.UTF8.GetBytes(Profile.Head + "O1,C1,2026-09-01,2026-09-05,,,\n");
        CsvDocument read = Profile.Read("orders", bytes, profile);
        Assert.Equal("2026-09-05T10:00:00Z", Iso(read.Rows[0].Moment("promised_at")));
    }

    [Theory]
    [InlineData("=\"00123\"", "00123")]
    [InlineData("\"=\"\"00123\"\"\"", "00123")]
    [InlineData("  O7 ", "O7")]
    [InlineData("4\" pipe", "4\" pipe")]
    [InlineData("\"a\"\"b,c\"", "a\"b,c")]
    public void Cell_IsReadAsPeopleMeanIt(string cell, string text)
    {
        CsvDocument read = Profile.Orders(Profile.Head + $"{cell},C1,2026-09-01,,,,\nO2,C1,2026-09-01,,,,\n");
        Assert.Equal([text, "O2"], read.Rows.Select(static row => row.Text("order")));
    }

    [Theory]
    [InlineData("\"two\nlines\"")]
    [InlineData("\"a\tb\"")]
    [InlineData("a\u001B[2J")]
    [InlineData("a\u202Eb")]
    [InlineData("a\uFFFF")]
    public void AnIdThatNothingMayBeNamedWith_IsADeadLetter_AndTextMayHoldLines(string cell)
    {
        CsvDocument read = Profile.Orders(Profile.Head + $"{cell},C1,2026-09-01,,,,\nO2,C1,2026-09-01,,,,\"two\nlines\"\n");
        CsvRow row = Assert.Single(read.Rows);
        Assert.Equal(("O2", "two\nlines"), (row.Text("order"), row.Text("external_key")));
        DeadLetter dead = Assert.Single(read.DeadLetters);
        Assert.Equal((2, "csv.unfit_id"), (dead.Row, dead.Reasons[0].Code));
    }

    [Fact]
    public void StrayQuote_CostsOnlyItsOwnRow()
    {
        CsvDocument read = Profile.Orders(Profile.Head
            + "O1,C1,2026-09-01,,,,\"open\nO2,C1,2026-09-01,,,,\nO3,\"C1,2026-09-01,,,,\nO4,C1,2026-09-01,,,,x\n");
        Assert.Equal(["O2", "O4"], read.Rows.Select(static row => row.Text("order")));
        Assert.Equal([2, 4], read.DeadLetters.Select(static dead => dead.Row));
        Assert.All(read.DeadLetters, static dead => Assert.Equal("csv.quote_open", dead.Reasons[0].Code));
    }

    [Fact]
    public void StrayQuote_BeforeAGreatManyRows_CostsOnlyItsOwnRow()
    {
        var text = new StringBuilder(Profile.Head).Append("O,C1,2026-09-01,,,,\"open\n");
        for (int i = 0; i < 5_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"O{i},C1,2026-09-01,,,,\n");
        }

        CsvDocument read = Profile.Orders(text.ToString());
        Assert.Equal((5_001, 5_000), (read.Count, read.Rows.Length));
        Assert.Equal(5_002, read.Rows[^1].Row);
    }

    [Fact]
    public void BlankLines_AreNoRows_AndKeepTheNumbersOfOthers()
    {
        CsvDocument read = Profile.Orders("\n" + Profile.Head + "\r\n  \nO1,C1,2026-09-01,,,,\r\n\n");
        Assert.Equal((1, 5), (read.Count, Assert.Single(read.Rows).Row));
    }

    [Theory]
    [InlineData("gb18030", false)]
    [InlineData("auto", false)]
    [InlineData("utf-8", true)]
    public void Gb18030_IsReadByProfileByGuessOrByItsMark(string encoding, bool mark)
    {
        ImportProfile profile = With($"\"encoding\": \"{encoding}\"");
        Encoding gb = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
        byte[] bytes = gb.GetBytes((mark ? "\uFEFF" : string.Empty) + Profile.Head + "O1,江州医疗\uD840\uDC00,2026-09-01,,,,\n");
        CsvDocument read = Profile.Read("orders", bytes, profile);
        Assert.Equal(("gb18030", "江州医疗\uD840\uDC00"), (read.Encoding, Assert.Single(read.Rows).Text("customer")));
    }

    [Fact]
    public void ByteOrderMark_Decides()
    {
        Encoding[] marked = [new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)];
        foreach (Encoding encoding in marked)
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Profile.Head + "O1,客户,2026-09-01,,,,\n")];
            Assert.Equal("客户", Assert.Single(Profile.Read("orders", bytes).Rows).Text("customer"));
        }
    }

    [Fact]
    public void WrongEncoding_IsToldAndNotGuessedIntoAName()
    {
        ImportProfile profile = With("\"encoding\": \"utf-8\"");
        Encoding gb = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
        byte[] bytes = gb.GetBytes(Profile.Head + "O1,江州,2026-09-01,,,,\n");
        DeadLetter dead = Assert.Single(Profile.Read("orders", bytes, profile).DeadLetters);
        Assert.Equal(("who", "csv.not_text"), (dead.Columns, dead.Reasons[0].Code));
    }

    [Theory]
    [InlineData(".", ",", "1,200.000", 1200)]
    [InlineData(",", ".", "1.200,0", 1200)]
    [InlineData(".", "", "12", 12)]
    [InlineData(".", "", "0", 0)]
    [InlineData(".", "", "-3", 0)]
    [InlineData(".", "", "1.5", 0)]
    [InlineData(".", "", "1e3", 0)]
    [InlineData(",", "", "1.5", 0)]
    public void Quantity_IsAWholeNumberAboveZero(string point, string thousands, string cell, long expected)
    {
        ImportProfile profile = With($"\"decimal\": \"{point}\", \"thousands\": \"{thousands}\"");
        CsvDocument read = Profile.Read("lines", Encoding.UTF8.GetBytes($"no,line,sku,qty,price\nO1,,A,\"{cell}\",\n"), profile);
        Assert.Equal(expected, read.Rows.Select(static row => row.Quantity("quantity")!.Value.Units).SingleOrDefault());
        Assert.Equal(expected == 0 ? 1 : 0, read.DeadLetters.Length);
    }

    [Fact]
    public void Receipts_AreRowsOfOneDocument_WithDefaultsWhereNothingIsStated()
    {
        CsvDocument read = Profile.Read("stock", Encoding.UTF8.GetBytes(
            "doc,at,sku,node,qty\nR2,2026-09-02,B,W2,1\nR1,2026-09-01,A,,2\nR1,2026-09-01,B,,3\n"));
        var receipts = StockDocuments.Receipts(read);
        Assert.Equal(["R1", "R2"], receipts.Select(static receipt => receipt.Document.Text));
        var main = new NodeId("MAIN");
        var a = new StockLine(new StockCell(new Sku("A"), main), new Quantity(2));
        var b = new StockLine(new StockCell(new Sku("B"), main), new Quantity(3));
        Assert.Equal([a, b], receipts[0].Lines.AsEnumerable());
    }

    [Fact]
    public void Orders_WithoutALinesFile_HaveOneDeclaredLine()
    {
        ImportedOrder order = Assert.Single(Profile.Join(Profile.Head + "O1,C1,2026-09-01,,,,\n").Orders);
        Assert.Equal(OrderDocuments.DeclaredLine, Assert.Single(order.Lines));
    }

    private static ImportProfile With(string members) => ImportProfile.Parse(
        Profile.Json.Replace("\"nullWords\"", members + ", \"nullWords\"", System.StringComparison.Ordinal));

    private static string Iso(Instant? moment) => InstantPattern.ExtendedIso.Format(moment!.Value);
}
