using System;
using System.IO;
using System.Text;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary>Writes files whole or not at all: beside the old one first, which takes its place once everything is on the disk.</summary>
internal static class WholeFile
{
    /// <exception cref="TextFileException">The file cannot be written, or not in its encoding; what stood there still does.</exception>
    public static void Write(string path, string text, Encoding? encoding = null)
    {
        Encoding form = encoding ?? Utf8;
        try
        {
            // Not through a writer, which would add a byte order mark of its own.
            byte[] bytes = form.GetBytes(text);
            Replace(path, file => file.Write(bytes));
        }
        catch (EncoderFallbackException)
        {
            throw new TextFileException(TextFileFindings.NotEncodable.About(path, string.Empty, path, form.WebName));
        }
    }

    /// <summary>Writes as UTF-8 what may be large.</summary>
    /// <exception cref="TextFileException">The file cannot be written; what stood there still does.</exception>
    public static void Write(string path, Action<TextWriter> write) => Replace(path, file =>
    {
        using var to = new StreamWriter(file, Utf8, leaveOpen: true) { NewLine = "\n" };
        write(to);
    });

    private static readonly UTF8Encoding Utf8 = new(false, true);

    private static void Replace(string path, Action<Stream> fill)
    {
        try
        {
            // A pipe or a terminal has no place beside it.
            if (path.StartsWith("/dev/", StringComparison.Ordinal))
            {
                using FileStream direct = File.OpenWrite(path);
                fill(direct);
                return;
            }

            bool exists = File.Exists(path);
            string place = (exists ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
            string beside = $"{place}.{Guid.NewGuid():N}.tmp";
            try
            {
                using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
                {
                    fill(file);
                    file.Flush(flushToDisk: true);
                }

                if (exists && !OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(beside, File.GetUnixFileMode(place));
                }

                File.Move(beside, place, overwrite: true);
            }
            finally
            {
                File.Delete(beside);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TextFileException(TextFileFindings.NotWritten.About(path, string.Empty, path));
        }
    }
}
