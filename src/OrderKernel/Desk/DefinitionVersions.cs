using System.Collections.Generic;
using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Packs;

namespace OrderKernel.Desk;

/// <summary>Every version of a tenant's definitions, folded as far as it is asked for and once.</summary>
internal sealed class DefinitionVersions
{
    private readonly ImmutableArray<EventEnvelope> stream;
    private readonly List<ActiveDefinitions> folded = new() { ActiveDefinitions.None };

    public DefinitionVersions(ImmutableArray<EventEnvelope> stream) => this.stream = stream;

    public ActiveDefinitions Find(long version)
    {
        if (version > stream.Length)
        {
            throw new KernelInvariantException($"A decision rests on version {version} of the definitions; {stream.Length} are stored.");
        }

        while (folded.Count <= version)
        {
            folded.Add(ActiveDefinitions.Fold(folded[folded.Count - 1], new[] { stream[folded.Count - 1] }));
        }

        return folded[(int)version];
    }
}
