using System;

namespace OrderKernel.Findings;

/// <summary>What text may contain before it is stored: no NUL, no lone surrogate, no more than a stated length.</summary>
/// <remarks>
/// <para>Databases, JSON and message brokers disagree on both, so they are refused at the edge rather than altered later.</para>
/// </remarks>
public static class TextRule
{
    /// <summary>Says what is wrong with a text, or null when it may be stored.</summary>
    /// <param name="text">The text; null counts as wrong.</param>
    /// <param name="maxLength">The greatest number of UTF-16 units allowed, inclusive.</param>
    /// <returns>One of <c>missing</c>, <c>too_long</c>, <c>nul</c>, <c>lone_surrogate</c>, or null.</returns>
    public static string? Fault(string? text, int maxLength)
    {
        if (text is null)
        {
            return "missing";
        }

        if (text.Length > maxLength)
        {
            return "too_long";
        }

        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\0')
            {
                return "nul";
            }

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(c))
            {
                return "lone_surrogate";
            }
        }

        return null;
    }

    /// <summary>Says what is wrong with a text that is to name something, or null when it may.</summary>
    /// <param name="text">The text; null counts as wrong.</param>
    /// <param name="maxLength">The greatest number of UTF-16 units allowed, inclusive.</param>
    /// <returns>What <see cref="Fault"/> says; else <c>control</c> for control characters and line separators, <c>noncharacter</c> for
    /// code points that stand for nothing, <c>direction</c> for those that turn the direction of text; else null.</returns>
    /// <remarks><para>Such a name could neither be sent in a message nor be printed as it is. Source: CloudEvents 1.0.2, §Type System;
    /// Unicode UAX #9, §2 (embeddings, overrides, isolates).</para></remarks>
    public static string? IdFault(string? text, int maxLength) =>
        Fault(text, maxLength) ?? (IndexOfUnfit(text!) is >= 0 and int at ? Kind(text!, at) : null);

    // Where the first character stands that no id may hold; -1 when there is none.
    internal static int IndexOfUnfit(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isUnfit = c < ' ' || (c >= 0x7F && (c <= 0x9F || (c >= 0x2028 && (c <= 0x202E
                || (c >= 0x2066 && (c <= 0x2069 || (c >= 0xD800 && IsNoncharacter(text, i))))))));
            if (isUnfit)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsNoncharacter(string text, int at)
    {
        char c = text[at];
        return c is (>= '\uFDD0' and <= '\uFDEF') or >= '\uFFFE'
            || (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
                && (char.ConvertToUtf32(c, text[at + 1]) & 0xFFFE) == 0xFFFE);
    }

    private static string Kind(string text, int at) => text[at] switch
    {
        <= '\u009F' or '\u2028' or '\u2029' => "control",
        >= '\uD800' => "noncharacter",
        _ => "direction",
    };

    /// <summary>Returns a non-blank text of at most <paramref name="maxLength"/> units, or throws.</summary>
    /// <param name="text">The text to check.</param>
    /// <param name="parameter">The caller's parameter name, for the exception.</param>
    /// <param name="maxLength">The greatest length allowed, inclusive.</param>
    /// <exception cref="ArgumentException">The text is blank, too long, or holds NUL or a lone surrogate.</exception>
    public static string CheckName(string text, string parameter, int maxLength = 400)
    {
        string? fault = string.IsNullOrWhiteSpace(text) ? "missing" : Fault(text, maxLength);
        return fault is null
            ? text
            : throw new ArgumentException($"The text is not acceptable here: {fault} (at most {maxLength}).", parameter);
    }
}
