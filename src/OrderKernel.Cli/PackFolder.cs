using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OrderKernel.Packs;

namespace OrderKernel.Cli;

/// <summary>The files of a pack's folder, and those that it shares with the packs beside it.</summary>
internal static class PackFolder
{
    public const string Manifest = "pack.json";

    public static IReadOnlyDictionary<string, string> Read(string folder, string encoding = "utf-8")
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            files[Path.GetRelativePath(folder, path).Replace('\\', '/')] = IsText(path) ? TextFile.Read(path, encoding) : string.Empty;
        }

        // Shared files stand in the folder that holds the packs, or in the one above it.
        string beside = Path.GetDirectoryName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar))!;
        foreach (string shared in files.TryGetValue(Manifest, out string? manifest) ? Pack.SharedFiles(manifest) : [])
        {
            string? found = new[] { beside, Path.GetDirectoryName(beside) }.Where(place => place is not null)
                .Select(place => Path.Combine(place!, shared)).FirstOrDefault(File.Exists);
            if (found is not null)
            {
                files[shared] = TextFile.Read(found, encoding);
            }
        }

        return files;
    }

    // What is no part of a pack is told by its name, whatever is in it.
    private static bool IsText(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
