using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using OrderKernel.Cli;
using OrderKernel.Findings;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Promising.Tests;

/// <summary>The command on the example of docs/promising.md, which is read from that page.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("promising.md", "en")]
    [InlineData("promising.zh-CN.md", "zh-CN")]
    public void Promise_ExampleOfThePage_PrintsWhatThePageSays(string page, string language)
    {
        string[] blocks = File.ReadAllText(Repository.Path("docs", page)).ReplaceLineEndings("\n").Split("```");
        string example = blocks.Single(b => b.StartsWith("json\n", StringComparison.Ordinal))[5..];
        string expected = blocks.Single(b => b.StartsWith("text\n", StringComparison.Ordinal))[5..];
        (int exit, string output) = Run(example, asJson: false, language);
        Assert.Equal((0, expected), (exit, output));
    }

    [Fact]
    public void Promise_AsJson_SaysTheSameAsData()
    {
        string[] blocks = File.ReadAllText(Repository.Path("docs", "promising.md")).ReplaceLineEndings("\n").Split("```");
        (int exit, string output) = Run(blocks.Single(b => b.StartsWith("json\n", StringComparison.Ordinal))[5..], asJson: true, "zh-CN");
        JsonElement line = JsonDocument.Parse(output).RootElement.GetProperty("lines")[0];
        Assert.Equal(0, exit);
        Assert.Equal(3, line.GetProperty("missing_on_asked").GetInt64());
        Assert.Equal(
            ["2026-12-05", "2026-12-13"],
            line.GetProperty("shipments").EnumerateArray().Select(s => s.GetProperty("delivery").GetString()));
        JsonElement why = line.GetProperty("why")[0];
        Assert.Equal(("promise.pieces_short", "2026-12-05"), (why.GetProperty("code").GetString(), why.GetProperty("from").GetString()));
        Assert.Contains("可承诺", why.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("3", why.GetProperty("facts").GetProperty("wanted").GetString());
    }

    [Theory]
    [InlineData("""{"today":"2026-12-01","asked_at":"2026-12-01T10:00:00+08:00","lins":[]}""",
        "$: 'lins' is not known here. Known: today, days")]
    [InlineData("""{"today":"2026-12-01"}""", "$: 'asked_at' is missing.")]
    [InlineData("""{"today":"1.12.","asked_at":"2026-12-01T10:00:00+08:00"}""",
        "$.today: \"1.12.\" stands here, expected is a date such as 2026-12-01.")]
    [InlineData("""{"today":"2026-12-01","asked_at":"2026-12-01T10:00:00+08:00","supplies":[{"sku":"a","node":"b","quantity":-1}]}""",
        "$.supplies[0].quantity: -1 stands here, expected is zero or more.")]
    [InlineData("{", "Line 1, column 2: this is not JSON.")]
    public void Promise_BadFile_ExitsWithOneAndNamesThePlace(string file, string expected)
    {
        TextWriter before = Console.Error;
        using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            Assert.Equal(1, Run(file, asJson: false, "en").Exit);
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Contains(expected, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Promise_SeveralFaults_AreAllToldInTheLanguageAsked()
    {
        TextWriter before = Console.Error;
        using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            Assert.Equal(1, Run(
                """
                {"today":"x","asked_at":5,
                "supplies":[{"sku":1,"node":"b","quantity":3,"reserved":9},{"sku":"a","node":"b","quantity":3,"reserved":9}],
                "lines":[{"line":1,"sku":"","quantity":2,"asked":"soon"}]}
                """,
                asJson: false, "zh-CN").Exit);
        }
        finally
        {
            Console.SetError(before);
        }

        string[] told = errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["$.today", "$.asked_at", "$.supplies[0].sku", "$.supplies[1]", "$.lines[0].sku", "$.lines[0].asked"],
            told.Select(static line => line.Split("：")[0].Replace("in.json: ", string.Empty, StringComparison.Ordinal)));
        Assert.Contains("取值相互矛盾", told[3], StringComparison.Ordinal);
        Assert.Equal(5, told.Count(static line => line.Contains("填写的是", StringComparison.Ordinal)));
    }

    private (int Exit, string Output) Run(string file, bool asJson, string language)
    {
        string path = Path.Combine(folder, "in.json");
        File.WriteAllText(path, file);
        using var output = new StringWriter();
        int exit = PromiseCommand.Run(new FileInfo(path), asJson, language == "en" ? Language.English : Language.Chinese, output);
        return (exit, output.ToString());
    }
}
