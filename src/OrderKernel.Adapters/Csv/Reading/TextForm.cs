using System.Text;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>From bytes to text: a byte order mark decides, then the profile. Misfits are U+FFFD, which no row may hold.</summary>
internal static class TextForm
{
    private const string Misfit = "\uFFFD";

    public static string Decode(byte[] bytes, string encoding, out string used)
    {
        int mark = Mark(bytes, out used);
        if (mark == 0)
        {
            used = encoding != "auto" ? encoding : IsUtf8(bytes) ? "utf-8" : "gb18030";
        }

        Encoding form = Find(used);
        return form.GetString(bytes, mark, bytes.Length - mark);
    }

    private static int Mark(byte[] bytes, out string encoding)
    {
        encoding = "utf-8";
        if (bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF)
        {
            return 3;
        }

        if (bytes.Length >= 4 && bytes[0] == 0x84 && bytes[1] == 0x31 && bytes[2] == 0x95 && bytes[3] == 0x33)
        {
            encoding = "gb18030";
            return 4;
        }

        if (bytes.Length >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
        {
            encoding = bytes[0] == 0xFF ? "utf-16le" : "utf-16be";
            return 2;
        }

        return 0;
    }

    private static Encoding Find(string name)
    {
        Encoding form = name switch
        {
            "gb18030" => CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!, // the provider always has it
            "utf-16le" => new UnicodeEncoding(false, false),
            "utf-16be" => new UnicodeEncoding(true, false),
            _ => new UTF8Encoding(false),
        };
        var replacing = (Encoding)form.Clone();
        replacing.DecoderFallback = new DecoderReplacementFallback(Misfit);
        return replacing;
    }

    private static bool IsUtf8(byte[] bytes)
    {
        try
        {
            new UTF8Encoding(false, true).GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
