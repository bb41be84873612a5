using System;
using System.Collections.Generic;
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
              { "code": "admin", "en": "Administrator", "zh": "管理员", "rows": "all", "edits": ["unit_price", "quantity", "customer"],
                "commands": ["definitions.activate_pack", "order.capture", "order.amend", "order.expire_hold"] },
              { "code": "buyer", "en": "Buyer", "zh": "采购员", "rows": "own_customers", "commands": ["access.read"],
                "sees": ["*"], "hides": ["unit_price"] },
              { "code": "reader", "en": "Reader", "zh": "查阅员", "rows": "all", "commands": ["access.read"], "sees": ["*"] },
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
    [Trait("ReqPart", "S3-40")]
    public async Task TheFeed_TellsWhatHappenedToOwnOrders_AndOfOthersAndOfStockNothing()
    {
        Tenant tenant = await OpenAsync();
        tenant.Knows("reader-1", "reader");
        ActorReads buyer = tenant.Desk.As(new Actor("buyer-1", "portal"));
        ActorReads reader = tenant.Desk.As(new Actor("reader-1", "portal"));
        string[] all = [.. (await tenant.Store.ReadFeedAsync(tenant.Options.Tenant, 0, 100, default)).Select(static entry =>
            $"{entry.Position} {entry.Event.Stream} {entry.Event.Version} {entry.Event.EventType} "
            + $"{entry.Event.RecordedAt} {entry.Event.Actor.Id}")];
        Assert.Equal(all, Told((await reader.ReadFeedAsync(0)).Value!));
        Assert.Contains(all, static line => line.Contains("definitions", StringComparison.Ordinal));

        // In pages of one event: what is out of reach leaves a page empty, and the next one follows.
        var own = new List<string>();
        long after = 0;
        for (ActorFeed page; (page = (await buyer.ReadFeedAsync(after, 1)).Value!).Next > after; after = page.Next)
        {
            own.AddRange(Told(page));
        }

        Assert.Equal(all.Where(static line => line.Contains("order/SO-1 ", StringComparison.Ordinal)), own);
        Assert.Equal(3, own.Count);

        // Whose customer it is now decides, not whose it was.
        await tenant.AcceptAsync("admin-1", Tenant.Amend("SO-1", "customer", "H-2"));
        Assert.Empty((await buyer.ReadFeedAsync(0)).Value!.Entries);

        ActorReading<ActorFeed> denied = await tenant.Desk.As(new Actor("stranger", "portal")).ReadFeedAsync(0);
        Assert.Equal((null, "access.command_denied"), (denied.Value, Assert.Single(denied.Findings).Code));
        Assert.Contains(
            (await tenant.Desk.AuditAsync(new AuditQuery(User: "stranger"))).Entries, static entry => entry.What == "access.read");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => buyer.ReadFeedAsync(-1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => buyer.ReadFeedAsync(0, 1_001));

        static string[] Told(ActorFeed feed) => [.. feed.Entries.Select(static entry =>
            $"{entry.Position} {entry.Stream} {entry.Version} {entry.EventType} {entry.RecordedAt} {entry.Actor.Id}")];
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
