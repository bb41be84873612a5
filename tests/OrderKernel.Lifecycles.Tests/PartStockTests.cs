using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>Sub-orders, what is held for them and what leaves for them.</summary>
public class PartStockTests
{
    private static readonly OrderId Order = new("SO-1");

    [Fact]
    public async Task OneShipmentId_IsNotTheShipmentOfTwoSubOrders()
    {
        OrderPlay play = OrderPlay.Of("standard_order");
        await play.Stock(10);
        await play.Capture("typed", pieces: 10);
        await play.Do(new HoldStock(Order));
        await play.Do(Split(Part(5), Part(5)));
        await play.Do(new SignalOrder(Order, "picking_started", Part: 1));
        await play.Do(new SignalOrder(Order, "picking_started", Part: 2));
        await play.Do(Ship(play, 1));
        await play.Do(Ship(play, 1));
        DeskResult other = await play.Submit(Ship(play, 2));
        Assert.Contains("order.shipment_exists", OrderPlay.Codes(other));
        Assert.Equal((5L, 0L), await Shipped(play));
    }

    [Fact]
    public async Task CancellingASubOrder_LetsGoWhatIsHeldWhereItShipsFrom()
    {
        OrderPlay play = OrderPlay.Of("standard_order");
        await play.Stock(5);
        await play.Do(new ReceiveStock(new DocumentId("R2"), [new StockLine(OrderPlay.Cell.At(new NodeId("W2")), new Quantity(5))]));
        await play.Capture("typed", pieces: 10);
        await play.Do(new HoldStock(Order));
        await play.Do(Split(Part(5, "W1"), Part(5, "W2")));
        await play.Do(CancelLines.All(Order, "late", 1));
        await play.Do(CancelLines.All(Order, "late", 1));
        LineHold left = Assert.Single((await play.Desk.ReadOrderAsync(Order)).Lines[0].Holds);
        Assert.Equal(("W2", 5L), (left.Cell.Node.Text, left.Quantity.Units));
        await play.Do(new SignalOrder(Order, "picking_started", Part: 2));
        await play.Do(Ship(play, 2));
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task AFrame_WhoseCallOffIsCancelled_HoldsOnlyWhatIsStillCalledOff()
    {
        OrderPlay play = OrderPlay.Of("standard_order", "subscription");
        await play.Capture("typed", pieces: 100);
        await play.Stock(100);
        await play.Do(Split(Part(30), Part(20)));
        await play.Do(new HoldStock(Order));
        await play.Do(CancelLines.All(Order, "not now", 2));
        Assert.Equal(30, (await play.Desk.ReadOrderAsync(Order)).Lines[0].Held.Units);
        await play.Do(new CancelLines(Order, [Of(60)], "smaller frame"));
        Assert.Equal(20, (await play.Desk.ReadOrderAsync(Order)).Lines[0].Held.Units);
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task NumbersThatTogetherCannotBeCounted_AreRefusedOrCompared()
    {
        OrderPlay play = OrderPlay.Of("standard_order", "kit");
        await play.Do(new CaptureOrder(Order, new PartnerId("P1"), play.Clock.Now, [
            new NewLine(1, OrderPlay.Sku, new Quantity(1L << 61)), new NewLine(2, new Sku("SKU-2"), new Quantity(1L << 60))],
            Type: "typed"));
        Assert.Equal(["order.part_exceeded"], OrderPlay.Codes(await play.Submit(Split(Part(long.MaxValue), Part(long.MaxValue)))));
        var uneven = new CancelLines(Order, [Of(1L << 60), new LineQuantity(2, new Quantity(1L << 60))], "less");
        Assert.Equal(["order.kit_broken"], OrderPlay.Codes(await play.Submit(uneven)));
        await play.Do(uneven with { Lines = [Of(1L << 60), new LineQuantity(2, new Quantity(1L << 59))] });
    }

    private static async Task<(long First, long Second)> Shipped(OrderPlay play)
    {
        OrderState order = await play.Desk.ReadOrderAsync(Order);
        return (order.Part(1)!.Lines[0].Shipped.Units, order.Part(2)!.Lines[0].Shipped.Units);
    }

    private static NewPart Part(long pieces, string? node = null) =>
        new([Of(pieces)], From: node is null ? null : new NodeId(node));

    private static LineQuantity Of(long pieces) => new(1, new Quantity(pieces));

    private static SplitOrder Split(params NewPart[] parts) => new(Order, parts.ToImmutableArray(), "by plan");

    private static ShipOrder Ship(OrderPlay play, int part) => new(
        Order, new ShipmentId("SH-1"), play.Clock.Now, [new ShipLine(1, new Quantity(5))], Part: part);
}
