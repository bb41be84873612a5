using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace OrderKernel.Embedding.Tests;

/// <summary>What .NET Framework would see in a plug-in's folder: which assemblies, which signed, which asked for in
/// another version.</summary>
internal sealed class PluginFolder
{
    private readonly SortedDictionary<string, Version> shipped = new(StringComparer.Ordinal);
    private readonly List<(string From, string Name, Version Version)> wanted = [];

    public PluginFolder(string folder, Func<string, bool> counts)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*.dll").Concat(Directory.EnumerateFiles(folder, "*.exe"))
            .Where(file => counts(Path.GetFileName(file))))
        {
            using var image = new PEReader(File.OpenRead(file));
            MetadataReader reader = image.GetMetadataReader();
            AssemblyDefinition definition = reader.GetAssemblyDefinition();
            string name = reader.GetString(definition.Name);
            if (file.EndsWith(".dll", StringComparison.Ordinal))
            {
                shipped.Add(name, definition.Version);
                Unsigned.AddRange(definition.PublicKey.IsNil ? [name] : []);
            }

            wanted.AddRange(reader.AssemblyReferences.Select(reader.GetAssemblyReference)
                .Select(reference => (name, reader.GetString(reference.Name), reference.Version)));
        }
    }

    /// <summary>The assemblies beside the plug-in's own.</summary>
    public IReadOnlyCollection<string> Assemblies => shipped.Keys;

    public List<string> Unsigned { get; } = [];

    /// <summary>The assemblies that something in the folder asks for in another version than the one that is there.</summary>
    public IReadOnlyList<string> NeedRedirect => wanted
        .Where(one => shipped.TryGetValue(one.Name, out Version? version) && version != one.Version)
        .Select(one => one.Name).Distinct().Order(StringComparer.Ordinal).ToArray();

    /// <summary>The same with who asks for what, for a message.</summary>
    public string Mismatches => string.Join('\n', wanted
        .Where(one => shipped.TryGetValue(one.Name, out Version? version) && version != one.Version)
        .Select(one => $"{one.From} asks for {one.Name} {one.Version}; {shipped[one.Name]} is there"));
}
