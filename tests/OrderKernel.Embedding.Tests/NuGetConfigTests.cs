using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Embedding.Tests;

/// <summary>Our packages come from where a configuration says, and from nowhere else.</summary>
[Collection(nameof(PackedPackages))]
public class NuGetConfigTests
{
    [Fact]
    public void EveryConfigurationThatNamesASource_SaysWhatComesFromWhere()
    {
        (string Place, XElement Configuration)[] all = [.. Files().Concat(Pages())];
        Assert.True(all.Length >= 7, $"Only {all.Length} configurations were found.");
        Assert.Empty(all.Where(one => !IsMapped(one.Configuration)).Select(one => one.Place));
    }

    /// <summary>A source of the user's own has a package of the same name and version; without the mapping it was always taken.</summary>
    [Fact]
    public void AStrangersPackageOfTheSameNameAndVersion_IsNeverTaken()
    {
        string folder = Directory.CreateTempSubdirectory("orderkernel-stranger-").FullName;
        try
        {
            MakeStranger(Directory.CreateDirectory(Path.Combine(folder, "stranger")).FullName);
            File.WriteAllText(
                Path.Combine(folder, "nuget.config"),
                """<configuration><packageSources><add key="stranger" value="stranger" /></packageSources></configuration>""");
            string app = Directory.CreateDirectory(Path.Combine(folder, "app")).FullName;
            string configuration = File.ReadAllText(Repository.Path("samples", "Quickstart", "nuget.config"))
                .Replace("../../artifacts/packages", PackedPackages.Folder, StringComparison.Ordinal)
                .Replace("../../artifacts/sample-packages", "packages", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(app, "nuget.config"), configuration);
            File.WriteAllText(
                Path.Combine(app, "app.csproj"),
                """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><PackageReference Include="OrderKernel" Version="0.1.0" /></ItemGroup>
                </Project>
                """);
            Shell.Run(app, "dotnet", "restore", "-v", "quiet");
            string[] taken = Directory.GetFiles(Path.Combine(app, "packages", "orderkernel", "0.1.0")).Select(Path.GetFileName).ToArray()!;
            Assert.Contains("README.md", taken);
            Assert.DoesNotContain("stranger.txt", taken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<(string Place, XElement Configuration)> Files() =>
        from file in Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
        let place = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where string.Equals(Path.GetFileName(file), "nuget.config", StringComparison.OrdinalIgnoreCase)
            && !place.StartsWith("artifacts/", StringComparison.Ordinal) && !place.Contains("/obj/", StringComparison.Ordinal)
        let configuration = XElement.Load(file)

        // One that names none fixes only how the user's own are used; nothing of ours is restored there.
        where place != "nuget.config" || configuration.Elements("packageSources").Any()
        select (place, configuration);

    private static IEnumerable<(string Place, XElement Configuration)> Pages() =>
        from file in Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
        where !file.Contains("/artifacts/", StringComparison.Ordinal)
        from Match block in Regex.Matches(File.ReadAllText(file), "```xml\n(.*?)```", RegexOptions.Singleline)
        where block.Groups[1].Value.Contains("<configuration>", StringComparison.Ordinal)
        select (Path.GetRelativePath(Repository.Root, file), XElement.Parse(block.Groups[1].Value.Trim()));

    private static bool IsMapped(XElement configuration)
    {
        string[] sources = [.. configuration.Elements("packageSources").Elements("add").Select(source => (string)source.Attribute("key")!)];
        string[] said =
        [
            .. from source in configuration.Elements("packageSourceMapping").Elements("packageSource")
               from package in source.Elements("package")
               select $"{(string?)source.Attribute("key")} {(string?)package.Attribute("pattern")}",
        ];
        return sources.SequenceEqual(["orderkernel-local"])
            && said.Order(StringComparer.Ordinal).SequenceEqual(["nuget.org *", "orderkernel-local OrderKernel*"]);
    }

    private static void MakeStranger(string folder)
    {
        using ZipArchive package = ZipFile.Open(Path.Combine(folder, "OrderKernel.0.1.0.nupkg"), ZipArchiveMode.Create);
        Write("OrderKernel.nuspec", """
            <?xml version="1.0"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>OrderKernel</id><version>0.1.0</version><authors>stranger</authors><description>no</description></metadata>
            </package>
            """);
        Write("stranger.txt", "no");
        Write("[Content_Types].xml", """
            <?xml version="1.0" encoding="utf-8"?>
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
              <Default Extension="nuspec" ContentType="application/octet" /><Default Extension="txt" ContentType="application/octet" />
            </Types>
            """);

        void Write(string name, string text)
        {
            using var to = new StreamWriter(package.CreateEntry(name).Open());
            to.Write(text);
        }
    }
}
