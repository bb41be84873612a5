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
        CsvRecord record, Header header, DocumentProfile profile, string encoding, CsvLimits limits, List<Finding> reasons)
    {
        if (FaultOf(record, "row", limits) is { } fault)
        {
            reasons.Add(fault);
            return null;
        }

        if (record.Width != header.Width)
        {
            reasons.Add(WrongWidth(record.Width, header.Width, profile.Delimiter));
            return null;
        }

        var assumed = new List<int>();
        object?[] values = Values(record.Cells, header, profile, encoding, reasons, assumed);
        return reasons.Count == 0 ? new CsvRow(profile.Shape, record.Row, values, assumed) : null;
    }

    /// <summary>What is wrong with a record as a whole; null when nothing is.</summary>
    public static Finding? FaultOf(CsvRecord record, string subject, CsvLimits limits) => record.Fault switch
    {
        RecordFault.None => null,
        RecordFault.Swallowed => CsvFindings.QuoteSwallowsRows.About(subject, string.Empty, Digits(record.First), Digits(record.Last)),
        RecordFault.FieldTooLong => CsvFindings.LimitReached.About(subject, string.Empty, "field", Digits(limits.MaxField)),
        RecordFault.RecordTooLong => CsvFindings.LimitReached.About(subject, string.Empty, "record", Digits(limits.MaxRecord)),
        _ => CsvFindings.QuoteOpen.About(subject, string.Empty),
    };

    /// <summary>One value per field; null where the cell is empty or adds a reason.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="header">Where each field stands.</param>
    /// <param name="profile">How the document is read.</param>
    /// <param name="encoding">The encoding, for reasons.</param>
    /// <param name="reasons">Takes what is wrong.</param>
    /// <param name="assumed">Takes the places of the fields whose value is the default of the profile.</param>
    public static object?[] Values(
        string[] cells, Header header, DocumentProfile profile, string encoding, List<Finding> reasons, List<int> assumed)
    {
        int fields = profile.Shape.Fields.Length;
        var values = new object?[fields];
        for (int i = 0; i < fields; i++)
        {
            FieldShape field = profile.Shape.Fields[i];
            string? text = header.Places[i] < 0 ? null : CellReader.Plain(cells[header.Places[i]], field, profile.Formats);
            if (text is null && profile.Defaults.TryGetValue(field.Name, out string? stated) && stated.Length > 0)
            {
                text = stated;
                assumed.Add(i);
            }

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
    public static string? KeyOf(CsvRecord record, Header header, DocumentProfile profile)
    {
        int place = header.Places[0];
        if (place < 0 || place >= record.Cells.Length)
        {
            return null;
        }

        // The cells of a faulty record still have their quotes on.
        string cell = record.Cells[place].Trim();
        bool quoted = record.Fault != RecordFault.None && cell.Length >= 2 && cell[0] == '"' && cell[cell.Length - 1] == '"';
        return CellReader.Plain(quoted ? cell.Substring(1, cell.Length - 2) : cell, profile.Shape.Fields[0], profile.Formats);
    }

    private static Finding WrongWidth(int found, int expected, char delimiter)
    {
        string cells = Digits(found);
        string columns = Digits(expected);
        return found < expected ? CsvFindings.TooFewFields.About("row", string.Empty, cells, columns)
            : delimiter == ',' ? CsvFindings.TooManyFields.About("row", string.Empty, cells, columns)
            : CsvFindings.TooManyFieldsBetween.About(
                "row", string.Empty, cells, columns, delimiter == '\t' ? "TAB" : delimiter.ToString());
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
