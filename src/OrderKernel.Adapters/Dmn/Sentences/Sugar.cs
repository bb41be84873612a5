using System.Text;
using OrderKernel.Adapters.Dmn.Feel;
using OrderKernel.Adapters.Dmn.Values;

namespace OrderKernel.Adapters.Dmn.Sentences;

/// <summary>Turns what a Chinese keyboard types into plain FEEL: full-width punctuation, 且 或 非, 5万. Texts in quotes stay as
/// they are.</summary>
internal static class Sugar
{
    public static string Plain(string source)
    {
        var plain = new StringBuilder(source.Length);
        for (int i = 0; i < source.Length; i++)
        {
            char c = source[i];
            if (c is '"' or '“' or '”' or '＂')
            {
                i = Text(source, i, plain);
            }
            else if (NameRule.HalfWidth(c) is string half)
            {
                plain.Append(half);
            }
            else if (c is >= '0' and <= '9' && !AfterName(plain))
            {
                i = Number(source, i, plain);
            }
            else if (Word(source, i, plain) is string word)
            {
                plain.Append(AtBlank(plain) ? word : " " + word)
                    .Append(i + 1 < source.Length && source[i + 1] is not (' ' or '(' or '（') ? " " : string.Empty);
            }
            else
            {
                plain.Append(c);
            }
        }

        return plain.ToString().Trim();
    }

    private static int Text(string source, int open, StringBuilder plain)
    {
        int at = open + 1;
        plain.Append('"');
        while (at < source.Length && source[at] is not ('"' or '“' or '”' or '＂'))
        {
            plain.Append(source[at]);
            if (source[at] == '\\' && at + 1 < source.Length)
            {
                plain.Append(source[++at]);
            }

            at++;
        }

        if (at < source.Length)
        {
            plain.Append('"');
        }

        return at;
    }

    private static int Number(string source, int from, StringBuilder plain)
    {
        int end = from;
        while (end < source.Length && (source[end] is (>= '0' and <= '9')
            || (source[end] == '.' && end + 1 < source.Length && source[end + 1] is >= '0' and <= '9')))
        {
            end++;
        }

        string digits = source.Substring(from, end - from);
        decimal unit = end < source.Length ? Numerals.Unit(source[end]) : 1m;
        bool known = decimal.TryParse(digits, System.Globalization.NumberStyles.AllowDecimalPoint,
            System.Globalization.CultureInfo.InvariantCulture, out decimal number);
        if (unit == 1m || !known || number > decimal.MaxValue / unit)
        {
            plain.Append(digits);
            return end - 1;
        }

        plain.Append(ValueText.Number(number * unit));
        return end;
    }

    // A word of logic stands after a value; at the beginning of a name it is part of the name.
    private static string? Word(string source, int at, StringBuilder plain)
    {
        char next = at + 1 < source.Length ? source[at + 1] : ' ';
        bool afterValue = plain.Length > 0 && plain[plain.Length - 1] is '"' or ')' or ']';
        bool alone = AtBlank(plain) && NameRule.IsBlank(next);
        return source[at] switch
        {
            '且' when afterValue || alone => "and",
            '或' when afterValue || alone => "or",
            '非' when !AfterName(plain) && next is '(' or '（' => "not",
            _ => null,
        };
    }

    private static bool AtBlank(StringBuilder plain) => plain.Length == 0 || NameRule.IsBlank(plain[plain.Length - 1]);

    private static bool AfterName(StringBuilder plain) => plain.Length > 0 && NameRule.IsPart(plain[plain.Length - 1]);
}
