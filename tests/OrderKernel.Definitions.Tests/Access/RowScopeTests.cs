using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Access;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using Xunit;

namespace OrderKernel.Definitions.Tests.Access;

/// <summary>Rows before and after a change and by what is taken, masks by roles that reach, names that grant nothing, and no way round by
/// another desk, another time or a directory that fails.</summary>
public class RowScopeTests
{
    private static readonly OrderId Order = new("SO-1");
    private static readonly NodeId West = new("W1"), East = new("W9");

    private static readonly Pack Rights = Tenant.PackOf(
        ("pack.json", """{ "id": "RIGHTS", "version": 1, "en": "Rights", "zh": "权限" }"""),
        ("parameters.json", """
            { "parameters": [ { "code": "vip_amount", "zh": "大客户金额", "en": "VIP amount", "type": "integer", "value": "4" } ] }
            """),
        ("access.json", """
            { "roles": [
              { "code": "admin", "en": "Administrator", "zh": "管理员", "rows": "all",
                "commands": ["definitions.activate_pack", "order.capture", "order.expire_hold", "order.hold_stock", "stock.receive"] },
              { "code": "lead", "en": "Lead", "zh": "主管", "rows": "all",
                "commands": ["definitions.add_field", "definitions.set_parameter"] },
              { "code": "sales", "en": "Sales", "zh": "销售", "rows": "own_customers",
                "commands": ["order.capture", "order.amend", "access.export"], "edits": ["customer", "quantity"],
                "sees": ["*"], "hides": ["unit_price"] },
              { "code": "stocktaker", "en": "Stocktaker", "zh": "盘点员", "rows": "own_nodes", "commands": ["access.export"],
                "sees": ["*"] },
              { "code": "keeper", "en": "Warehouse", "zh": "仓库", "rows": "own_nodes", "sees": ["unit_price"],
                "commands": ["order.hold_stock", "order.release_stock", "order.ship"] } ] }
            """));

