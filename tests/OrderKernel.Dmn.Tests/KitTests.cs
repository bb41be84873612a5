using System;
using System.IO;
using System.Text.Json;
using OrderKernel.Cli;
using Xunit;

namespace OrderKernel.Dmn.Tests;

/// <summary>The conformance kit, through the command that users run.</summary>
[Collection("console")]
public sealed class KitTests
{
    [KitFact]
    public void Kit_AllFolders_PassesButAHandful()
    {
        using JsonDocument totals = JsonDocument.Parse(Run("rules", "test", Repository.Kit, "--json"));
        int Of(string name) => totals.RootElement.GetProperty(name).GetInt32();

        Assert.True(Of("cases") >= 2_900, "The kit was not found whole.");
        Assert.Equal(0, Of("skipped"));
        Assert.Equal(Of("cases"), Of("passed") + Of("failed"));
        Assert.True(Of("passed") >= 0.995m * Of("cases"), $"{Of("passed")} of {Of("cases")}");
        Assert.True(Of("nonNullPassed") >= 0.995m * Of("nonNullCases"), $"{Of("nonNullPassed")} of {Of("nonNullCases")}");
    }

    private static string Run(params string[] args)
    {
        TextWriter console = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            var root = new System.CommandLine.RootCommand { RulesCommand.Build() };
            root.Parse(args).Invoke();
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString();
    }
}

/// <summary>Nothing else may write to the console while the tool does: a law that holds says so there.</summary>
[CollectionDefinition("console", DisableParallelization = true)]
public sealed class ConsoleTests;
