using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary>Orders that are split: each sub-order runs on its own lifecycle, and the order follows.</summary>
public class PartTests
{
    private static readonly OrderId Order = new("SO-1");

    [Fact]
    [Trait("Req", "S2-06")]
    public async Task NineHundredInThreeMonthlyBatches_EachHasItsOwnDate()
    {
        OrderPlay play = OrderPlay.Of("standard_order", "instalments 3");
        await play.Stock(900);
        await play.Capture("typed", pieces: 900);
        await play.Do(new HoldStock(Order));
        await Refused(play, Ship(play, 0, 300), "order.plan_needed");
        Instant first = OrderPlay.Monday + Duration.FromDays(30);
        NewPart[] months = Enumerable.Range(0, 3).Select(i => Part(300, first + Duration.FromDays(30 * i))).ToArray();
        await Refused(play, Split(months[0], months[1]), "order.plan_unfit");
        await Refused(play, Split(months[0], months[1], Part(299, first)), "order.plan_unfit");
        await Refused(play, Split(months[0], months[1], Part(300, null)), "order.plan_unfit");
        await Refused(play, Split(months[0], months[1], Part(301, first)), "order.part_exceeded");
        await play.Do(Split(months));

        await play.GoTo(first);
        await ShipAndDeliver(play, 1, 300);
        await play.GoTo(first + Duration.FromDays(31));
        OrderState order = await play.Desk.ReadOrderAsync(Order);
        Assert.Equal((false, true, false), Late(order, play.Clock.Now));
        await Refused(play, Ship(play, 2, 301), "order.part_exceeded");
        await Refused(play, Ship(play, 1, 1) with { Shipment = new ShipmentId("SH-9") }, "order.part_exceeded");
        await ShipAndDeliver(play, 2, 300);
        order = await play.Desk.ReadOrderAsync(Order);
        Assert.Equal((OrderStage.PartiallyShipped, CommercialState.Open), (order.Stage, order.Commercial));
        Assert.Equal(LifecycleStage.Preparing, PartRollUp.StageOf(order, play.Definitions));
        await ShipAndDeliver(play, 3, 300);
        order = await play.Desk.ReadOrderAsync(Order);
        Assert.Equal((OrderStage.Completed, "signed"), (order.Stage, await play.StateOf(Order)));
        Assert.Equal((false, true, false), Late(order, play.Clock.Now));
        Assert.Equal(LifecycleStage.Completed, PartRollUp.StageOf(order, play.Definitions));
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
        Assert.Empty(await play.Desk.AuditLedgerAsync());
    }

    [Fact]
    public async Task SubOrders_MoveOnTheirOwnLifecycle_AndSayWhatCanBeDoneWithThem()
    {
        OrderPlay play = OrderPlay.Of("standard_order");
        await play.Stock(4);
        await play.Do(new ReceiveStock(new DocumentId("R2"), ImmutableArray.Create(
            new StockLine(OrderPlay.Cell.At(new NodeId("W2")), new Quantity(6)))));
        await play.Capture("typed", pieces: 10);
        await play.Do(new HoldStock(Order));
        await play.Do(Split(Part(4, null, "W1"), Part(6, null, "W2", "VENDOR-3")));
        Assert.Equal(("to_pick", "to_pick", "ready"), await StatesOf(play));
        Assert.Equal("VENDOR-3", (await play.Desk.ReadOrderAsync(Order)).Part(2)!.Supplier);

        DeskResult early = await play.Submit(Ship(play, 2, 6));
        Assert.Equal(("lifecycle.transition_illegal", "part:2"), (early.Findings.Single().Code, early.Findings[0].Subject));
        LifecycleAction ship = (await play.Desk.ReadActionsAsync(Order, new[] { "warehouse" }, part: 2)).Single(a => a.Trigger == "ship");
        Assert.Contains("待拣货", Assert.Single(ship.WhyNot).Text(Language.Chinese), StringComparison.Ordinal);
        await play.Do(new SignalOrder(Order, "picking_started", Part: 2));
        Assert.Equal(("to_pick", "picking", "ready"), await StatesOf(play));
        ship = (await play.Desk.ReadActionsAsync(Order, null, part: 2)).Single(a => a.Trigger == "ship");
        Assert.True(ship.WhyNot.IsEmpty || ship.WhyNot.All(why => why.Code == "lifecycle.guard_unmet"));
        Assert.Empty(await play.Desk.ReadActionsAsync(Order, null, part: 3));
        await Refused(play, new SignalOrder(Order, "picking_started", Part: 3), "order.part_unknown");
        await Refused(play, Ship(play, 0, 1), "order.part_needed");
        await Refused(play, Ship(play, 2, 6) with { Lines = Lines(6, "W1") }, "order.ship_exceeds_allocated", "order.source_unfit");

        await play.Do(Ship(play, 2, 6));
        Assert.Equal(("to_pick", "in_transit", "ready"), await StatesOf(play));
        await play.Do(new ConfirmDelivery(Order, new ShipmentId("SH-2"), play.Clock.Now));
        Assert.Equal(("to_pick", "signed", "ready"), await StatesOf(play));
        OrderState order = await play.Desk.ReadOrderAsync(Order);
        Assert.Equal(LifecycleStage.Preparing, PartRollUp.StageOf(order, play.Definitions));
        var tooLate = new CancelLines(Order, ImmutableArray.Create(new LineQuantity(1, new Quantity(1))), "late", Part: 2);
        await Refused(play, tooLate, "order.part_exceeded");
        await play.Do(CancelLines.All(Order, "late", 1));
        Assert.Equal(("cancelled", "signed", "signed"), await StatesOf(play));
        Assert.Equal(LifecycleStage.Completed, PartRollUp.StageOf(await play.Desk.ReadOrderAsync(Order), play.Definitions));
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
        Assert.Empty(await play.Desk.AuditLedgerAsync());
    }

