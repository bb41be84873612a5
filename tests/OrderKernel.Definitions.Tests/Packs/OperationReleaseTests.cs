using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using Xunit;

namespace OrderKernel.Definitions.Tests.Packs;

/// <summary>An operation is released with the photo of its inspection, once, by who may, as a pack says.</summary>
public class OperationReleaseTests
{
    private const string Released = "operation_released";
    private static readonly OrderId Order = new("MO-1");

    private static readonly Pack Workshop = Tenant.PackOf(
        ("pack.json", """{ "id": "WORKSHOP", "version": 1, "en": "Workshop", "zh": "车间" }"""),
        ("types.json", """
            { "types": [ { "id": "made", "zh": "按单生产", "en": "Made to order", "lifecycle": "operations", "numbering": "MO-{0}",
              "features": [] } ] }
            """),
        ("lifecycles/operations.json", """
            { "id": "operations", "zh": "工序放行", "en": "Operations", "for": "order",
              "roles": [ { "code": "worker", "zh": "工人", "en": "Worker" }, { "code": "foreman", "zh": "车间主任", "en": "Foreman" },
                         { "code": "logistics", "zh": "物流", "en": "Logistics" } ],
              "evidence": [ { "code": "turning_photo", "zh": "车削质检照片", "en": "Photo of the turning" },
                            { "code": "milling_photo", "zh": "铣削质检照片", "en": "Photo of the milling" } ],
              "actions": [ { "code": "operation_released", "zh": "工序已放行", "en": "Operation released" } ],
              "signals": [ { "code": "turning_reported", "zh": "车削报工", "en": "Turning reported" },
                           { "code": "milling_reported", "zh": "铣削报工", "en": "Milling reported" },
                           { "code": "may_go_on", "zh": "放行", "en": "May go on" } ],
              "states": [
                { "code": "turning", "zh": "车削中", "en": "Turning", "region": "fulfilment", "stage": "producing", "owner": "worker",
                  "initial": true },
                { "code": "turned", "zh": "车削待放行", "en": "Turned", "region": "fulfilment", "stage": "producing", "owner": "foreman" },
                { "code": "milling", "zh": "铣削中", "en": "Milling", "region": "fulfilment", "stage": "producing", "owner": "worker" },
                { "code": "milled", "zh": "铣削待放行", "en": "Milled", "region": "fulfilment", "stage": "producing", "owner": "foreman" },
                { "code": "made", "zh": "待发货", "en": "Made", "region": "fulfilment", "stage": "ready", "owner": "logistics" },
                { "code": "gone", "zh": "已发货", "en": "Gone", "region": "fulfilment", "stage": "shipped", "final": true } ],
              "transitions": [
                { "from": "turning", "on": "turning_reported", "to": "turned" },
                { "from": "turned", "on": "may_go_on", "to": "milling", "when": ["evidence turning_photo"], "roles": ["foreman"],
                  "effects": ["announce operation_released"] },
                { "from": "milling", "on": "milling_reported", "to": "milled" },
                { "from": "milled", "on": "may_go_on", "to": "made", "when": ["evidence milling_photo"], "roles": ["foreman"],
                  "effects": ["announce operation_released"] },
                { "from": "made", "on": "ship", "to": "gone", "when": ["shipped_all"] } ] }
            """),
        ("access.json", """
            { "roles": [
              { "code": "admin", "en": "Administrator", "zh": "管理员", "rows": "all",
                "commands": ["definitions.activate_pack", "order.expire_hold"] },
              { "code": "sales", "en": "Sales", "zh": "销售", "rows": "all", "commands": ["order.capture", "order.attach_evidence"] },
              { "code": "worker", "en": "Worker", "zh": "工人", "rows": "all", "commands": ["order.attach_evidence", "order.signal"] },
              { "code": "foreman", "en": "Foreman", "zh": "车间主任", "rows": "all", "commands": ["order.signal"] },
              { "code": "logistics", "en": "Logistics", "zh": "物流", "rows": "all", "commands": ["order.ship"] } ] }
            """));

