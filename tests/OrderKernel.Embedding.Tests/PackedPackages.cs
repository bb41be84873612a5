using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Xml.Linq;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Embedding.Tests;

/// <summary>The packages as eng/pack.sh makes them; packed once for all tests, and again when a source is newer.</summary>
public sealed class PackedPackages
{
    public PackedPackages()
    {
        string bill = Path.Combine(Folder, "orderkernel.cdx.json");
        if (!File.Exists(bill) || Sources().Any(file => File.GetLastWriteTimeUtc(file) > File.GetLastWriteTimeUtc(bill)))
        {
            Shell.Run(".", "bash", "eng/pack.sh");
        }

        // Samples have a package folder of their own; it must not keep what an earlier packing left there.
        string cache = Repository.Path("artifacts", "sample-packages");
        foreach (string old in Directory.Exists(cache) ? Directory.GetDirectories(cache, "orderkernel*") : [])
        {
            Directory.Delete(old, recursive: true);
        }
    }

    public static string Folder { get; } = Repository.Path("artifacts", "packages");

    internal static IEnumerable<string> All => Directory.EnumerateFiles(Folder, "*.nupkg").Order(StringComparer.Ordinal);

    internal static XElement Nuspec(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(package);
        using Stream entry = zip.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XElement.Load(entry);
    }

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Repository.Path("src"), "*", SearchOption.AllDirectories)
        .Append(Repository.Path("Directory.Build.props")).Append(Repository.Path("Directory.Packages.props"))
        .Append(Repository.Path("eng", "pack.sh"))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));
}

/// <summary>Tests on the packed packages; one after the other, as they share a package folder.</summary>
[CollectionDefinition(nameof(PackedPackages))]
public sealed class PackedPackagesTests : ICollectionFixture<PackedPackages>;
