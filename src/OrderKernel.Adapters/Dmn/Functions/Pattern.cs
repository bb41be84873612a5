using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>Regular expressions of XPath, translated to those of .NET.</summary>
/// <remarks>
/// <para>Source: XQuery 1.0 and XPath 2.0 functions §7.6.1. Patterns and what they search are bounded; where the platform has
/// it, matching takes linear time. A pattern that runs away stops the evaluation: the one place where time decides, and only for
/// back references or on .NET Framework.</para>
/// </remarks>
internal sealed class Pattern
{
    /// <summary>How long one match may take, in milliseconds.</summary>
    public const int Milliseconds = 100;

    private const int MaxLength = 1_000;
    private const string Escapable = "nrt\\|.-^?*+{}()[]$dDsSwWiIcCpP";
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(Milliseconds);

    private Pattern(Regex regex, bool hasReferences)
    {
        Regex = regex;
        HasReferences = hasReferences;
    }

    public Regex Regex { get; }

    /// <summary>Whether a part must repeat what an earlier one matched, which no machine matches in linear time.</summary>
    public bool HasReferences { get; }

    /// <summary>The expression; null when the pattern or the flags are not valid.</summary>
    public static Pattern? Read(string pattern, string flags)
    {
        RegexOptions options = RegexOptions.CultureInvariant;
        foreach (char flag in flags)
        {
            switch (flag)
            {
                case 's': options |= RegexOptions.Singleline; break;
                case 'm': options |= RegexOptions.Multiline; break;
                case 'i': options |= RegexOptions.IgnoreCase; break;
                case 'x' or 'q': break;
                default: return null;
            }
        }

        if (pattern.Length > MaxLength)
        {
            return null;
        }

        bool literal = flags.IndexOf('q') >= 0;
        bool references = false;
        string? translated = literal ? Regex.Escape(pattern)
            : new Translation(flags.IndexOf('x') >= 0 ? WithoutBlanks(pattern) : pattern, options).Write(out references);
        return translated is not null && Build(translated, options, references) is Regex regex ? new Pattern(regex, references) : null;
    }

    // Flag x: blanks outside of classes do not count, not even those inside an escape.
    private static string WithoutBlanks(string pattern)
    {
        var text = new StringBuilder();
        int classes = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            bool escaped = i > 0 && pattern[i - 1] == '\\';
            classes += c == '[' && !escaped ? 1 : c == ']' && !escaped ? -1 : 0;
            if (classes > 0 || c is not (' ' or '\t' or '\n' or '\r'))
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    private static Regex? Build(string translated, RegexOptions options, bool references)
    {
        try
        {
#if NET
            if (!references)
            {
                return new Regex(translated, options | RegexOptions.NonBacktracking, Patience);
            }
#endif
            return new Regex(translated, options, Patience);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return new Regex(translated, options, Patience);
        }
    }

    private sealed class Translation(string pattern, RegexOptions options)
    {
        private readonly StringBuilder text = new();
        private readonly Stack<int> open = new();
        private int classes;
        private int groups;
        private int repeats;
        private bool references;

        public string? Write(out bool hasReferences)
        {
            hasReferences = false;
            for (int i = 0; i < pattern.Length; i++)
            {
                char c = pattern[i];
                if (c == '\\')
                {
                    if (++i >= pattern.Length || !Escape(pattern[i]))
                    {
                        return null;
                    }

                    if (pattern[i] is 'p' or 'P')
                    {
                        int close = pattern.IndexOf('}', i);
                        if (close < 0 || pattern[i + 1] != '{')
                        {
                            return null;
                        }

                        text.Append(pattern, i + 1, close - i);
                        i = close;
                    }
                }
                else if (!Plain(c, i))
                {
                    return null;
                }
            }

            hasReferences = references;
            return classes == 0 && repeats <= 2 ? text.ToString() : null;
        }

        private bool Plain(char c, int at)
        {
            switch (c)
            {
                case '[':
                    classes++;
                    text.Append(c);
                    return true;
                case ']':
                    classes = Math.Max(0, classes - 1);
                    text.Append(c);
                    return true;
                case '(' when classes == 0:
                    bool silent = at + 1 < pattern.Length && pattern[at + 1] == '?';
                    if (silent && (at + 2 >= pattern.Length || pattern[at + 2] != ':'))
                    {
                        return false;
                    }

                    groups += silent ? 0 : 1;
                    open.Push(silent ? 0 : groups);
                    text.Append(c);
                    return true;
                case ')' when classes == 0:
                    if (open.Count == 0)
                    {
                        return false;
                    }

                    open.Pop();
                    text.Append(c);
                    return true;
                case '.' when classes == 0:
                    // A character beyond the first plane is one, though .NET keeps it as two.
                    text.Append("(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[^\\uD800-\\uDFFF")
                        .Append((options & RegexOptions.Singleline) == 0 ? "\\n\\r" : string.Empty).Append("])");
                    return true;
                case '$' when classes == 0:
                    text.Append((options & RegexOptions.Multiline) != 0 ? "$" : "\\z");
                    return true;
                case '{' when classes == 0:
                    return Repeat(at);
                default:
                    text.Append(c);
                    return true;
            }
        }

        // Counted repetition multiplies the size of the automaton; what business text needs is far below this.
        private bool Repeat(int at)
        {
            int close = pattern.IndexOf('}', at);
            if (close < 0 || close - at > 8)
            {
                return false;
            }

            foreach (string part in pattern.Substring(at + 1, close - at - 1).Split(','))
            {
                if (part.Length > 3)
                {
                    return false;
                }
            }

            repeats += close - at > 3 ? 1 : 0;
            text.Append('{');
            return true;
        }

        private bool Escape(char c)
        {
            if (c is >= '0' and <= '9')
            {
                int group = c - '0';
                if (classes > 0 || group == 0 || group > groups || open.Contains(group))
                {
                    return false;
                }

                references = true;
                text.Append("(?:\\").Append(c).Append(')');
                return true;
            }

            if (Escapable.IndexOf(c) < 0)
            {
                return false;
            }

            string inner = c switch
            {
                'i' => "\\p{L}_:",
                'c' => "\\p{L}\\p{Nd}\\-._:\u00B7",
                _ => string.Empty,
            };
            text.Append(inner.Length == 0 ? "\\" + c : classes > 0 ? inner : "[" + inner + "]");
            if (c is 'I' or 'C')
            {
                text.Length -= 2;
                text.Append(classes > 0 ? "\\W" : c == 'I' ? "[^\\p{L}_:]" : "[^\\p{L}\\p{Nd}\\-._:\u00B7]");
            }

            return true;
        }
    }
}
