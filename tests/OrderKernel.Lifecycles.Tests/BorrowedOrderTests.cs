using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>Orders that run on a lifecycle and hold borrowed pieces: they are not ready, their sub-orders and consignments send only what
/// lies there, and they move on when it comes.</summary>
public class BorrowedOrderTests
{
    private static readonly OrderId Order = new("SO-1");
    private static int count;

    [Fact]
    public async Task Borrowed_IsNotReady_UntilThePiecesCome()
    {
        OrderPlay play = await Borrowing("standard_order", stock: 1, overdraft: 3, pieces: 3);
        Assert.Equal("received", await play.StateOf(Order));
        Assert.Equal("order.ship_not_covered", Assert.Single(OrderPlay.Codes(await play.Submit(Ship(play, 3)))));
        await play.Stock(1, "R2");
        Assert.Equal("received", await play.StateOf(Order));
        await play.Stock(1, "R3");
        Assert.Equal("ready", await play.StateOf(Order));
        LifecycleAction ship = (await play.Desk.ReadActionsAsync(Order)).Single(static action => action.Trigger == "ship");
        Assert.True(ship.IsPossible);
        await play.Do(Ship(play, 3));
        await CheckLaws(play);
    }

    [Fact]
    public async Task SubOrders_TogetherSendNoMoreThanLiesThere()
    {
        OrderPlay play = await Borrowing("standard_order", stock: 6, overdraft: 4, pieces: 10);
        await play.Do(new SplitOrder(Order, [Part(5), Part(5)], "by plan"));
        await play.Do(new SignalOrder(Order, "picking_started", Part: 1));
        await play.Do(new SignalOrder(Order, "picking_started", Part: 2));
        await play.Do(Ship(play, 5, 1));
        Assert.Contains("order.ship_not_covered", OrderPlay.Codes(await play.Submit(Ship(play, 5, 2))));
        await play.Stock(4, "R2");
        await play.Do(Ship(play, 5, 2));
        await CheckLaws(play);
    }

    [Fact]
    public async Task Consignment_TakesOnlyWhatLiesThereToTheCustomer()
    {
        OrderPlay play = await Borrowing("consignment_order", stock: 2, overdraft: 2, pieces: 4, "consignment");
        Assert.Contains("order.ship_not_covered", OrderPlay.Codes(await play.Submit(Ship(play, 4))));
        await play.Do(Ship(play, 2));
        Assert.Contains("order.ship_not_covered", OrderPlay.Codes(await play.Submit(Ship(play, 1))));
        await play.Stock(2, "R2");
        await play.Do(Ship(play, 2));
        CellBalance there = (await play.Store.ReadLedgerAsync(new TenantId("main"), default)).Balances
            .Single(static balance => balance.Cell == OrderPlay.Cell.At(new NodeId("P1")));
        Assert.Equal(4L, there[StockAccount.Committed]);
        await CheckLaws(play);
    }

    private static async Task<OrderPlay> Borrowing(string lifecycle, long stock, long overdraft, long pieces, params string[] features)
    {
        OrderPlay play = OrderPlay.Of(lifecycle, features);
        await play.Stock(stock);
        await play.Do(new SetOverdraft(new DocumentId("OD"), OrderPlay.Cell, new Quantity(overdraft)));
        await play.Capture("typed", pieces: pieces);
        await play.Do(new HoldStock(Order));
        OrderLine line = (await play.Desk.ReadOrderAsync(Order)).Lines[0];
        Assert.Equal((pieces, stock), (line.Held.Units, line.Covered.Units));
        return play;
    }

    private static NewPart Part(long pieces) => new([new LineQuantity(1, new Quantity(pieces))]);


    private static ShipOrder Ship(OrderPlay play, long pieces, int part = 0) => new(
        Order, new ShipmentId("B-" + System.Threading.Interlocked.Increment(ref count)), play.Clock.Now,
        [new ShipLine(1, new Quantity(pieces))], Part: part);

    private static async Task CheckLaws(OrderPlay play)
    {
        Assert.Empty(await play.Desk.AuditLedgerAsync());
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
        await KernelLaws.BorrowedIsOwed(play.Store, new TenantId("main"));
    }
}
