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
        foreach (string path in Directory.EnumerateFileSystemEntries(folder, "*", Everything).Where(IsFile))
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
                // Neither the file nor a folder on the way down to it leads elsewhere.
                string[] steps = shared.Split('/');
                string way = found[..^shared.Length];
                foreach (string step in steps)
                {
                    RefuseLink(way = Path.Combine(way, step));
                }

                files[shared] = TextFile.Read(found, encoding);
            }
        }

        return files;
    }

    // Links are neither followed nor passed over: what a pack is made of stands in its folder.
    private static EnumerationOptions Everything { get; } = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false,
    };

    private static bool IsFile(string path)
    {
        RefuseLink(path);
        return !Directory.Exists(path);
    }

    private static void RefuseLink(string path)
    {
        if ((File.GetAttributes(path) & FileAttributes.ReparsePoint) != 0)
        {
            throw new TextFileException(TextFileFindings.IsLink.About(path, string.Empty, path));
        }
    }

    // What is no part of a pack is told by its name, whatever is in it.
    private static bool IsText(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
