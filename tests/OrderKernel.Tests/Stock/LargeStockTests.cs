using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Testing;
using OrderKernel.Tests.Desk;
using OrderKernel.Tests.Orders;
using Xunit;

namespace OrderKernel.Tests.Stock;

/// <summary>Stock and waiting pieces at the end of what can be counted.</summary>
public class LargeStockTests
{
    private static readonly Sku Sku = new("S");
    private static readonly StockCell Cell = new(Sku, new NodeId("W1"));
    private static readonly Quantity Most = new(long.MaxValue);

    [Fact]
    public async Task ACellThatMayBeOverdrawnWithoutEnd_CanBeHeldFrom()
    {
        var play = new DeskPlay(new MemoryStore(), new FakeClock(Given.At), new DeskOptions { ServesWaiting = true });
        await play.Submit(new SetOverdraft(new DocumentId("OD"), Cell, Most));
        await play.Receive(Sku, 5);
        await play.Submit(new ReceiveStock(new DocumentId("R2"), [new StockLine(Cell.At(new NodeId("W2")), new Quantity(5))]));
        await play.Order("A", Sku, 7);
        Assert.True((await play.Hold("A")).IsAccepted);
        Assert.Equal(7, await play.Held("A"));
        SegmentedPlan plan = await play.Desk.SimulateReallocationAsync([Sku], []);
        Assert.Empty(plan.Displacements);
        await play.CheckLaws();
    }

    [Fact]
    public async Task PreEmption_WhileMoreWaitsThanCanBeCounted_IsAShortageAndNoFault()
    {
        var play = new DeskPlay(
            new MemoryStore(), new FakeClock(Given.At), new DeskOptions { Tiers = TierPolicy.PaidBeforeUnpaid });
        await play.Order("A", Sku, long.MaxValue);
        await play.Order("B", Sku, long.MaxValue);
        await play.Order("C", Sku, 5);
        await play.Receive(Sku, 3);
        await play.Hold("A", preempt: false, part: true);
        await play.Submit(new SetStanding(new OrderId("C"), new OrderStanding(isPaid: true)));
        Assert.Equal(["stock.short"], (await play.Hold("C")).Findings.Select(static finding => finding.Code));
        Assert.True((await play.Hold("C", part: true)).IsAccepted);
        await play.CheckLaws();
    }

    [Fact]
    public void QuantitiesThatTogetherCannotBeCounted_AreRefusedAsTooMany()
    {
        Assert.Equal(["stock.quarantine_short"], Refused(new InspectReturns(new DocumentId("I"), Cell, Most, Most)));
        StockLine all = new(Cell, Most);
        Assert.Equal(["stock.short"], Refused(new DispatchTransfer(new DocumentId("T"), new NodeId("W2"), [all, all])));
        StockDocument sent = StockDocument.None.Evolve(
            new TransferDispatched(Given.At, new NodeId("W2"), [new StockLine(Cell, new Quantity(4))]));
        var arrive = new ArriveTransfer(new DocumentId("T"), [new TransferArrival(1, Most, Most)]);
        Assert.Empty(arrive.Faults(400));
        Assert.False(StockDecider.Decide(sent, arrive, Given.At, StockPicture.Empty).IsAccepted);
    }

    private static string[] Refused(StockCommand command)
    {
        Assert.Empty(command.Faults(400));
        return StockDecider.Decide(StockDocument.None, command, Given.At, StockPicture.Empty).Findings
            .Select(static finding => finding.Code).ToArray();
    }
}
