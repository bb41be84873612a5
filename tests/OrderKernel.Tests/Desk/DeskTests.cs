using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

public class DeskTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 9, 1, 0, 0);
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private static readonly Actor Clerk = new("clerk-7", "erp");
    private readonly MemoryStore store = new();
    private readonly FakeClock clock = new(Start);

    [Fact]
    public async Task Trail_OfEveryStep_NamesWhoWhenAndFromWhichSystem()
    {
        OrderDesk desk = new(store, clock);
        await Capture(desk, "O1");
        clock.Advance(Duration.FromHours(2));
        var block = new BlockOrder(new OrderId("O1"), "credit", "finance");
        await desk.SubmitAsync(new Submission(CommandId.FromName("b"), new Actor("credit-service", "bank"), block));
        ImmutableArray<EventEnvelope> trail = await desk.ReadTrailAsync(new OrderId("O1"));
        Assert.Equal(
            new[]
            {
                ("order.captured", "clerk-7", "erp", Start),
                ("order.blocked", "credit-service", "bank", Start + Duration.FromHours(2)),
            },
            trail.Select(e => (e.EventType, e.Actor.Id, e.Actor.SourceSystem, e.RecordedAt)));
    }

    [Fact]
    public async Task TwoDesks_OnOneOrder_EachSeesWhatTheOtherDid()
    {
        OrderDesk one = new(store, clock), two = new(store, clock);
        await Capture(one, "O1");
        await Submit(two, "b", new BlockOrder(new OrderId("O1"), "credit", "finance"));
        DeskResult result = await Submit(one, "u", new UnblockOrder(new OrderId("O1"), "credit"));
        Assert.True(result.IsAccepted);
        Assert.Equal(3, result.Outcome.Version);
        Assert.Empty((await two.ReadOrderAsync(new OrderId("O1"))).Blocks);
    }

    [Fact]
    public async Task CommandId_UsedForSomethingElse_IsAConflict()
    {
        OrderDesk desk = new(store, clock);
        await Capture(desk, "O1");
        await Submit(desk, "x", new BlockOrder(new OrderId("O1"), "credit", "finance"));
        DeskResult result = await Submit(desk, "x", new BlockOrder(new OrderId("O1"), "address", "sales"));
        Assert.Equal((DeskStatus.KeyReused, "command.key_reused"), (result.Status, result.Findings[0].Code));
        Assert.Throws<CommandRefusedException>(() => result.ThrowIfRefused());
    }

    [Fact]
    public async Task Wake_HoldWhoseTimeIsOver_FallsFreeOnce()
    {
        OrderDesk desk = new(store, clock);
        await Capture(desk, "O1");
        await Receive(desk, 5);
        await Submit(desk, "h", new HoldStock(new OrderId("O1"), ExpiresAt: Start + Duration.FromHours(4)));
        Assert.Equal(0, await desk.WakeAsync(Clerk));
        clock.Advance(Duration.FromHours(4));
        Assert.Equal(1, await desk.WakeAsync(Clerk));
        Assert.Equal(0, await desk.WakeAsync(Clerk));
        OrderState order = await desk.ReadOrderAsync(new OrderId("O1"));
        Assert.Equal(Quantity.Zero, order.Line(1)!.Held);
        Assert.Empty(await desk.AuditLedgerAsync());
    }

    [Fact]
    public async Task Announce_ChosenEvents_AreInTheOutboxWithOneIdEach()
    {
        OrderDesk desk = new(store, clock, new DeskOptions().Announce("order.captured", "crm").Announce("order.captured", "bi"));
        await Capture(desk, "O1");
        await Capture(desk, "O1");
        ImmutableArray<OutgoingMessage> outbox = await store.ReadOutboxAsync(Tenant, 10, CancellationToken.None);
        Assert.Equal(new[] { "crm", "bi" }, outbox.Select(message => message.Destination));
        Assert.Equal(2, outbox.Select(message => message.Id).Distinct().Count());
    }

    [Fact]
    public async Task Replay_OfAnAlteredOutcome_NamesTheCommand()
    {
        OrderDesk desk = new(store, clock);
        await Capture(desk, "O1");
        Assert.Empty((await desk.ReplayAsync()).Differing);
        DecidedCommand stored = (await store.ReadCommandsAsync(Tenant, null, 1, CancellationToken.None))[0];
        ImmutableArray<EventEnvelope> stream = await desk.ReadTrailAsync(new OrderId("O1"));
        Assert.True(Replay.IsSame(stored, stream));
        Assert.False(Replay.IsSame(stored with { DecidedAt = stored.DecidedAt + Duration.FromSeconds(1) }, stream));
        Assert.False(Replay.IsSame(
            stored with { Body = stored.Body.Replace("\"quantity\":5", "\"quantity\":6", System.StringComparison.Ordinal) }, stream));
    }

    [Fact]
    public async Task Replay_OfARefusalForWantOfStock_RestsOnTheRecordedFacts()
    {
        OrderDesk desk = new(store, clock);
        await Capture(desk, "O1");
        await Receive(desk, 4);
        Assert.False((await Submit(desk, "h", new HoldStock(new OrderId("O1")))).IsAccepted);
        await Receive(desk, 100);
        Assert.Empty((await desk.ReplayAsync()).Differing);
        DecidedCommand hold = (await store.ReadCommandAsync(Tenant, CommandId.FromName("h"), CancellationToken.None))!;
        string richer = hold.Facts.Replace("\"available\":4", "\"available\":9", System.StringComparison.Ordinal);
        Assert.NotEqual(hold.Facts, richer);
        Assert.False(Replay.IsSame(hold with { Facts = richer }, await desk.ReadTrailAsync(new OrderId("O1"))));
    }

    private static async Task Capture(OrderDesk desk, string order)
    {
        var lines = ImmutableArray.Create(new NewLine(1, new Sku("S"), new Quantity(5)));
        await Submit(desk, "capture " + order, new CaptureOrder(new OrderId(order), new PartnerId("P"), Start, lines));
    }

    private static Task Receive(OrderDesk desk, long units) => Submit(desk, "receipt " + units, new ReceiveStock(
        new DocumentId("R" + units),
        ImmutableArray.Create(new StockLine(new StockCell(new Sku("S"), new NodeId("N")), new Quantity(units)))));

    private static Task<DeskResult> Submit(OrderDesk desk, string name, KernelCommand command) =>
        desk.SubmitAsync(new Submission(CommandId.FromName(name), Clerk, command));
}
