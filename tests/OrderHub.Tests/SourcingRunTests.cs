using System;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace OrderHub.Tests;

public class SourcingRunTests
{
    [Theory]
    [InlineData("en", "proved", "cold_chain", "hangzhou ships L1 × 30", "wuhan ships L1 × 10, L2 × 6 (R-late), L3 × 4")]
    [InlineData("zh-CN", "已证明", "cold_chain", "hangzhou 发 L1 × 30", "wuhan 发 L1 × 10, L2 × 6 (R-late), L3 × 4")]
    public async Task Plans_SayWhatShipsFromWhereAndWhy(string language, params string[] said)
    {
        using var run = new HubRun();
        (int code, string output, string error) = await run.RunAsync("--plans", "--lang", language);
        Assert.Equal((0, string.Empty), (code, error));
        Assert.All(said, words => Assert.Contains(words, output, StringComparison.Ordinal));
    }

    [BrunelFact]
    public async Task Brunel_AssignsEveryOrderAtTheReferenceCost()
    {
        using var run = new HubRun();
        (int code, string output, string error) = await run.RunAsync("--brunel", BrunelFactAttribute.Folder!, "--lang", "en");
        Assert.Equal((0, string.Empty), (code, error));
        const string All = "9,215 of 9,215 orders assigned, cost";
        Assert.Contains($"BL-1: {All} 15,509,624.6332, reference 15,509,624.6332", output, StringComparison.Ordinal);
        Assert.Contains($"BL-2: {All} 15,997,374.6332, reference 15,997,374.6332", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Brunel_FolderWithoutOrders_IsRefusedByName()
    {
        using var run = new HubRun();
        (int code, string _, string error) = await run.RunAsync("--brunel", run.Folder, "--lang", "en");
        Assert.Equal(2, code);
        Assert.Contains("OrderList.csv", error, StringComparison.Ordinal);
    }
}

/// <summary>A fact that needs the Brunel data set; skipped, and said so, where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrunelFactAttribute : FactAttribute
{
    public BrunelFactAttribute() => Skip = Folder is null ? "The shared data folder is not beside the repository." : null;

    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")))
            {
                string data = Path.Combine(at.FullName, "..", "shared", "data", "brunel-logistics");
                return Directory.Exists(data) ? data : null;
            }
        }

        return null;
    }
}
