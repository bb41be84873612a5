using System.Collections.Generic;
using System.IO;
using System.Linq;
using OrderKernel.Cli;
using OrderKernel.Packs;
using OrderKernel.Tests.Shared;

namespace OrderKernel.Definitions.Tests.Packs;

/// <summary>The packs that are shipped as samples.</summary>
internal static class Samples
{
    public static readonly string[] Businesses = { "AUTO2026Q1", "HARDWARE2026", "MEDICAL2026", "PLANT2026", "REAGENT2026" };

    private static readonly string Folder = Repository.Path("samples", "packs");

    public static IEnumerable<string> Folders => Businesses.Select(PathOf).Concat(Directory.EnumerateDirectories(PathOf("modules")));

    public static PackCatalog Catalog { get; } = new(
        Folders.Select(folder => Pack.Read(PackFolder.Read(folder)).OrThrow()),
        PackCatalog.ReadProfiles(File.ReadAllText(PathOf("profiles.json"))).OrThrow());

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static Pack Of(string id) => Catalog.Find(id).OrThrow();

    /// <summary>A sample with one file changed, added or (null) taken away.</summary>
    public static Dictionary<string, string> Files(string id, string? file = null, string? text = null)
    {
        Dictionary<string, string> files = PackFolder.Read(PathOf(id)).ToDictionary(f => f.Key, f => f.Value);
        if (file is not null && text is null)
        {
            files.Remove(file);
        }
        else if (file is not null)
        {
            files[file] = text!;
        }

        return files;
    }
}
