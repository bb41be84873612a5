using System;
using System.IO;
using System.Runtime.InteropServices;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Embedding.Tests;

/// <summary>The ERP plug-in of samples/ErpPlugin: C# 7.3 on .NET Framework 4.7.2, from the packed packages.</summary>
[Collection(nameof(PackedPackages))]
public sealed class ErpPluginTests
{
    private static readonly Lazy<string> Built = new(Build);

    [Fact]
    public void TheFolder_HasSixteenAssemblies_AllSigned_AndNoRedirectInItsConfiguration()
    {
        var folder = new PluginFolder(Built.Value, _ => true);
        Assert.True(folder.Assemblies.Count <= 16, string.Join(", ", folder.Assemblies));
        Assert.Empty(folder.Unsigned);
        Assert.Contains("OrderKernel.Adapters.Sql", folder.Assemblies);
        Assert.DoesNotContain(
            "bindingRedirect", File.ReadAllText(Path.Combine(Built.Value, "ErpPlugin.exe.config")), StringComparison.Ordinal);

        // What a program with a configuration of its own would redirect; docs/embed-in-an-erp.md names the same.
        Assert.Equal(
            "SQLitePCLRaw.core System.Collections.Immutable System.Memory System.Runtime.CompilerServices.Unsafe System.Text.Json "
            + "System.Threading.Tasks.Extensions", string.Join(' ', folder.NeedRedirect));
    }

    [Fact]
    public void TheKernelAlone_NeedsOneRedirect()
    {
        var folder = new PluginFolder(
            Built.Value, name => !name.Contains("sql", StringComparison.OrdinalIgnoreCase) && name != "ErpPlugin.exe");
        Assert.True(folder.NeedRedirect.Count <= 1, folder.Mismatches);
        Assert.Equal(12, folder.Assemblies.Count);
    }

    [MonoFact]
    [Trait("ReqPart", "S0-17")]
    [Trait("ReqPart", "S0-22")]
    public void UnderMono_DocumentsComeIn_DecisionsComeOut_OwnedFieldsGoBackOnce()
    {
        string database = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".db");
        try
        {
            string first = Play(database);
            Assert.Contains("XSDD000123 hold: accepted\n", first, StringComparison.Ordinal);
            Assert.Contains("XSDD000124 hold: refused\n  stock.short: CH4441：需要 60，可用 20。", first, StringComparison.Ordinal);
            Assert.Contains("row 3: not taken in\n  FCustId is missing.\n  FSaleOrderEntry[1].FQty: 1.5", first, StringComparison.Ordinal);
            Assert.Contains("XSDD000123 customer: refused\n  order.field_owned_elsewhere", first, StringComparison.Ordinal);
            Assert.Contains("sent 2, echoed 0, written 2, turned down 1\n", first, StringComparison.Ordinal);
            Assert.Contains("priority '1', promised '2026-11-20T10:00:00Z'", first, StringComparison.Ordinal);

            string second = Play(database);
            Assert.Contains("XSDD000123 capture: accepted, as before\n", second, StringComparison.Ordinal);
            Assert.Contains("XSDD000124 hold: refused, as before\n", second, StringComparison.Ordinal);
            Assert.Contains("sent 0, echoed 0, written 0", second, StringComparison.Ordinal);
        }
        finally
        {
            foreach (string file in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(database) + "*"))
            {
                File.Delete(file);
            }
        }
    }

    private static string Play(string database) =>
        Shell.Run(".", "mono", Path.Combine(Built.Value, "ErpPlugin.exe"), database).ReplaceLineEndings("\n");

    private static string Build()
    {
        Shell.Run("samples/ErpPlugin", "dotnet", "build", "-c", "Release", "-v", "quiet", "--nologo");
        string runtime = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "win-x64" : "linux-x64";
        return Repository.Path("samples", "ErpPlugin", "bin", "Release", "net472", runtime);
    }
}

/// <summary>A test that needs mono, the .NET Framework's stand-in on Linux.</summary>
internal sealed class MonoFactAttribute : FactAttribute
{
    public MonoFactAttribute() => Skip = Shell.Has("mono") ? null : "mono is not installed (Debian: mono-devel).";
}
