using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>A file as it was read: rows and dead letters, which together are every row below the header.</summary>
/// <remarks>
/// <para>Shape: blank lines are no rows. Where the header does not fit, every row is a dead letter that says so.</para>
/// <para>Errors: no text throws; faults are told row by row, and <see cref="Faults"/> tells those of the whole file.</para>
/// <para>Cost: the whole file is held in memory, within <see cref="CsvLimits"/>; O(bytes).</para>
/// </remarks>
public sealed class CsvDocument
{
    private CsvDocument(
        string file, int count, ImmutableArray<CsvRow> rows, ImmutableArray<DeadLetter> deadLetters,
        ImmutableArray<Finding> faults, ImmutableArray<string> unused, string encoding)
    {
        File = file;
        Count = count;
        Rows = rows;
        DeadLetters = deadLetters;
        Faults = faults;
        UnusedColumns = unused;
        Encoding = encoding;
    }

    /// <summary>The name of the file.</summary>
    public string File { get; }

    /// <summary>How many rows stand below the header; always the number of rows and dead letters together.</summary>
    public int Count { get; }

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
        while ((read = (content ?? throw new ArgumentNullException(nameof(content))).Read(buffer, 0, buffer.Length)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > bounds.MaxBytes)
            {
                return Refused(file, Limit("bytes", bounds.MaxBytes));
            }
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
        if (content is null || file is null || profile is null)
        {
            throw new ArgumentNullException(content is null ? nameof(content) : file is null ? nameof(file) : nameof(profile));
        }

        CsvLimits bounds = limits ?? CsvLimits.Default;
        if (content.Length > bounds.MaxBytes)
        {
            return Refused(file, Limit("bytes", bounds.MaxBytes));
        }

        string text = TextForm.Decode(content, profile.Encoding, out string encoding);
        using var records = new RecordReader(text, profile.Delimiter, bounds.MaxField);
        if (!records.Next(0, out CsvRecord first))
        {
            return Refused(file, CsvFindings.FileEmpty.About("file", string.Empty));
        }

        Header header = Header.Of(first.Cells, profile, bounds);
        var rows = ImmutableArray.CreateBuilder<CsvRow>();
        var dead = ImmutableArray.CreateBuilder<DeadLetter>();
        int count = 0;
        while (records.Next(header.Width, out CsvRecord record))
        {
            if (++count > bounds.MaxRows)
            {
                return Refused(file, Limit("rows", bounds.MaxRows));
            }

            var reasons = new List<Finding>(header.Faults);
            CsvRow? row = reasons.Count > 0 ? null : RowReader.Read(record, header, profile, encoding, reasons);
            if (row is not null)
            {
                rows.Add(row);
            }
            else
            {
                string? key = RowReader.KeyOf(record, header, profile);
                dead.Add(new DeadLetter(file, record.Row, ImmutableArray.CreateRange(reasons)) { Key = key });
            }
        }

        return new CsvDocument(
            file, count, rows.ToImmutable(), dead.ToImmutable(), header.Faults, header.Unused, encoding);
    }

    private static CsvDocument Refused(string file, Finding fault) => new(
        file, 0, ImmutableArray<CsvRow>.Empty, ImmutableArray<DeadLetter>.Empty, ImmutableArray.Create(fault),
        ImmutableArray<string>.Empty, string.Empty);

    private static Finding Limit(string limit, int most) =>
        CsvFindings.LimitReached.About("file", limit, limit, most.ToString(CultureInfo.InvariantCulture));
}
