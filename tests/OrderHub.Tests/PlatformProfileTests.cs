using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Tasks;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderHub.Tests;

/// <summary>The headers are the platforms' own; the rows are ours.</summary>
public class PlatformProfileTests
{
    private const string Headers = "data/interop/cn-platform-headers";

    [SharedDataFact(Headers)]
    public async Task Taobao_BothVariants_GiveOneOrderARow()
    {
        foreach (string header in new[] { "taobao_order_export.header.csv", "taobao_order_export.v2.header.csv" })
        {
            JsonElement figures = await RunAsync(
                "taobao", header,
                "订单编号==\"1101\"|买家会员名=m1|订单创建时间=2026-11-11 00:00:02|宝贝标题=M12螺栓|宝贝总数量=2|联系手机=13800000000",
                "订单编号=1102|买家会员名=m2|订单创建时间=2026/11/1 8:05|宝贝标题=M12螺栓|宝贝总数量=3|收货地址=某市某路",
                "订单编号=1103|买家会员名=m2|订单创建时间=昨天|宝贝标题=M12螺栓|宝贝总数量=3");
            Assert.Equal((3, 2, 1), Counts(figures));
        }
    }

    [SharedDataFact(Headers)]
    public async Task Jd_RowsOfOneOrder_AreItsLines()
    {
        JsonElement figures = await RunAsync(
            "jd", "jd_order_export.header.csv",
            "订单号=9001|下单帐号=jd-a|下单时间=2026-11-11 00:00:02|商品ID=100|订购数量=2|京东价=9.90",
            "订单号=9001|下单帐号=jd-a|下单时间=2026-11-11 00:00:02|商品ID=200|订购数量=1|京东价=19.90",
            "订单号=9002|下单帐号=jd-b|下单时间=2026-11-11 00:10:00|商品ID=100|订购数量=0|京东价=9.90");
        Assert.Equal((3, 1, 1), Counts(figures));
        Assert.Equal(3, figures.GetProperty("events").GetInt32()); // captured, typed, entered its first state
    }

    [SharedDataFact(Headers)]
    public async Task Shopify_OffsetsAreRead_AndFurtherRowsAreLines()
    {
        JsonElement figures = await RunAsync(
            "shopify", "shopify_orders_export.header.csv",
            "Name=#1001|Created at=2026-11-11 00:00:02 -0500|Fulfilled at=2026-11-12 10:00:00 -0500|Lineitem sku=S1|Lineitem quantity=2|"
            + "Lineitem price=1.50|Email=x@example.org",
            "Name=#1001|Lineitem sku=S2|Lineitem quantity=1|Lineitem price=3.00",
            "Name=#1002|Created at=2026-11-11 09:00:00 +0800|Lineitem sku=S1|Lineitem quantity=1|Lineitem price=1.50");
        Assert.Equal((3, 2, 0), Counts(figures));
        Assert.Equal(1, figures.GetProperty("shipped").GetInt32());
        Assert.Equal(1, figures.GetProperty("open").GetInt32());
    }

    [SharedDataFact(Headers)]
    public async Task Jd_CancelledOnesAreNotOpen_UnpaidAndFinishedOnesAreNamed()
    {
        const string Rest = "|下单帐号=jd-a|下单时间=2026-11-11 00:00:02|商品ID=100|订购数量=2|京东价=9.90";
        JsonElement figures = await RunAsync(
            "jd", "jd_order_export.header.csv", "订单号=1|订单状态=等待出库" + Rest, "订单号=2|订单状态=已取消" + Rest,
            "订单号=3|订单状态=等待付款" + Rest, "订单号=4|订单状态=完成" + Rest);
        Assert.Equal((4, 2, 2), Counts(figures));
        Assert.Equal(1, figures.GetProperty("open").GetInt32());
    }

    [SharedDataFact(Headers)]
    public async Task Taobao_ClosedOnesAreNotOpen_UnpaidAndFinishedOnesAreNamed()
    {
        const string Rest = "|买家会员名=m1|订单创建时间=2026-11-11 00:00:02|宝贝标题=M12螺栓|宝贝总数量=2";
        foreach (string header in new[] { "taobao_order_export.header.csv", "taobao_order_export.v2.header.csv" })
        {
            JsonElement figures = await RunAsync(
                "taobao", header, "订单编号=1|订单状态=买家已付款，等待卖家发货" + Rest, "订单编号=2|订单状态=交易关闭" + Rest,
                "订单编号=3|订单状态=等待买家付款" + Rest, "订单编号=4|订单状态=交易成功" + Rest);
            Assert.Equal((4, 2, 2), Counts(figures));
            Assert.Equal(1, figures.GetProperty("open").GetInt32());
        }
    }

    [SharedDataFact("faults/orders_export.csv")]
    public async Task Shopify_ExactlyTheTwoCancelledOrders_AreNotOpenAndNotShipped()
    {
        using var hub = new HubRun();
        string file = SharedDataFactAttribute.Locate("faults/orders_export.csv");
        (int code, string output, string error) = await hub.RunAsync("--profile", "shopify", "--in", file, "--json");
        Assert.True(code == 0, error);
        JsonElement figures = JsonDocument.Parse(output).RootElement;
        Assert.Equal((6, 4, 0), Counts(figures));
        Assert.Equal((1, 1), (figures.GetProperty("shipped").GetInt32(), figures.GetProperty("open").GetInt32()));
        Assert.Contains("2 orders are cancelled at the source", error, StringComparison.Ordinal);
        Assert.DoesNotContain("refused", error, StringComparison.Ordinal);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        string hash = Convert.ToHexStringLower(SHA256.HashData([.. bytes, .. bytes]))[..8]; // as orders and as lines
        Assert.Equal(
            ["#1001 stage.completed", "#1002 stage.cancelled", "#1003 stage.cancelled", "#1004 stage.awaiting_promise"],
            await hub.StagesAsync("shopify-" + hash, "#1001", "#1002", "#1003", "#1004"));
    }

    private static (int Rows, int Orders, int Dead) Counts(JsonElement figures) => (
        figures.GetProperty("rows").GetInt32(), figures.GetProperty("orders").GetInt32(),
        figures.GetProperty("deadLetters").GetInt32());

    // Fills the platform's own header with cells of ours; columns that are not named stay empty.
    private static async Task<JsonElement> RunAsync(string profile, string header, params string[] rows)
    {
        using var hub = new HubRun();
        string titles = (await File.ReadAllTextAsync(SharedDataFactAttribute.Locate(Path.Combine(Headers, header)))).Trim();
        IEnumerable<string> filled = rows.Select(row =>
        {
            Dictionary<string, string> cells = row.Split('|').ToDictionary(
                static cell => cell[..cell.IndexOf('=', StringComparison.Ordinal)],
                static cell => cell[(cell.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            return string.Join(',', titles.Split(',').Select(
                title => "\"" + cells.GetValueOrDefault(title, string.Empty).Replace("\"", "\"\"", StringComparison.Ordinal) + "\""));
        });
        string file = hub.Write(profile + ".csv", titles + "\n" + string.Join('\n', filled) + "\n");
        (int code, string output, string error) = await hub.RunAsync("--profile", profile, "--in", file, "--json");
        Assert.True(code == 0, error);
        Assert.DoesNotContain("13800000000", error + output, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", error + output, StringComparison.Ordinal);
        return JsonDocument.Parse(output).RootElement;
    }
}
