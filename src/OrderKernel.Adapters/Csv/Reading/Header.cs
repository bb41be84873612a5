using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>Which column of a file gives which field.</summary>
internal sealed class Header
{
    private static readonly FieldShape Title = new("title", FieldKind.Text);

    private Header(
        int width, ImmutableArray<int> places, ImmutableArray<string> names, ImmutableArray<string> unused,
        ImmutableArray<Finding> faults)
    {
        Width = width;
        Places = places;
        Names = names;
        Unused = unused;
        Faults = faults;
    }

    /// <summary>How many cells a row has.</summary>
    public int Width { get; }

    /// <summary>Per field of the document the place of its column; -1 where the file has none.</summary>
    public ImmutableArray<int> Places { get; }

    /// <summary>Per field of the document the name of its column; the field's own where the file has none.</summary>
    public ImmutableArray<string> Names { get; }

    public ImmutableArray<string> Unused { get; }

    public ImmutableArray<Finding> Faults { get; }

    public static Header Of(CsvRecord record, DocumentProfile profile, CsvLimits limits)
    {
        var faults = ImmutableArray.CreateBuilder<Finding>();
        if (RowReader.FaultOf(record, "file", limits) is { } fault)
        {
            faults.Add(fault);
        }

        if (record.Width > limits.MaxColumns)
        {
            faults.Add(CsvFindings.LimitReached.About(
                "file", "columns", "columns", limits.MaxColumns.ToString(CultureInfo.InvariantCulture)));
        }

        string[] titles = record.Cells.Select(cell => CellReader.Plain(cell, Title, profile.Formats) ?? string.Empty).ToArray();
        var used = new HashSet<int>();
        var places = ImmutableArray.CreateBuilder<int>();
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (FieldShape field in profile.Shape.Fields)
        {
            string[] candidates = profile.Columns
                .Where(column => column.Value == field.Name).Select(static column => column.Key).ToArray();
            string? title = candidates.FirstOrDefault(candidate => titles.Contains(candidate, StringComparer.Ordinal));
            int place = title is null ? -1 : Array.IndexOf(titles, title);
            places.Add(place);
            names.Add(title ?? field.Name);
            used.Add(place);
            if (title is null && candidates.Length > 0 && !profile.Defaults.ContainsKey(field.Name))
            {
                faults.Add(CsvFindings.HeaderLacks.About("file", field.Name, field.Name, string.Join(", ", candidates)));
            }
            else if (title is not null && Array.LastIndexOf(titles, title) != place)
            {
                faults.Add(CsvFindings.HeaderRepeats.About("file", title));
            }
        }

        ImmutableArray<string> unused = ImmutableArray.CreateRange(titles.Where((_, place) => !used.Contains(place)));
        return new Header(record.Width, places.ToImmutable(), names.ToImmutable(), unused, faults.ToImmutable());
    }
}
