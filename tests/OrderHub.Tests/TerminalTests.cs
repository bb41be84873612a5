using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace OrderHub.Tests;

/// <summary>The first command of the README in a real pseudo terminal: it prints, in time, and within the window.</summary>
public partial class TerminalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [PseudoTerminalTheory]
    [InlineData("en", "open orders", "MD-2610-061", "HW-2610-063", "Verified: ")]
    [InlineData("zh-CN", "未完成订单", "MD-2610-061", "HW-2610-063", "已核验：")]
    public async Task FirstCommand_PrintsInEveryWindow(string language, params string[] told)
    {
        using var run = new HubRun();
        foreach (int width in new[] { 120, 100, 80, 60 })
        {
            string[] lines = Plain(await InTerminalAsync(width, run.Database, language)).Split('\n');
            string page = string.Join('\n', lines);
            Assert.All(told, word => Assert.Contains(word, page, StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => Cells(line.TrimEnd()) > width);
            if (lines.FirstOrDefault(line => Headings[language].Always.All(line.Contains)) is { } heading)
            {
                NothingIsMissing(heading, page[page.IndexOf(heading, StringComparison.Ordinal)..], language);
            }
        }
    }

    // The columns of a board that always stay, and those that go where there is no room for them, in the order in which they go.
    private static readonly Dictionary<string, (string[] Always, string[] Dropped)> Headings = new(StringComparer.Ordinal)
    {
        ["en"] = (["Order", "Stuck at", "Since", "Whose turn", "Late"], ["First promise", "Customer", "Days", "Open", "Current promise"]),
        ["zh-CN"] = (["订单", "当前卡点", "从何时起", "责任方", "超时"], ["首次承诺", "客户", "天数", "未发数量", "当前承诺"]),
    };

    // What is not in the heading is named below the table, and no column goes before one that matters less.
    private static void NothingIsMissing(string heading, string page, string language)
    {
        string[] dropped = Headings[language].Dropped;
        string[] missing = [.. dropped.Where(column => !heading.Contains(column, StringComparison.Ordinal))];
        Assert.Equal(dropped.Take(missing.Length), missing);
        if (missing.Length == 0)
        {
            return;
        }

        string told = Blank().Replace(LeftOut().Match(page).Groups["columns"].Value, language == "en" ? " " : string.Empty);
        Assert.Equal(
            missing.Order(StringComparer.Ordinal), told.Split(", ").SelectMany(one => one.Split('、')).Order(StringComparer.Ordinal));
    }

    // The terminal belongs to "script"; its size is set before the command starts in it.
    private static async Task<string> InTerminalAsync(int width, string database, string language)
    {
        string hub = Path.Combine(AppContext.BaseDirectory, "OrderHub.dll");
        string size = $"stty cols {width.ToString(CultureInfo.InvariantCulture)} rows 50";
        string command = $"{size} && exec dotnet '{hub}' --lang {language} --db '{database}'";
        var start = new ProcessStartInfo("script", ["--quiet", "--return", "--command", command, "/dev/null"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["TERM"] = "xterm";
        start.Environment["LANG"] = "C.UTF-8";
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.Equal(0, process.ExitCode);
            return await output;
        }
        catch (OperationCanceledException)
        {
            process.Kill(true);
            throw new TimeoutException($"Nothing more came at {width} columns in {language} after {Patience.TotalSeconds} s.");
        }
    }

    // The progress bar paints over itself; what is looked at is what stays.
    private static string Plain(string output)
    {
        string text = Escape().Replace(output.Replace("\r\n", "\n", StringComparison.Ordinal), string.Empty);
        return string.Join('\n', text.Split('\n').Select(static line => line[(line.LastIndexOf('\r') + 1)..]));
    }

    private static int Cells(string line) => line.EnumerateRunes().Sum(static rune => rune.Value >= 0x2E80 && rune.Value < 0xE000
        || rune.Value is >= 0xFF01 and <= 0xFF60 ? 2 : 1);

    [GeneratedRegex("(?:Not shown, for want of width: |窗口较窄，未显示：)(?<columns>[^.。]*)[.。]")]
    private static partial Regex LeftOut();

    [GeneratedRegex("\\s+")]
    private static partial Regex Blank();

    [GeneratedRegex("\\x1b\\[[0-9;?]*[A-Za-z]|\\x1b[=>]")]
    private static partial Regex Escape();
}

/// <summary>A theory that needs a pseudo terminal, which the system's "script" makes.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PseudoTerminalTheoryAttribute : TheoryAttribute
{
    public PseudoTerminalTheoryAttribute() => Skip = OperatingSystem.IsLinux() && File.Exists("/usr/bin/script")
        ? null
        : "There is no 'script' here, which makes a pseudo terminal.";
}
