using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using OrderKernel.Cli;
using OrderKernel.Lifecycles;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Lifecycles.Tests;

/// <summary><c>orderkernel lifecycle</c> on files.</summary>
[Collection("console")]
public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("orderkernel-lifecycle-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Check_AnswersWithExitCodeAndPlaces()
    {
        string[] samples = SampleLifecycles.Files.ToArray();
        (int clean, string said) = Run(new[] { "check" }.Concat(samples).ToArray());
        Assert.Equal(0, clean);
        Assert.Contains("wholesale.json: 20 states", said, StringComparison.Ordinal);

        (int alone, string unknown) = Run("check", Sample("wholesale"), Sample("payment"), "--lang", "zh-CN");
        Assert.Equal(1, alone);
        Assert.Contains("lifecycle.sub_unknown", unknown, StringComparison.Ordinal);
        Assert.Contains("不存在", unknown, StringComparison.Ordinal);

        string broken = Path.Combine(folder.FullName, "broken.json");
        File.WriteAllText(broken, SampleLifecycles.Text("make_to_order")
            .Replace("\"owner\": \"quality\"", "\"owner\": \"nobody\"", StringComparison.Ordinal));
        (int code, string json) = Run("check", broken, "--json");
        Assert.Equal(1, code);
        JsonElement finding = JsonDocument.Parse(json).RootElement.GetProperty("files")[0].GetProperty("findings")[0];
        Assert.Equal("lifecycle.role_unknown", finding.GetProperty("code").GetString());
        Assert.Contains("(line ", finding.GetProperty("place").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_WritesMermaidDotAndGraph()
    {
        Assert.StartsWith("stateDiagram-v2", Run("draw", Sample("hospital-order")).Output, StringComparison.Ordinal);
        Assert.Contains(
            "质检完成", Run("draw", Sample("make-to-order"), "--format", "dot", "--lang", "zh-CN").Output, StringComparison.Ordinal);
        (int code, string graph) = Run("draw", Sample("make-to-order"), "--format", "graph");
        Assert.Equal(0, code);
        Assert.Equal(
            SampleLifecycles.Definition("make_to_order").BehaviourHash, LifecycleGraph.Import(graph).Definition!.BehaviourHash);
    }

    [Fact]
    public void Import_MakesALifecycleOfAList()
    {
        string list = Path.Combine(folder.FullName, "list.csv"), written = Path.Combine(folder.FullName, "list.json");
        File.WriteAllText(list, "\uFEFF状态,触发条件,自动动作,责任人\n待确认,,,销售\n已收款,\"财务说\"\"到账\"\", 金额一致\",发短信,财务\n已完成,确认签收,,\n");
        (int code, _) = Run("import", list, "--id", "list", "--en", "List", "--zh", "清单", "--out", written);
        Assert.Equal(0, code);
        LifecycleDefinition lifecycle = LifecycleDefinition.Read(File.ReadAllText(written)).Definition!;
        Assert.Contains("财务说\"到账\", 金额一致", lifecycle.Signals.Select(signal => signal.Name.Chinese));
        File.WriteAllText(list, "状态,触发条件\n待确认,\n");
        Assert.Equal(1, Run("import", list, "--id", "list", "--en", "List", "--zh", "清单").Code);
    }

    private static string Sample(string file) => Repository.Path("samples", "packs", "lifecycles", file + ".json");

    private static (int Code, string Output) Run(params string[] arguments)
    {
        TextWriter before = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            var root = new RootCommand { LifecycleCommand.Build() };
            return (root.Parse(new[] { "lifecycle" }.Concat(arguments).ToArray()).Invoke(), output.ToString());
        }
        finally
        {
            Console.SetOut(before);
        }
    }
}

/// <summary>Nothing else may write to the console while the tool does: a law that holds says so there.</summary>
[CollectionDefinition("console", DisableParallelization = true)]
public sealed class ConsoleTests;
