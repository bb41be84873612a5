using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>Two callers whose clocks differ by an hour: whatever they believe of their leases, one of them counts.</summary>
public class ClaimClockTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private static readonly Instant Noon = Instant.FromUtc(2026, 9, 1, 12, 0);
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly OrderId Order = new("O1");
    private static readonly StockCell Cell = new(new Sku("S"), new NodeId("N"));

    [Fact]
    public async Task Memory_TwoCallersAnHourApart_OneCounts() => await OneCounts(new MemoryStore());

    [Fact]
    public async Task Sqlite_TwoCallersAnHourApart_OneCounts()
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open();
        await OneCounts(store);
    }

    [PostgresFact]
    public async Task Postgres_TwoCallersAnHourApart_OneCounts()
    {
        using var database = new PostgresDatabase();
        using PostgresStore one = database.Open();
        using PostgresStore other = database.Open();
        await OneCounts(one, other);
    }

    [PostgresFact]
    public async Task Postgres_HostWhoseClockRanAhead_ClaimsNothing_UntilItIsSetRight()
    {
        using var database = new PostgresDatabase();
        var ahead = new ShiftedClock();
        using PostgresStore right = database.Open();
        using PostgresStore wrong = database.Open(options => options.Clock = ahead);
        Instant now = SystemClock.Instance.GetCurrentInstant();
        await Hold(right, new FakeClock(now), now + Duration.FromMinutes(10));
        var pump = new TimerPump(new OrderDesk(wrong, ahead), wrong, ahead, Tenant, new Actor("wrong", "host"));
        var relay = new MessageRelay(wrong, new Sender(static () => Task.CompletedTask), ahead, Tenant);
        ahead.Shift = Hour;
        OrderKernelException fault = await Assert.ThrowsAsync<OrderKernelException>(() => pump.RunAsync());
        Assert.True(fault.IsTransient);
        Assert.Contains("NTP", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<OrderKernelException>(() => relay.RunAsync());
        Assert.Equal(1, (await new OrderDesk(right, SystemClock.Instance).ReadOrderAsync(Order)).Lines[0].Held.Units);
        ahead.Shift = Duration.Zero;
        Assert.Equal(0, (await pump.RunAsync()).Woken);
        Assert.Equal(1, (await relay.RunAsync()).Sent);
    }

    /// <summary>The clock is set back between the claim and the decision. The hold must not be kept for ever.</summary>
    [Fact]
    public async Task Timer_ClockSetBackAfterTheClaim_StillLetsTheHoldGo()
    {
        var store = new MemoryStore();
        var clock = new FakeClock(Noon);
        await Hold(store, clock, Noon + Hour);
        foreach (long late in new long[] { 0, 1 })
        {
            // The first time the desk sees that it is early; the second time its clock steps back while it decides.
            var jumping = new JumpingClock(Noon + Hour - Duration.FromMilliseconds(1 - late), Noon + Hour - Duration.FromSeconds(1));
            var desk = new OrderDesk(store, jumping);
            ClaimedTimer timer = (await store.ClaimTimersAsync(
                Tenant, new Lease("a", Noon + Hour + (late * Hour), Duration.FromMinutes(1)), 1, default)).Single();
            await desk.WakeAsync(timer.Timer, new Actor("a", "host"));
        }

        OrderState state = await new OrderDesk(store, clock).ReadOrderAsync(Order);
        Assert.Equal(0, state.Lines[0].Held.Units);
        Assert.Empty(await store.ReadDueTimersAsync(Tenant, Instant.MaxValue, 10, default));
        Assert.Empty((await new OrderDesk(store, clock).ReplayAsync()).Differing);
    }

    private static Task OneCounts(IOrderStore store) => OneCounts(store, store);

    private static async Task OneCounts(IOrderStore one, IOrderStore other)
    {
        await Hold(one, new FakeClock(Noon), Noon + Hour);
        await RelaysAnHourApart((IOutbox)one, (IOutbox)other);
        await PumpsAnHourApart(one, other);
    }

    // While the first one sends, the second believes that the first one's lease has run out, sends as well, and confirms.
    private static async Task RelaysAnHourApart(IOutbox one, IOutbox other)
    {
        var second = new Sender(static () => Task.CompletedTask);
        var ahead = new MessageRelay(other, second, new FakeClock(Noon + Hour), Tenant, new RelayOptions { Owner = "ahead" });
        RelayPass hers = default;
        var first = new Sender(async () => hers = await ahead.RunAsync());
        var behind = new MessageRelay(one, first, new FakeClock(Noon), Tenant, new RelayOptions { Owner = "behind" });
        RelayPass his = await behind.RunAsync();
        Assert.Equal(new RelayPass(1, 0, 0, 0), hers);
        Assert.Equal(new RelayPass(0, 0, 0, 1), his);
        Assert.Equal(first.Sent.Single(), second.Sent.Single());
        Assert.Equal(default, await ahead.RunAsync());
        Assert.Empty(await ((IOrderStore)one).ReadOutboxAsync(Tenant, 10, default));
    }

    private static async Task PumpsAnHourApart(IOrderStore one, IOrderStore other)
    {
        Instant due = Noon + Hour;
        ClaimedTimer his = await Claim(one, "behind", due);
        ClaimedTimer hers = await Claim(other, "ahead", due + Hour);
        Assert.True(hers.Fence > his.Fence);
        Assert.False(await ((ITimerQueue)one).PostponeTimerAsync(Tenant, his, due + Hour + Hour, default));
        await new OrderDesk(one, new FakeClock(due)).WakeAsync(his.Timer, new Actor("behind", "host"));
        await new OrderDesk(other, new FakeClock(due + Hour)).WakeAsync(hers.Timer, new Actor("ahead", "host"));
        ImmutableArray<EventEnvelope> trail = await new OrderDesk(one, new FakeClock(due)).ReadTrailAsync(Order);
        Assert.Single(trail, static one => one.EventType == "order.stock_released");
        await KernelLaws.LedgerConserves(one, Tenant);
        await KernelLaws.HistoryAudits(one, Tenant);
        Assert.Empty(await one.ReadDueTimersAsync(Tenant, due + Hour, 10, default));
    }

    private static async Task<ClaimedTimer> Claim(IOrderStore store, string owner, Instant now) =>
        (await ((ITimerQueue)store).ClaimTimersAsync(Tenant, new Lease(owner, now, Duration.FromMinutes(1)), 10, default)).Single();

    private static async Task Hold(IOrderStore store, IClock clock, Instant until)
    {
        var desk = new OrderDesk(store, clock, new DeskOptions().Announce("order.captured", "erp"));
        KernelCommand[] commands =
        [
            new ReceiveStock(new DocumentId("R"), [new StockLine(Cell, new Quantity(1))]),
            new CaptureOrder(Order, new PartnerId("P"), null, [new NewLine(1, Cell.Sku, new Quantity(1))]),
            new HoldStock(Order, ExpiresAt: until),
        ];
        foreach (KernelCommand command in commands)
        {
            (await desk.SubmitAsync(new Submission(CommandId.FromName(command.ToJson()), new Actor("a", "test"), command)))
                .ThrowIfRefused();
        }
    }

    private sealed class ShiftedClock : IClock
    {
        public Duration Shift { get; set; }

        public Instant GetCurrentInstant() => SystemClock.Instance.GetCurrentInstant() + Shift;
    }

    private sealed class JumpingClock(Instant first, Instant later) : IClock
    {
        private bool asked;

        public Instant GetCurrentInstant()
        {
            Instant now = asked ? later : first;
            asked = true;
            return now;
        }
    }

    private sealed class Sender(Func<Task> meanwhile) : IMessageSender
    {
        public List<OutgoingMessage> Sent { get; } = [];

        public ValueTask PrepareAsync(CancellationToken cancellation) => default;

        public async ValueTask SendAsync(TenantId tenant, OutgoingMessage message, CancellationToken cancellation)
        {
            Sent.Add(message);
            await meanwhile();
        }
    }
}