    [Fact]
    [Trait("Req", "S1-19")]
    public async Task WithoutThePhotoRefused_WithItReleasedOnce_ADoubleTapReleasesNothingMore()
    {
        Tenant tenant = await ReportedAsync();
        DeskResult without = await tenant.SubmitAsync("foreman-1", Release);
        Finding missing = Assert.Single(without.Findings);
        Assert.Equal("lifecycle.guard_unmet", missing.Code);
        Assert.Contains("车削质检照片", missing.Text(Language.Chinese), System.StringComparison.Ordinal);
        await tenant.AcceptAsync("worker-1", new AttachEvidence(Order, "milling_photo", "photo/9", "sha256:99"));
        await tenant.RefuseAsync("foreman-1", Release, "lifecycle.guard_unmet"); // the photo of another operation
        Assert.Equal("turned", await StateAsync(tenant));
        Assert.Empty(await ToldAsync(tenant));

        tenant = await ReportedAsync();
        await tenant.AcceptAsync("worker-1", new AttachEvidence(Order, "turning_photo", "photo/1", "sha256:aa"));
        EvidenceRecord photo = Assert.Single((await tenant.Desk.ReadOrderAsync(Order)).Evidence);
        Assert.Equal(("turning_photo", "photo/1", "sha256:aa"), (photo.Kind, photo.Reference, photo.Hash));
        var tap = new Submission(tenant.NextId(), new Actor("foreman-1", "mobile"), Release);
        DeskResult[] taps = await Task.WhenAll(
            Task.Run(() => tenant.Desk.SubmitAsync(tap)), Task.Run(() => tenant.Desk.SubmitAsync(tap)));
        Assert.All(taps, static answer => Assert.True(answer.IsAccepted));
        Assert.Single(taps, static answer => answer.Status == DeskStatus.Repeated);
        await tenant.RefuseAsync("foreman-1", Release, "lifecycle.transition_illegal"); // a tap that became a command of its own
        Assert.Equal("milling", await StateAsync(tenant));
        Assert.Equal(new[] { Released }, await ToldAsync(tenant));

        // The next operation asks for its own photo, and is released once more.
        await tenant.AcceptAsync("worker-1", new SignalOrder(Order, "milling_reported"));
        await tenant.RefuseAsync("foreman-1", Release, "lifecycle.guard_unmet");
        await tenant.AcceptAsync("worker-1", new AttachEvidence(Order, "milling_photo", "photo/2", "sha256:bb"));
        await tenant.AcceptAsync("foreman-1", Release);
        Assert.Equal("made", await StateAsync(tenant));
        Assert.Equal(new[] { Released, Released }, await ToldAsync(tenant));
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Theory]
    [Trait("Req", "S1-19")]
    [InlineData("worker-1", "lifecycle.role_missing")] // may signal, may not release
    [InlineData("sales-1", "access.command_denied")] // may attach, may not signal
    [InlineData("logistics-1", "access.command_denied")]
    [InlineData("stranger", "access.command_denied")]
    public async Task TheWrongRole_IsDenied_AndNothingIsReleased(string user, string code)
    {
        Tenant tenant = await ReportedAsync();
        await tenant.AcceptAsync("sales-1", new AttachEvidence(Order, "turning_photo", "photo/1", "sha256:aa"));
        long before = (await tenant.Desk.ReadOrderAsync(Order)).Version;
        await tenant.RefuseAsync(user, Release, code);
        Assert.Equal(("turned", before), (await StateAsync(tenant), (await tenant.Desk.ReadOrderAsync(Order)).Version));
        Assert.Empty(await ToldAsync(tenant));
        AuditEntry denied = (await tenant.Desk.AuditAsync(new AuditQuery(Order, User: user))).Entries
            .Last(static entry => !entry.Refusals.IsEmpty);
        Assert.Equal(("order.signal", code), (denied.What, Assert.Single(denied.Refusals).Code));

        await tenant.RefuseAsync("foreman-1", new AttachEvidence(Order, "turning_photo", "photo/2"), "access.command_denied");
        await tenant.AcceptAsync("foreman-1", Release);
        Assert.Equal(new[] { Released }, await ToldAsync(tenant));
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    private static SignalOrder Release => new(Order, "may_go_on");

    private static async Task<Tenant> ReportedAsync()
    {
        var tenant = new Tenant();
        foreach (string role in new[] { "sales", "worker", "foreman", "logistics" })
        {
            tenant.Knows(role + "-1", role);
        }

        await tenant.ActivateAsync("anybody", Workshop);
        await tenant.AcceptAsync("sales-1", tenant.Capture(Order.Text) with { Type = "made" });
        await tenant.RefuseAsync("foreman-1", Release, "lifecycle.transition_illegal"); // nothing is reported yet
        await tenant.AcceptAsync("worker-1", new SignalOrder(Order, "turning_reported"));
        return tenant;
    }

    private static async Task<string> StateAsync(Tenant tenant) =>
        Assert.Single((await tenant.Desk.ReadOrderAsync(Order)).Regions).State;

    private static async Task<string[]> ToldAsync(Tenant tenant) => [.. (await tenant.Store.ReadOutboxAsync(
        tenant.Options.Tenant, 100, CancellationToken.None)).Select(static told => told.Destination)];
}
