using System;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A database of rules 1 in which more has left than lay there, and in which pieces are held that do not lie there, goes on: what
/// is missing is named, nothing more leaves than is there, and what comes pays the debt.</summary>
public class OldDebtTests
{
    private static readonly StockCell Cup = new(new Sku("CUP"), new NodeId("W1"));
    private static readonly StockCell Lamp = new(new Sku("LAMP"), new NodeId("W1"));
    private readonly FakeClock clock = new(Instant.FromUtc(2026, 11, 3, 8, 0));
    private int count;

    [Fact]
    public async Task Written_OpensFoldsAuditsAndReplays()
    {
        using TemporaryDatabase database = Written();
        using SqliteStore store = database.Open();
        var desk = new OrderDesk(store, clock);
        Finding missing = Assert.Single(await desk.AuditLedgerAsync());
        Assert.Equal("ledger.on_hand_negative", missing.Code);
        Assert.Contains("5 pieces have left more than ever lay there", missing.Text(Language.English), StringComparison.Ordinal);
        Assert.Empty((await desk.AuditAsync(new AuditQuery())).Tampered);
        Assert.Equal(8L, (await desk.ReadOrderAsync(new OrderId("C-1"))).Line(1)!.Shipped.Units);
        OrderLine borrowed = (await desk.ReadOrderAsync(new OrderId("L-2"))).Line(1)!;
        Assert.Equal((4L, 0), (borrowed.Held.Units, borrowed.Borrowed.Length));
        await Replays(desk, own: 0);
    }

    [Fact]
    public async Task PiecesThatDoNotLieThere_DoNotLeave_UntilTheyCome()
    {
        using TemporaryDatabase database = Written();
        using SqliteStore store = database.Open();
        var desk = new OrderDesk(store, clock);
        DeskTrial tried = await desk.TryAsync(new Submission(CommandId.FromName("tried"), new Actor("clerk", "web"), Ship("L-2", 4)));
        Finding refused = Assert.Single((await Ship(desk, "L-2", 4)).Findings);
        Assert.Equal(refused.Text(Language.English), Assert.Single(tried.Findings).Text(Language.English));
        Assert.Equal("order.ship_not_covered", refused.Code);
        Assert.Contains("3 may go", refused.Text(Language.English), StringComparison.Ordinal);
        Assert.True((await Ship(desk, "L-1", 3)).IsAccepted);
        Assert.False((await Ship(desk, "L-2", 1)).IsAccepted);
        await Receive(desk, Lamp, 4);
        Assert.True((await Ship(desk, "L-2", 4)).IsAccepted);
        Assert.Equal("ledger.on_hand_negative", Assert.Single(await desk.AuditLedgerAsync()).Code);
        await Receive(desk, Cup, 5);
        Assert.Empty(await desk.AuditLedgerAsync());
        await Replays(desk, own: 8);
    }

    [Fact]
    public async Task WhoBorrowsNow_WaitsForTheDebtOfThen()
    {
        using TemporaryDatabase database = Written();
        using SqliteStore store = database.Open();
        var desk = new OrderDesk(store, clock);
        await Accept(desk, new SetOverdraft(new DocumentId("D-3"), Lamp, new Quantity(6)));
        await Accept(desk, new CaptureOrder(
            new OrderId("L-3"), new PartnerId("P"), clock.Now, [new NewLine(1, Lamp.Sku, new Quantity(2))]));
        await Accept(desk, new HoldStock(new OrderId("L-3")));
        Assert.Equal(0L, await Covered(desk, "L-3"));
        await Receive(desk, Lamp, 4);
        Assert.Equal(0L, await Covered(desk, "L-3"));
        Assert.False((await Ship(desk, "L-3", 1)).IsAccepted);
        Assert.True((await Ship(desk, "L-2", 4)).IsAccepted);
        await Receive(desk, Lamp, 1);
        Assert.Equal(1L, await Covered(desk, "L-3"));
        Assert.True((await Ship(desk, "L-3", 1)).IsAccepted);
        Assert.True((await Ship(desk, "L-1", 3)).IsAccepted);
        Assert.False((await Ship(desk, "L-3", 1)).IsAccepted);
        await Replays(desk, own: null);
    }

    // Nothing of now differs; what was decided then is told apart.
    private static async Task Replays(OrderDesk desk, long? own)
    {
        ReplayReport report = await desk.ReplayAsync();
        Assert.Empty(report.Differing);
        Assert.Equal(own ?? report.Same, report.Same);
        ReplayOfRules one = Assert.Single(report.OtherRules);
        Assert.Equal((1, 11L), (one.Rules, one.Same + one.Otherwise.Length));
    }

    private static async Task<long> Covered(OrderDesk desk, string order) =>
        (await desk.ReadOrderAsync(new OrderId(order))).Line(1)!.Covered.Units;

    private Task<DeskResult> Ship(OrderDesk desk, string order, long units) => Submit(desk, Ship(order, units));

    private ShipOrder Ship(string order, long units) => new(
        new OrderId(order), new ShipmentId("SH-" + (count + 1)), clock.Now, [new ShipLine(1, new Quantity(units))]);

    private Task Receive(OrderDesk desk, StockCell cell, long units) => Accept(
        desk, new ReceiveStock(new DocumentId("R-" + (count + 10)), [new StockLine(cell, new Quantity(units))]));

    private async Task Accept(OrderDesk desk, KernelCommand command) => (await Submit(desk, command)).ThrowIfRefused();

    private Task<DeskResult> Submit(OrderDesk desk, KernelCommand command)
    {
        clock.Advance(Duration.FromMinutes(1));
        return desk.SubmitAsync(new Submission(CommandId.FromName("debt/" + ++count), new Actor("clerk", "web"), command));
    }

    private static TemporaryDatabase Written() => RulesOneTests.Written("rules-1-debts.sql");
}
