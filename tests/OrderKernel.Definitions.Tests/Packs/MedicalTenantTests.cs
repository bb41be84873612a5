using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Access;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using Xunit;

namespace OrderKernel.Definitions.Tests.Packs;

/// <summary>The medical-device trader: 286 hospitals, 47 salespeople, all of it data.</summary>
public class MedicalTenantTests
{
    private static readonly ImmutableArray<PartnerId> Hospitals =
        Enumerable.Range(1, 286).Select(i => new PartnerId($"HOSPITAL-{i:000}")).ToImmutableArray();

    private static readonly ImmutableArray<string> Columns =
        ImmutableArray.Create("order", "customer", "sku", "quantity", "unit_price", "product_class");

    [Fact]
    [Trait("ReqPart", "S0-01")]
    public async Task TwoHundredEightySixHospitalsAndFortySevenSalespeople_WorkInOneTenant()
    {
        Tenant tenant = await OpenAsync();
        var orders = await tenant.Desk.ReadOrdersAsync(null, 1000);
        Assert.Equal(286, orders.Select(order => order.Value.Customer).Distinct().Count());
        AuditTrail trail = await tenant.Desk.AuditAsync(new AuditQuery());
        Assert.Equal(47, trail.Entries.Where(entry => entry.What == "order.captured").Select(entry => entry.Actor.Id).Distinct().Count());
        Assert.Empty(await tenant.Desk.ReplayAsync());
    }

    [Fact]
    [Trait("Req", "S0-14")]
    public async Task ASalesperson_ExportsTheRowsOfTheirOwnSixHospitalsWithoutPrices_AndADenialIsAudited()
    {
        Tenant tenant = await OpenAsync();
        PartnerId[] own = OwnedBy(10).ToArray();
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
            new[] { ("sales-10", "monthly review", ""), ("warehouse-1", "curious", "access.command_denied") },
            exports.Select(e => (e.Actor.Id, e.Reason, string.Join(" ", e.Refusals.Select(f => f.Code)))).OrderBy(e => e.Item1));

        OrderExport all = await tenant.Desk.ExportOrdersAsync(
            tenant.NextId(), new Actor("lead", "crm"), new ExportOrders(Columns, "quarter"));
        Assert.Equal(286, all.Rows.Length);
        Assert.All(all.Rows, row => Assert.Equal("12.5", row[4]));
    }

    private static async Task<Tenant> OpenAsync()
    {
        var tenant = new Tenant();
        tenant.Knows("lead", "business_lead");
        tenant.Knows("warehouse-1", "warehouse", nodes: new[] { new NodeId("W1") });
        await tenant.ActivateAsync("anybody", Samples.Of("MEDICAL2026"));
        for (int user = 0; user < 47; user++)
        {
            tenant.Knows($"sales-{user:00}", "sales", OwnedBy(user));
            foreach (PartnerId hospital in OwnedBy(user))
            {
                await tenant.CaptureAsync(
                    $"sales-{user:00}", "SO-" + hospital.Text, hospital.Text, new FieldChange(0, "product_class", "consumable"));
            }
        }

        return tenant;
    }

    // Dealt out in turn: four salespeople have seven hospitals, the others six.
    private static IEnumerable<PartnerId> OwnedBy(int user) => Hospitals.Where((_, i) => i % 47 == user);
}
