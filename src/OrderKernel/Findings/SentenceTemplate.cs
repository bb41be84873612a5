using System;
using System.Collections.Immutable;
using System.Text;

namespace OrderKernel.Findings;

/// <summary>Sentences with named places in braces.</summary>
internal static class SentenceTemplate
{
    /// <summary>The names in braces, each once, in order of first use.</summary>
    public static ImmutableArray<string> Places(string template)
    {
        var places = ImmutableArray.CreateBuilder<string>();
        for (int open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', open + 1))
        {
            int close = template.IndexOf('}', open);
            if (close < 0)
            {
                throw new ArgumentException("A brace is not closed.", nameof(template));
            }

            string name = CodeRule.Check(template.Substring(open + 1, close - open - 1), nameof(template));
            if (!places.Contains(name))
            {
                places.Add(name);
            }
        }

        return places.ToImmutable();
    }

    /// <summary>Puts the facts into their places; a place without a fact stays as written.</summary>
    public static string Fill(string template, ImmutableArray<Fact> facts)
    {
        var text = new StringBuilder(template.Length + 32);
        int from = 0;
        for (int open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', from))
        {
            int close = template.IndexOf('}', open);
            string name = template.Substring(open + 1, close - open - 1);
            text.Append(template, from, open - from).Append(ValueOf(facts, name) ?? template.Substring(open, close - open + 1));
            from = close + 1;
        }

        return text.Append(template, from, template.Length - from).ToString();
    }

    private static string? ValueOf(ImmutableArray<Fact> facts, string name)
    {
        foreach (Fact fact in facts)
        {
            if (string.Equals(fact.Name, name, StringComparison.Ordinal))
            {
                return fact.Value;
            }
        }

        return null;
    }
}
