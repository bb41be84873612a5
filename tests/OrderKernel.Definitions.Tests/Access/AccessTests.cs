using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Access;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Storage;
using Xunit;

namespace OrderKernel.Definitions.Tests.Access;

/// <summary>Rights in the decision: denied by default, recorded, and replayed.</summary>
public class AccessTests
{
    private static readonly Pack Rights = Tenant.PackOf(
        ("pack.json", """{ "id": "RIGHTS", "version": 1, "en": "Rights", "zh": "权限" }"""),
        ("access.json", """
            { "roles": [
              { "code": "admin", "en": "Administrator", "zh": "管理员", "rows": "all",
                "commands": ["definitions.activate_pack", "definitions.deactivate_pack", "order.capture", "order.expire_hold",
                             "stock.receive"] },
              { "code": "service", "en": "Customer service", "zh": "客服", "rows": "all", "commands": ["order.amend", "order.promise"],
                "edits": ["requested_at"], "sees": ["*"], "hides": ["unit_price"] },
              { "code": "sales", "en": "Sales", "zh": "销售", "rows": "own_customers",
                "commands": ["order.capture", "order.amend", "access.export"],
                "edits": ["requested_at", "quantity"], "sees": ["*"], "hides": ["unit_price"] },
              { "code": "keeper", "en": "Warehouse", "zh": "仓库", "rows": "own_nodes",
                "commands": ["order.hold_stock", "order.ship", "stock.receive"], "sees": ["order", "sku", "quantity"] } ] }
            """));

    [Fact]
    [Trait("ReqPart", "S4-23")]
    public async Task CustomerService_ChangesTheDateButNotTheAmount_AlsoWhenCalledDirectly()
    {
        Tenant tenant = await OpenAsync();
        await tenant.AcceptAsync("service-1", Tenant.Amend("SO-1", "requested_at", "2026-11-20T00:00:00Z"));
        DeskResult denied = await tenant.SubmitAsync("service-1", Tenant.Amend("SO-1", "unit_price", "1.00", 1));
        Finding why = Assert.Single(denied.Findings);
        Assert.Equal("access.field_denied", why.Code);
        Assert.Contains("service", why.Text(Language.English), StringComparison.Ordinal);
        Assert.Contains("unit_price", why.Text(Language.Chinese), StringComparison.Ordinal);
        OrderState order = await tenant.Desk.ReadOrderAsync(new OrderId("SO-1"));
        Assert.Equal(12.5m, order.Line(1)!.Price!.Value.Amount);
        AccessPolicy policy = (await tenant.Desk.ReadDefinitionsAsync()).Access!;
        Assert.True(policy.MayEdit(new[] { "service" }, "order.amend", "requested_at"));
        Assert.False(policy.MayEdit(new[] { "service" }, "order.amend", "unit_price"));
    }

    [Fact]
    public async Task APriceCannotBeSmuggledInOnANewLine()
    {
        Tenant tenant = await OpenAsync();
        var line = new NewLine(2, new Sku("B"), new Quantity(1), new UnitPrice(1m, Currency.Cny));
        var amend = new AmendOrder(
            new OrderId("SO-1"), ImmutableArray<FieldChange>.Empty, "r", "v", ImmutableArray.Create(line));
        await tenant.RefuseAsync("service-1", amend, "access.field_denied", "access.field_denied");
        await tenant.RefuseAsync("sales-1", amend, "access.field_denied");
        await tenant.AcceptAsync("sales-1", amend with { Added = ImmutableArray.Create(line with { Price = null }) });
    }

    [Theory]
    [InlineData("sales-2", "access.row_denied")] // a customer of somebody else
    [InlineData("keeper-1", "access.command_denied")]
    [InlineData("stranger", "access.command_denied")]
    public async Task WhatIsNotGranted_IsDeniedAndChangesNothingAndIsKept(string user, string code)
    {
        Tenant tenant = await OpenAsync();
        int before = (await tenant.Desk.ReadTrailAsync(new OrderId("SO-1"))).Length;
        await tenant.RefuseAsync(user, Tenant.Amend("SO-1", "requested_at", "2026-11-20T00:00:00Z"), code);
        Assert.Equal(before, (await tenant.Desk.ReadTrailAsync(new OrderId("SO-1"))).Length);
        DecidedCommand stored = (await tenant.Store.ReadCommandsAsync(tenant.Options.Tenant, null, 100, default)).Last();
        Assert.Equal(user, stored.Actor.Id);
        Assert.False(CommandOutcome.Read(stored.Outcome, KernelFindings.Catalog).IsAccepted);
    }

