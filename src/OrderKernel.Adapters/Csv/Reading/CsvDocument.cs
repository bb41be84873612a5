using System;
using System.Collections.Immutable;
using System.IO;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>A file as it was read: rows and dead letters, which together are every row below the header.</summary>
/// <remarks>
/// <para>Shape: blank lines are no rows. Where the header does not fit, every row is a dead letter that says so.</para>
/// <para>Errors: no text throws; faults are told row by row, and <see cref="Faults"/> tells those of the whole file.</para>
/// <para>Cost: every row is held in memory, within <see cref="CsvLimits"/>; <see cref="CsvFile"/> reads larger files in parts.</para>
/// </remarks>
public sealed class CsvDocument
{
    internal CsvDocument(
        string file, ImmutableArray<CsvRow> rows, ImmutableArray<DeadLetter> deadLetters,
        ImmutableArray<Finding> faults, ImmutableArray<string> unused, string encoding)
    {
        File = file;
        Rows = rows;
        DeadLetters = deadLetters;
        Faults = faults;
        UnusedColumns = unused;
        Encoding = encoding;
    }

    /// <summary>The name of the file.</summary>
    public string File { get; }

    /// <summary>How many rows stand below the header: rows and dead letters together.</summary>
    public int Count => Rows.Length + DeadLetters.Length;

    /// <summary>The rows that were read, in their order.</summary>
    public ImmutableArray<CsvRow> Rows { get; }

    /// <summary>The rows that were not, in their order.</summary>
    public ImmutableArray<DeadLetter> DeadLetters { get; }

    /// <summary>What is wrong with the file as a whole; empty when its header fits and it is within its bounds.</summary>
    public ImmutableArray<Finding> Faults { get; }

    /// <summary>The columns that the profile does not use, in their order; may be empty.</summary>
    public ImmutableArray<string> UnusedColumns { get; }

    /// <summary>The encoding that was used.</summary>
    public string Encoding { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="content">Its bytes, read to the end.</param>
    /// <param name="file">Its name, for dead letters.</param>
    /// <param name="profile">How it is read.</param>
    /// <param name="limits">Its bounds; null for the defaults.</param>
    public static CsvDocument Read(Stream content, string file, DocumentProfile profile, CsvLimits? limits = null)
    {
        CsvLimits bounds = limits ?? CsvLimits.Default;
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        int read;
        while (bytes.Length <= bounds.MaxBytes
            && (read = (content ?? throw new ArgumentNullException(nameof(content))).Read(buffer, 0, buffer.Length)) > 0)
        {
            bytes.Write(buffer, 0, read);
        }

        return Read(bytes.ToArray(), file, profile, bounds);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="file">Its name, for dead letters.</param>
    /// <param name="profile">How it is read.</param>
    /// <param name="limits">Its bounds; null for the defaults.</param>
    public static CsvDocument Read(byte[] content, string file, DocumentProfile profile, CsvLimits? limits = null)
    {
        if (content is null)
        {
            throw new ArgumentNullException(nameof(content));
        }

        return CsvFile.Open(() => new MemoryStream(content, writable: false), file, profile, limits).Read();
    }

    internal static CsvDocument Refused(string file, Finding fault) => new(
        file, ImmutableArray<CsvRow>.Empty, ImmutableArray<DeadLetter>.Empty, ImmutableArray.Create(fault),
        ImmutableArray<string>.Empty, string.Empty);
}
