using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>From the cells of a record to a row, with every reason where that fails.</summary>
internal static class RowReader
{
    public static CsvRow? Read(
        CsvRecord record, Header header, DocumentProfile profile, string encoding, List<Finding> reasons)
    {
        if (record.QuoteOpen)
        {
            reasons.Add(CsvFindings.QuoteOpen.About("row", string.Empty));
            return null;
        }

        if (record.Cells.Length != header.Width)
        {
            reasons.Add(WrongWidth(record.Cells.Length, header.Width, profile.Delimiter));
            return null;
        }

        object?[] values = Values(record.Cells, header, profile, encoding, reasons);
        return reasons.Count == 0 ? new CsvRow(profile.Shape, record.Row, values) : null;
    }

    /// <summary>One value per field; null where the cell is empty or adds a reason.</summary>
    public static object?[] Values(
        string[] cells, Header header, DocumentProfile profile, string encoding, List<Finding> reasons)
    {
        int fields = profile.Shape.Fields.Length;
        var values = new object?[fields];
        for (int i = 0; i < fields; i++)
        {
            FieldShape field = profile.Shape.Fields[i];
            string? cell = header.Places[i] < 0 ? null : CellReader.Plain(cells[header.Places[i]], profile.Formats);
            string? text = cell ?? (profile.Defaults.TryGetValue(field.Name, out string? stated) ? stated : null);
            Finding? fault = null;
            if (text is null)
            {
                fault = profile.Needs(field) ? CsvFindings.Empty.About("cell", header.Names[i]) : null;
            }
            else if (text.Contains('\uFFFD') || text.Contains('\0'))
            {
                fault = CsvFindings.NotText.About("cell", header.Names[i], encoding);
            }
            else
            {
                values[i] = CellReader.Read(text, field, profile, header.Names[i], out fault);
            }

            if (fault is not null)
            {
                reasons.Add(fault);
            }
        }

        return values;
    }

    /// <summary>The text of the document's first field, wherever the row still has that cell.</summary>
    public static string? KeyOf(CsvRecord record, Header header, DocumentProfile profile) =>
        header.Places[0] >= 0 && header.Places[0] < record.Cells.Length
            ? CellReader.Plain(record.Cells[header.Places[0]], profile.Formats)
            : null;

    private static Finding WrongWidth(int found, int expected, char delimiter)
    {
        string cells = found.ToString(CultureInfo.InvariantCulture);
        string columns = expected.ToString(CultureInfo.InvariantCulture);
        return found < expected ? CsvFindings.TooFewFields.About("row", string.Empty, cells, columns)
            : delimiter == ',' ? CsvFindings.TooManyFields.About("row", string.Empty, cells, columns)
            : CsvFindings.TooManyFieldsBetween.About(
                "row", string.Empty, cells, columns, delimiter == '\t' ? "TAB" : delimiter.ToString());
    }
}
