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
            return null;
        }
    }

    private static FeelValue? Matches(FeelValue[] a, Run run)
    {
        run.SpendText(Text(a[0]).Length);
        return Read(a[1], a[2]) is Regex regex ? FeelValue.Of(regex.IsMatch(Text(a[0]))) : null;
    }

    private static FeelValue? Replace(FeelValue[] a, Run run)
    {
        run.SpendText(Text(a[0]).Length);
        if (Read(a[1], a[3]) is not Regex regex)
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
            string text = literal ? replacement : Fill(replacement, match);
            length += text.Length;
            run.SpendText(length);
            return text;
        });
        return FeelValue.Of(replaced);
    }

    private static FeelValue? Split(FeelValue[] a, Run run)
    {
        string text = Text(a[0]);
        run.SpendText(text.Length);
        if (Read(a[1], FeelValue.Null) is not Regex regex)
        {
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<FeelValue>();
        int from = 0;
        for (Match match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            run.Spend(1);
            if (match.Length == 0)
            {
                if (match.Index == 0 || match.Index >= text.Length)
                {
                    continue;
                }
            }

            parts.Add(FeelValue.Of(text.Substring(from, match.Index - from)));
            from = match.Index + match.Length;
        }

        parts.Add(FeelValue.Of(text.Substring(from)));
        return new ListValue(parts.ToImmutable());
    }

    private static Regex? Read(FeelValue pattern, FeelValue flags) =>
        Pattern.Read(Text(pattern), flags is TextValue given ? given.Text : string.Empty);

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

    private static string Fill(string replacement, Match match)
    {
        var text = new StringBuilder();
        for (int i = 0; i < replacement.Length; i++)
        {
            char c = replacement[i];
            if (c == '\\')
            {
                text.Append(replacement[++i]);
            }
            else if (c == '$')
            {
                // As many digits as still name a group; $12 with one group is $1 followed by a 2.
                int group = replacement[++i] - '0';
                while (i + 1 < replacement.Length && replacement[i + 1] is >= '0' and <= '9'
                    && (group * 10) + (replacement[i + 1] - '0') < match.Groups.Count)
                {
                    group = (group * 10) + (replacement[++i] - '0');
                }

                text.Append(match.Groups[group].Value);
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}
