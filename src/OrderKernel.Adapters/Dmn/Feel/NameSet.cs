using System;
using System.Collections.Generic;
using System.Linq;

namespace OrderKernel.Adapters.Dmn.Feel;

/// <summary>Names as sequences of tokens, so that blanks inside a name do not matter; finds the longest one at a place.</summary>
internal sealed class NameSet
{
    private readonly Branch root = new();
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

        Branch branch = root;
        foreach (string part in Parts(name))
        {
            branch = branch.To(part);
        }

        // Of two spellings of the same tokens one must be the name, whatever the order they were met in.
        branch.Name = branch.Name is null || string.CompareOrdinal(name, branch.Name) < 0 ? name : branch.Name;
    }

    public bool Contains(string name) => known.Contains(name);

    /// <summary>The longest name whose tokens stand at the position; zero tokens when none does.</summary>
    public (string Name, int Count) Longest(List<Token> tokens, int at)
    {
        (string Name, int Count) longest = (string.Empty, 0);
        Branch? branch = root;
        for (int i = at; i < tokens.Count && IsNameable(tokens[i].Kind); i++)
        {
            branch = branch.Find(tokens[i].Text);
            if (branch is null)
            {
                break;
            }

            longest = branch.Name is string name ? (name, i - at + 1) : longest;
        }

        return longest;
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

    private static bool IsNameable(TokenKind kind) => kind is TokenKind.Word or TokenKind.Symbol or TokenKind.Number;

    /// <summary>What may follow the tokens so far, and the name that ends here.</summary>
    private sealed class Branch
    {
        private Dictionary<string, Branch>? next;

        public string? Name { get; set; }

        public Branch? Find(string token) => next is not null && next.TryGetValue(token, out Branch? found) ? found : null;

        public Branch To(string token)
        {
            next ??= new Dictionary<string, Branch>(StringComparer.Ordinal);
            if (!next.TryGetValue(token, out Branch? branch))
            {
                next.Add(token, branch = new Branch());
            }

            return branch;
        }
    }
}
