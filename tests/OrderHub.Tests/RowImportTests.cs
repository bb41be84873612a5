using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Csv.Reading;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using Xunit;

namespace OrderHub.Tests;

/// <summary>A file is imported row by row: what is good is created once, what is bad is named by its line.</summary>
public class RowImportTests
{
    [Theory]
    [Trait("Req", "S1-33")]
    [InlineData("utf-8 with a mark")]
    [InlineData("gb18030")]
    [InlineData("utf-8")]
    public async Task AHundredRowsTwoBad_98CreatedTwoNamed_AndTheSameFileAgainCreatesNothing(string encoding)
    {
        using var rows = new HundredRows();
        await rows.RunAsync(HundredRows.BytesOf(HundredRows.Bad, EncodingOf(encoding)));
        Assert.Equal((0, (100, 98, 2)), (rows.Last.Code, rows.Counts()));
        string[] letters = rows.DeadLetters();
        Assert.Contains(letters, static letter => letter.StartsWith("orders.csv,38,下单日期,", StringComparison.Ordinal));
        Assert.Contains(letters, static letter => letter.StartsWith("orders.csv,92,数量,", StringComparison.Ordinal));
        Assert.Equal(new[] { "38", "92" }, letters.Select(static letter => letter.Split(',')[1]).Distinct().Order());
        string[] created = await CreatedAsync(rows);
        Assert.Equal(HundredRows.Good.Where(static row => !row.StartsWith("SO-038", StringComparison.Ordinal)
            && !row.StartsWith("SO-092", StringComparison.Ordinal)).Select(AsStored), created);

        await rows.RunAsync(HundredRows.BytesOf(HundredRows.Bad, EncodingOf(encoding)));
        Assert.Equal((0, (100, 98, 2)), (rows.Last.Code, rows.Counts()));
        Assert.Contains("0 new commands, 98 repeated; nothing changed.", rows.Last.Told, StringComparison.Ordinal);
        Assert.Equal(created, await CreatedAsync(rows));
    }

    [Fact]
    [Trait("Req", "S1-33")]
    public async Task TheMendedFile_CreatesTheTwoThatWereMissing_InWhateverOrderAndEncodingItComes()
    {
        var desk = new OrderDesk(new MemoryStore(), new HandClock(Instant.FromUtc(2026, 10, 1, 0, 0)));
        Assert.Equal((98, 0, "38 92"), await TakeIn(desk, HundredRows.BytesOf(HundredRows.Bad, EncodingOf("gb18030"))));
        Assert.Equal((0, 98, "38 92"), await TakeIn(desk, HundredRows.BytesOf(HundredRows.Bad, EncodingOf("utf-8 with a mark"))));
        Assert.Equal((2, 98, ""), await TakeIn(desk, HundredRows.BytesOf([.. HundredRows.Good.Reverse()], EncodingOf("utf-8"))));
        Assert.Equal((0, 100, ""), await TakeIn(desk, HundredRows.BytesOf(HundredRows.Good, EncodingOf("gb18030"))));
        Assert.Equal(100, (await desk.ReadOrdersAsync(null, 200)).Length);
    }

    // As the page on import profiles says: read, join, and submit each order under an id that its number gives.
    private static async Task<(int Created, int Known, string Bad)> TakeIn(OrderDesk desk, byte[] file)
    {
        ImportProfile profile = ImportProfile.Parse(HundredRows.Profile);
        OrderDocuments read = OrderDocuments.Join(
            profile, CsvDocument.Read(file, "orders.csv", profile.Document("orders")!),
            CsvDocument.Read(file, "orders.csv", profile.Document("lines")!));
        int created = 0, known = 0;
        foreach (ImportedOrder order in read.Orders)
        {
            DeskResult result = await desk.SubmitAsync(new Submission(
                CommandId.FromName("file/" + order.Head.Order), new Actor("import", "file"), new CaptureOrder(
                    order.Head.Order, order.Head.Customer, order.Head.PlacedAt, order.Lines, order.Head.RequestedAt)));
            Assert.Empty(result.Findings);
            created += result.Status == DeskStatus.Decided ? 1 : 0;
            known += result.Status == DeskStatus.Repeated ? 1 : 0;
        }

        return (created, known, string.Join(' ', read.DeadOrders.Select(static dead => dead.Row)));
    }

    private static async Task<string[]> CreatedAsync(HundredRows rows)
    {
        using SqliteStore store = rows.Open();
        ImmutableArray<KeyValuePair<OrderId, OrderState>> orders =
            await rows.Desk(store, SystemClock.Instance).ReadOrdersAsync(null, 200);
        return [.. orders.Select(static order => FormattableString.Invariant(
            $"{order.Key} {order.Value.Customer} {order.Value.PlacedAt} {order.Value.Lines.Single().Sku} ")
            + FormattableString.Invariant($"{order.Value.Lines[0].Ordered} {order.Value.Lines[0].Price!.Value.Amount:0.00}")
            + FormattableString.Invariant($" {order.Value.RequestedAt} {order.Value.Lines.Length}"))];
    }

    private static string AsStored(string row)
    {
        string[] cells = row.Split(',');
        var day = new LocalDate(2026, 9, int.Parse(cells[2][8..], System.Globalization.CultureInfo.InvariantCulture));
        Instant placed = day.AtStartOfDayInZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).ToInstant();
        return FormattableString.Invariant($"{cells[0]} {cells[1]} {placed} {cells[4]} {cells[5]} {cells[6]} 2026-10-15T15:59:59Z 1");
    }

    private static Encoding EncodingOf(string name) => name switch
    {
        "gb18030" => CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!,
        _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: name != "utf-8"),
    };
}