    [Fact]
    public async Task AnOrder_IsNotHandedOnToSomebodyElsesCustomer_NorTakenFromOne()
    {
        Tenant tenant = await OpenAsync();
        await tenant.RefuseAsync("sales-1", Tenant.Amend("SO-1", "customer", "H-2"), "access.row_denied");
        await tenant.RefuseAsync("sales-2", Tenant.Amend("SO-1", "customer", "H-2"), "access.row_denied");
        await tenant.AcceptAsync("sales-1", Tenant.Amend("SO-1", "customer", "H-3"));

        // Whose order it is, and how far it is, is not told to who may not see it.
        DeskResult foreign = await tenant.SubmitAsync("sales-2", tenant.Capture("SO-1", "H-2"));
        DeskResult none = await tenant.SubmitAsync("sales-2", Tenant.Amend("SO-77", "quantity", "3", 1));
        DeskResult one = await tenant.SubmitAsync("sales-2", Tenant.Amend("SO-1", "quantity", "3", 1));
        Assert.Equal(["access.row_denied"], foreign.Findings.Select(static finding => finding.Code));
        Assert.Equal(none.Outcome.ToJson(), one.Outcome.ToJson());
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task AKeeper_TakesFromOwnNodesOnly_ThroughWhicheverOrder()
    {
        Tenant tenant = await OpenAsync();
        await tenant.AcceptAsync("admin-1", tenant.Receive("R-1", West.Text, 2));
        await tenant.AcceptAsync("admin-1", tenant.Receive("R-2", East.Text, 9));
        await tenant.AcceptAsync("admin-1", new HoldStock(Order, [West], TakePart: true));
        await tenant.RefuseAsync("keeper-1", new HoldStock(Order, [East]), "access.row_denied");
        await tenant.RefuseAsync("keeper-1", new HoldStock(Order), "access.row_denied");
        await tenant.AcceptAsync("admin-1", new HoldStock(Order));
        await tenant.RefuseAsync("keeper-1", Ship("S-1", 5), "access.row_denied");
        await tenant.RefuseAsync("keeper-1", ReleaseStock.All(Order, "no"), "access.row_denied");
        await tenant.AcceptAsync("keeper-1", Ship("S-1", 2, West));
        await tenant.RefuseAsync("keeper-1", Ship("S-2", 3, East), "access.row_denied");
        await tenant.AcceptAsync("keeper-9", Ship("S-2", 3, East));
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task AMask_IsLiftedByNoRoleThatDoesNotReach_AndARepeatedExportGivesNoRows()
    {
        Tenant tenant = await OpenAsync();
        var actor = new Actor("both", "test");
        CommandId id = tenant.NextId();
        var wanted = new ExportOrders(["order", "unit_price"], "review");
        OrderExport export = await tenant.Desk.ExportOrdersAsync(id, actor, wanted);
        Assert.Equal(new[] { "SO-1", OrderExport.Masked }, Assert.Single(export.Rows).ToArray());
        await tenant.CaptureAsync("sales-1", "SO-2");
        OrderExport again = await tenant.Desk.ExportOrdersAsync(id, actor, wanted);
        Assert.Equal((DeskStatus.Repeated, 0), (again.Result.Status, again.Rows.Length));
        OrderExport others = await tenant.Desk.ExportOrdersAsync(id, new Actor("sales-1", "test"), wanted);
        Assert.Equal((DeskStatus.KeyReused, 0), (others.Result.Status, others.Rows.Length));
        Assert.Equal(2, (await tenant.Desk.ExportOrdersAsync(tenant.NextId(), actor, wanted)).Rows.Length);
        Assert.Equal(2, (await tenant.Desk.AuditAsync(new AuditQuery(User: "both"))).Entries.Length);
    }

    [Fact]
    public async Task ARoleThatMayExport_LiftsAMaskWhereItReaches_AndNowhereElse()
    {
        Tenant tenant = await OpenAsync();
        tenant.Knows("both", ["sales", "stocktaker"], [new PartnerId("H-1")], [West]);
        var actor = new Actor("both", "test");
        var wanted = new ExportOrders(["order", "unit_price"], "review");
        OrderExport before = await tenant.Desk.ExportOrdersAsync(tenant.NextId(), actor, wanted);
        Assert.Equal(new[] { "SO-1", OrderExport.Masked }, Assert.Single(before.Rows).ToArray());

        await tenant.AcceptAsync("admin-1", tenant.Receive("R-1", West.Text, 9));
        await tenant.AcceptAsync("admin-1", new HoldStock(Order));
        OrderExport reached = await tenant.Desk.ExportOrdersAsync(tenant.NextId(), actor, wanted);
        Assert.Equal(new[] { "SO-1", "12.5" }, Assert.Single(reached.Rows).ToArray());
    }

    [Theory]
    [InlineData("vip_amount")] // a parameter
    [InlineData("stage")] // columns
    [InlineData("order")]
    [InlineData("sku")]
    [InlineData("unit_price")]
    public async Task AField_IsNotNamedSoThatItGrants(string code)
    {
        Tenant tenant = await OpenAsync();
        await tenant.RefuseAsync("lead-1", new SetParameter("RIGHTS", "vip_amount", "9", "why"), "access.field_denied");
        string field = "{ \"code\": \"" + code + "\", \"zh\": \"字段\", \"en\": \"Field\", \"of\": \"order\", \"type\": \"text\","
            + " \"sensitivity\": \"internal\" }";
        await tenant.RefuseAsync("lead-1", new AddField(field, ["lead"], ["keeper"]), "pack.code_taken");
        await tenant.RefuseAsync("lead-1", new SetParameter("RIGHTS", "vip_amount", "9", "why"), "access.field_denied");
        (string, string) manifest = ("pack.json", """{ "id": "OTHER", "version": 1, "en": "Other", "zh": "其他" }""");
        var files = new[] { manifest, ("fields.json", "{ \"fields\": [" + field + "] }") };
        Finding[] found = Pack.Read(files.ToDictionary(static file => file.Item1, static file => file.Item2)).Findings.ToArray();
        if (code == "vip_amount")
        {
            await tenant.RefuseAsync("admin-1", new ActivatePack(Tenant.PackOf(files)), "pack.code_taken");
        }
        else
        {
            Assert.Equal("pack.code_taken", Assert.Single(found).Code);
        }
    }

    [Fact]
    public async Task ADirectoryThatFails_IsADenialInTheAudit_AndTheCommandIsDecidedWhenItAnswers()
    {
        Tenant tenant = await OpenAsync();
        var directory = new Failing(tenant);
        var desk = new OrderDesk(tenant.Store, tenant.Clock, new DeskOptions { UsePacks = true, Actors = directory });
        var submission = new Submission(tenant.NextId(), new Actor("admin-1", "test"), tenant.Capture("SO-2"));
        foreach (bool isNull in new[] { false, true })
        {
            directory.Answers = isNull;
            DeskResult denied = await desk.SubmitAsync(submission);
            Assert.Equal("access.directory_failed", Assert.Single(denied.Findings).Code);
            Assert.DoesNotContain("bind", denied.Outcome.ToJson(), StringComparison.Ordinal);
        }

        AuditEntry entry = Assert.Single(
            (await desk.AuditAsync(new AuditQuery(new OrderId("SO-2")))).Entries);
        Assert.Equal("access.directory_failed", Assert.Single(entry.Refusals).Code);
        (await tenant.Desk.SubmitAsync(submission)).ThrowIfRefused();
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task StoredRights_AreHeldByEveryDesk_UnlessTheHostSaysThatTheyAreNot()
    {
        Tenant tenant = await OpenAsync();
        var plain = new OrderDesk(tenant.Store, tenant.Clock);
        DeskResult denied = await Send(plain, "nobody", new DeactivatePack("RIGHTS", "why"));
        Assert.Equal("access.command_denied", Assert.Single(denied.Findings).Code);
        Assert.Equal("access.command_denied", Assert.Single((await Send(plain, "nobody", tenant.Capture("SO-5"))).Findings).Code);
        Assert.Empty((await plain.ExportOrdersAsync(
            tenant.NextId(), new Actor("nobody", "test"), new ExportOrders(["order"], "why"))).Rows);
        var known = new OrderDesk(tenant.Store, tenant.Clock, new DeskOptions { Actors = tenant });
        Assert.True((await Send(known, "admin-1", tenant.Capture("SO-5"))).IsAccepted);
        var open = new OrderDesk(tenant.Store, tenant.Clock, new DeskOptions { IgnoresStoredRights = true });
        Assert.True((await Send(open, "nobody", tenant.Capture("SO-6"))).IsAccepted);
        Assert.Empty((await plain.ReplayAsync()).Differing);
        Assert.Throws<ArgumentException>(() => new OrderDesk(
            tenant.Store, tenant.Clock, new DeskOptions { UsePacks = true, IgnoresStoredRights = true }));

        Task<DeskResult> Send(OrderDesk desk, string user, KernelCommand command) =>
            desk.SubmitAsync(new Submission(tenant.NextId(), new Actor(user, "test"), command));
    }

    private static ShipOrder Ship(string shipment, long units, NodeId? from = null) => new(
        Order, new ShipmentId(shipment), null, [new ShipLine(1, new Quantity(units), from)], "SF", "W");

    private static async Task<Tenant> OpenAsync()
    {
        var tenant = new Tenant();
        tenant.Knows("admin-1", "admin");
        tenant.Knows("lead-1", "lead");
        tenant.Knows("sales-1", "sales", [new PartnerId("H-1"), new PartnerId("H-3")]);
        tenant.Knows("sales-2", "sales", [new PartnerId("H-2")]);
        tenant.Knows("keeper-1", "keeper", nodes: [West]);
        tenant.Knows("keeper-9", "keeper", nodes: [East]);
        tenant.Knows("both", ["sales", "keeper"], [new PartnerId("H-1")]);
        await tenant.ActivateAsync("anybody", Rights);
        await tenant.CaptureAsync("sales-1", "SO-1");
        return tenant;
    }

    private sealed class Failing(Tenant tenant) : IActorDirectory
    {
        public bool Answers { get; set; }

        public ValueTask<ActorStanding> FindAsync(Actor actor, CancellationToken cancellation) => Answers
            ? new(default(ActorStanding)!)
            : throw new InvalidOperationException("ldap down, bind dn=" + tenant);
    }
}