    /// <summary>An order that is there and one that is not are answered in the same words, with the same version.</summary>
    [Theory]
    [InlineData("stranger")]
    [InlineData("keeper-1")]
    [InlineData("service-1")]
    [InlineData("sales-2")]
    public async Task WhoIsDenied_LearnsNeitherThatAnOrderIsThereNorItsVersion(string user)
    {
        Tenant tenant = await OpenAsync();
        foreach (Func<string, KernelCommand> wish in new Func<string, KernelCommand>[]
        {
            order => Tenant.Amend(order, "unit_price", "1.00", 1), order => CancelLines.All(new OrderId(order), "r"),
            order => new HoldStock(new OrderId(order)), order => new ArchiveOrder(new OrderId(order), "r"),
            order => new BlockOrder(new OrderId(order), "credit", "finance"), order => new UnblockOrder(new OrderId(order), "credit"),
            order => new ConfirmDelivery(new OrderId(order), new ShipmentId("S"), NodaTime.Instant.FromUnixTimeSeconds(0)),
        })
        {
            CommandOutcome there = (await tenant.SubmitAsync(user, wish("SO-1"))).Outcome;
            CommandOutcome missing = (await tenant.SubmitAsync(user, wish("SO-9"))).Outcome;
            if (there.Findings.Any(finding => !finding.Code.StartsWith("access.", StringComparison.Ordinal)))
            {
                continue; // granted, and refused for what the order is
            }

            Assert.False(there.IsAccepted);
            Assert.Equal((missing.IsAccepted, missing.Version), (there.IsAccepted, there.Version));
            Assert.Equal(
                missing.Findings.Select(finding => finding.ToString().Replace("SO-9", "SO-1", StringComparison.Ordinal)),
                there.Findings.Select(finding => finding.ToString()));
        }
    }

    [Fact]
    public async Task AWarehouse_ReachesTheStockOfItsOwnNodesOnly()
    {
        Tenant tenant = await OpenAsync();
        await tenant.RefuseAsync("keeper-1", tenant.Receive("R-1", "W2", 5), "access.row_denied");
        await tenant.AcceptAsync("keeper-1", tenant.Receive("R-2", "W1", 5));
    }

    [Fact]
    public async Task WithoutAPolicy_EverythingIsAllowed_AndWithoutPacksNothingIsRecordedOfThem()
    {
        var tenant = new Tenant();
        await tenant.CaptureAsync("anybody", "SO-1");
        DecidedCommand stored = (await tenant.Store.ReadCommandsAsync(tenant.Options.Tenant, null, 100, default)).Single();
        Assert.DoesNotContain("definitions", stored.Facts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryDecision_ReplaysUnderTheRightsOfItsTime()
    {
        Tenant tenant = await OpenAsync();
        await tenant.RefuseAsync("service-1", Tenant.Amend("SO-1", "unit_price", "1.00", 1), "access.field_denied");
        await tenant.AcceptAsync("admin-1", new DeactivatePack("RIGHTS", "trial over"));
        await tenant.AcceptAsync("service-1", Tenant.Amend("SO-1", "unit_price", "1.00", 1));
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
        Assert.Empty(await tenant.Desk.AuditHistoryAsync());
    }

    [Fact]
    public async Task ADeniedCommand_ChangesNothing()
    {
        Tenant tenant = await OpenAsync();
        Gen<string> users = Gen.Elements("sales-2", "keeper-1", "stranger", "service-1");
        Prop.ForAll(users.ToArbitrary(), Gen.Elements("unit_price", "quantity", "external_key").ToArbitrary(), (user, field) =>
        {
            long version = tenant.Desk.ReadOrderAsync(new OrderId("SO-1")).Result.Version;
            DeskResult result = tenant.SubmitAsync(user, Tenant.Amend("SO-1", field, "3", field == "external_key" ? 0 : 1)).Result;
            return !result.IsAccepted && tenant.Desk.ReadOrderAsync(new OrderId("SO-1")).Result.Version == version;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void APolicy_RoundTripsInOneForm()
    {
        string json = Rights.Access!.ToJson();
        Assert.Equal(json, AccessPolicy.Read(json).OrThrow().ToJson());
    }

    private static async Task<Tenant> OpenAsync()
    {
        var tenant = new Tenant();
        tenant.Knows("admin-1", "admin");
        tenant.Knows("service-1", "service");
        tenant.Knows("sales-1", "sales", new[] { new PartnerId("H-1") });
        tenant.Knows("sales-2", "sales", new[] { new PartnerId("H-2") });
        tenant.Knows("keeper-1", "keeper", nodes: new[] { new NodeId("W1") });
        await tenant.ActivateAsync("anybody", Rights);
        await tenant.CaptureAsync("sales-1", "SO-1");
        return tenant;
    }
}
