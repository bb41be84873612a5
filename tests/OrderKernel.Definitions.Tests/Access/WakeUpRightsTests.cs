using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using Xunit;

namespace OrderKernel.Definitions.Tests.Access;

/// <summary>Whoever may not do something disarms nothing by trying, and a timer that is refused stays due and says so.</summary>
public class WakeUpRightsTests
{
    private static readonly OrderId Order = new("SO-1");
    private static readonly Actor Service = new("orderkernel", "orderkernel");

    private static readonly Pack Rights = Tenant.PackOf(
        ("pack.json", """{ "id": "RIGHTS", "version": 1, "en": "Rights", "zh": "权限" }"""),
        ("access.json", """
            { "roles": [
              { "code": "admin", "en": "Administrator", "zh": "管理员", "rows": "all",
                "commands": ["definitions.activate_pack", "order.capture", "order.hold_stock", "order.cancel_lines", "order.archive",
                             "stock.receive"] },
              { "code": "timers", "en": "Timers", "zh": "定时器", "rows": "all", "commands": ["order.expire_hold"] } ] }
            """));

    [Theory]
    [InlineData("mallory", 1)] // without the right
    [InlineData("timer-1", 1)] // with it, and too early
    [InlineData("timer-1", 0)]
    [InlineData("timer-1", 99)] // of a setting that there never was
    public async Task AnExpiryThatIsRefusedOrEarly_LeavesTheTimer(string user, int generation)
    {
        Tenant tenant = await HeldAsync();
        DeskResult result = await tenant.SubmitAsync(user, new ExpireHold(Order, generation));
        Assert.Equal(user == "timer-1", result.IsAccepted);
        tenant.Clock.Advance(Duration.FromDays(3));
        Assert.Equal(1, await tenant.Desk.WakeAsync(new Actor("timer-1", "test")));
        Assert.Equal(0, await HeldOf(tenant));
        Assert.Empty(await Due(tenant));
    }

    [Fact]
    public async Task AnExpiryThatIsEarly_LeavesTheTimer_AlsoWithoutAPolicy()
    {
        Tenant tenant = await HeldAsync(rights: false);
        await tenant.AcceptAsync("anybody", new ExpireHold(Order, 1));
        tenant.Clock.Advance(Duration.FromHours(2));
        Assert.Equal(1, await tenant.Desk.WakeAsync(Service));
        Assert.Equal(0, await HeldOf(tenant));
    }

    [Fact]
    public async Task ATimerServiceWithoutTheRight_IsToldAtEachPass_AndServesWhenItIsGranted()
    {
        Tenant tenant = await HeldAsync();
        tenant.Clock.Advance(Duration.FromHours(2));
        var pump = new TimerPump(tenant.Desk, tenant.Store, tenant.Clock, tenant.Options.Tenant, Service);
        for (int pass = 0; pass < 2; pass++)
        {
            PumpPass told = await pump.RunAsync();
            Assert.Equal((0, 1), (told.Woken, told.Postponed));
            var refused = Assert.IsType<CommandRefusedException>(told.LastFault);
            Assert.Equal("access.command_denied", Assert.Single(refused.Findings).Code);
            Assert.Equal(5, await HeldOf(tenant));

            // It waits for a minute, so that a pass in between is not hot.
            Assert.Equal(default, await pump.RunAsync());
            tenant.Clock.Advance(Duration.FromMinutes(2));
        }

        var loud = await Assert.ThrowsAsync<OrderKernelException>(() => tenant.Desk.WakeAsync(Service));
        Assert.Contains("order.expire_hold", loud.Message, StringComparison.Ordinal);
        tenant.Knows("orderkernel", "timers");
        Assert.Equal(new PumpPass(1, 0), await pump.RunAsync());
        Assert.Equal(0, await HeldOf(tenant));

        // Three tries, one wish, one entry.
        AuditTrail trail = await tenant.Desk.AuditAsync(new AuditQuery(Order, User: "orderkernel"));
        Assert.Equal(["order.expire_hold", "order.stock_released"], trail.Entries.Select(static entry => entry.What).Order());
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task TimersThatAreRefused_HideNobodyBehindThem()
    {
        var tenant = new Tenant();
        int refusals = 0;
        tenant.Options.Watch = new Refusing(() => refusals++);
        await tenant.AcceptAsync("anybody", tenant.Receive("R-1", "W1", 5_000));
        for (int i = 0; i < 120; i++)
        {
            var order = new OrderId("SO-" + i);
            await tenant.CaptureAsync("anybody", order.Text);
            await tenant.AcceptAsync("anybody", new HoldStock(order, ExpiresAt: tenant.Clock.Now + Duration.FromHours(1)));
        }

        await tenant.ActivateAsync("anybody", Rights);
        tenant.Clock.Advance(Duration.FromHours(2));
        await Assert.ThrowsAsync<OrderKernelException>(() => tenant.Desk.WakeAsync(Service));
        Assert.Equal(120, refusals);
    }

    [Fact]
    public async Task ATimerOfAnArchivedOrder_IsDone()
    {
        Tenant tenant = await HeldAsync();
        await tenant.AcceptAsync("admin-1", CancelLines.All(Order, "no longer needed"));
        await tenant.AcceptAsync("admin-1", new ArchiveOrder(Order, "old"));
        tenant.Clock.Advance(Duration.FromHours(2));
        Assert.Equal(1, await tenant.Desk.WakeAsync(new Actor("timer-1", "test")));
        Assert.Empty(await Due(tenant));
    }

    private static async Task<long> HeldOf(Tenant tenant) =>
        (await tenant.Desk.ReadOrderAsync(Order)).Lines.Sum(static line => line.Held.Units);

    private static async Task<ImmutableArray<TimerChange>> Due(Tenant tenant) =>
        await tenant.Store.ReadDueTimersAsync(tenant.Options.Tenant, tenant.Clock.Now + Duration.FromDays(9), 9, default);

    private static async Task<Tenant> HeldAsync(bool rights = true)
    {
        var tenant = new Tenant();
        tenant.Knows("admin-1", "admin");
        tenant.Knows("timer-1", "timers");
        if (rights)
        {
            await tenant.ActivateAsync("anybody", Rights);
        }

        await tenant.AcceptAsync("admin-1", tenant.Receive("R-1", "W1", 5));
        await tenant.CaptureAsync("admin-1", Order.Text);
        await tenant.AcceptAsync("admin-1", new HoldStock(Order, ExpiresAt: tenant.Clock.Now + Duration.FromHours(1)));
        return tenant;
    }

    private sealed class Refusing(Action heard) : IDeskWatch
    {
        public object? Begin(Submission submission) => null;

        public void End(object? begun, Submission submission, DeskResult? result)
        {
            if (submission.Command is ExpireHold && result is { IsAccepted: false })
            {
                heard();
            }
        }
    }
}
