namespace OrderKernel.Findings;

/// <summary>Half a character in a JSON text: one of a pair of surrogates without the other, written out or as an escape. Readers of
/// JSON take the escape for well-formed and stumble when the text is asked for.</summary>
internal static class HalfCharacters
{
    private const string Digits = "0123456789ABCDEF";

    /// <summary>Where the first one stands; -1 when there is none.</summary>
    public static int IndexIn(string json)
    {
        int opened = -1, length = 0;
        for (int i = 0; i < json.Length; i += length)
        {
            int before = length;
            char c = Next(json, i, out length);
            bool completes = char.IsLowSurrogate(c) && opened >= 0 && before == length;
            if (opened >= 0 && !completes)
            {
                return opened;
            }

            if (char.IsLowSurrogate(c) && !completes)
            {
                return i;
            }

            opened = char.IsHighSurrogate(c) ? i : -1;
        }

        return opened;
    }

    // A character, or the escape that stands for one.
    private static char Next(string json, int at, out int length)
    {
        bool isEscape = json[at] == '\\' && at + 1 < json.Length;
        int code = isEscape && json[at + 1] == 'u' && at + 6 <= json.Length ? 0 : -1;
        for (int i = at + 2; i < at + 6 && code >= 0; i++)
        {
            int digit = Digits.IndexOf(char.ToUpperInvariant(json[i]));
            code = digit < 0 ? -1 : (code * 16) + digit;
        }

        length = code >= 0 ? 6 : isEscape ? 2 : 1;
        return code >= 0 ? (char)code : json[at];
    }
}