    [Fact]
    public async Task CancellingAndAmending_NeverLeaveSubOrdersBeyondTheirOrder()
    {
        OrderPlay play = OrderPlay.Of("standard_order");
        await play.Capture("typed", pieces: 10);
        await play.Do(Split(Part(3, null), Part(4, null)));
        await play.Do(new CancelLines(Order, ImmutableArray.Create(new LineQuantity(1, new Quantity(5))), "less"));
        OrderState order = await play.Desk.ReadOrderAsync(Order);
        Assert.Equal((3L, 2L), (order.Part(1)!.Open(1).Units, order.Part(2)!.Open(1).Units));
        var fewer = new AmendOrder(Order, ImmutableArray.Create(new FieldChange(1, "quantity", "9")), "asked", "V-1");
        await Refused(play, fewer, "order.part_exceeded");
        await Refused(play, Split(Part(1, null)), "order.part_exceeded");
        await play.Do(CancelLines.All(Order, "none"));
        Assert.Equal(("cancelled", "cancelled", "called_off"), await StatesOf(play));

        OrderPlay plain = OrderPlay.With(Templates.Packing);
        await plain.Capture("typed", pieces: 10);
        await Refused(plain, Split(Part(3, null)), "order.no_sub_lifecycle");
    }

    [Fact]
    public async Task AFrame_HoldsAndShipsOnlyWhatWasCalledOff()
    {
        OrderPlay play = OrderPlay.Of("standard_order", "subscription");
        play.Open(new DeskOptions { Definitions = play.Definitions, ServesWaiting = true });
        await play.Capture("typed", pieces: 100);
        await play.Stock(100);
        await Refused(play, new HoldStock(Order), "order.plan_needed");
        await Refused(play, Ship(play, 0, 1), "order.ship_exceeds_allocated", "order.plan_needed");
        await play.Do(Split(Part(30, null)));
        await play.Do(new HoldStock(Order));
        Assert.Equal(30, (await play.Desk.ReadOrderAsync(Order)).Lines[0].Held.Units);
        await Refused(play, Split(Part(71, null)), "order.part_exceeded");
        await play.Do(Split(Part(70, null)));
        await play.Do(new HoldStock(Order));
        Assert.Equal(100, (await play.Desk.ReadOrderAsync(Order)).Lines[0].Held.Units);
        await ShipAndDeliver(play, 1, 30);
        Assert.Empty((await play.Desk.ReplayAsync()).Differing);
    }

    private static NewPart Part(long pieces, Instant? due, string? node = null, string supplier = "") => new(
        ImmutableArray.Create(new LineQuantity(1, new Quantity(pieces))), due, node is null ? null : new NodeId(node), supplier);

    private static SplitOrder Split(params NewPart[] parts) => new(Order, parts.ToImmutableArray(), "by plan");

    private static ImmutableArray<ShipLine> Lines(long pieces, string? node = null) => ImmutableArray.Create(
        new ShipLine(1, new Quantity(pieces), node is null ? null : new NodeId(node)));

    private static ShipOrder Ship(OrderPlay play, int part, long pieces) =>
        new(Order, new ShipmentId("SH-" + part), play.Clock.Now, Lines(pieces), Part: part);

    private static async Task ShipAndDeliver(OrderPlay play, int part, long pieces)
    {
        await play.Do(new SignalOrder(Order, "picking_started", Part: part));
        await play.Do(Ship(play, part, pieces));
        await play.Do(new ConfirmDelivery(Order, new ShipmentId("SH-" + part), play.Clock.Now));
    }

    private static (bool First, bool Second, bool Third) Late(OrderState order, Instant now) =>
        (order.IsPartLate(1, now), order.IsPartLate(2, now), order.IsPartLate(3, now));

    private static async Task<(string First, string Second, string Order)> StatesOf(OrderPlay play)
    {
        OrderState order = await play.Desk.ReadOrderAsync(Order);
        return (order.Part(1)!.Regions.Single().State, order.Part(2)!.Regions.Single().State, order.Regions.Single().State);
    }

    private static async Task Refused(OrderPlay play, OrderCommand command, params string[] codes)
    {
        long before = (await play.Desk.ReadOrderAsync(Order)).Version;
        Assert.Equal(codes, OrderPlay.Codes(await play.Submit(command)));
        Assert.Equal(before, (await play.Desk.ReadOrderAsync(Order)).Version);
    }
}
