using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using OrderKernel.Cli;
using Xunit;

namespace OrderKernel.Sourcing.Tests;

public sealed class CommandLineTests : IDisposable
{
    private const string Good =
        """{"id":"g","lines":[{"qty":2,"weightG":3,"penalty":900}],"nodes":[{"fixed":50,"rate":7}],"stock":[[[0,1]]]}""";

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Source_OneLineFails_ExitsWithOneAndAnswersTheOthers()
    {
        (int exit, string[] output) = Run(Good, """{"id":"bad","lines":[],"nodes":[],"stock":[[[0,1]]]}""", "{", Good);
        Assert.Equal(1, exit);
        Assert.Equal(2, output.Length);
    }

    [Fact]
    public void Source_GoodLine_WritesThePlanInZeroBasedIndexes()
    {
        (int exit, string[] output) = Run(Good);
        Assert.Equal(0, exit);
        JsonElement plan = JsonDocument.Parse(Assert.Single(output)).RootElement;
        Assert.Equal((50 + 21 + 900, "exact"), (plan.GetProperty("objective").GetInt64(), plan.GetProperty("proof").GetString()));
        Assert.Equal("""[{"node":0,"lines":[{"line":0,"qty":1}]}]""", plan.GetProperty("shipments").GetRawText());
        Assert.Equal("""[{"line":0,"qty":1}]""", plan.GetProperty("unfilled").GetRawText());
        Assert.Equal(
            ["id", "objective", "lowerBound", "proof", "shipments", "unfilled", "prices", "steps", "micros"],
            plan.EnumerateObject().Select(p => p.Name));
    }

    private (int Exit, string[] Output) Run(params string[] lines)
    {
        string input = Path.Combine(folder, "in.jsonl"), output = Path.Combine(folder, "out.jsonl");
        File.WriteAllLines(input, lines);
        int exit = SourceCommand.Build().Parse(["--in", input, "--out", output]).Invoke();
        return (exit, File.ReadAllLines(output));
    }
}
