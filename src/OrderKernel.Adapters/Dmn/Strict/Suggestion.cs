using System;
using System.Collections.Generic;
using System.Linq;

namespace OrderKernel.Adapters.Dmn.Strict;

/// <summary>What was probably meant by a name that is not known.</summary>
internal static class Suggestion
{
    // Beyond this many names in scope the nearest is no longer looked for everywhere.
    private const int MaxKnown = 1_000;

    /// <summary>A sentence with the nearest name, or nothing when none is near.</summary>
    public static string For(string name, IEnumerable<string> known)
    {
        string? nearest = Nearest(name, known);
        return nearest is null ? string.Empty : " → " + nearest;
    }

    public static string? Nearest(string name, IEnumerable<string> known) =>
        known.Take(MaxKnown).Where(k => Math.Abs(k.Length - name.Length) <= Math.Max(1, Math.Min(name.Length, k.Length) / 2))
            .Select(k => (Name: k, Distance: Distance(name, k)))
            .Where(k => k.Distance <= Math.Max(1, Math.Min(name.Length, k.Name.Length) / 2))
            .OrderBy(k => k.Distance).ThenBy(k => k.Name, StringComparer.Ordinal)
            .Select(k => k.Name).FirstOrDefault();

    private static int Distance(string a, string b)
    {
        if (a.Length > 100 || b.Length > 100)
        {
            return int.MaxValue;
        }

        int[] row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
