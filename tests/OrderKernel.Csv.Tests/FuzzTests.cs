using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Adapters.Csv.Writing;
using OrderKernel.Findings;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Csv.Tests;

public class FuzzTests
{
    // What breaks CSV readers, and enough of what they expect to come far.
    private static readonly string[] Pieces =
    [
        ",", ",", ",", "\n", "\n", "\r\n", "\r", "\"", "\"\"", "O1", "O2", "C1", "2026-09-01", "9999-12-31",
        "2026-09-05 10:00", "=\"7\"", "＝1", "\0", "\uFFFD", "\uD800", "江州", " ", "\t", ";", "-1",
        "99999999999999999999999999999999", "O3,C1,2026-09-01,,,,\n", "'", "\uFEFF", "a\"b,c,\"d\n", "\"a\nb\"",
    ];

    private const string Delimiters = ",;\t";

    private static readonly ImportProfile[] Profiles =
    [
        .. new[] { "checked", "none", "trusted" }.SelectMany(static quotes => Delimiters.Select(delimiter => ImportProfile.Parse(
            Profile.Json.Replace("\"name\"", $"\"quotes\": \"{quotes}\", \"delimiter\": {JsonSerializer.Serialize(delimiter)}, \"name\"",
                StringComparison.Ordinal)))),
    ];

    private static readonly Gen<string> Piece = Gen.Elements(Pieces);

    private static readonly Arbitrary<string> Text = Piece.ListOf().Select(static pieces => string.Concat(pieces)).ToArbitrary();

    [Fact]
    public void AnyOrdersText_NeverThrows_AndLosesNothing() => Prop.ForAll(Text, static text =>
    {
        CsvDocument read = Profile.Orders(Profile.Head + text);
        OrderDocuments joined = OrderDocuments.Join(Profile.Shop, read, null);
        return read.Count == read.Rows.Length + read.DeadLetters.Length
            && joined.Rows == joined.Orders.Length + joined.DeadOrders.Length
            && joined.DeadOrders.All(static dead => !dead.Reasons.IsEmpty && dead.Text(Language.Chinese).Length > 0);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(2_000)));

    [Fact]
    public void AnyLinesText_NeverThrows_AndTakesNoOrderInPart() => Prop.ForAll(Text, static text =>
    {
        CsvDocument lines = Profile.Lines("no,line,sku,qty,price\nO1,1,A,5,\n" + text);
        OrderDocuments joined = OrderDocuments.Join(Profile.Shop, Profile.Orders(Profile.Head + "O1,C1,2026-09-01,,,,\n"), lines);
        return joined.Rows == 1 && joined.Orders.Length + joined.DeadOrders.Length == 1;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(1_000)));

    [Fact]
    public void AnyBytes_NeverThrow() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        static bytes =>
        {
            CsvDocument alone = Profile.Read("orders", bytes);
            CsvDocument below = Profile.Read("orders", [.. Encoding.UTF8.GetBytes(Profile.Head), .. bytes]);
            return alone.Count == alone.Rows.Length + alone.DeadLetters.Length
                && below.Count == below.Rows.Length + below.DeadLetters.Length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(1_000)));

    [Fact]
    public void RowsBetweenOthers_ReadRight() => Prop.ForAll(Text, static text =>
    {
        // Whatever stands on a line of its own, without a quote, the next row reads right.
        string noise = new([.. text.Where(static c => c is not ('"' or '\n' or '\r'))]);
        CsvDocument read = Profile.Orders(Profile.Head + noise + "\nLAST,C1,2026-09-01,,,,\n");
        return read.Rows.Length > 0 && read.Rows[^1].Text("order") == "LAST";
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(1_000)));

    [Fact]
    public void Written_ReadsBackAsItWas_AndNothingIsAFormula() => Prop.ForAll(Text, static text =>
    {
        using var writer = new StringWriter();
        GuardedCsv.WriteRow(writer, ["key", text]);
        string row = writer.ToString();
        string guarded = GuardedCsv.Guard(text);
        string cell = guarded.TrimStart(' ', '\u00A0', '\u3000', '\uFEFF');
        bool harmless = cell.Length == 0 || !"=+-@\t\r\n＝＋－＠".Contains(cell[0], StringComparison.Ordinal);
        return harmless && guarded.TrimStart('\'') == text.TrimStart('\'') && Cells(row).SequenceEqual(["key", guarded]);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(2_000)));

    [Fact]
    public void AnyFile_IsReadInTimeAndMemory() => FuzzRun.Of(20_000, 100, 1, static (seed, input) =>
    {
        ImportProfile profile = Profiles[seed % Profiles.Length];
        CsvDocument orders = Profile.Read("orders", Encoding.UTF8.GetBytes(input), profile);
        CsvDocument lines = Profile.Read("lines", Encoding.UTF8.GetBytes(input), profile);
        OrderDocuments joined = OrderDocuments.Join(profile, orders, lines);
        Assert.Equal(joined.Rows, joined.Orders.Length + joined.DeadOrders.Length);
        foreach (DeadLetter dead in orders.DeadLetters.Concat(lines.DeadLetters))
        {
            Assert.False(dead.Text(Language.Chinese).Length == 0 || dead.Text(Language.English).Length == 0);
        }

        return !orders.Rows.IsEmpty;
    }, Quoted);

    // Quotes that open in one line and close in another, cells that end in the middle of a quote, rows as wide and as many as may be.
    private static string Quoted(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder(random.Next(8) == 0 ? string.Empty : Profile.Head.Replace(',', Delimiters[seed % Delimiters.Length]));
        for (int pieces = random.Next(40); pieces > 0; pieces--)
        {
            string piece = Pieces[random.Next(Pieces.Length)].Replace(',', Delimiters[seed % Delimiters.Length]);
            int times = random.Next(400) == 0 ? 1 + random.Next(2_000) : 1;
            text.Insert(text.Length, piece, times);
        }

        return text.ToString();
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+86 21", "'+86 21")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void FormulaLikeText_IsGuarded(string cell, string expected) => Assert.Equal(expected, GuardedCsv.Guard(cell));

    // RFC 4180 in a dozen lines, independent of what is tested.
    private static List<string> Cells(string row)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < row.Length; i++)
        {
            if (row[i] == '"' && quoted && i + 1 < row.Length && row[i + 1] == '"')
            {
                cell.Append(row[i++]);
            }
            else if (row[i] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && (row[i] == ',' || row[i] == '\r'))
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (quoted || row[i] != '\n')
            {
                cell.Append(row[i]);
            }
        }

        return cells;
    }
}
