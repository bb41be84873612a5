using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Lifecycles;
using OrderKernel.Measures;
using OrderKernel.Orders;
using Xunit;

namespace OrderHub.Tests;

public class BundledTests
{
    [Fact]
    public async Task SecondRun_ChangesNothing_AndSaysSo()
    {
        using var hub = new HubRun();
        (int code, string first, string error) = await hub.RunAsync();
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Matches(@"[1-9],\d{3} new commands, \d+ of them woken by timers; 0 repeated\.", first);

        (code, string second, error) = await hub.RunAsync();
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Matches(@"0 new commands, [1-9],\d{3} repeated; nothing changed\.", second);
        Assert.Equal(Board(first), Board(second));
    }

    [Fact]
    public async Task Board_ShowsEveryKindOfTroubleAndEveryDefinition()
    {
        using var hub = new HubRun();
        (_, string text, _) = await hub.RunAsync();
        string[] expected =
        [
            "Medical-device trader", "Make-to-order plant", "Hardware wholesale", "IVD reagents", "Auto parts", "Awaiting stock",
            "Partially held", "Partially shipped", "In transit", "Blocked: Credit check", "Blocked: Certificate",
            "Blocked: Drawing not approved", "Awaiting promise", "Completed", "Cancelled",
            "Shipped on time, first promise (ERP view)", "Signed on time, first promise (customer view)",
            "orders signed for completely by the first promise /",
            "Overdue, not there =", "Without any promise (", "Verified: the ledger equals its journal",
        ];
        Assert.All(expected, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.InRange(Regex.Count(text, @"^ +(MD|MO|HW|IVD|AP)-\d{4}-\d{3} ", RegexOptions.Multiline), 60, 140);
        Assert.DoesNotContain("row ", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ReqPart", "S2-04")]
    public async Task EveryOrder_HasTheTypeOfItsBusiness_AndEndedWhereItsLifecycleEnds()
    {
        using var hub = new HubRun();
        (int code, _, _) = await hub.RunAsync();
        Assert.Equal(0, code);
        (string Tenant, string Type)[] businesses =
        [
            ("medical", "hospital"), ("plant", "made_to_order"), ("hardware", "wholesale"), ("reagents", "reagent"),
            ("autoparts", "parts"),
        ];
        int orders = 0, ended = 0;
        using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions(hub.Database));
        foreach ((string tenant, string type) in businesses)
        {
            var desk = new OrderDesk(store, SystemClock.Instance, new DeskOptions { Tenant = new TenantId(tenant), UsePacks = true });
            foreach ((OrderId order, OrderState state) in await desk.ReadOrdersAsync(null, 100))
            {
                orders++;
                Assert.Equal(type, state.Type);
                Assert.NotEmpty(state.Regions);
                bool done = state.Stage == OrderStage.Completed;
                ended += done ? 1 : 0;
                Assert.True(
                    !done || state.Region(LifecycleRegion.Fulfilment)!.IsFinal,
                    $"{order} is {state.Stage} and {state.Region(LifecycleRegion.Fulfilment)!.State}.");
            }

            Assert.Empty((await desk.ReplayAsync()).Differing);
            Assert.Empty(await desk.AuditHistoryAsync());
        }

        Assert.Equal(302, orders);
        Assert.InRange(ended, 200, 302);
    }

    [Fact]
    public async Task Chinese_HasNoEnglishLeft()
    {
        using var hub = new HubRun();
        (int code, string text, _) = await hub.RunAsync("--lang", "zh-CN");
        Assert.Equal(0, code);
        Assert.Contains("医疗器械经营：未完成订单", text, StringComparison.Ordinal);
        Assert.Contains("库存账与流水一致", text, StringComparison.Ordinal);

        // What is left in Latin letters are names of things: orders, files, systems.
        string[] words = Regex.Matches(text, "(?<![A-Za-z0-9_./-])[A-Za-z]{3,}(?![A-Za-z0-9_./-])")
            .Select(static match => match.Value).Distinct(StringComparer.Ordinal)
            .Except(["ERP", "IVD", "Asia", "Shanghai", "CNY"]).ToArray();
        Assert.Empty(words);
    }

    [Theory]
    [InlineData("There is no option '--colour'.", "--colour")]
    [InlineData("'--in' is needed here", "--profile", "northwind")]
    [InlineData("'--profile' is needed here", "--json")]
    [InlineData("'fr' is not known", "--lang", "fr")]
    [InlineData("There is no profile 'nothing'. Known: jd, northwind, scms, shopify, taobao", "--profile", "nothing", "--in", ".")]
    public async Task Misuse_IsToldAndNothingIsDone(string told, params string[] args)
    {
        using var hub = new HubRun();
        (int code, string output, string error) = await hub.RunAsync(args);
        Assert.Equal((2, string.Empty), (code, output));
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(hub.Database));
    }

    private static string Board(string page) => page[..page.IndexOf("Database:", StringComparison.Ordinal)];
}
