namespace OrderKernel.Adapters.Dmn.Feel;

/// <summary>Which characters make names and blanks.</summary>
/// <remarks><para>Source: DMN 1.5 §10.3.1.2, rules 27-32 and 61.</para></remarks>
internal static class NameRule
{
    public static bool IsStart(char c) =>
        c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '_'
            or (>= '\u00C0' and <= '\u00D6') or (>= '\u00D8' and <= '\u00F6') or (>= '\u00F8' and <= '\u02FF')
            or (>= '\u0370' and <= '\u037D') or (>= '\u037F' and <= '\u1FFF' and not '\u1680' and not '\u180E')
            or (>= '\u200C' and <= '\u200D') or (>= '\u2070' and <= '\u218F') or (>= '\u2C00' and <= '\u2FEF')
            or (>= '\u3001' and <= '\uDFFF') or (>= '\uF900' and <= '\uFDCF') or (>= '\uFDF0' and <= '\uFFFD' and not '\uFEFF');

    public static bool IsPart(char c) =>
        IsStart(c) || c is (>= '0' and <= '9') or '\u00B7' or (>= '\u0300' and <= '\u036F') or '\u203F' or '\u2040';

    public static bool IsBlank(char c) =>
        c is ' ' or (>= '\t' and <= '\r') or '\u0085' or '\u00A0' or '\u1680' or '\u180E' or (>= '\u2000' and <= '\u200B')
            or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000' or '\uFEFF';

    /// <summary>Punctuation that an input method types in place of ASCII, and that the grammar would take for a letter.</summary>
    public static bool IsFullWidth(char c) => HalfWidth(c) is not null || c is '、' or '。' or '～' or '《' or '》';

    /// <summary>The ASCII that was meant; null when the character is no full-width punctuation.</summary>
    public static string? HalfWidth(char c) => c switch
    {
        '，' => ",",
        '（' => "(",
        '）' => ")",
        '：' => ":",
        '＞' => ">",
        '＜' => "<",
        '＝' => "=",
        '！' => "!",
        '？' => "?",
        '【' or '［' => "[",
        '】' or '］' => "]",
        '｛' => "{",
        '｝' => "}",
        '＋' => "+",
        '－' => "-",
        '＊' => "*",
        '／' => "/",
        '．' => ".",
        '；' => ";",
        '“' or '”' or '＂' or '「' or '」' => "\"",
        >= '０' and <= '９' => ((char)('0' + (c - '０'))).ToString(),
        _ => null,
    };

    /// <summary>True for one plain word that needs no quotes as a context key.</summary>
    public static bool IsName(string text)
    {
        if (text.Length == 0 || !IsStart(text[0]))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!IsPart(c) && c != ' ')
            {
                return false;
            }
        }

        return true;
    }
}
