using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary>A text that was read whole, and the form in which it stands in its file.</summary>
/// <param name="Text">The text, without its byte order mark.</param>
/// <param name="Encoding">Its encoding; throws at what it cannot write.</param>
/// <param name="HasMark">Whether the file begins with a byte order mark.</param>
/// <param name="Name">What the encoding is called, in the words of the file where it has any.</param>
internal sealed record SourceText(string Text, Encoding Encoding, bool HasMark, string Name);

/// <summary>Reads text files whole or not at all: a byte that is no text is a finding, never a replacement character.</summary>
/// <remarks><para>A byte order mark decides, then an XML declaration, then what the caller names: UTF-8 unless told otherwise.</para>
/// </remarks>
internal static class TextFile
{
    private const int Chunk = 65_536;

    private static readonly Regex Declaration = new(
        "^<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._:-]*)[\"']", RegexOptions.CultureInvariant);

    /// <exception cref="TextFileException">The file is not there, cannot be opened, or is not text in its encoding.</exception>
    public static string Read(string path, string encoding = "utf-8") => ReadSource(path, encoding).Text;

    /// <exception cref="TextFileException">The file is not there, cannot be opened, or is not text in its encoding.</exception>
    public static SourceText ReadSource(string path, string encoding = "utf-8")
    {
        byte[] bytes = Open(path, static file =>
        {
            using var all = new MemoryStream();
            file.CopyTo(all);
            return all.ToArray();
        });
        (Encoding form, int mark, string name) = FormOf(path, bytes, encoding);
        using var content = new MemoryStream(bytes, mark, bytes.Length - mark);
        Check(path, content, form, name, mark);
        return new SourceText(form.GetString(bytes, mark, bytes.Length - mark), form, mark > 0, name);
    }

    /// <summary>The lines of a file that may be large. All of it was looked through before the first is given.</summary>
    /// <exception cref="TextFileException">The file is not there, cannot be opened, or is not text in its encoding.</exception>
    public static IEnumerable<string> Lines(string path, string encoding = "utf-8")
    {
        Encoding form = Open(path, file =>
        {
            var head = new byte[1_024];
            int read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            (Encoding found, int mark, string name) = FormOf(path, head.AsSpan(0, read), encoding);
            file.Position = mark;
            Check(path, file, found, name, mark);
            return found;
        });
        return File.ReadLines(path, form);
    }

    private static T Open<T>(string path, Func<FileStream, T> read)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new TextFileException(TextFileFindings.IsFolder.About(path, string.Empty, path));
            }

            using FileStream file = File.OpenRead(path);
            return read(file);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TextFileException(TextFileFindings.Missing.About(path, string.Empty, path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TextFileException(TextFileFindings.Denied.About(path, string.Empty, path));
        }
    }

    private static (Encoding Form, int Mark, string Name) FormOf(string path, ReadOnlySpan<byte> bytes, string otherwise)
    {
        foreach ((byte[] mark, string name) in Marks)
        {
            if (bytes.StartsWith(mark))
            {
                return (Strict(name)!, mark.Length, name);
            }
        }

        if (bytes.StartsWith("<\0?\0"u8) || bytes.StartsWith("\0<\0?"u8))
        {
            string wide = bytes[0] == 0 ? "utf-16BE" : "utf-16";
            return (Strict(wide)!, 0, wide);
        }

        Match declared = Declaration.Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 400)]));
        string stated = declared.Success ? declared.Groups[1].Value : otherwise;

        // What was found byte by byte is not written in two bytes a letter, whatever it says.
        Encoding? form = stated.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase)
            || stated.StartsWith("utf-32", StringComparison.OrdinalIgnoreCase) ? null : Strict(stated);
        return form is not null
            ? (form, 0, stated)
            : throw new TextFileException(TextFileFindings.EncodingUnknown.About(path, string.Empty, path, stated));
    }

    private static readonly (byte[] Mark, string Name)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], "utf-8"), ([0x84, 0x31, 0x95, 0x33], "gb18030"), ([0xFF, 0xFE], "utf-16"), ([0xFE, 0xFF], "utf-16BE"),
    ];

    // GBK and GB2312 are read as GB18030, which is their superset, so that no tool's own extension is lost.
    private static Encoding? Strict(string name)
    {
        bool chinese = name.ToUpperInvariant() is "GBK" or "GB2312" or "GB18030" or "CP936" or "WINDOWS-936";
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(
                    chinese ? "gb18030" : name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void Check(string path, Stream content, Encoding form, string name, long from)
    {
        Decoder decoder = form.GetDecoder();
        var bytes = new byte[Chunk];
        var chars = new char[form.GetMaxCharCount(Chunk)];
        long offset = from;
        long line = 1;
        int wide = form.GetByteCount("\n");
        while (true)
        {
            int read = content.ReadAtLeast(bytes, Chunk, throwOnEndOfStream: false);
            try
            {
                decoder.GetChars(bytes, 0, read, chars, 0, flush: read < Chunk);
            }
            catch (DecoderFallbackException fault)
            {
                int at = Math.Clamp(fault.Index, 0, read);
                throw new TextFileException(TextFileFindings.NotText.About(
                    path, string.Empty, path, Digits(offset + fault.Index), Digits(line + LinesIn(bytes.AsSpan(0, at), wide)), name));
            }

            line += LinesIn(bytes.AsSpan(0, read), wide);
            offset += read;
            if (read < Chunk)
            {
                return;
            }
        }
    }

    private static int LinesIn(ReadOnlySpan<byte> bytes, int wide)
    {
        int lines = 0;
        for (int at = 0; at + wide <= bytes.Length; at += wide)
        {
            lines += wide == 1
                ? bytes[at] == '\n' ? 1 : 0
                : (bytes[at] == '\n' && bytes[at + 1] == 0) || (bytes[at] == 0 && bytes[at + 1] == '\n') ? 1 : 0;
        }

        return lines;
    }

    private static string Digits(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
