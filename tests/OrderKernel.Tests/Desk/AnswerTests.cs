using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using OrderKernel.Tests.Orders;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>Accepted means that it is so: done now, so already, or done in part with what is short.</summary>
public class AnswerTests
{
    private static readonly OrderId Order = new("O1");
    private static readonly Sku Sku = new("S");
    private static readonly NodeId Elsewhere = new("W2");
    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Given.At);
    private readonly DeskPlay play;

    public AnswerTests() => play = new DeskPlay(store, clock, new DeskOptions());

    [Fact]
    public async Task Hold_InPart_SaysWhatIsShort_AlsoWhenItIsRepeated()
    {
        await play.Receive(Sku, 3);
        await play.Order("O1", Sku, 5);
        var part = new HoldStock(Order, TakePart: true);
        DeskResult first = await play.Submit(part, "part");
        DeskResult again = await play.Submit(part, "part");
        Assert.Equal((DeskStatus.Decided, DeskStatus.Repeated), (first.Status, again.Status));
        foreach (DeskResult result in new[] { first, again })
        {
            Assert.Equal(DeskExtent.InPart, result.Extent);
            LineShortage shortage = Assert.Single(result.Shortages);
            Assert.Equal(new LineShortage(1, Sku, new Quantity(5), new Quantity(2)), shortage);
            Assert.Equal("Line 1: 2 of 5 S could not be held.", shortage.Text(Language.English));
            Assert.Equal("第 1 行：S 需锁 5，还缺 2。", shortage.Text(Language.Chinese));
        }

        await play.Receive(Sku, 2, "R2");
        DeskResult rest = await play.Submit(part);
        Assert.Equal((DeskExtent.Done, 0), (rest.Extent, rest.Shortages.Length));
        Assert.Equal(DeskExtent.AlreadySo, (await play.Submit(part)).Extent);
        await play.CheckLaws();
    }

    [Fact]
    public async Task Hold_OnAnOrderWithNothingOpen_IsRefused()
    {
        await play.Receive(Sku, 5);
        await play.Order("GONE", Sku, 1);
        await play.Submit(CancelLines.All(new OrderId("GONE"), "lost"));
        Assert.Equal("order.nothing_open", await Refused(new HoldStock(new OrderId("GONE"))));

        await play.Order("O1", Sku, 2);
        await play.Hold("O1");
        await play.Submit(new ShipOrder(Order, new ShipmentId("S1"), clock.Now, [new ShipLine(1, new Quantity(2))]));
        Assert.Equal("order.nothing_open", await Refused(new HoldStock(Order)));
        await play.Submit(new ConfirmDelivery(Order, new ShipmentId("S1"), clock.Now));
        Assert.Equal("order.nothing_open", await Refused(new HoldStock(Order, TakePart: true)));
    }

    [Fact]
    public async Task Hold_AtOtherNodesThanItIsHeldAt_IsRefused_AndItsRemedyWorks()
    {
        await play.Receive(Sku, 5);
        await play.Submit(new ReceiveStock(
            new DocumentId("R2"), [new StockLine(new StockCell(Sku, Elsewhere), new Quantity(5))]));
        await play.Order("O1", Sku, 5);
        await play.Hold("O1");
        var there = new HoldStock(Order, [Elsewhere]);
        Finding finding = Assert.Single((await play.Submit(there)).Findings);
        Assert.Equal(("order.held_elsewhere", "line:1"), (finding.Code, finding.Subject));
        Assert.Equal(["1", "5", "W1", "W2"], finding.Facts.Select(static fact => fact.Value));
        Assert.Equal(DeskExtent.AlreadySo, (await play.Submit(new HoldStock(Order, [Elsewhere, new NodeId("W1")]))).Extent);

        await play.Submit(new ReleaseStock(Order, [1], "moved"));
        Assert.Equal(DeskExtent.Done, (await play.Submit(there)).Extent);
        Assert.Equal(DeskExtent.AlreadySo, (await play.Submit(there)).Extent);
        Assert.Equal(Elsewhere, Assert.Single((await play.State("O1")).Lines[0].Holds).Cell.Node);
    }

    [Fact]
    public async Task EmptyLists_AreRefusedAndNotStored_AndAllIsSaidOnPurpose()
    {
        await play.Receive(Sku, 5);
        await play.Order("O1", Sku, 5);
        await play.Hold("O1");
        int stored = (await Stored()).Length;
        KernelCommand[] empty =
        [
            new CancelLines(Order, default, "found none"), new CancelLines(Order, [], "found none"),
            new ReleaseStock(Order, default, "found none"), new ReleaseStock(Order, [], "found none"),
            new ConfirmService(Order, [], "W1"), new HoldStock(Order, []), new HoldStock(Order, Plan: []),
            new ReturnLines(Order, [], "found none"), new ShipOrder(Order, new ShipmentId("S1"), clock.Now, []),
        ];
        foreach (KernelCommand command in empty)
        {
            DeskResult result = await play.Submit(command, "typed wrong");
            Assert.Equal((DeskStatus.Malformed, "command.list_empty"), (result.Status, Assert.Single(result.Findings).Code));
        }

        var both = CancelLines.All(Order, "x") with { Lines = [new LineQuantity(1, new Quantity(1))] };
        Assert.Equal("command.all_and_some", Assert.Single((await play.Submit(both)).Findings).Code);
        Assert.Equal((stored, 5L), ((await Stored()).Length, await play.Held("O1")));

        Assert.Equal(DeskExtent.Done, (await play.Submit(ReleaseStock.All(Order, "all"), "typed wrong")).Extent);
        Assert.Equal(DeskExtent.AlreadySo, (await play.Submit(ReleaseStock.All(Order, "all"))).Extent);
        Assert.Equal(DeskExtent.Done, (await play.Submit(CancelLines.All(Order, "all"))).Extent);
        Assert.Equal(DeskExtent.AlreadySo, (await play.Submit(CancelLines.All(Order, "all"))).Extent);
        Assert.Equal(OrderStage.Cancelled, (await play.State("O1")).Stage);
        await play.CheckLaws();
    }

    [Fact]
    public async Task SaidAnewWithSomethingElse_IsDoneAndNotAlreadySo()
    {
        await play.Order("O1", Sku, 5);
        Instant due = clock.Now + Duration.FromDays(9), leaves = clock.Now + Duration.FromDays(2);
        await play.Submit(new PromiseOrder(Order, due, PromiseCause.First));
        Assert.Equal(DeskExtent.AlreadySo, (await play.Submit(new PromiseOrder(Order, due, PromiseCause.First))).Extent);
        Assert.Equal(DeskExtent.Done, (await play.Submit(new PromiseOrder(Order, due, PromiseCause.SupplyLate, "", leaves))).Extent);
        Assert.Equal(leaves, (await play.State("O1")).CurrentPromise!.ShipsAt);
        Assert.Equal(DeskExtent.AlreadySo, (await play.Submit(new PromiseOrder(Order, due, PromiseCause.SupplyLate))).Extent);

        await play.Submit(new BlockOrder(Order, "credit", "finance", "over limit"));
        Instant since = (await play.State("O1")).Blocks[0].Since;
        clock.Advance(Duration.FromHours(1));
        Assert.Equal(DeskExtent.AlreadySo, (await play.Submit(new BlockOrder(Order, "credit", "finance"))).Extent);
        Assert.Equal(DeskExtent.Done, (await play.Submit(new BlockOrder(Order, "credit", "sales", "", due))).Extent);
        Assert.Equal(new BlockRecord("credit", "sales", since, "over limit", due), Assert.Single((await play.State("O1")).Blocks));
        Assert.Equal(DeskExtent.AlreadySo, (await play.Submit(new BlockOrder(Order, "credit", "sales", "", due))).Extent);
        await play.Submit(new UnblockOrder(Order, "credit"));
        Assert.Empty((await play.State("O1")).Blocks);
        await play.CheckLaws();
    }

    private async Task<string> Refused(KernelCommand command) => Assert.Single((await play.Submit(command)).Findings).Code;

    private async Task<ImmutableArray<DecidedCommand>> Stored() =>
        await store.ReadCommandsAsync(new DeskOptions().Tenant, null, int.MaxValue, CancellationToken.None);
}
