using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Packs;

namespace OrderKernel.Desk;

/// <summary>Every version of a tenant's definitions, folded as far as it is asked for and once.</summary>
internal sealed class DefinitionVersions
{
    private readonly List<EventEnvelope> stream = new();
    private readonly List<ActiveDefinitions> folded = new() { ActiveDefinitions.None };

    /// <summary>How many versions are known.</summary>
    public long Count => stream.Count;

    /// <summary>Takes what is newer than what is known.</summary>
    public void Add(ImmutableArray<EventEnvelope> newer) => stream.AddRange(newer);

    public ActiveDefinitions Find(long version)
    {
        if (version > stream.Count)
        {
            throw new KernelInvariantException($"A decision rests on version {version} of the definitions; {stream.Count} are stored.");
        }

        while (folded.Count <= version)
        {
            folded.Add(ActiveDefinitions.Fold(folded[folded.Count - 1], new[] { stream[folded.Count - 1] }));
        }

        return folded[(int)version];
    }
}
