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
