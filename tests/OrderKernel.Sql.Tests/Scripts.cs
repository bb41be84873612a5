using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Testing;

namespace OrderKernel.Sql.Tests;

/// <summary>Fixed scripts, for tests that play one script in several places.</summary>
internal static class Scripts
{
    /// <summary>Walks through most kinds of command.</summary>
    public static Script Walk(int steps, int seed = 0) => new(ImmutableArray.CreateRange(Enumerable.Range(seed, steps).Select(
        i => new ScriptStep((i * 7) % ScriptPlay.Kinds, i % 3, (i * 5) % 12, (i * 3) % 12, (i * 11) % 12))));
}
