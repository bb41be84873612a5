using System.Collections.Immutable;
using System.Linq;
using OrderKernel.Testing;

namespace OrderKernel.Sql.Tests;

/// <summary>Fixed scripts, for tests that play one script in several places.</summary>
internal static class Scripts
{
    // What an order lives through comes more often than what befalls it.
    private static readonly int[] Kinds = 
        [.. Enumerable.Range(0, ScriptPlay.Kinds), 0, 1, 3, 3, 4, 4, 5, 5, 5, 8, 8, 8, 10, 10, 12, 12, 20];

    /// <summary>Walks through all kinds of command, always the same way for the same seed.</summary>
    public static Script Walk(int steps, int seed = 0)
    {
        long state = 20_260_901 + seed;
        return new Script(ImmutableArray.CreateRange(Enumerable.Range(0, steps).Select(
            _ => new ScriptStep(Kinds[Next(Kinds.Length)], Next(3), Next(12), Next(12), Next(12)))));

        int Next(int below)
        {
            state = ((state * 1_103_515_245) + 12_345) % 2_147_483_648;
            return (int)(state / 65_536 % below);
        }
    }
}
