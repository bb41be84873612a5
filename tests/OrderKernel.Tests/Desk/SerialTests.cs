using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using OrderKernel.Tests.Orders;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>A serial number that left is out until its return names it, over all lines and shipments of the order.</summary>
public class SerialTests
{
    private static readonly OrderId Order = new("O1");
    private static readonly Sku Pump = new("PUMP");
    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Given.At);
    private readonly DeskPlay play;

    public SerialTests() => play = new DeskPlay(store, clock, new DeskOptions { SnapshotEvery = 1, CachedOrders = 0 });

    [Fact]
    public async Task Ship_ANumberTwice_IsRefusedWhereverItStands()
    {
        await HeldPumps();
        await Refused(Ship("S1", (1, ["SN-1"]), (2, ["SN-1"])), OrderRefusals.SerialRepeated.Code);
        await Refused(Ship("S1", (1, ["SN-1", "SN-1"])), OrderRefusals.SerialRepeated.Code);
        await Done(Ship("S1", (1, ["SN-1"])));
        await Refused(Ship("S2", (2, ["SN-1"])), OrderRefusals.SerialRepeated.Code);
        await Done(Ship("S2", (2, ["SN-2"])));
        await play.CheckLaws();
    }

    [Fact]
    public async Task Ship_OneNumberForTwoPieces_IsRefused()
    {
        await HeldPumps();
        var one = new ShipOrder(Order, new ShipmentId("S1"), clock.Now, [new ShipLine(1, new Quantity(2), null, ["SN-1"])]);
        await Refused(one, OrderRefusals.SerialsIncomplete.Code);
        Assert.Empty((await play.State("O1")).Shipments);
    }

    [Fact]
    public async Task Return_OfATrackedLine_NamesWhatIsOut_AndItMayLeaveAgain()
    {
        await HeldPumps();
        await Done(Ship("S1", (1, ["SN-1"])));
        await Done(Ship("S2", (1, ["SN-2"])));
        await Refused(Return(1, 1, "SN-1"), OrderRefusals.ReturnExceedsDelivered.Code);
        await Done(new ConfirmDelivery(Order, new ShipmentId("S2"), clock.Now));
        await Refused(Return(1, 1), OrderRefusals.SerialsIncomplete.Code);
        await Refused(Return(1, 1, "SN-1"), OrderRefusals.SerialNotOut.Code);
        await Done(new ConfirmDelivery(Order, new ShipmentId("S1"), clock.Now));
        await Refused(Return(1, 1, "SN-9"), OrderRefusals.SerialNotOut.Code);
        await Refused(Return(1, 2, "SN-2", "SN-2"), OrderRefusals.SerialNotOut.Code);

        await Done(Return(1, 1, "SN-2"));
        OrderState state = await play.State("O1");
        Assert.Equal([0L, 1L], state.Shipments.Select(static shipment => shipment.Takes.Sum(static take => take.Returned.Units)));
        Assert.Equal("SN-2", Assert.Single(Assert.Single(state.Shipments[1].SerialsBack).Numbers));
        await Refused(Return(1, 1, "SN-2"), OrderRefusals.SerialNotOut.Code);
        await Refused(Ship("S3", (2, ["SN-1"])), OrderRefusals.SerialRepeated.Code);
        await Done(Ship("S3", (2, ["SN-2"])));
        await Refused(Ship("S4", (2, ["SN-2"])), OrderRefusals.SerialRepeated.Code);
        await play.CheckLaws();
    }

    [Fact]
    public async Task SerialsOfALineThatTracksNone_AreRefusedAsSuch()
    {
        await play.Receive(Pump, 2);
        await play.Order("O1", Pump, 2);
        await play.Hold("O1");
        await Refused(Ship("S1", (1, ["SN-1"])), OrderRefusals.SerialsNotTracked.Code);
        await Done(new ShipOrder(Order, new ShipmentId("S1"), clock.Now, [new ShipLine(1, new Quantity(2))]));
        await Done(new ConfirmDelivery(Order, new ShipmentId("S1"), clock.Now));
        await Refused(Return(1, 1, "SN-1"), OrderRefusals.SerialsNotTracked.Code);
        await Done(Return(1, 1));
    }

    [Fact]
    public void Ship_AfterAReturnThatNamedNone_ANumberOfThatLineMayLeaveOnceMore()
    {
        // As returns were recorded that did not know numbers: one of the two came back, nobody knows which.
        OrderScenario old = OrderScenario.Given(
            Given.Captured(Given.Line(1, 2, true), Given.Line(2, 2, true)), Given.Held(Given.Take(1, 2), Given.Take(2, 2)),
            Given.Shipped(Given.Take(1, 2)) with { Serials = [new LineSerials(1, ["SN-1", "SN-2"])] }, Given.Delivered(),
            new OrderReturned(Given.At, [new ReturnedTake(Given.Shipment, 1, Given.Cell(1), Given.Cell(1), new Quantity(1))], "leaks"));
        OrderCommand Again(params string[] numbers) => new ShipOrder(
            Given.Order, new ShipmentId("S2"), Given.At, [new ShipLine(2, new Quantity(numbers.Length), null, [.. numbers])]);
        old.When(Again("SN-2")).Accepted();
        old.When(Again("SN-1", "SN-2")).ThenRefused(OrderRefusals.SerialRepeated);
        old.When(Again("SN-1", "SN-3")).Accepted();
    }

    private async Task HeldPumps()
    {
        await play.Receive(Pump, 4);
        Assert.True((await play.Submit(new CaptureOrder(
            Order, new PartnerId("P"), clock.Now,
            [new NewLine(1, Pump, new Quantity(2), null, true), new NewLine(2, Pump, new Quantity(2), null, true)]))).IsAccepted);
        await Done(new HoldStock(Order));
    }

    private ShipOrder Ship(string shipment, params (int Line, ImmutableArray<string> Numbers)[] lines) => new(
        Order, new ShipmentId(shipment), clock.Now,
        [.. lines.Select(static line => new ShipLine(line.Line, new Quantity(line.Numbers.Length), null, line.Numbers))]);

    private static ReturnLines Return(int line, long units, params string[] numbers) => new(
        Order, [new LineQuantity(line, new Quantity(units))], "leaks", null,
        numbers.Length == 0 ? default : [new LineSerials(line, [.. numbers])]);

    private async Task Done(KernelCommand command) => Assert.Equal(DeskExtent.Done, (await play.Submit(command)).ThrowIfRefused().Extent);

    private async Task Refused(KernelCommand command, string code)
    {
        DeskResult result = await play.Submit(command);
        Assert.Equal(DeskExtent.Nothing, result.Extent);
        Assert.Contains(code, result.Findings.Select(static finding => finding.Code));
    }
}
