using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
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
            .Except(["ERP", "IVD", "Asia", "Shanghai"]).ToArray();
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
