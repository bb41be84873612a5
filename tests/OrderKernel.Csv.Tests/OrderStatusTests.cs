using System;
using System.Linq;
using System.Text;
using NodaTime;
using OrderKernel.Adapters.Csv.Documents;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Findings;
using Xunit;

namespace OrderKernel.Csv.Tests;

/// <summary>How far the source has an order decides what becomes of it.</summary>
public class OrderStatusTests
{
    private const string Json = """
        { "name": "x", "documents": { "orders": { "files": ["o.csv"],
          "columns": { "o": "order", "c": "customer", "d": "placed_at", "left": "shipped_at", "status": "status", "void": "cancelled_at" },
          "words": { "status": { "已付款": "open", "已取消": "cancelled", "已退款": "refunded", "待付款": "unpaid", "已完成": "left_out" } } } } }
        """;

    [Theory]
    [InlineData("已付款", "", "", "open")]
    [InlineData("已付款", "2026-09-02", "", "open")]
    [InlineData("已取消", "", "", "cancelled_at_source")]
    [InlineData("已取消", "", "2026-09-03", "cancelled_at_source")]
    [InlineData("已付款", "", "2026-09-03", "cancelled_at_source")]
    [InlineData("待付款", "", "2026-09-03", "cancelled_at_source")]
    [InlineData("已取消", "2026-09-02", "", "csv.cancelled_but_left")]
    [InlineData("已付款", "2026-09-02", "2026-09-03", "csv.cancelled_but_left")]
    [InlineData("已退款", "", "", "refunded_at_source")]
    [InlineData("已退款", "", "2026-09-03", "refunded_at_source")]
    [InlineData("已退款", "2026-09-02", "", "open")]
    [InlineData("待付款", "", "", "csv.order_unpaid")]
    [InlineData("待付款", "2026-09-02", "", "open")]
    [InlineData("已完成", "", "", "csv.order_left_out")]
    [InlineData("", "", "", "csv.empty")]
    [InlineData("冻结", "", "", "csv.not_word")]
    public void AStatus_DecidesWhatBecomesOfAnOrder(string status, string left, string cancelled, string expected)
    {
        ImportProfile profile = ImportProfile.Parse(Json);
        OrderDocuments read = OrderDocuments.Join(profile, Profile.Read(
            "orders", Encoding.UTF8.GetBytes($"o,c,d,left,status,void\nA,C1,2026-09-01,{left},{status},{cancelled}\n"), profile), null);
        string became = read.Orders.Length == 0 ? Assert.Single(Assert.Single(read.DeadOrders).Reasons).Code
            : read.Orders[0].Head.IsCancelled ? read.Orders[0].Head.CancelReason : "open";
        Assert.Equal(expected, became);
        Instant? at = read.Orders.IsEmpty || cancelled.Length == 0 ? null : Instant.FromUtc(2026, 9, 3, 0, 0);
        Assert.Equal(at, read.Orders.FirstOrDefault()?.Head.CancelledAt);
    }

    [Fact]
    public void AProfileThatMapsNoStatus_TakesEveryOrder_AndOneThatAssumesASettingNeedsNoCell()
    {
        Assert.False(Assert.Single(Profile.Join(Profile.Head + "O1,C1,2026-09-01,,,,\n").Orders).Head.IsCancelled);
        ImportProfile assuming = ImportProfile.Parse(Json.Replace(
            "\"words\"", "\"defaults\": { \"status\": \"open\" }, \"words\"", StringComparison.Ordinal));
        OrderDocuments read = OrderDocuments.Join(
            assuming, Profile.Read("orders", "o,c,d,left,status,void\nA,C1,2026-09-01,,,\n"u8.ToArray(), assuming), null);
        Assert.Single(read.Orders);
    }

    [Fact]
    public void AMeaningThatIsNone_IsRefusedOnLoad_AndWithoutWordsTheCodesAreTheWords()
    {
        ProfileException refused = Assert.Throws<ProfileException>(static () => ImportProfile.Parse(
            Json.Replace("\"cancelled\"", "\"canceled\"", StringComparison.Ordinal)));
        Finding fault = Assert.Single(refused.Faults);
        Assert.Equal("documents.orders.words.status.已取消", fault.Field);
        Assert.Contains("open, cancelled, refunded, unpaid, left_out", fault.Text(Language.English), StringComparison.Ordinal);

        ImportProfile bare = ImportProfile.Parse("""
            { "name": "x", "documents": { "orders": { "files": ["o.csv"],
              "columns": { "o": "order", "c": "customer", "d": "placed_at", "s": "status" } } } }
            """);
        OrderDocuments read = OrderDocuments.Join(
            bare, Profile.Read("orders", "o,c,d,s\nA,C,2026-09-01,cancelled\nB,C,2026-09-01,Cancelled\n"u8.ToArray(), bare), null);
        Assert.True(Assert.Single(read.Orders).Head.IsCancelled);
        Assert.Equal("csv.not_word", Assert.Single(read.DeadOrders).Reasons[0].Code);
    }
}
