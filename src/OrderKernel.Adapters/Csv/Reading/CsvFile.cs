using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>A file that may be larger than memory: read row by row, and kept part by part.</summary>
/// <remarks>
/// <para>A part is every row whose first field falls to it, so that the rows of one order are in one part, wherever they stand, and
/// in the part of the same number of any other file.</para>
/// <para>Cost: each part reads the whole file and holds its own rows.</para>
/// </remarks>
public sealed class CsvFile
{
    private readonly Func<Stream> open;
    private readonly DocumentProfile profile;
    private readonly CsvLimits limits;
    private readonly TextForm form;

    private CsvFile(Func<Stream> open, string name, DocumentProfile profile, CsvLimits limits, TextForm form)
    {
        this.open = open;
        Name = name;
        this.profile = profile;
        this.limits = limits;
        this.form = form;
    }

    /// <summary>The name of the file.</summary>
    public string Name { get; }

    /// <summary>How many bytes it has.</summary>
    public long Bytes => form.Bytes;

    /// <summary>Looks through a file once, for its size and its encoding.</summary>
    /// <param name="open">Opens it at its beginning; called for every reading, and each stream is closed.</param>
    /// <param name="name">Its name, for dead letters.</param>
    /// <param name="profile">How it is read.</param>
    /// <param name="limits">Its bounds; null for the defaults.</param>
    public static CsvFile Open(Func<Stream> open, string name, DocumentProfile profile, CsvLimits? limits = null)
    {
        if (open is null || name is null || profile is null)
        {
            throw new ArgumentNullException(open is null ? nameof(open) : name is null ? nameof(name) : nameof(profile));
        }

        CsvLimits bounds = limits ?? CsvLimits.Default;
        using Stream content = open();
        return new CsvFile(open, name, profile, bounds, TextForm.Of(content, profile.Encoding, bounds.MaxBytes));
    }

    /// <summary>Reads one part.</summary>
    /// <param name="part">Which, from 0.</param>
    /// <param name="parts">Of how many; 1 for the whole file.</param>
    public CsvDocument Read(int part = 0, int parts = 1)
    {
        if (parts < 1 || part < 0 || part >= parts)
        {
            throw new ArgumentOutOfRangeException(nameof(part), "Count parts from 0 to one less than there are.");
        }

        if (Bytes > limits.MaxBytes)
        {
            return CsvDocument.Refused(Name, Limit("bytes", limits.MaxBytes));
        }

        using Stream content = open();
        using var records = new RecordReader(form.Open(content), profile.Delimiter, profile.Quotes, limits);
        if (!records.Next(0, out CsvRecord first))
        {
            return CsvDocument.Refused(Name, CsvFindings.FileEmpty.About("file", string.Empty));
        }

        Header header = Header.Of(first, profile, limits);
        var rows = ImmutableArray.CreateBuilder<CsvRow>();
        var dead = ImmutableArray.CreateBuilder<DeadLetter>();
        int count = 0;
        while (records.Next(header.Width, out CsvRecord record))
        {
            if (++count > limits.MaxRows)
            {
                return CsvDocument.Refused(Name, Limit("rows", limits.MaxRows));
            }

            string? key = parts == 1 ? null : RowReader.KeyOf(record, header, profile);
            if (parts > 1 && Part(key, parts) != part)
            {
                continue;
            }

            if (rows.Count + dead.Count >= limits.MaxHeld)
            {
                return CsvDocument.Refused(Name, Limit("held", limits.MaxHeld));
            }

            Take(record, header, rows, dead);
        }

        return new CsvDocument(Name, rows.ToImmutable(), dead.ToImmutable(), header.Faults, header.Unused, form.Name);
    }

    private void Take(
        CsvRecord record, Header header, ImmutableArray<CsvRow>.Builder rows, ImmutableArray<DeadLetter>.Builder dead)
    {
        var reasons = new List<Finding>(header.Faults);
        CsvRow? row = reasons.Count > 0 ? null : RowReader.Read(record, header, profile, form.Name, limits, reasons);
        if (row is not null)
        {
            rows.Add(row);
        }
        else
        {
            string? key = RowReader.KeyOf(record, header, profile);
            dead.Add(new DeadLetter(Name, record.Row, ImmutableArray.CreateRange(reasons)) { Key = key });
        }
    }

    // The same everywhere, which string.GetHashCode is not. FNV-1a, 32 bits.
    private static int Part(string? key, int parts) =>
        (int)((key ?? string.Empty).Aggregate(2_166_136_261u, static (hash, c) => unchecked((hash ^ c) * 16_777_619u)) % (uint)parts);

    private static Finding Limit(string limit, int most) =>
        CsvFindings.LimitReached.About("file", limit, limit, most.ToString(CultureInfo.InvariantCulture));
}
