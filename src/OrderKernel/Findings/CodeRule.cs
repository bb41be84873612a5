using System;

namespace OrderKernel.Findings;

/// <summary>The shape of stable codes: lower-case ASCII words and digits joined by dots and underscores.</summary>
internal static class CodeRule
{
    /// <summary>Returns the code, or throws when it is not of the agreed shape.</summary>
    public static string Check(string code, string parameter)
    {
        if (string.IsNullOrEmpty(code) || code.Length > 80)
        {
            throw new ArgumentException("A code has 1 to 80 characters.", parameter);
        }

        for (int i = 0; i < code.Length; i++)
        {
            char c = code[i];
            bool joiner = c is '.' or '_';
            bool edge = i == 0 || i == code.Length - 1;
            if (!(c is (>= 'a' and <= 'z') or (>= '0' and <= '9') || (joiner && !edge)))
            {
                throw new ArgumentException(
                    $"The code '{code}' is not lower-case words joined by dots and underscores.", parameter);
            }
        }

        return code;
    }
}
