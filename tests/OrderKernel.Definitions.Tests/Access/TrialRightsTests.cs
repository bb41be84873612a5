using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using Xunit;

namespace OrderKernel.Definitions.Tests.Access;

/// <summary>A trial is no way round the rights: what is denied is told and leaves nothing, and nobody reads by trying.</summary>
public class TrialRightsTests
{
    private static readonly Pack Rights = Tenant.PackOf(
        ("pack.json", """{ "id": "RIGHTS", "version": 1, "en": "Rights", "zh": "权限" }"""),
        ("access.json", """
            { "roles": [
              { "code": "admin", "en": "Administrator", "zh": "管理员", "rows": "all", "edits": ["unit_price", "quantity"],
                "commands": ["definitions.activate_pack", "order.capture", "order.block", "access.read"], "sees": ["*"] },
              { "code": "guard", "en": "Guard", "zh": "门卫", "rows": "all", "commands": ["order.block"] },
              { "code": "blind", "en": "Blind", "zh": "掩码员", "rows": "all", "commands": ["order.block", "access.read"], "sees": ["*"],
                "hides": ["unit_price"] },
              { "code": "mover", "en": "Mover", "zh": "转单员", "rows": "all", "edits": ["customer"], "commands": ["order.amend"] },
              { "code": "buyer", "en": "Buyer", "zh": "采购员", "rows": "own_customers", "commands": ["order.block", "access.read"],
                "sees": ["*"] } ] }
            """));

    [Fact]
    public async Task WhatIsDenied_IsTold_AndStandsNowhere()
    {
        Tenant tenant = await OpenAsync();
        var block = new BlockOrder(new OrderId("SO-1"), "credit", "finance");
        int before = await CommandsAsync(tenant);
        DeskTrial stranger = await TryAsync(tenant, "stranger", block);
        DeskTrial buyer = await TryAsync(tenant, "buyer-2", block);
        Assert.Equal(("access.command_denied", "access.row_denied"), (stranger.Findings.Single().Code, buyer.Findings.Single().Code));
        Assert.Equal((null, null, 0L), (stranger.Order, buyer.Order, buyer.Outcome.Version));
        Assert.Equal(before, await CommandsAsync(tenant));

        // The same is said when it is submitted, and then it stands in the audit.
        DeskResult denied = await tenant.SubmitAsync("buyer-2", block);
        Assert.Equal(buyer.Outcome.ToJson(), denied.Outcome.ToJson());
        Assert.Equal(before + 1, await CommandsAsync(tenant));
    }

    [Theory]
    [InlineData("admin-1", true)]
    [InlineData("buyer-1", true)]
    [InlineData("guard-1", false)]
    [InlineData("blind-1", false)]
    public async Task WhoMayCommand_IsShownTheOrder_OnlyIfTheyReadAllOfIt(string user, bool isShown)
    {
        Tenant tenant = await OpenAsync();
        DeskTrial trial = await TryAsync(tenant, user, new BlockOrder(new OrderId("SO-1"), "credit", "finance"));
        Assert.True(trial.IsAccepted);
        Assert.Equal((isShown, isShown ? 1 : 0), (trial.Order is not null, trial.Events.Length));

        // Already so: no event, and the order as it is only for who reads it.
        await tenant.AcceptAsync("admin-1", new BlockOrder(new OrderId("SO-1"), "credit", "finance"));
        trial = await TryAsync(tenant, user, new BlockOrder(new OrderId("SO-1"), "credit", "finance"));
        Assert.Equal((DeskExtent.AlreadySo, isShown), (trial.Extent, trial.Order is not null));
    }

    [Fact]
    public async Task WhatWasDoneWithARight_IsToldAsStored_AfterTheRightIsGone()
    {
        Tenant tenant = await OpenAsync();
        var submission = new Submission(
            tenant.NextId(), new Actor("buyer-1", "test"), new BlockOrder(new OrderId("SO-1"), "credit", "finance"));
        Assert.True((await tenant.Desk.SubmitAsync(submission)).IsAccepted);
        tenant.Knows("buyer-1", "none");
        DeskTrial trial = await tenant.Desk.TryAsync(submission);
        Assert.Equal((DeskStatus.Repeated, true), (trial.Status, trial.IsAccepted));
        Assert.Equal(DeskStatus.Repeated, (await tenant.Desk.SubmitAsync(submission)).Status);
    }

    [Fact]
    public async Task AUsedId_IsNotToldToWhoMayNotCommand()
    {
        Tenant tenant = await OpenAsync();
        var block = new BlockOrder(new OrderId("SO-1"), "credit", "finance");
        var stored = new Submission(tenant.NextId(), new Actor("buyer-1", "test"), block);
        Assert.True((await tenant.Desk.SubmitAsync(stored)).IsAccepted);
        var denied = new Submission(stored.Id, new Actor("stranger", "test"), block);
        DeskTrial trial = await tenant.Desk.TryAsync(denied);
        Assert.Equal((DeskStatus.Decided, "access.command_denied"), (trial.Status, trial.Findings.Single().Code));
        Assert.Equal(trial.Outcome.ToJson(), (await tenant.Desk.SubmitAsync(denied)).Outcome.ToJson());
    }

    [Fact]
    public async Task WhoWouldMakeAnOrderTheirOwn_DoesNotReadItByTrying()
    {
        Tenant tenant = await OpenAsync();
        tenant.Knows("mover-1", ["mover", "buyer"], [new PartnerId("H-1")]);
        DeskTrial trial = await TryAsync(tenant, "mover-1", new AmendOrder(
            new OrderId("SO-2"), [new FieldChange(0, "customer", "H-1")], "sold", "V-1"));
        Assert.Equal((true, null, 0), (trial.IsAccepted, trial.Order, trial.Events.Length));
    }

    private static Task<DeskTrial> TryAsync(Tenant tenant, string user, KernelCommand command) =>
        tenant.Desk.TryAsync(new Submission(tenant.NextId(), new Actor(user, "test"), command));

    private static async Task<int> CommandsAsync(Tenant tenant) =>
        (await tenant.Store.ReadCommandsAsync(tenant.Options.Tenant, null, 999, default)).Length;

    private static async Task<Tenant> OpenAsync()
    {
        var tenant = new Tenant();
        tenant.Knows("admin-1", "admin");
        tenant.Knows("guard-1", "guard");
        tenant.Knows("blind-1", "blind");
        tenant.Knows("buyer-1", "buyer", [new PartnerId("H-1")]);
        tenant.Knows("buyer-2", "buyer", [new PartnerId("H-2")]);
        await tenant.ActivateAsync("anybody", Rights);
        await tenant.CaptureAsync("admin-1", "SO-1");
        await tenant.CaptureAsync("admin-1", "SO-2", "H-2");
        return tenant;
    }
}
