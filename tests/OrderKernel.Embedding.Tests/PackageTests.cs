using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Xml.Linq;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Embedding.Tests;

[Collection(nameof(PackedPackages))]
public class PackageTests
{
    [Fact]
    public void EveryShippedProject_IsPacked_WithReadmeIconLicenceAndSymbols()
    {
        int projects = Directory.EnumerateFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories).Count();
        Assert.Equal(projects, PackedPackages.All.Count());
        Assert.All(PackedPackages.All, package =>
        {
            using ZipArchive zip = ZipFile.OpenRead(package);
            Assert.NotNull(zip.GetEntry("icon.png"));
            using var readme = new StreamReader(zip.GetEntry("README.md")!.Open());
            Assert.Contains("## 中文", readme.ReadToEnd(), StringComparison.Ordinal);
            XElement metadata = PackedPackages.Nuspec(package).Elements().Single();
            Assert.Equal("MIT", Child(metadata, "license"));
            Assert.Equal("README.md", Child(metadata, "readme"));
            Assert.Equal("icon.png", Child(metadata, "icon"));
            Assert.Equal(Path.GetFileName(package), $"{Child(metadata, "id")}.{Child(metadata, "version")}.nupkg");
            Assert.True(File.Exists(Path.ChangeExtension(package, ".snupkg")), package);
        });
    }

    [Fact]
    public void EveryAssemblyOfOurs_IsStrongNamed_AndDocumented()
    {
        var seen = new List<string>();
        foreach (string package in PackedPackages.All)
        {
            using ZipArchive zip = ZipFile.OpenRead(package);
            foreach (ZipArchiveEntry entry in zip.Entries.Where(e => e.Name.StartsWith("OrderKernel", StringComparison.Ordinal)
                && e.Name.EndsWith(".dll", StringComparison.Ordinal)))
            {
                Assert.False(Assembly(entry).PublicKey.IsNil, $"{entry.FullName} in {package} is not strong-named.");
                bool tool = entry.FullName.StartsWith("tools/", StringComparison.Ordinal);
                Assert.True(tool || zip.GetEntry(Path.ChangeExtension(entry.FullName, ".xml")) is not null, entry.FullName);
                seen.Add(entry.FullName);
            }
        }

        Assert.Contains("lib/net472/OrderKernel.dll", seen);
        Assert.Contains("lib/netstandard2.0/OrderKernel.Adapters.Sql.dll", seen);
    }

    [Theory]
    [InlineData("OrderKernel", "net10.0", "NodaTime")]
    [InlineData("OrderKernel", ".NETFramework4.7.2", "NodaTime System.Collections.Immutable System.Text.Json")]
    [InlineData("OrderKernel", ".NETStandard2.0", "NodaTime System.Collections.Immutable System.Text.Json")]
    [InlineData("OrderKernel.Adapters.Csv", "net10.0", "OrderKernel")]
    [InlineData("OrderKernel.Adapters.Dmn", "net10.0", "OrderKernel")]
    [InlineData("OrderKernel.Adapters.Sql", ".NETStandard2.0", "Microsoft.Data.Sqlite OrderKernel SQLitePCLRaw.bundle_e_sqlite3")]
    [InlineData("OrderKernel.China", "net10.0", "OrderKernel")]
    [InlineData("OrderKernel.China", ".NETFramework4.7.2", "OrderKernel")]
    [InlineData(
        "OrderKernel.Adapters.Hosting", "net10.0",
        "Microsoft.Extensions.Diagnostics.HealthChecks Microsoft.Extensions.Hosting.Abstractions "
        + "Microsoft.Extensions.Options OrderKernel.Adapters.Sql")]
    [InlineData(
        "OrderKernel.Adapters.EntityFrameworkCore", "net10.0",
        "Microsoft.EntityFrameworkCore.Relational OrderKernel.Adapters.Sql")]
    [InlineData("OrderKernel.Adapters.RabbitMq", "net10.0", "OrderKernel.Adapters.Hosting RabbitMQ.Client")]
    [InlineData("OrderKernel.Testing", "net10.0", "FSharp.Core FsCheck OrderKernel")]
    public void APackage_NeedsWhatItSaysAndNoMore(string id, string target, string needs)
    {
        string package = PackedPackages.All.Single(path => Child(PackedPackages.Nuspec(path).Elements().Single(), "id") == id);
        XElement group = PackedPackages.Nuspec(package).Descendants()
            .Single(e => e.Name.LocalName == "group" && (string?)e.Attribute("targetFramework") == target);
        Assert.Equal(needs, string.Join(' ', group.Elements().Select(e => (string)e.Attribute("id")!).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void TheBillOfMaterials_ListsEveryRestoredHash()
    {
        // Read here anew, by other means than the tool's.
        var restored = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Repository.Path("src"), "packages.lock.json", SearchOption.AllDirectories))
        {
            string[] lines = File.ReadAllLines(file);
            for (int i = 0; i < lines.Length; i++)
            {
                if (lines[i].Contains("\"contentHash\"", StringComparison.Ordinal))
                {
                    restored.Add(Convert.ToHexStringLower(Convert.FromBase64String(lines[i].Split('"')[3])));
                }
            }
        }

        using JsonDocument bill = JsonDocument.Parse(File.ReadAllText(Path.Combine(PackedPackages.Folder, "orderkernel.cdx.json")));
        Assert.Equal("CycloneDX", bill.RootElement.GetProperty("bomFormat").GetString());
        Assert.Equal("1.5", bill.RootElement.GetProperty("specVersion").GetString());
        JsonElement[] components = bill.RootElement.GetProperty("components").EnumerateArray().ToArray();
        Assert.Equal(restored, components.Select(c => c.GetProperty("hashes")[0].GetProperty("content").GetString()!)
            .ToHashSet().Order(StringComparer.Ordinal));
        Assert.True(restored.Count > 20);

        var named = components.Select(c => c.GetProperty("bom-ref").GetString()!).ToHashSet();
        Assert.Equal(components.Length, named.Count);
        Assert.All(
            bill.RootElement.GetProperty("dependencies").EnumerateArray(),
            need => Assert.All(need.GetProperty("dependsOn").EnumerateArray(), on => Assert.Contains(on.GetString()!, named)));
    }

    [Fact]
    public void EveryRestoredPackage_HasAnAllowedLicence() =>
        Shell.Run(".", "dotnet", "run", "--project", "eng/Packages", "-c", "Release", "--no-restore", "-v", "quiet", "--", "licences");

    private static AssemblyDefinition Assembly(ZipArchiveEntry entry)
    {
        using Stream packed = entry.Open();
        var copy = new MemoryStream();
        packed.CopyTo(copy);
        copy.Position = 0;
        return new PEReader(copy).GetMetadataReader().GetAssemblyDefinition();
    }

    private static string Child(XElement metadata, string name) =>
        metadata.Elements().Single(e => e.Name.LocalName == name).Value;
}
