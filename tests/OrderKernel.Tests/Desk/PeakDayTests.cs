using System;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;
using Xunit.Abstractions;
using static OrderKernel.Tests.Desk.PeakDay;

namespace OrderKernel.Tests.Desk;

/// <summary>The greatest day of a promotion: nothing is lost and no piece is promised twice.</summary>
public class PeakDayTests(ITestOutputHelper output)
{
    private const int Desks = 4;
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Day);
    private int refused;

    [Fact]
    [Trait("Req", "S2-10")]
    public async Task FiveThousandEightHundredAndThirtyTwoOrders_AllReachAStableState_NoneLost_NoPieceReservedTwice()
    {
        await Stock();
        OrderDesk[] desks = [.. Enumerable.Range(0, Desks).Select(_ => new OrderDesk(Together.Commit(store, 1), clock))];
        var watch = Stopwatch.StartNew();
        await Play(desks, static hour => hour < PeakHour, until: PeakHour);
        TimeSpan before = watch.Elapsed;
        await Play(desks, static hour => hour == PeakHour, until: PeakHour + 1);
        TimeSpan peak = watch.Elapsed - before;
        await Play(desks, static hour => hour > PeakHour, until: 24);
        watch.Stop();

        await NothingIsLost(desks[0]);
        await NothingIsReservedTwice(desks[0]);
        Assert.Empty((await desks[0].ReplayAsync()).Differing);
        int commands = (await store.ReadCommandsAsync(Tenant, null, 100_000, CancellationToken.None)).Length;
        output.WriteLine(FormattableString.Invariant(
            $"{Total} orders, {commands} commands, each sent twice, by {Desks} desks in memory: {watch.ElapsedMilliseconds} ms, ")
            + FormattableString.Invariant($"{Total / watch.Elapsed.TotalSeconds:F0} orders a second; the {PeakOrders} orders of the peak ")
            + FormattableString.Invariant($"hour in {peak.TotalMilliseconds:F0} ms; {refused} orders wait for stock"));
    }

    [Fact]
    [Trait("Req", "S2-10")]
    public async Task AtTheSameMoment_NoPieceIsReservedTwice_AndNothingTwiceForOneOrder()
    {
        const int orders = 16;
        const int plenty = 1_000;
        ImmutableArray<StockLine> lines = [.. Nodes.Select(static (node, i) =>
            new StockLine(new StockCell(SkuOf(0), node), new Quantity(3 - i)))];
        await Twice(new OrderDesk(store, clock), "receipt", new ReceiveStock(
            new DocumentId("R1"), lines.Add(new StockLine(new StockCell(SkuOf(1), Nodes[0]), new Quantity(plenty)))));

        // The first half contends for pieces that fit one order alone; of what the others want there is enough for all and more.
        OrderId[] rush = [.. Enumerable.Range(0, orders).Select(static number => new OrderId(KeyOf(number)))];
        foreach ((int i, OrderId order) in rush.Index())
        {
            await Twice(new OrderDesk(store, clock), "capture " + order, new CaptureOrder(
                order, new PartnerId("P"), Day, [new NewLine(1, SkuOf(2 * i / orders), new Quantity(3))]));
        }

        // Each order is held under two ids, and all of it is decided before any of it is committed.
        var desk = new OrderDesk(Together.Commit(store, orders * 2), clock, new DeskOptions { MaxAttempts = 1_000 });
        await Task.WhenAll(rush.SelectMany(order => new[] { "a ", "b " }.Select(id => desk.SubmitAsync(
            new Submission(CommandId.FromName(id + order), new Actor("shop", "channel"), new HoldStock(order))))));
        OrderState[] states = await Task.WhenAll(rush.Select(order => desk.ReadOrderAsync(order)));
        Assert.Single(states[..(orders / 2)], static state => state.Lines[0].Held.Units == 3);
        Assert.Equal(3, states[..(orders / 2)].Sum(static state => state.Lines[0].Held.Units));
        Assert.All(states[(orders / 2)..], static state => Assert.Equal((3, 2), (state.Lines[0].Held.Units, state.Version)));
        StockPicture stock = await desk.ReadStockAsync([SkuOf(0), SkuOf(1)]);
        Assert.Equal(2, stock.Cells.Where(static cell => cell.Cell.Sku == SkuOf(0)).Sum(static cell => cell.Available));
        Assert.Equal(plenty - (orders / 2 * 3), Assert.Single(stock.Cells, static cell => cell.Cell.Sku == SkuOf(1)).Available);

        // Another desk lets one go; the first one, which remembers it as held, holds it anew.
        await Twice(new OrderDesk(store, clock), "release", ReleaseStock.All(rush[^1], "called off"));
        await Twice(desk, "again", new HoldStock(rush[^1]));
        Assert.Equal(3, (await desk.ReadOrderAsync(rush[^1])).Lines[0].Held.Units);
        Assert.Empty(await desk.AuditLedgerAsync());
        Assert.Empty((await desk.ReplayAsync()).Differing);
    }

    private async Task Stock()
    {
        var desk = new OrderDesk(store, clock);
        ImmutableArray<StockLine> lines = [.. Enumerable.Range(0, Skus).SelectMany(sku => Nodes.Select(node =>
            new StockLine(new StockCell(SkuOf(sku), node), new Quantity(Received(sku) / Nodes.Length))))];
        await Twice(desk, "receipt", new ReceiveStock(new DocumentId("R1"), lines));
    }

    private async Task Play(OrderDesk[] desks, Func<int, bool> belongs, int until)
    {
        int[] numbers = [.. Enumerable.Range(0, Total).Where(number => belongs(HourOf(number)))];
        clock.Now = Day + Duration.FromHours(until);
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
        {
            OrderDesk desk = desks[number % Desks];
            var order = new OrderId(KeyOf(number));
            await Twice(desk, "capture " + number, new CaptureOrder(
                order, new PartnerId("P" + (number % 97)), PlacedAt(number), [new NewLine(1, SkuOf(number % Skus), PiecesOf(number))],
                PromisedAt: Day + Duration.FromDays(3), ExternalKey: order.Text));
            if (!await Twice(desk, "hold " + number, new HoldStock(order)))
            {
                Interlocked.Increment(ref refused);
            }
            else if (Leaves(number))
            {
                await Twice(desk, "ship " + number, new ShipOrder(
                    order, new ShipmentId("S"), PlacedAt(number), [new ShipLine(1, PiecesOf(number))]));
                await Twice(desk, "sign " + number, new ConfirmDelivery(order, new ShipmentId("S"), clock.Now));
            }
        });
    }

    private async Task NothingIsLost(OrderDesk desk)
    {
        CompletenessReport report = await desk.ReconcileAsync(
            Enumerable.Range(0, Total).Select(KeyOf), Day, Day + Duration.FromDays(1));
        Assert.Equal((Total, Total), (report.Expected, report.Present));
        Assert.Empty(report.Extra);
        Assert.Empty(report.Repeated);
        CompletenessReport peak = await desk.ReconcileAsync(
            Enumerable.Range(0, Total).Select(KeyOf), Day + Duration.FromHours(PeakHour), Day + Duration.FromHours(PeakHour + 1));
        Assert.Equal(PeakOrders, peak.Present);
    }

    private async Task NothingIsReservedTwice(OrderDesk desk)
    {
        var held = new long[Skus];
        var shipped = new long[Skus];
        var free = new long[Skus];
        OrderState[] states = await Task.WhenAll(
            Enumerable.Range(0, Total).Select(number => desk.ReadOrderAsync(new OrderId(KeyOf(number)))));
        LedgerContents ledger = await store.ReadLedgerAsync(Tenant, CancellationToken.None);
        foreach (CellBalance cell in ledger.Balances)
        {
            Assert.InRange(cell[StockAccount.Available], 0, long.MaxValue);
            free[int.Parse(cell.Cell.Sku.Text, CultureInfo.InvariantCulture)] += cell[StockAccount.Available];
        }

        for (int number = 0; number < Total; number++)
        {
            OrderLine line = Assert.Single(states[number].Lines);
            held[number % Skus] += line.Held.Units;
            shipped[number % Skus] += line.Shipped.Units;
            bool got = !line.Held.IsZero || !line.Shipped.IsZero;
            Assert.Equal(
                !got ? (OrderStage.AwaitingStock, Quantity.Zero, Quantity.Zero)
                : Leaves(number) ? (OrderStage.Completed, Quantity.Zero, line.Ordered)
                : (OrderStage.ReadyToShip, line.Ordered, Quantity.Zero),
                (states[number].Stage, line.Held, line.Delivered));
            Assert.True(got || free[number % Skus] < line.Ordered.Units, KeyOf(number) + " waits beside its goods.");
        }

        for (int sku = 0; sku < Skus; sku++)
        {
            Assert.Equal(Received(sku), held[sku] + shipped[sku] + free[sku]);
            Assert.Equal(held[sku], ledger.Holds.Where(hold => hold.Cell.Sku == SkuOf(sku)).Sum(static hold => hold.Quantity.Units));
        }

        Assert.Empty(await desk.AuditLedgerAsync());
        Assert.InRange(refused, 1, Total / 3);
    }
}
