using System.Globalization;
using System.Linq;
using System.Text;
using NodaTime;

namespace OrderKernel.Orders;

/// <summary>How order numbers are written: text, the date as {yyyy} {MM} {dd}, and at the end the sequence as {0…}, such as
/// <c>SO-{yyyy}-{00000}</c>.</summary>
/// <remarks>
/// <para>What stands before the sequence ends in something other than a digit, so two numbers are equal only when both halves
/// are. All patterns whose first halves may come out alike count in one series; so no two patterns ever give one number.</para>
/// </remarks>
internal static class NumberPattern
{
    public const int MaxLength = 48;

    /// <summary>The series that a pattern counts in; null when the pattern cannot be used.</summary>
    public static string? Series(string pattern)
    {
        int at = pattern.LastIndexOf('{');
        bool sequence = at > 0 && pattern.EndsWith("0}", System.StringComparison.Ordinal) && pattern.Length - at <= 14
            && pattern.Skip(at + 1).Take(pattern.Length - at - 2).All(static c => c == '0');
        if (!sequence || pattern.Length > MaxLength)
        {
            return null;
        }

        string prefix = pattern.Substring(0, at).Replace("{yyyy}", "0000").Replace("{MM}", "00").Replace("{dd}", "00");
        bool plain = prefix.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '/' or '.');
        return plain && !char.IsDigit(prefix[prefix.Length - 1])
            ? new string(prefix.Select(static c => char.IsDigit(c) ? '0' : c).ToArray())
            : null;
    }

    /// <summary>The number at a place of the series; longer than its zeros when the series has outgrown them.</summary>
    public static string Format(string pattern, LocalDate day, long sequence)
    {
        int at = pattern.LastIndexOf('{');
        var text = new StringBuilder(pattern.Substring(0, at));
        text.Replace("{yyyy}", Digits(day.Year, 4)).Replace("{MM}", Digits(day.Month, 2)).Replace("{dd}", Digits(day.Day, 2));
        return text.Append(Digits(sequence, pattern.Length - at - 2)).ToString();
    }

    private static string Digits(long number, int places) =>
        number.ToString("D" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
