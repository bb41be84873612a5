using System;
using System.Collections.Immutable;
using System.Text;
using OrderKernel.Findings;

namespace OrderKernel.Promising;

/// <summary>A typed text as words that compare the same however it was typed.</summary>
/// <remarks>
/// <para>Full-width letters, digits and signs become plain ones, letters become capitals, every kind of space separates, and so do
/// <c>×</c> and <c>x</c> between numbers. A single letter before a number belongs to it: <c>M 12</c> is <c>M12</c>. Words of Latin letters
/// and digits and words of other scripts part where they meet: <c>M12螺栓</c> is <c>M12</c> and <c>螺栓</c>.</para>
/// <para>It is what NFKC does for the characters that keyboards of the region produce, from a table of our own: the same on every
/// runtime and without any culture. Source: Unicode, Halfwidth and Fullwidth Forms (FF00-FFEF).</para>
/// </remarks>
public sealed class SearchText
{
    /// <summary>The greatest length of a text.</summary>
    public const int MaxLength = 400;

    /// <summary>Folds a text.</summary>
    /// <param name="text">What was typed.</param>
    /// <exception cref="ArgumentException">The text is blank, too long, or holds NUL or a lone surrogate.</exception>
    public SearchText(string text)
    {
        TextRule.CheckName(text, nameof(text), MaxLength);
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        bool latin = false;
        string folded = Fold(text);
        for (int i = 0; i < folded.Length; i++)
        {
            char c = folded[i];
            bool isLatin = c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') || IsPoint(folded, i);
            bool separates = IsSpace(c) || IsTimes(folded, i) || (c < 128 && !isLatin);
            if (word.Length > 0 && (separates || isLatin != latin))
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (!separates)
            {
                word.Append(c);
                latin = isLatin;
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        Words = Join(words);
    }

    /// <summary>The words, in the order typed.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>Whether a word is of Latin letters and digits, and so matches whole or not at all.</summary>
    internal static bool IsExact(string word) => word[0] < 128;

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            char plain = c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;
            folded.Append(plain is >= 'a' and <= 'z' ? (char)(plain - 32) : plain);
        }

        return folded.ToString();
    }

    private static bool IsSpace(char c) =>
        c is ' ' or '\t' or '\r' or '\n' or '\u00A0' or '\u3000' or '\u202F' or '\u205F' or '\uFEFF' or (>= '\u2000' and <= '\u200B');

    /// <summary>A point between digits belongs to a number.</summary>
    private static bool IsPoint(string text, int i) => text[i] == '.' && IsDigit(text, i - 1) && IsDigit(text, i + 1);

    /// <summary>A sign of multiplication, and a letter x between numbers, part them.</summary>
    private static bool IsTimes(string text, int i) =>
        text[i] is '\u00D7' or '*' || (text[i] == 'X' && IsDigit(text, i - 1) && IsDigit(text, i + 1));

    private static bool IsDigit(string text, int i) => i >= 0 && i < text.Length && text[i] is >= '0' and <= '9';

    private static ImmutableArray<string> Join(ImmutableArray<string>.Builder words)
    {
        for (int i = words.Count - 2; i >= 0; i--)
        {
            if (words[i].Length == 1 && words[i][0] is >= 'A' and <= 'Z' && words[i + 1][0] is >= '0' and <= '9')
            {
                words[i] += words[i + 1];
                words.RemoveAt(i + 1);
            }
        }

        return words.ToImmutable();
    }
}
