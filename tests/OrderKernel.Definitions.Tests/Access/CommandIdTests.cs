using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using OrderKernel.Storage;
using Xunit;

namespace OrderKernel.Definitions.Tests.Access;

/// <summary>What only the desk issues comes from nobody else, and an id is its actor's: nobody takes another's, or reads by it.</summary>
public class CommandIdTests
{
    private static readonly OrderId Order = new("SO-1");

    private static readonly Pack Rights = Tenant.PackOf(
        ("pack.json", """{ "id": "RIGHTS", "version": 1, "en": "Rights", "zh": "权限" }"""),
        ("access.json", """
            { "roles": [ { "code": "admin", "en": "Administrator", "zh": "管理员", "rows": "all",
                "commands": ["definitions.activate_pack", "order.capture", "order.expire_hold", "stock.receive"] } ] }
            """));

    [Theory]
    [InlineData(true, "mallory")]
    [InlineData(true, "admin-1")]
    [InlineData(false, "anybody")]
    public async Task WhatOnlyTheDeskIssues_IsDeniedFromOutside_WhateverIsGranted(bool rights, string user)
    {
        var tenant = new Tenant();
        tenant.Knows("admin-1", "admin");
        await tenant.CaptureAsync("admin-1", Order.Text);
        await tenant.AcceptAsync("admin-1", tenant.Receive("R-1", "W1", 5));
        if (rights)
        {
            await tenant.ActivateAsync("anybody", Rights);
        }

        var cause = new StreamId("stock", "R-1");
        KernelCommand[] ofDesk =
        [
            new ServeWaiting(cause, 1, 0, 50, [new Sku("A")]), new CoverBorrowed(cause, tenant.NextId(), new Sku("A"), 0, 50),
        ];

        // One list: what is a command and is in no list of what may be granted is the desk's alone.
        Assert.Equal(
            typeof(KernelCommand).Assembly.GetTypes().Where(static type =>
                type.IsSubclassOf(typeof(KernelCommand)) && !type.IsAbstract && type.IsPublic
                && !CommandTypes.All.Contains(((KernelCommand)System.Runtime.CompilerServices.RuntimeHelpers
                    .GetUninitializedObject(type)).CommandType)).Select(static type => type.Name).Order(),
            ofDesk.Select(static command => command.GetType().Name).Order());
        // Nothing is looked at for who may not, so what could not be decided is denied all the same.
        foreach (KernelCommand command in ofDesk.Append(new ServeWaiting(cause, 1, 0, 50, [new Sku("A"), new Sku("A")])))
        {
            await tenant.RefuseAsync(user, command, "access.command_denied");
        }

        Assert.All((await tenant.Desk.ReadOrderAsync(Order)).Lines, static line => Assert.True(line.Held.IsZero));
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task AForgedTimer_ServesNobody_UnlessWhoWakesItMay()
    {
        var tenant = new Tenant(configure: static options => options.ServesWaiting = false);
        tenant.Knows("admin-1", "admin");
        await tenant.ActivateAsync("anybody", Rights);
        await tenant.CaptureAsync("admin-1", Order.Text);
        await tenant.AcceptAsync("admin-1", tenant.Receive("R-1", "W1", 5));
        var forged = new TimerChange(new StreamId("stock", "R-1"), "serve_waiting/1", 1, tenant.Clock.Now);
        var refused = await Assert.ThrowsAsync<CommandRefusedException>(
            () => tenant.Desk.WakeAsync(forged, new Actor("nobody", "test")));
        Assert.Equal("access.command_denied", Assert.Single(refused.Findings).Code);
        Assert.All((await tenant.Desk.ReadOrderAsync(Order)).Lines, static line => Assert.True(line.Held.IsZero));
        await tenant.Desk.WakeAsync(forged, new Actor("admin-1", "test"));
        Assert.Equal(5, Assert.Single((await tenant.Desk.ReadOrderAsync(Order)).Lines).Held.Units);
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task ADenial_TakesNobodysId_AndKeepsNothingOfWhatWasSent()
    {
        Tenant tenant = await OpenAsync();
        CommandId id = CommandId.FromName("web/SO-2");
        CaptureOrder capture = tenant.Capture("SO-2") with { ExternalKey = new string('x', 300) };
        DeskResult denied = await Send("nobody", id, capture);
        Assert.Equal("access.command_denied", Assert.Single(denied.Findings).Code);
        DeskResult again = await Send("nobody", id, capture);
        Assert.Equal(denied.Outcome.ToJson(), again.Outcome.ToJson());
        DecidedCommand kept = (await tenant.Store.ReadCommandsAsync(tenant.Options.Tenant, null, 99, default)).Last();
        Assert.Equal(
            """{"type":"access.denied","category":"order","key":"SO-2","wanted":"order.capture","command":"ID","contents":"HASH"}"""
                .Replace("ID", id.ToString(), StringComparison.Ordinal)
                .Replace("HASH", ContentHash.Of(capture.ToJson()), StringComparison.Ordinal),
            kept.Body);
        Assert.Equal((0L, 0L), (kept.ReadVersion, denied.Outcome.Version));
        Assert.Null(await tenant.Store.ReadCommandAsync(tenant.Options.Tenant, id, default));
        Assert.Equal(DeskStatus.Decided, (await Send("admin-1", id, capture)).ThrowIfRefused().Status);
        AuditEntry entry = Assert.Single((await tenant.Desk.AuditAsync(new AuditQuery(User: "nobody"))).Entries);
        Assert.Equal(("order.capture", id, "order/SO-2"), (entry.What, entry.Command, entry.Stream.ToString()));
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);

        Task<DeskResult> Send(string user, CommandId sent, KernelCommand command) =>
            tenant.Desk.SubmitAsync(new Submission(sent, new Actor(user, "web"), command));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnotherActorsId_IsUsed_AndAnswersNobodyElse(bool rights)
    {
        Tenant tenant = rights ? await OpenAsync() : new Tenant();
        tenant.Knows("admin-2", "admin");
        CommandId id = CommandId.FromName("web/SO-2");
        CaptureOrder capture = tenant.Capture("SO-2");
        (await tenant.Desk.SubmitAsync(new Submission(id, new Actor("admin-1", "web"), capture))).ThrowIfRefused();
        foreach (Actor other in new[] { new Actor("admin-2", "web"), new Actor("admin-1", "erp") })
        {
            DeskResult refused = await tenant.Desk.SubmitAsync(new Submission(id, other, capture));
            Assert.Equal((DeskStatus.KeyReused, false), (refused.Status, refused.IsAccepted));
        }

        DeskResult nobody = await tenant.Desk.SubmitAsync(new Submission(id, new Actor("nobody", "web"), capture));
        Assert.Equal(rights ? "access.command_denied" : "command.key_reused", Assert.Single(nobody.Findings).Code);
        DeskResult own = await tenant.Desk.SubmitAsync(new Submission(id, new Actor("admin-1", "web"), capture));
        Assert.Equal((DeskStatus.Repeated, true), (own.Status, own.IsAccepted));
    }

    [Fact]
    public async Task WhoMayNoLongerDoWhatTheyDid_IsAnsweredAsTheyWere_AndOtherContentsAreDenied()
    {
        var tenant = new Tenant();
        CommandId id = CommandId.FromName("web/SO-2");
        CaptureOrder capture = tenant.Capture("SO-2");
        var clerk = new Actor("clerk", "web");
        (await tenant.Desk.SubmitAsync(new Submission(id, clerk, capture))).ThrowIfRefused();
        tenant.Knows("admin-1", "admin");
        await tenant.ActivateAsync("admin-1", Rights);

        DeskResult again = await tenant.Desk.SubmitAsync(new Submission(id, clerk, capture));
        Assert.Equal((DeskStatus.Repeated, true), (again.Status, again.IsAccepted));
        DeskResult other = await tenant.Desk.SubmitAsync(new Submission(id, clerk, tenant.Capture("SO-3")));
        Assert.Equal("access.command_denied", Assert.Single(other.Findings).Code);
        Assert.Empty((await tenant.Desk.ReadOrderAsync(new OrderId("SO-3"))).Lines);
    }

    [Fact]
    public async Task AnIdOfTheDesks_IsRefusedFromOutside_AndNoTimerIsTakenByIt()
    {
        var tenant = new Tenant();
        await tenant.AcceptAsync("anybody", tenant.Receive("R-1", "W1", 5));
        await tenant.CaptureAsync("anybody", Order.Text);
        await tenant.AcceptAsync("anybody", new HoldStock(Order, ExpiresAt: tenant.Clock.Now + Duration.FromHours(1)));

        // The id that timers had once is free for anybody, so nothing rests on it.
        var once = new CommandId(DerivedId.Of(DerivedId.Timers, "main/order/SO-1/hold_expiry/1"));
        await tenant.Desk.SubmitAsync(new Submission(once, new Actor("mallory", "test"), tenant.Capture("T-1")));
        tenant.Clock.Advance(Duration.FromHours(2));
        Assert.Equal(1, await tenant.Desk.WakeAsync(new Actor("orderkernel", "orderkernel")));
        Assert.All((await tenant.Desk.ReadOrderAsync(Order)).Lines, static line => Assert.True(line.Held.IsZero));
        CommandId given = (await tenant.Store.ReadCommandsAsync(tenant.Options.Tenant, null, 99, default)).Last().Id;
        DeskResult refused = await tenant.Desk.SubmitAsync(
            new Submission(given, new Actor("mallory", "test"), new ExpireHold(Order, 1)));
        Assert.Equal((DeskStatus.Malformed, "command.id_reserved"), (refused.Status, Assert.Single(refused.Findings).Code));
    }

    [Fact]
    public async Task ATimerThatIsRefused_UsesUpNoId_SoTheRealOneServes()
    {
        var tenant = new Tenant();
        var service = new Actor("orderkernel", "orderkernel");
        var forged = new TimerChange(new StreamId(StreamId.OrderCategory, Order.Text), "hold_expiry", 1, tenant.Clock.Now);
        CommandRefusedException refused =
            await Assert.ThrowsAsync<CommandRefusedException>(() => tenant.Desk.WakeAsync(forged, service));
        Assert.Equal("order.unknown", Assert.Single(refused.Findings).Code);

        await tenant.AcceptAsync("anybody", tenant.Receive("R-1", "W1", 5));
        await tenant.CaptureAsync("anybody", Order.Text);
        await tenant.AcceptAsync("anybody", new HoldStock(Order, ExpiresAt: tenant.Clock.Now + Duration.FromHours(1)));
        tenant.Clock.Advance(Duration.FromHours(2));
        Assert.Equal(1, await tenant.Desk.WakeAsync(service));
        Assert.All((await tenant.Desk.ReadOrderAsync(Order)).Lines, static line => Assert.True(line.Held.IsZero));
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    private static async Task<Tenant> OpenAsync()
    {
        var tenant = new Tenant();
        tenant.Knows("admin-1", "admin");
        await tenant.ActivateAsync("anybody", Rights);
        return tenant;
    }
}
