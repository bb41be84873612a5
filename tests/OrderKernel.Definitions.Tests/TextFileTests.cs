using System;
using System.IO;
using System.Linq;
using System.Text;
using OrderKernel.Cli;
using OrderKernel.Definitions.Tests.Packs;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Definitions.Tests;

/// <summary>The tool reads text whole or not at all, and writes over nothing that it did not read whole.</summary>
[Collection("console")]
public sealed class TextFileTests : IDisposable
{
    private static readonly Encoding Gb = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
    private static readonly string Table = File.ReadAllText(Repository.Path("samples", "rules", "credit-review.dmn"))
        .ReplaceLineEndings("\n");

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("GBK")]
    [InlineData("gb2312")]
    [InlineData("GB18030")]
    public void AFileThatDeclaresItsEncoding_IsReadAndFormattedInIt(string declared)
    {
        byte[] bytes = Gb.GetBytes(Table.Replace("encoding=\"UTF-8\"", $"encoding=\"{declared}\"", StringComparison.Ordinal));
        string file = Write("gb.dmn", bytes);
        Assert.Equal(Run("check", Write("utf8.dmn", Encoding.UTF8.GetBytes(Table))), Run("check", file));
        Assert.Equal(0, Run("fmt", file, "--write").Exit);
        string written = Gb.GetString(File.ReadAllBytes(file));
        Assert.Contains($"encoding=\"{declared.ToUpperInvariant()}\"", written, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', written);
        Assert.Equal(0, Run("fmt", Path.Combine(folder, "utf8.dmn"), "--write").Exit);
        Assert.Equal(
            File.ReadAllText(Path.Combine(folder, "utf8.dmn")),
            written.Replace($"encoding=\"{declared.ToUpperInvariant()}\"", "encoding=\"UTF-8\"", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(folder, "*.tmp"));
    }

    [Fact]
    public void BytesThatAreNoText_AreRefusedWithOffsetLineAndRemedy_AndTheFileStaysAsItIs()
    {
        byte[] bytes = Gb.GetBytes(Table);
        int first = Array.FindIndex(bytes, static b => b > 0x7F);
        int line = bytes.Take(first).Count(static b => b == '\n') + 1;
        string file = Write("gb.dmn", bytes);
        foreach (string[] command in new[] { new[] { "fmt", file, "--write" }, ["check", file], ["sentences", file], ["diff", file, file] })
        {
            (int exit, string said) = Run(command);
            Assert.Equal(2, exit);
            Assert.Contains($"file.not_text {file}: byte {first}, in line {line}, is not", said, StringComparison.Ordinal);
            Assert.Contains("--encoding gb18030", said, StringComparison.Ordinal);
            Assert.Equal(bytes, File.ReadAllBytes(file));
        }

        Assert.Contains("第", Run("check", file, "--lang", "zh-CN").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AMarkDecides_AndAnEncodingIsNamed()
    {
        string bare = Table[(Table.IndexOf("?>", StringComparison.Ordinal) + 2)..].TrimStart();
        string expected = Run("check", Write("a.dmn", Encoding.UTF8.GetBytes(bare))).Output;
        Encoding[] marked = [new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)];
        foreach (Encoding encoding in marked)
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(bare)];
            string file = Write("b.dmn", bytes);
            Assert.Equal((0, expected), Run("check", file));
            Assert.Equal(0, Run("fmt", file, "--write").Exit);
            Assert.Equal(encoding.GetPreamble(), File.ReadAllBytes(file)[..encoding.GetPreamble().Length]);
            Assert.Equal((0, expected), Run("check", file));
        }

        string gb = Write("c.dmn", Gb.GetBytes(bare));
        Assert.Equal((0, expected), Run("check", gb, "--encoding", "gb18030"));
        string lying = Write("d.dmn", Encoding.UTF8.GetBytes(Table.Replace("\"UTF-8\"", "\"UTF-16\"", StringComparison.Ordinal)));
        Assert.Contains("file.encoding_unknown", Run("check", lying).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherCommands_ReadTheirFilesAsStrictly()
    {
        string pack = Path.Combine(folder, "pack");
        Directory.CreateDirectory(pack);
        foreach ((string name, string text) in Samples.Files("modules/STOCK_LOCK"))
        {
            File.WriteAllBytes(Path.Combine(pack, name), Gb.GetBytes(text));
        }

        (int exit, string said) = ConsoleRun.Of(PackCommand.Build(), "check", pack);
        Assert.Equal(2, exit);
        Assert.Contains("file.not_text", said, StringComparison.Ordinal);
        Assert.Equal(0, ConsoleRun.Of(PackCommand.Build(), "check", pack, "--encoding", "gb18030").Exit);
        string list = Write("list.csv", Gb.GetBytes("状态,触发条件,自动动作,责任人\n待确认,,,销售\n"));
        Assert.Equal(2, ConsoleRun.Of(LifecycleCommand.Build(), "import", list, "--id", "x", "--en", "X", "--zh", "甲").Exit);
        string lines = Write("in.jsonl", Gb.GetBytes("{\"id\":\"江州\"}\n"));
        string answer = Write("out.jsonl", "kept"u8.ToArray());
        Assert.Equal(2, ConsoleRun.Of(SourceCommand.Build(), "--in", lines, "--out", answer).Exit);
        Assert.Equal("kept", File.ReadAllText(answer));
        Assert.Equal(2, ConsoleRun.Of(PromiseCommand.Build(), "--in", lines).Exit);
    }

    private string Write(string name, byte[] bytes)
    {
        string file = Path.Combine(folder, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    private static (int Exit, string Output) Run(params string[] args) => ConsoleRun.Of(RulesCommand.Build(), args);
}
