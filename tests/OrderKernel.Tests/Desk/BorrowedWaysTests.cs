using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

/// <summary>Borrowed pieces on the ways that are not a plain hold: plans, reallocations and those who wait. What lies there is counted
/// once, and what is borrowed is said to be.</summary>
public class BorrowedWaysTests
{
    private static readonly Sku Sku = new("SKU-A");
    private static readonly NodeId Main = new("W1");
    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Instant.FromUtc(2026, 9, 1, 0, 0));
    private DeskPlay play;
    private int count;

    public BorrowedWaysTests() => play = new DeskPlay(store, clock, new DeskOptions());

    [Fact]
    public async Task Plan_TwoLinesOfOneCell_CountWhatLiesThereOnce()
    {
        await play.Receive(Sku, 3);
        await Overdraft(5);
        ImmutableArray<NewLine> lines = [new NewLine(1, Sku, new Quantity(2)), new NewLine(2, Sku, new Quantity(4))];
        Assert.True((await play.Submit(new CaptureOrder(new OrderId("O1"), new PartnerId("P"), clock.Now, lines))).IsAccepted);
        var plan = new HoldStock(new OrderId("O1"), Plan: [Take(1, 1), Take(2, 2), Take(1, 1), Take(2, 2)]);
        Assert.True((await play.Submit(plan)).IsAccepted);
        Assert.Equal([(2L, 2L), (4L, 1L)], (await play.State("O1")).Lines.Select(static line => (line.Held.Units, line.Covered.Units)));
        Assert.False((await Ship("O1", (1, 2), (2, 2))).IsAccepted);
        Assert.True((await Ship("O1", (1, 2), (2, 1))).IsAccepted);
        await play.Receive(Sku, 3, "R2");
        Assert.Equal(3L, (await play.State("O1")).Lines[1].Covered.Units);
        Assert.True((await Ship("O1", (2, 3))).IsAccepted);
        await CheckLaws();
    }

    [Fact]
    public async Task Plan_BehindAnother_BorrowsAllOfIt()
    {
        await play.Receive(Sku, 2);
        await Overdraft(5);
        await Hold("X", 2);
        await play.Order("Y", Sku, 2);
        Assert.True((await play.Submit(new HoldStock(new OrderId("Y"), Plan: [Take(1, 2)]))).IsAccepted);
        Assert.Equal("X2 Y0", await CoveredBy("X", "Y"));
        Assert.False((await Ship("Y", (1, 1))).IsAccepted);
        Assert.True((await Ship("X", (1, 2))).IsAccepted);
        await CheckLaws();
    }

    [Fact]
    public async Task Reallocation_WhoTakesMoreThanLiesThere_BorrowsTheRest()
    {
        await play.Receive(Sku, 3);
        await Hold("OLD", 3);
        await Overdraft(2);
        foreach (string order in new[] { "VIP", "NEXT" })
        {
            await play.Order(order, Sku, 3);
        }

        Assert.True((await Move(("OLD", 3, 0), ("VIP", 0, 3), ("NEXT", 0, 2))).IsAccepted);
        Assert.Equal("OLD0 VIP3 NEXT0", await CoveredBy("OLD", "VIP", "NEXT"));
        Assert.Equal(2L, await play.Held("NEXT"));
        Assert.False((await Ship("NEXT", (1, 1))).IsAccepted);
        Assert.True((await Ship("VIP", (1, 3))).IsAccepted);
        await play.Receive(Sku, 2, "R2");
        Assert.True((await Ship("NEXT", (1, 2))).IsAccepted);
        await CheckLaws();
    }

    [Fact]
    public async Task Reallocation_WhoGivesUp_GivesWhatItBorrowedFirst()
    {
        await play.Receive(Sku, 2);
        await Overdraft(2);
        await Hold("OLD", 4);
        await play.Order("VIP", Sku, 2);
        Assert.True((await Move(("OLD", 4, 2), ("VIP", 0, 2))).IsAccepted);
        Assert.Equal("OLD2 VIP0", await CoveredBy("OLD", "VIP"));
        Assert.True((await Ship("OLD", (1, 2))).IsAccepted);
        Assert.False((await Ship("VIP", (1, 1))).IsAccepted);
        await CheckLaws();
    }

    [Fact]
    public async Task Waiting_IsServedWithWhatLiesThereAndBorrowsTheRest()
    {
        play = new DeskPlay(store, clock, new DeskOptions { ServesWaiting = true });
        await play.Order("A", Sku, 2);
        await play.Order("B", Sku, 2);
        await Overdraft(1);
        await play.Receive(Sku, 3);
        Assert.Equal((2L, 2L), (await play.Held("A"), await play.Held("B")));
        Assert.Equal("A2 B1", await CoveredBy("A", "B"));
        Assert.False((await Ship("B", (1, 2))).IsAccepted);
        Assert.True((await Ship("B", (1, 1))).IsAccepted);
        Assert.True((await Ship("A", (1, 2))).IsAccepted);
        await CheckLaws();
    }

    private static Take Take(int line, long units) => new(line, new StockCell(Sku, Main), new Quantity(units));

    private Task<DeskResult> Overdraft(long units) =>
        play.Submit(new SetOverdraft(new DocumentId("OD"), new StockCell(Sku, Main), new Quantity(units)));

    private async Task Hold(string order, long units)
    {
        await play.Order(order, Sku, units);
        Assert.True((await play.Submit(new HoldStock(new OrderId(order)))).IsAccepted);
    }

    private Task<DeskResult> Move(params (string Order, long Before, long After)[] moves) => play.Submit(new ReallocateStock(
        new DocumentId("RUN-1"), 0, [.. moves.Select(static move => new ReallocationMove(
            new OrderId(move.Order), 1, new Quantity(move.Before), new Quantity(move.After), "vip", null))]));

    private Task<DeskResult> Ship(string order, params (int Line, long Units)[] lines) => play.Submit(new ShipOrder(
        new OrderId(order), new ShipmentId("SH" + (++count).ToString(CultureInfo.InvariantCulture)), clock.Now,
        [.. lines.Select(static line => new ShipLine(line.Line, new Quantity(line.Units)))]));

    private async Task<string> CoveredBy(params string[] orders)
    {
        OrderState[] states = await Task.WhenAll(orders.Select(play.State));
        return string.Join(" ", orders.Zip(states, static (order, state) => order + state.Lines[0].Covered));
    }

    private async Task CheckLaws()
    {
        await play.CheckLaws();
        await KernelLaws.BorrowedIsOwed(store, new DeskOptions().Tenant);
    }
}
