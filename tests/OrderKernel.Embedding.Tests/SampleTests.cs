using System;
using System.IO;
using System.Linq;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Embedding.Tests;

/// <summary>The other samples on the packed packages, run as a reader would run them.</summary>
[Collection(nameof(PackedPackages))]
public class SampleTests
{
    private static readonly string[] FirstOrder =
    [
        "SO-1: accepted 已受理", "SO-2: refused 已拒绝", "command.not_positive", "quantity must be above zero.", "quantity 必须大于零。",
        "command.line_repeated",
    ];

    [Fact]
    public void FromAnEmptyFolder_TheQuickstart_AcceptsOneOrder_AndRefusesOneWithItsReasons()
    {
        string printed = Shell.Run(".", "bash", "eng/quickstart.sh");
        Assert.Matches("empty folder to first order \\(console\\): [0-9]+ s", printed);
        Assert.All(FirstOrder, part => Assert.Contains(part, printed, StringComparison.Ordinal));
    }

    /// <summary>The page's nuget.config, commands and program, taken as they are printed, in a folder of their own; twice.</summary>
    [Theory]
    [InlineData("docs/getting-started.md")]
    [InlineData("docs/getting-started.zh-CN.md")]
    public void TheFirstPage_WorksAsPrinted_AndPrintsWhatItSays(string page)
    {
        string text = File.ReadAllText(Repository.Path(page)).ReplaceLineEndings("\n");
        string told = text.Split("```text\n")[1].Split("```")[0];
        Assert.Contains(told, Shell.Run(".", "bash", "eng/quickstart.sh", "page", page), StringComparison.Ordinal);
    }

    [Fact]
    public void TheQuickstart_HasTwelveLinesOfCode()
    {
        int lines = File.ReadAllLines(Repository.Path("samples", "Quickstart", "Program.cs"))
            .Count(line => line.Trim() is [not '/', ..] code
                && code is not ("{" or "}") && !code.StartsWith("using ", StringComparison.Ordinal));
        Assert.InRange(lines, 4, 12);
    }

    [Fact]
    public void ThePolicyTests_Pass_AndShowTheShrunkCaseOfTheBrokenPolicy()
    {
        string printed = Shell.Run(
            "samples/PolicyTests", "dotnet", "test", "-v", "quiet", "--nologo", "--logger", "console;verbosity=detailed");
        Assert.Contains("Passed PolicyTests.LastPieceStaysTests.TheBrokenPolicy_IsCaught", printed, StringComparison.Ordinal);
        Assert.Matches(@"Shrunk:\s+stock: \S+=[2-4]; wanted: line [1-4] [1-3] sku-[12](, line [1-4] [1-3] sku-[12]){1,2}\s", printed);
        Assert.DoesNotContain("Failed ", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTrimmedQuickstart_PublishesWithoutWarnings_AndRuns() =>
        Assert.Contains("Trimmed: ", Shell.Run(".", "bash", "eng/aot.sh", "trimmed"), StringComparison.Ordinal);
}
