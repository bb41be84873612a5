using System;
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

/// <summary>Who asks is told what the roles reach and see; what is denied is in the audit.</summary>
public class ActorReadTests
{
    private static readonly Pack Rights = Tenant.PackOf(
        ("pack.json", """{ "id": "RIGHTS", "version": 1, "en": "Rights", "zh": "权限" }"""),
        ("access.json", """
            { "roles": [
              { "code": "admin", "en": "Administrator", "zh": "管理员", "rows": "all", "edits": ["unit_price", "quantity"],
                "commands": ["definitions.activate_pack", "order.capture", "order.amend", "order.expire_hold"] },
              { "code": "buyer", "en": "Buyer", "zh": "采购员", "rows": "own_customers", "commands": ["access.read"],
                "sees": ["*"], "hides": ["unit_price"] },
              { "code": "auditor", "en": "Auditor", "zh": "审计员", "rows": "all", "commands": ["access.audit"], "sees": ["*"] } ] }
            """));

    [Fact]
    [Trait("ReqPart", "S3-40")]
    public async Task ABuyer_IsToldOfOwnOrders_AndOfOthersNothing_WhichIsInTheAudit()
    {
        Tenant tenant = await OpenAsync();
        ActorReads buyer = tenant.Desk.As(new Actor("buyer-1", "portal"));
        Assert.Equal("SO-1", (await buyer.ReadAnswerAsync(new OrderId("SO-1"))).Value!.Order.Text);
        Assert.Equal("SO-1", Assert.Single((await buyer.ReadBoardAsync()).Value).Order.Text);
        ActorReading<AuditTrail> trail = await buyer.ReadTrailAsync(new OrderId("SO-1"));
        Assert.Equal(
            [("quantity", "5"), ("unit_price", "***")],
            trail.Value!.Entries.Where(static entry => entry.Field.Length > 0).Select(static entry => (entry.Field, entry.Before)).Order());
        Assert.DoesNotContain("12.5", trail.Value.ToCsv(), StringComparison.Ordinal);

        foreach (string order in new[] { "SO-2", "SO-77" })
        {
            ActorReading<OrderAnswer> denied = await buyer.ReadAnswerAsync(new OrderId(order));
            Assert.Equal((false, null), (denied.IsGranted, denied.Value));
            Assert.Equal("access.row_denied", Assert.Single(denied.Findings).Code);
            Assert.Null((await buyer.ReadTrailAsync(new OrderId(order))).Value);
        }

        Assert.Equal("access.command_denied", Assert.Single((await buyer.AuditAsync(new AuditQuery())).Findings).Code);
        AuditEntry[] entries = (await tenant.Desk.AuditAsync(new AuditQuery(User: "buyer-1"))).Entries.ToArray();
        Assert.Equal(
            ["access/export access.audit", "order/SO-2 access.read", "order/SO-77 access.read"],
            entries.Select(static entry => entry.Stream + " " + entry.What).Order(StringComparer.Ordinal));
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task AnAuditor_IsToldEverything_AndAStrangerNothing()
    {
        Tenant tenant = await OpenAsync();
        AuditTrail all = (await tenant.Desk.As(new Actor("auditor-1", "portal")).AuditAsync(new AuditQuery())).Value!;
        Assert.Equal((await tenant.Desk.AuditAsync(new AuditQuery())).ToCsv(), all.ToCsv());
        ActorReads stranger = tenant.Desk.As(new Actor("stranger", "portal"));
        Assert.Empty((await stranger.ReadBoardAsync()).Value);
        Assert.Null((await stranger.ReadAnswerAsync(new OrderId("SO-1"))).Value);
        Assert.Null((await stranger.AuditAsync(new AuditQuery(new OrderId("SO-1")))).Value);
    }

    [Fact]
    public async Task WithoutAPolicy_EverybodyIsToldEverything()
    {
        var tenant = new Tenant();
        await tenant.CaptureAsync("anybody", "SO-1");
        ActorReads reads = tenant.Desk.As(new Actor("anybody", "portal"));
        Assert.Single((await reads.ReadBoardAsync()).Value);
        Assert.NotNull((await reads.ReadAnswerAsync(new OrderId("SO-1"))).Value);
        Assert.Single((await reads.AuditAsync(new AuditQuery())).Value!.Entries);
    }

    private static async Task<Tenant> OpenAsync()
    {
        var tenant = new Tenant();
        tenant.Knows("admin-1", "admin");
        tenant.Knows("buyer-1", "buyer", [new PartnerId("H-1")]);
        tenant.Knows("auditor-1", "auditor");
        await tenant.ActivateAsync("anybody", Rights);
        await tenant.CaptureAsync("admin-1", "SO-1");
        await tenant.CaptureAsync("admin-1", "SO-2", "H-2");
        await tenant.AcceptAsync("admin-1", Tenant.Amend("SO-1", "unit_price", "9", 1));
        await tenant.AcceptAsync("admin-1", Tenant.Amend("SO-1", "quantity", "4", 1));
        return tenant;
    }
}
