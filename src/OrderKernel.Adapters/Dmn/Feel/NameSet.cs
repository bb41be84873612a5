using System;
using System.Collections.Generic;
using System.Linq;

namespace OrderKernel.Adapters.Dmn.Feel;

/// <summary>Names as sequences of tokens, so that blanks inside a name do not matter; finds the longest one at a place.</summary>
internal sealed class NameSet
{
    private readonly Dictionary<string, List<(string[] Parts, string Name)>> byFirst = new(StringComparer.Ordinal);
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public NameSet()
    {
    }

    public NameSet(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            Add(name);
        }
    }

    public void Add(string name)
    {
        if (!known.Add(name))
        {
            return;
        }

        string[] parts = Parts(name);
        if (parts.Length == 0)
        {
            return;
        }

        if (!byFirst.TryGetValue(parts[0], out List<(string[] Parts, string Name)>? list))
        {
            byFirst.Add(parts[0], list = new List<(string[], string)>());
        }

        list.Add((parts, name));
        list.Sort((a, b) => b.Parts.Length != a.Parts.Length
            ? b.Parts.Length.CompareTo(a.Parts.Length) : string.CompareOrdinal(a.Name, b.Name));
    }

    public bool Contains(string name) => known.Contains(name);

    /// <summary>The longest name whose tokens stand at the position; zero tokens when none does.</summary>
    public (string Name, int Count) Longest(List<Token> tokens, int at)
    {
        if (byFirst.TryGetValue(tokens[at].Text, out List<(string[] Parts, string Name)>? list))
        {
            foreach ((string[] parts, string name) in list)
            {
                if (Stands(tokens, at, parts))
                {
                    return (name, parts.Length);
                }
            }
        }

        return (string.Empty, 0);
    }

    /// <summary>The name with single blanks where two words meet: the spelling under which it is known.</summary>
    public static string Normal(string name) =>
        string.Join(" ", name.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private static string[] Parts(string name)
    {
        try
        {
            return Lexer.Read(name, strict: false).Where(t => t.Kind != TokenKind.End).Select(t => t.Text).ToArray();
        }
        catch (SyntaxException)
        {
            return new[] { name };
        }
    }

    private static bool Stands(List<Token> tokens, int at, string[] parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            Token token = at + i < tokens.Count ? tokens[at + i] : default;
            if (token.Kind is not (TokenKind.Word or TokenKind.Symbol or TokenKind.Number) || token.Text != parts[i])
            {
                return false;
            }
        }

        return true;
    }
}
