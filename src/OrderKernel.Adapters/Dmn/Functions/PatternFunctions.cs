using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using OrderKernel.Adapters.Dmn.Evaluation;
using OrderKernel.Adapters.Dmn.Values;
using static OrderKernel.Adapters.Dmn.Functions.TextFunctions;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>Functions that take a regular expression.</summary>
internal static class PatternFunctions
{
    // What a match with back references costs whatever it does: a hundred of them are an evaluation.
    private const int ReferenceSteps = 50_000;

    public static void AddTo(Library library)
    {
        library.Add("matches", "input:s,pattern:s,flags?:S", 'b', (a, run) => Guard(() => Matches(a, run)));
        library.Add("replace", "input:s,pattern:s,replacement:s,flags?:S", 's', (a, run) => Guard(() => Replace(a, run)));
        library.Add("split", "string:s,delimiter:s", 'l', (a, run) => Guard(() => Split(a, run)));
    }

    private static FeelValue? Guard(System.Func<FeelValue?> body)
    {
        try
        {
            return body();
        }
        catch (RegexMatchTimeoutException)
        {
            throw new BudgetException("milliseconds of a regular expression", Pattern.Milliseconds);
        }
    }

    private static FeelValue? Matches(FeelValue[] a, Run run)
    {
        return Read(a[0], a[1], a[2], run) is Regex regex ? FeelValue.Of(regex.IsMatch(Text(a[0]))) : null;
    }

    private static FeelValue? Replace(FeelValue[] a, Run run)
    {
        if (Read(a[0], a[1], a[3], run) is not Regex regex)
        {
            return null;
        }

        bool literal = a[3] is TextValue flags && flags.Text.IndexOf('q') >= 0;
        string replacement = Text(a[2]);
        if (!literal && !IsReplacement(replacement))
        {
            return null;
        }

        long length = Text(a[0]).Length;
        string replaced = regex.Replace(Text(a[0]), match =>
        {
            long piece = literal ? replacement.Length : Fill(replacement, match, null);
            length += piece - match.Length;
            run.Grow(length, piece);
            if (literal)
            {
                return replacement;
            }

            var text = new StringBuilder((int)piece);
            Fill(replacement, match, text);
            return text.ToString();
        });
        return IsWhole(replaced) ? FeelValue.Of(replaced) : null;
    }

    private static FeelValue? Split(FeelValue[] a, Run run)
    {
        string text = Text(a[0]);
        if (Read(a[0], a[1], FeelValue.Null, run) is not Regex regex)
        {
            return null;
        }

        var parts = new List<FeelValue>();
        int from = 0;
        for (Match match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            bool inside = match.Index > 0 && match.Index < text.Length && !char.IsLowSurrogate(text[match.Index]);
            if (match.Length == 0 && !inside)
            {
                run.Spend(1);
                continue;
            }

            run.SpendList(parts.Count + 2L, 1);
            run.Grow(0, match.Index - from);
            parts.Add(FeelValue.Of(text.Substring(from, match.Index - from)));
            from = match.Index + match.Length;
        }

        parts.Add(FeelValue.Of(text.Substring(from)));
        return parts.TrueForAll(p => IsWhole(Text(p))) ? new ListValue(parts.ToImmutableArray()) : null;
    }

    /// <summary>The expression, with what matching it on a text costs taken; null when it is not valid.</summary>
    private static Regex? Read(FeelValue text, FeelValue pattern, FeelValue flags, Run run)
    {
        run.SpendText(Text(text).Length);
        run.Spend(Text(text).Length / 2);
        if (run.Pattern(Text(pattern), flags is TextValue given ? given.Text : string.Empty) is not Pattern read)
        {
            return null;
        }

        run.Spend(read.HasReferences ? ReferenceSteps : 0);
        return read.Regex;
    }

    /// <summary>A dollar must be followed by a digit, a backslash by a backslash or a dollar.</summary>
    private static bool IsReplacement(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char next = i + 1 < text.Length ? text[i + 1] : '\0';
            if ((text[i] == '$' && next is not (>= '0' and <= '9')) || (text[i] == '\\' && next is not ('\\' or '$')))
            {
                return false;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return true;
    }

    /// <summary>What stands in the place of a match, written down or, with no text to write to, only counted.</summary>
    private static long Fill(string replacement, Match match, StringBuilder? text)
    {
        long length = 0;
        for (int i = 0; i < replacement.Length; i++)
        {
            char c = replacement[i];
            if (c == '$')
            {
                // As many digits as still name a group; $12 with one group is $1 followed by a 2.
                int group = replacement[++i] - '0';
                while (i + 1 < replacement.Length && replacement[i + 1] is >= '0' and <= '9'
                    && (group * 10) + (replacement[i + 1] - '0') < match.Groups.Count)
                {
                    group = (group * 10) + (replacement[++i] - '0');
                }

                length += match.Groups[group].Length;
                text?.Append(match.Groups[group].Value);
            }
            else
            {
                length++;
                text?.Append(c == '\\' ? replacement[++i] : c);
                i += c == '\\' && text is null ? 1 : 0;
            }
        }

        return length;
    }
}
