using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Findings;

namespace OrderKernel.Packs;

/// <summary>A size of business and the packs that suit it.</summary>
/// <param name="Name">Its code, such as <c>small</c>, and business names.</param>
/// <param name="Packs">The ids of the packs, in ordinal order.</param>
public sealed record PackProfile(Term Name, ImmutableArray<string> Packs);

/// <summary>The packs that a host offers, and the profiles they are offered in: to list, find and choose from.</summary>
public sealed class PackCatalog
{
    private readonly Dictionary<string, Pack> byId = new(StringComparer.Ordinal);

    /// <summary>Makes a catalog.</summary>
    /// <param name="packs">The packs, no id twice.</param>
    /// <param name="profiles">The profiles; null for none.</param>
    /// <exception cref="ArgumentException">An id stands twice.</exception>
    public PackCatalog(IEnumerable<Pack> packs, IEnumerable<PackProfile>? profiles = null)
    {
        Packs = (packs ?? throw new ArgumentNullException(nameof(packs)))
            .OrderBy(static pack => pack.Id, StringComparer.Ordinal).ToImmutableArray();
        Profiles = (profiles ?? Array.Empty<PackProfile>()).ToImmutableArray();
        foreach (Pack pack in Packs)
        {
            byId.Add(pack.Id, pack);
        }
    }

    /// <summary>The packs, by id in ordinal order.</summary>
    public ImmutableArray<Pack> Packs { get; }

    /// <summary>The profiles.</summary>
    public ImmutableArray<PackProfile> Profiles { get; }

    /// <summary>Reads profiles.</summary>
    /// <param name="json">An object with a list <c>profiles</c> of code, en, zh and packs.</param>
    /// <returns>The profiles by code, or every fault of the text; <c>null</c> never stands in the list.</returns>
    public static DefinitionReading<IReadOnlyList<PackProfile>> ReadProfiles(string json)
    {
        DefinitionReading<Listed<PackProfile>> reading =
            PackManifest.ReadProfiles(json ?? throw new ArgumentNullException(nameof(json)));
        return new DefinitionReading<IReadOnlyList<PackProfile>>(reading.Value?.Items, reading.Findings);
    }

    /// <summary>The pack with an id, or the finding that there is none.</summary>
    /// <param name="id">The id.</param>
    public DefinitionReading<Pack> Find(string id) => byId.TryGetValue(id, out Pack? pack)
        ? new DefinitionReading<Pack>(pack, ImmutableArray<Finding>.Empty)
        : new DefinitionReading<Pack>(null, ImmutableArray.Create(Unknown(id)));

    /// <summary>The packs of a profile; findings name what the catalog does not hold.</summary>
    /// <param name="profile">The code of the profile.</param>
    public DefinitionReading<IReadOnlyList<Pack>> OfProfile(string profile)
    {
        PackProfile? found = Profiles.FirstOrDefault(p => p.Name.Code == profile);
        if (found is null)
        {
            return new DefinitionReading<IReadOnlyList<Pack>>(null, ImmutableArray.Create(Unknown(profile)));
        }

        ImmutableArray<Finding> missing = found.Packs.Where(id => !byId.ContainsKey(id)).Select(Unknown).ToImmutableArray();
        return new DefinitionReading<IReadOnlyList<Pack>>(
            found.Packs.Where(byId.ContainsKey).Select(id => byId[id]).ToImmutableArray(), missing);
    }

    private Finding Unknown(string id) => PackFindings.Unknown.About(
        id, string.Empty, id, string.Join(", ", Packs.Select(static pack => pack.Id).Concat(Profiles.Select(static p => p.Name.Code))));
}
