using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Storage;
using Xunit;

namespace OrderKernel.Definitions.Tests.Packs;

/// <summary>What sales entered, finance sees; nobody enters it again.</summary>
public class FinanceViewTests
{
    private const int Orders = 205; // more than a page of the desk

    private static readonly ImmutableArray<string> Columns =
    [
        "order", "external_key", "customer", "line", "sku", "quantity", "unit_price", "requested_at", "rush", "colour_code",
    ];

    [Fact]
    [Trait("Req", "S2-01")]
    public async Task AnOrderCapturedOnce_IsInTheFinanceViewAsEntered_AndASecondCreateIsRefused()
    {
        Tenant tenant = await OpenAsync();
        for (int i = 1; i <= Orders; i++)
        {
            await tenant.AcceptAsync("zhao", Captured(tenant, i));
        }

        string[] entered = [.. Enumerable.Range(1, Orders).Select(static i => FormattableString.Invariant(
            $"MO-{i:000},PO-{i:000},C-{i % 5},1,A,{i},{i}.25,2026-12-01T00:00:00Z,{(i % 2 == 0 ? "true" : "false")},RAL-{i}"))];
        Assert.Equal(entered, await ViewAsync(tenant, "cash"));

        // Neither the key nor the goods again, by whom and under whatever command.
        await tenant.RefuseAsync("cash", Captured(tenant, 7), "access.command_denied");
        await tenant.RefuseAsync("zhao", Captured(tenant, 7), "order.exists");
        await tenant.RefuseAsync(
            "lead", Captured(tenant, 7) with { ExternalKey = "PO-999", Customer = new PartnerId("C-9") }, "order.exists");
        Assert.Equal(entered, await ViewAsync(tenant, "cash"));
        Assert.Equal(Orders, (await tenant.Desk.ReadOrdersAsync(null, 500)).Length);

        // A change is entered once as well, and what finance itself books is on the one order.
        await tenant.AcceptAsync("zhao", Tenant.Amend("MO-007", "quantity", "70", 1));
        Assert.Equal("MO-007,PO-007,C-2,1,A,70,7.25,2026-12-01T00:00:00Z,false,RAL-7", (await ViewAsync(tenant, "cash"))[6]);
        Assert.DoesNotContain(await BoardAsync(tenant), static row => row == "MO-007 C-2 70");
        await tenant.AcceptAsync("cash", new SignalOrder(new OrderId("MO-007"), "payment_confirmed"));
        Assert.Equal(new[] { "MO-007 C-2 70" }, await BoardAsync(tenant));
        await tenant.AcceptAsync("lead", new RecordPayment(new OrderId("MO-007"), new Money(152_25, Currency.Cny), "BANK-1"));
        OrderState paid = await tenant.Desk.ReadOrderAsync(new OrderId("MO-007"));
        Assert.Equal(("507.50 CNY", "152.25 CNY"), (paid.Net.ToString(), paid.Deposit.ToString()));

        ImmutableArray<DecidedCommand> commands = await tenant.Store.ReadCommandsAsync(tenant.Options.Tenant, null, 1_000, default);
        Assert.Equal(Orders, commands.Count(static command => command.Stream.Category == StreamId.OrderCategory
            && command.Body.Contains("\"order.capture\"", StringComparison.Ordinal)
            && CommandOutcome.Read(command.Outcome, KernelFindings.Catalog).IsAccepted));
        Assert.Empty((await tenant.Desk.ReplayAsync()).Differing);
    }

    [Fact]
    public async Task TheSameSourceNumberOnTwoOrders_IsFoundByReconciling()
    {
        Tenant tenant = await OpenAsync();
        await tenant.AcceptAsync("zhao", Captured(tenant, 1));
        await tenant.AcceptAsync("zhao", Captured(tenant, 2) with { ExternalKey = "PO-001" });
        Instant now = tenant.Clock.Now;
        CompletenessReport report = await tenant.Desk.ReconcileAsync(["PO-001"], now, now + Duration.FromSeconds(1));
        Assert.Equal(new[] { "PO-001" }, report.Repeated);
    }

    private static async Task<Tenant> OpenAsync()
    {
        var tenant = new Tenant();
        tenant.Knows("zhao", "sales", Enumerable.Range(0, 5).Select(static i => new PartnerId("C-" + i)));
        tenant.Knows("lead", "sales_lead");
        tenant.Knows("cash", "finance");
        await tenant.ActivateAsync("anybody", Samples.Of("PLANT2026"));
        return tenant;
    }

    private static CaptureOrder Captured(Tenant tenant, int number)
    {
        string digits = number.ToString("000", CultureInfo.InvariantCulture);
        CaptureOrder capture = tenant.Capture(
            "MO-" + digits, "C-" + (number % 5), new FieldChange(0, "rush", number % 2 == 0 ? "true" : "false"),
            new FieldChange(1, "colour_code", "RAL-" + number));
        return capture with
        {
            Type = "made_to_order", ExternalKey = "PO-" + digits, RequestedAt = Instant.FromUtc(2026, 12, 1, 0, 0),
            Lines = [new NewLine(1, new Sku("A"), new Quantity(number), new UnitPrice(number + 0.25m, Currency.Cny))],
        };
    }

    private static async Task<string[]> ViewAsync(Tenant tenant, string user)
    {
        OrderExport view = await tenant.Desk.ExportOrdersAsync(
            tenant.NextId(), new Actor(user, "finance"), new ExportOrders(Columns, "month end"));
        Assert.True(view.Result.IsAccepted);
        return [.. view.Rows.Select(static row => string.Join(",", row))];
    }

    private static async Task<string[]> BoardAsync(Tenant tenant) => [.. (await tenant.Desk.ReadBoardAsync("finance"))
        .Select(static row => $"{row.Order} {row.Customer} {row.Open}")];
}
