using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Definitions.Tests.Packs;

/// <summary>The medical-device trader: 286 hospitals, 47 salespeople, all of it data.</summary>
public class MedicalTenantTests
{
    private static readonly Pack Medical = Samples.Of("MEDICAL2026");
    private static readonly StockCell Cell = new(new Sku("STENT-3.0"), new NodeId("W1"));
    private static readonly Roster Roster = Roster.Read(File.ReadAllText(Repository.Path("samples", "rosters", "medical.json")), Medical)
        .OrThrow();

    private static readonly ImmutableArray<string> Columns =
        ImmutableArray.Create("order", "customer", "sku", "quantity", "unit_price", "product_class");

    [Fact]
    [Trait("Req", "S0-01")]
    public async Task TwoHundredEightySixHospitalsAndFortySevenSalespeople_AreLoadedAsData_AndWorkInOneTenant()
    {
        Assert.Equal(286, Roster.Customers.Count());
        Assert.Equal(47, Roster.Users.Count(user => Roster.Find(user).Roles.Contains("sales")));

        Tenant tenant = await OpenAsync();
        var orders = await tenant.Desk.ReadOrdersAsync(null, 1000);
        Assert.Equal(286, orders.Select(order => order.Value.Customer).Distinct().Count());
        AuditTrail trail = await tenant.Desk.AuditAsync(new AuditQuery());
        Assert.Equal(47, trail.Entries.Where(entry => entry.What == "order.captured").Select(entry => entry.Actor.Id).Distinct().Count());

        // Rights, rows and parameters of other scenarios, by what the roster says alone.
        await tenant.RefuseAsync("sales-00", tenant.Capture("SO-X", "HOSPITAL-002"), "access.row_denied");
        await tenant.RefuseAsync("nobody", tenant.Capture("SO-X", "HOSPITAL-001"), "access.command_denied");
        await tenant.AcceptAsync("lead", new SetParameter("MEDICAL2026", "class_a_amount", "30000.00 CNY", "quarter"));
        await tenant.RefuseAsync(
            "sales-00", new SetParameter("MEDICAL2026", "class_a_amount", "20000.00 CNY", "mine"), "access.command_denied");
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task WhatTheRosterSaysOfACustomer_DecidesTierAndRank()
    {
        RosterCustomer large = Roster.Find(new PartnerId("HOSPITAL-001"))!;
        Assert.Equal(("临江市第一人民医院", "A", "three_a"), (large.Name, large.Level, large.Fields["hospital_tier"]));
        var firm = new TierPolicy(
            [new TierRule(HoldTier.Firm, CustomerLevel: "A")], [0, 0, 0, 0]);
        var desk = new OrderDesk(new MemoryStore(), SystemClock.Instance, new DeskOptions { Tiers = firm });
        foreach (string customer in new[] { "HOSPITAL-001", "HOSPITAL-286" })
        {
            var order = new OrderId("SO-" + customer);
            KernelCommand[] commands =
            [
                new ReceiveStock(new DocumentId("GR-" + customer), [new StockLine(Cell, new Quantity(1))]),
                new CaptureOrder(order, new PartnerId(customer), null, [new NewLine(1, Cell.Sku, new Quantity(1))]),
                new SetStanding(order, Roster.Find(new PartnerId(customer))!.Standing()), new HoldStock(order),
            ];
            foreach (KernelCommand command in commands)
            {
                Assert.True((await desk.SubmitAsync(new Submission(
                    CommandId.FromName(command.ToJson()), new Actor("sales", "crm"), command))).IsAccepted);
            }
        }

        Assert.Equal(HoldTier.Firm, (await desk.ReadOrderAsync(new OrderId("SO-HOSPITAL-001"))).HoldTier);
        Assert.Equal(HoldTier.Planned, (await desk.ReadOrderAsync(new OrderId("SO-HOSPITAL-286"))).HoldTier);
    }

    [Fact]
    [Trait("Req", "S0-14")]
    public async Task ASalesperson_ExportsTheRowsOfTheirOwnSixHospitalsWithoutPrices_AndADenialIsAudited()
    {
        Tenant tenant = await OpenAsync();
        PartnerId[] own = [.. Roster.Find("sales-10").Customers.Order()];
        Assert.Equal(6, own.Length);
        OrderExport export = await tenant.Desk.ExportOrdersAsync(
            tenant.NextId(), new Actor("sales-10", "crm"), new ExportOrders(Columns, "monthly review"));
        Assert.Equal(own.Select(hospital => hospital.Text), export.Rows.Select(row => row[1]));
        Assert.All(export.Rows, row => Assert.Equal((OrderExport.Masked, "consumable"), (row[4], row[5])));
        Assert.DoesNotContain("12.5", export.ToCsv() + export.ToJsonLines(), StringComparison.Ordinal);

        OrderExport denied = await tenant.Desk.ExportOrdersAsync(
            tenant.NextId(), new Actor("warehouse-1", "wms"), new ExportOrders(Columns, "curious"));
        Assert.False(denied.Result.IsAccepted);
        Assert.Empty(denied.Rows);
        AuditEntry[] exports = (await tenant.Desk.AuditAsync(new AuditQuery())).Entries.Where(e => e.What == "access.export").ToArray();
        Assert.Equal(
            new[] { ("sales-10", "monthly review", ""), ("warehouse-1", "", "access.command_denied") },
            exports.Select(e => (e.Actor.Id, e.Reason, string.Join(" ", e.Refusals.Select(f => f.Code)))).OrderBy(e => e.Item1));

        OrderExport all = await tenant.Desk.ExportOrdersAsync(
            tenant.NextId(), new Actor("lead", "crm"), new ExportOrders(Columns, "quarter"));
        Assert.Equal(286, all.Rows.Length);
        Assert.All(all.Rows, row => Assert.Equal("12.5", row[4]));
    }

    private static async Task<Tenant> OpenAsync()
    {
        var tenant = new Tenant(configure: static options => options.Actors = Roster);
        await tenant.ActivateAsync("anybody", Medical);
        foreach (string user in Roster.Users)
        {
            foreach (PartnerId hospital in Roster.Find(user).Customers)
            {
                await tenant.CaptureAsync(
                    user, "SO-" + hospital.Text, hospital.Text, new FieldChange(0, "product_class", "consumable"));
            }
        }

        return tenant;
    }
}
