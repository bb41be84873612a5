using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;

namespace Packages;

/// <summary>What a package says about its licence: an SPDX expression, or something a person has to read.</summary>
internal readonly record struct Licence(string Expression, bool IsStated);

/// <summary>Holds every restored package against the list of allowed licences.</summary>
internal static class Licences
{
    private static readonly ImmutableDictionary<string, string> Reviewed = Lines("reviewed.txt")
        .Select(line => line.Split(' ', 3)).ToImmutableDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);

    public static int Check(string root, bool write)
    {
        ImmutableHashSet<string> allowed = Lines("allowed.txt").ToImmutableHashSet(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (LockedPackage package in LockedPackage.Under(root))
        {
            Licence licence = Of(package);
            // "A OR B" leaves the choice to us.
            if (!licence.Expression.Split(" OR ").Any(allowed.Contains))
            {
                faults.Add($"{package.Id} {package.Version}: '{licence.Expression}' is not in eng/licences/allowed.txt. "
                    + (licence.IsStated ? "Take another package." : "Read it, then enter the package in eng/licences/reviewed.txt."));
            }
        }

        string list = Table(LockedPackage.Under(Path.Combine(root, "src")));
        string file = Path.Combine(root, "eng", "licences", "LICENCES.md");
        if (write)
        {
            File.WriteAllText(file, list);
        }
        else if (!File.Exists(file) || File.ReadAllText(file) != list)
        {
            faults.Add("eng/licences/LICENCES.md is not current. Run: dotnet run --project eng/Packages -- licences --write");
        }

        faults.ForEach(Console.Error.WriteLine);
        return faults.Count > 0 ? 1 : 0;
    }

    /// <summary>The licence a package states in its nuspec, or the one a person found by reading what it points at.</summary>
    public static Licence Of(LockedPackage package)
    {
        string folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string id = package.Id.ToLowerInvariant();
        XElement metadata = XElement.Load(Path.Combine(folder, id, package.Version.ToLowerInvariant(), id + ".nuspec"))
            .Elements().First(element => element.Name.LocalName == "metadata");
        XElement? licence = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        if ((string?)licence?.Attribute("type") == "expression")
        {
            return new Licence(licence!.Value, true);
        }

        string pointer = licence?.Value ?? metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "licenseUrl")?.Value ?? "nothing";
        return new Licence(Reviewed.GetValueOrDefault(package.Id, pointer), false);
    }

    private static string Table(ImmutableArray<LockedPackage> packages)
    {
        var text = new StringBuilder("# What the shipped packages and their builds restore, and under which licences\n\n");
        text.Append("Written by `dotnet run --project eng/Packages -- licences --write` from the lock files under `src`.\n\n");
        text.Append("| package | version | licence |\n|---|---|---|\n");
        foreach (LockedPackage package in packages)
        {
            text.Append($"| {package.Id} | {package.Version} | {Of(package).Expression} |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Lines(string name) =>
        File.ReadAllLines(Path.Combine(Folder(), name)).Select(line => line.Trim()).Where(line => line is [not '#', ..]);

    private static string Folder()
    {
        DirectoryInfo? folder = new(Environment.CurrentDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OrderKernel.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "eng", "licences");
    }
}
