using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Packages;

/// <summary>One package as a lock file pins it.</summary>
internal sealed record LockedPackage(string Id, string Version, string Hash, ImmutableSortedSet<string> Needs)
{
    /// <summary>Everything that the projects under a folder restore, each package and version once, by id.</summary>
    public static ImmutableArray<LockedPackage> Under(string folder)
    {
        var found = new SortedDictionary<string, LockedPackage>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "packages.lock.json", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
            foreach (JsonProperty target in document.RootElement.GetProperty("dependencies").EnumerateObject())
            {
                foreach (JsonProperty entry in target.Value.EnumerateObject())
                {
                    // Projects of this repository have no hash: they are what is packed, not what is restored.
                    if (entry.Value.TryGetProperty("contentHash", out JsonElement hash))
                    {
                        Add(found, entry, hash.GetString()!);
                    }
                }
            }
        }

        return found.Values.ToImmutableArray();
    }

    private static void Add(SortedDictionary<string, LockedPackage> found, JsonProperty entry, string hash)
    {
        string version = entry.Value.GetProperty("resolved").GetString()!;
        var needs = entry.Value.TryGetProperty("dependencies", out JsonElement list)
            ? list.EnumerateObject().Select(need => need.Name).ToImmutableSortedSet(StringComparer.OrdinalIgnoreCase)
            : ImmutableSortedSet<string>.Empty.WithComparer(StringComparer.OrdinalIgnoreCase);
        string key = $"{entry.Name.ToLowerInvariant()}/{version}";
        if (!found.TryGetValue(key, out LockedPackage? known))
        {
            found.Add(key, new LockedPackage(entry.Name, version, hash, needs));
        }
        else if (known.Hash != hash)
        {
            throw new InvalidOperationException($"{entry.Name} {version} is locked with two different hashes.");
        }
        else
        {
            found[key] = known with { Needs = known.Needs.Union(needs) };
        }
    }
}
