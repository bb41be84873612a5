using System;
using System.Collections.Immutable;
using System.Text;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Functions;

/// <summary>Functions on text. Places and lengths count Unicode code points.</summary>
internal static class TextFunctions
{
    public static void AddTo(Library library)
    {
        library.Add("string length", "string:s", 'n', (a, _) => FeelValue.Of((decimal)Length(Text(a[0]))));
        library.Add("upper case", "string:s", 's', (a, run) => Made(Text(a[0]).Length, run) ?? FeelValue.Of(Text(a[0]).ToUpperInvariant()));
        library.Add("lower case", "string:s", 's', (a, run) => Made(Text(a[0]).Length, run) ?? FeelValue.Of(Text(a[0]).ToLowerInvariant()));
        library.Add("substring", "string:s,start position:n,length?:n", 's', (a, run) => Substring(a, run));
        library.Add("substring before", "string:s,match:s", 's',
            (a, run) => Made(Text(a[0]).Length, run) ?? Before(Text(a[0]), Text(a[1])));
        library.Add("substring after", "string:s,match:s", 's', (a, run) => Made(Text(a[0]).Length, run) ?? After(Text(a[0]), Text(a[1])));
        library.Add("contains", "string:s,match:s", 'b', (a, _) => FeelValue.Of(IndexOf(Text(a[0]), Text(a[1])) >= 0));
        library.Add("starts with", "string:s,match:s", 'b',
            (a, _) => FeelValue.Of(Text(a[0]).StartsWith(Text(a[1]), StringComparison.Ordinal)));
        library.Add("ends with", "string:s,match:s", 'b',
            (a, _) => FeelValue.Of(Text(a[0]).EndsWith(Text(a[1]), StringComparison.Ordinal)));
        library.Add("string join", "list:l,delimiter?:S", 's', (a, run) => Join(a, run));
    }

    public static string Text(FeelValue value) => ((TextValue)value).Text;

    /// <summary>Whether every surrogate has its other half.</summary>
    public static bool IsWhole(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    // A text no longer than one that is there: paid for, but not held against the longest that may be made.
    private static FeelValue? Made(int length, Evaluation.Run run)
    {
        run.Grow(0, length);
        return null;
    }

    private static int Length(string text)
    {
        int pairs = 0;
        for (int i = 0; i + 1 < text.Length; i++)
        {
            pairs += char.IsHighSurrogate(text[i]) && char.IsLowSurrogate(text[i + 1]) ? 1 : 0;
        }

        return text.Length - pairs;
    }

    private static int IndexOf(string text, string match) => text.IndexOf(match, StringComparison.Ordinal);

    private static FeelValue? Substring(FeelValue[] a, Evaluation.Run run)
    {
        string text = Text(a[0]);
        int points = Length(text);
        decimal start = Math.Truncate(((NumberValue)a[1]).Number);
        decimal length = a[2] is NumberValue given ? Math.Truncate(given.Number) : points;
        if (start == 0 || Math.Abs(start) > points || length < 1)
        {
            return start != 0 && length < 1 ? null : start == 0 ? null : FeelValue.Of(string.Empty);
        }

        int from = (int)(start > 0 ? start - 1 : points + start);
        int count = (int)Math.Min(length, points - from);
        run.Grow(0, count);
        int at = Skip(text, 0, from);
        return FeelValue.Of(text.Substring(at, Skip(text, at, count) - at));
    }

    /// <summary>The place in a text that lies so many code points on.</summary>
    private static int Skip(string text, int at, int points)
    {
        for (; points > 0; points--)
        {
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        }

        return at;
    }

    private static FeelValue Before(string text, string match)
    {
        int at = IndexOf(text, match);
        return FeelValue.Of(at < 0 ? string.Empty : text.Substring(0, at));
    }

    private static FeelValue After(string text, string match)
    {
        int at = IndexOf(text, match);
        return FeelValue.Of(at < 0 ? string.Empty : text.Substring(at + match.Length));
    }

    private static FeelValue? Join(FeelValue[] a, Evaluation.Run run)
    {
        ImmutableArray<FeelValue> items = a[0].Items;
        string delimiter = a[1] is TextValue given ? given.Text : string.Empty;
        var joined = new StringBuilder();
        bool first = true;
        foreach (FeelValue item in items)
        {
            if (item.IsNull)
            {
                continue;
            }

            if (item is not TextValue text)
            {
                return null;
            }

            long piece = (long)text.Text.Length + delimiter.Length;
            run.Grow(joined.Length + piece, piece);
            joined.Append(first ? string.Empty : delimiter).Append(text.Text);
            first = false;
        }

        return FeelValue.Of(joined.ToString());
    }
}
