using System.IO;
using System.Text;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>From bytes to text: a byte order mark decides, then the profile. Misfits are U+FFFD, which no row may hold.</summary>
internal sealed class TextForm
{
    private const string Misfit = "\uFFFD";
    private readonly int mark;

    private TextForm(string name, int mark, long bytes)
    {
        Name = name;
        this.mark = mark;
        Bytes = bytes;
    }

    /// <summary>The name of the encoding.</summary>
    public string Name { get; }

    /// <summary>How many bytes there are; where there are too many, as far as was looked.</summary>
    public long Bytes { get; }

    /// <summary>Looks through the bytes once.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="encoding">What the profile says; <c>auto</c> takes UTF-8 where every byte fits, and GB18030 elsewhere.</param>
    /// <param name="most">After how many bytes to stop looking.</param>
    public static TextForm Of(Stream content, string encoding, long most)
    {
        var buffer = new byte[81_920];
        var chars = new char[81_920];
        Decoder strict = new UTF8Encoding(false, true).GetDecoder();
        int mark = 0;
        string marked = string.Empty;
        bool isUtf8 = true;
        long bytes = 0;
        int read;
        while (bytes <= most && (read = Fill(content, buffer)) > 0)
        {
            mark = bytes == 0 ? Mark(buffer, read, out marked) : mark;
            bytes += read;
            isUtf8 = isUtf8 && Fits(strict, buffer, read, chars, flush: false);
        }

        isUtf8 = isUtf8 && Fits(strict, buffer, 0, chars, flush: true);
        return new TextForm(mark > 0 ? marked : encoding != "auto" ? encoding : isUtf8 ? "utf-8" : "gb18030", mark, bytes);
    }

    /// <summary>Reads the text from the same bytes, from their beginning.</summary>
    public TextReader Open(Stream content)
    {
        Fill(content, new byte[mark]);
        return new StreamReader(content, Find(Name), false, 32_768);
    }

    // As much as fits, so that a mark is seen whole however the stream cuts it.
    private static int Fill(Stream content, byte[] buffer)
    {
        int filled = 0;
        int read;
        while (filled < buffer.Length && (read = content.Read(buffer, filled, buffer.Length - filled)) > 0)
        {
            filled += read;
        }

        return filled;
    }

    private static bool Fits(Decoder strict, byte[] bytes, int count, char[] chars, bool flush)
    {
        try
        {
            strict.GetChars(bytes, 0, count, chars, 0, flush);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static int Mark(byte[] bytes, int count, out string encoding)
    {
        encoding = "utf-8";
        if (count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF)
        {
            return 3;
        }

        if (count >= 4 && bytes[0] == 0x84 && bytes[1] == 0x31 && bytes[2] == 0x95 && bytes[3] == 0x33)
        {
            encoding = "gb18030";
            return 4;
        }

        if (count >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
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
}
