using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using OrderKernel.Cli;
using Xunit;

namespace OrderKernel.Definitions.Tests.Packs;

[Collection("console")]
public sealed class CommandLineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Check_AnswersWithOneForAFaultAndNamesFileAndPlace()
    {
        Assert.Equal(0, Run("check", Samples.PathOf("PLANT2026"), Samples.PathOf("modules/STOCK_LOCK")).Exit);
        string faulty = Copy("modules/STOCK_LOCK", "fields.json", "锁货原因", "lock_reason");
        (int exit, string[] lines) = Run("check", faulty, "--lang", "zh-CN");
        Assert.Equal(1, exit);
        Assert.StartsWith("refusal name.technical [fields.json $.fields[0]]", Assert.Single(lines), StringComparison.Ordinal);
        (exit, lines) = Run("check", faulty, "--json");
        Assert.Equal(1, exit);
        JsonElement report = JsonDocument.Parse(Assert.Single(lines)).RootElement;
        Assert.Equal("fields.json $.fields[0]", report.GetProperty("findings")[0].GetProperty("place").GetString());
        Assert.Equal(1, Run("check", Path.Combine(folder, "nowhere")).Exit);
    }

    [Fact]
    [Trait("ReqPart", "S0-60")]
    public void Check_AnswersWithOneForARuleWhoseFindingHasNoSentence()
    {
        Assert.Equal(0, Run("check", Samples.PathOf("MEDICAL2026")).Exit);
        (int exit, string[] lines) = Run("check", Copy("MEDICAL2026", "texts.json", "finding.stock_below_120", "finding.other"));
        Assert.Equal(1, exit);
        Assert.Contains("'finding.stock_below_120'", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_SaysWhatDiffersInEitherLanguage()
    {
        string later = Copy("modules/STOCK_LOCK", "parameters.json", "\"30\"", "\"45\"");
        Assert.Equal(0, Run("diff", Samples.PathOf("modules/STOCK_LOCK"), Samples.PathOf("modules/STOCK_LOCK")).Exit);
        (int exit, string[] lines) = Run("diff", Samples.PathOf("modules/STOCK_LOCK"), later, "--lang", "zh-CN");
        Assert.Equal((1, "修改参数“锁货分钟”（lock_minutes）"), (exit, Assert.Single(lines)));
        JsonElement change = JsonDocument.Parse(
            Assert.Single(Run("diff", Samples.PathOf("modules/STOCK_LOCK"), later, "--json").Lines)).RootElement;
        Assert.Equal("lock_minutes", change.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("../secret.json")]
    [InlineData("lifecycles/../../secret.json")]
    [InlineData("/dev/zero")]
    [InlineData("C:\\\\secret.json")]
    [InlineData("..\\\\secret.json")]
    [InlineData("./secret.json")]
    [InlineData("")]
    public void Check_ReadsNothingOutsideTheFolderOfThePacks(string shared)
    {
        File.WriteAllText(Path.Combine(folder, "secret.json"), "{\"password\": 1}");
        string pack = Directory.CreateDirectory(Path.Combine(folder, "packs", "P1")).FullName;
        File.WriteAllText(
            Path.Combine(pack, "pack.json"), $$"""{"id": "P1", "version": 1, "en": "P", "zh": "包", "shares": ["{{shared}}"]}""");
        (int exit, string[] lines) = Run("check", pack);
        Assert.Equal(1, exit);
        string finding = Assert.Single(lines, line => line.Contains("$.shares[0]", StringComparison.Ordinal));
        Assert.Contains("such as lifecycles/standard.json", finding, StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains("password", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("folder")]
    [InlineData("shared")]
    public void Check_FollowsNoLink(string kind)
    {
        string pack = Copy("MEDICAL2026", "fields.json", "fields", "fields");
        string link = kind == "shared" ? Path.Combine(folder, "linked") : Path.Combine(pack, "more.json");
        if (kind == "file")
        {
            File.CreateSymbolicLink(link, "/dev/zero");
        }
        else
        {
            // A folder that holds itself would be walked for ever.
            Directory.CreateSymbolicLink(link, kind == "shared" ? pack : folder);
        }

        if (kind == "shared")
        {
            string manifest = Path.Combine(pack, "pack.json");
            File.WriteAllText(
                manifest, """{"id": "P1", "version": 1, "en": "P", "zh": "包", "shares": ["linked/fields.json"]}""");
        }

        TextWriter console = Console.Error;
        using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            Assert.Equal(2, Run("check", pack, "--lang", "zh-CN").Exit);
        }
        finally
        {
            Console.SetError(console);
        }

        Assert.Equal($"refusal file.is_link {link} 是链接。请放入文件本身；不会读取其他位置的内容。", errors.ToString().Trim());
    }

    private string Copy(string pack, string changed, string before, string after)
    {
        string copy = Path.Combine(folder, Path.GetFileName(pack));
        Directory.CreateDirectory(copy);
        foreach (KeyValuePair<string, string> part in Samples.Files(pack))
        {
            string text = part.Key == changed ? part.Value.Replace(before, after, StringComparison.Ordinal) : part.Value;
            string file = Path.Combine(copy, part.Key);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        return copy;
    }

    private static (int Exit, string[] Lines) Run(params string[] args)
    {
        var output = new StringWriter();
        TextWriter console = Console.Out;
        Console.SetOut(output);
        try
        {
            int exit = PackCommand.Build().Parse(args).Invoke();
            string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.TrimEnd('\r')).ToArray();
            return (exit, lines);
        }
        finally
        {
            Console.SetOut(console);
        }
    }
}

/// <summary>Nothing else may write to the console while the tool does: a law that holds says so there.</summary>
[CollectionDefinition("console", DisableParallelization = true)]
public sealed class ConsoleTests;
