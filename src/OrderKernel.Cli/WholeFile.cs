using System;
using System.IO;
using System.Text;
using OrderKernel.Findings;

namespace OrderKernel.Cli;

/// <summary>Writes files whole or not at all: beside the old one first, which takes its place once everything is on the disk.</summary>
internal static class WholeFile
{
    /// <exception cref="TextFileException">The file cannot be written, or not in its encoding; what stood there still does.</exception>
    public static void Write(string path, string text, Encoding? encoding = null) => Write(path, to => to.Write(text), encoding);

    /// <exception cref="TextFileException">The file cannot be written, or not in its encoding; what stood there still does.</exception>
    public static void Write(string path, Action<TextWriter> write, Encoding? encoding = null)
    {
        Encoding form = encoding ?? new UTF8Encoding(false, true);
        try
        {
            // A pipe or a terminal has no place beside it.
            if (path.StartsWith("/dev/", StringComparison.Ordinal))
            {
                using var direct = new StreamWriter(path, append: true, form) { NewLine = "\n" };
                write(direct);
                return;
            }

            string place = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
            string beside = $"{place}.{Guid.NewGuid():N}.tmp";
            try
            {
                Fill(beside, write, form);
                if (!OperatingSystem.IsWindows() && File.Exists(place))
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
        catch (EncoderFallbackException)
        {
            throw new TextFileException(TextFileFindings.NotEncodable.About(path, string.Empty, path, form.WebName));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TextFileException(TextFileFindings.NotWritten.About(path, string.Empty, path));
        }
    }

    private static void Fill(string file, Action<TextWriter> write, Encoding form)
    {
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        using (var to = new StreamWriter(stream, form, leaveOpen: true) { NewLine = "\n" })
        {
            write(to);
        }

        stream.Flush(flushToDisk: true);
    }
}
