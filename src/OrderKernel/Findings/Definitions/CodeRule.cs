using System;

namespace OrderKernel.Findings;

/// <summary>The shape of stable codes: lower-case ASCII words and digits joined by dots and underscores.</summary>
internal static class CodeRule
{
    /// <summary>Returns the code, or throws when it is not of the agreed shape.</summary>
    public static string Check(string code, string parameter) => Fits(code)
        ? code
        : throw new ArgumentException(
            $"The code '{code}' is not 1 to 80 lower-case ASCII letters and digits, joined by dots and underscores.", parameter);

    /// <summary>Whether a text is of the agreed shape.</summary>
    public static bool Fits(string? code)
    {
        if (code is null || code.Length is 0 or > 80)
        {
            return false;
        }

        for (int i = 0; i < code.Length; i++)
        {
            char c = code[i];
            bool joiner = c is '.' or '_';
            bool edge = i == 0 || i == code.Length - 1;
            if (!(c is (>= 'a' and <= 'z') or (>= '0' and <= '9') || (joiner && !edge)))
            {
                return false;
            }
        }

        return true;
    }
}
