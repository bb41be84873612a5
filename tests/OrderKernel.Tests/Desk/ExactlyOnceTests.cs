using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>What a channel delivers again is taken in once, what it lost is named, and goods leave once.</summary>
public class ExactlyOnceTests
{
    private static readonly Instant Day = Instant.FromUtc(2026, 11, 11, 0, 0);
    private static readonly Sku Sku = new("CUP-1");
    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Day + Duration.FromDays(2));
    private readonly OrderDesk desk;

    public ExactlyOnceTests() => desk = new OrderDesk(store, clock);

    [Fact]
    [Trait("Req", "S1-31")]
    public async Task OneOrder_DeliveredThreeTimes_IsOneOrder_UnderItsOwnCommandOrUnderOthers()
    {
        CaptureOrder delivered = Delivered("taobao/shop-1", 1);
        DeskResult first = await Submit("taobao/shop-1/1", delivered);
        Assert.Equal((DeskStatus.Decided, true, 1L), (first.Status, first.IsAccepted, first.Outcome.Version));
        for (int retry = 2; retry <= 3; retry++)
        {
            clock.Advance(Duration.FromMinutes(1));
            DeskResult again = await Submit("taobao/shop-1/1", delivered);
            Assert.Equal((DeskStatus.Repeated, first.Outcome.ToJson()), (again.Status, again.Outcome.ToJson()));
        }

        // The channel's retries carry message numbers of their own; the order's number is what it is known by.
        for (int message = 1; message <= 2; message++)
        {
            DeskResult other = await Submit("message " + message, delivered with { Customer = new PartnerId("P" + message) });
            Assert.Equal("order.exists", Assert.Single(other.Findings).Code);
        }

        OrderState taken = await desk.ReadOrderAsync(delivered.Order);
        Assert.Equal((1L, "P"), (taken.Version, taken.Customer.Text));
        Assert.Single(await desk.ReadOrdersAsync(null, 10));

        // The same number of another shop, eight times at once: one order more.
        CaptureOrder next = Delivered("taobao/shop-2", 1);
        var channel = new OrderDesk(Together.Commit(store, 8), clock);
        DeskResult[] atOnce = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => channel.SubmitAsync(
            new Submission(CommandId.FromName("race " + i), new Actor("sync", "channel"), next))));
        Assert.Single(atOnce, static result => result.IsAccepted);
        Assert.Equal(2, (await desk.ReadOrdersAsync(null, 10)).Length);
        Assert.Empty((await desk.ReplayAsync()).Differing);
    }

    [Fact]
    [Trait("Req", "S1-31")]
    public async Task TheChannelReports205_204CameIn_TheMissingOneIsNamed()
    {
        int[] numbers = [.. Enumerable.Range(1, 205)];
        foreach (int number in numbers.Where(static number => number != 118))
        {
            Assert.True((await Submit("c" + number, Delivered("jd/shop-1", number))).IsAccepted);
        }

        await Submit("c after", Delivered("jd/shop-1", 118) with { PlacedAt = Day + Duration.FromDays(1) });
        await Submit("c before", Delivered("jd/shop-1", 300) with { PlacedAt = Day - Duration.FromMilliseconds(1) });
        string[] reported = [.. numbers.Select(static number => Key("jd/shop-1", number))];
        CompletenessReport report = await desk.ReconcileAsync(reported, Day, Day + Duration.FromDays(1));
        Assert.Equal((205, 204), (report.Expected, report.Present));
        Assert.Equal(new[] { "jd/shop-1/118" }, report.Missing);
        Assert.Empty(report.Extra);
        Assert.Empty(report.Repeated);
    }

    [Fact]
    [Trait("Req", "S1-31")]
    public async Task ShipCommandTwice_OneShipment_WhetherRetriedOrSentAnew()
    {
        OrderId order = Delivered("jd/shop-1", 1).Order;
        await Submit("r", new ReceiveStock(new DocumentId("R1"), [new StockLine(new StockCell(Sku, new NodeId("W1")), new Quantity(10))]));
        await Submit("c", Delivered("jd/shop-1", 1));
        await Submit("h", new HoldStock(order));
        ShipOrder ship = new(order, new ShipmentId("SH-1"), clock.Now, [new ShipLine(1, new Quantity(2))]);
        DeskResult first = await Submit("s", ship);
        Assert.True(first.IsAccepted);
        DeskResult retried = await Submit("s", ship);
        Assert.Equal((DeskStatus.Repeated, first.Outcome.ToJson()), (retried.Status, retried.Outcome.ToJson()));
        DeskResult sentAnew = await Submit("s2", ship);
        Assert.Equal((true, 0), (sentAnew.IsAccepted, sentAnew.Outcome.Events.Length)); // already true
        DeskResult otherPaper = await Submit("s3", ship with { Shipment = new ShipmentId("SH-2") });
        Assert.Contains("order.ship_exceeds_allocated", otherPaper.Findings.Select(static why => why.Code));

        OrderState state = await desk.ReadOrderAsync(order);
        Assert.Equal((new ShipmentId("SH-1"), 2L), (Assert.Single(state.Shipments).Id, state.Lines[0].Shipped.Units));
        Assert.Single(await desk.ReadTrailAsync(order), static step => step.EventType == "order.shipped");
        CellBalance cell = Assert.Single((await store.ReadLedgerAsync(new DeskOptions().Tenant, default)).Balances,
            static balance => balance.Cell.Sku == Sku && balance.Cell.Node.Text == "W1");
        Assert.Equal((8L, 0L, 2L), (cell[StockAccount.Available], cell[StockAccount.Reserved], cell[StockAccount.Shipped]));
        Assert.Empty(await desk.AuditLedgerAsync());
        Assert.Empty((await desk.ReplayAsync()).Differing);
    }

    // A host names the order by channel, shop and number, as the channel does.
    private static string Key(string shop, int number) => shop + "/" + number.ToString(CultureInfo.InvariantCulture);

    private static CaptureOrder Delivered(string shop, int number) => new(
        new OrderId(Key(shop, number)), new PartnerId("P"), Day + Duration.FromMinutes(number), [new NewLine(1, Sku, new Quantity(2))],
        ExternalKey: Key(shop, number));

    private Task<DeskResult> Submit(string id, KernelCommand command) =>
        desk.SubmitAsync(new Submission(CommandId.FromName(id), new Actor("sync", "channel"), command));
}
