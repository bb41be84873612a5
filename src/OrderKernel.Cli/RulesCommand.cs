using System.CommandLine;

namespace OrderKernel.Cli;

/// <summary><c>orderkernel rules …</c>: decision tables in files.</summary>
internal static class RulesCommand
{
    public static Command Build()
    {
        var rules = new Command("rules", "Check, evaluate, test and read DMN decision tables.");
        rules.Add(RulesTest.Build());
        return rules;
    }
}
