using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace OrderKernel.Findings;

/// <summary>The kinds of finding that a host knows by code: used to read stored outcomes and to print the list of codes.</summary>
/// <remarks>
/// <para>Immutable and safe to share. Errors: two kinds with one code throw <see cref="ArgumentException"/>.</para>
/// </remarks>
public sealed class FindingCatalog
{
    private readonly Dictionary<string, FindingKind> byCode = new(StringComparer.Ordinal);

    /// <summary>Makes a catalog.</summary>
    /// <param name="kinds">The kinds; no two with one code.</param>
    public FindingCatalog(IEnumerable<FindingKind> kinds)
    {
        if (kinds is null)
        {
            throw new ArgumentNullException(nameof(kinds));
        }

        var all = ImmutableArray.CreateBuilder<FindingKind>();
        foreach (FindingKind kind in kinds)
        {
            if (byCode.ContainsKey(kind.Code))
            {
                throw new ArgumentException($"The code '{kind.Code}' is defined twice.", nameof(kinds));
            }

            byCode.Add(kind.Code, kind);
            all.Add(kind);
        }

        All = all.ToImmutable().Sort((a, b) => string.CompareOrdinal(a.Code, b.Code));
    }

    /// <summary>All kinds, by code in ordinal order.</summary>
    public ImmutableArray<FindingKind> All { get; }

    /// <summary>The kind with this code; a code that is not known here (from a later version, or of a policy no longer
    /// registered) answers a kind whose sentence is the code itself.</summary>
    /// <param name="code">The stable dotted code.</param>
    public FindingKind Find(string code) =>
        byCode.TryGetValue(code, out FindingKind? kind) ? kind : new FindingKind(code, Severity.Refusal, code, code);
}
