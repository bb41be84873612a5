using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>Splits text into records. A stray quote costs only the row it stands in: reading goes on at the next line.</summary>
/// <remarks>
/// <para>Every line that is not blank is in exactly one record. A quoted cell over several lines that takes in what would be a row is
/// no record: which of both was meant cannot be known, so each of its lines is one, and faulty.</para>
/// <para>Cost: O(characters), for a line is read three times at most; holds one record, within the bounds.</para>
/// </remarks>
internal sealed class RecordReader : IDisposable
{
    private const int KeptOfACell = 1_024;
    private readonly TextWindow text;
    private readonly char delimiter;
    private readonly CsvLimits limits;
    private readonly bool suspects;
    private readonly RecordScan scan;
    private int offset;
    private int row = 1;

    // Lines that begin before this place were looked at already and are rows of one line, if any.
    private int aloneUntil;

    // Lines that begin before this place lie in one quoted cell that takes in rows.
    private (int Until, int First, int Last) swallowed;

    public RecordReader(TextReader source, char delimiter, string quotes, CsvLimits limits)
    {
        text = new TextWindow(source);
        this.delimiter = delimiter;
        this.limits = limits;
        suspects = quotes != "trusted";
        scan = new RecordScan(text, delimiter, quotes != "none", limits);
    }

    /// <summary>The next record that is not blank; false at the end.</summary>
    /// <param name="width">How many cells a record should have; 0 while that is not known.</param>
    /// <param name="record">The record.</param>
    public bool Next(int width, out CsvRecord record)
    {
        while (text.Has(offset))
        {
            record = offset < swallowed.Until
                ? Line(RecordFault.Swallowed, width) with { First = swallowed.First, Last = swallowed.Last }
                : One(width);
            if (!record.IsBlank)
            {
                return true;
            }
        }

        record = default;
        return false;
    }

    public void Dispose() => text.Dispose();

    private CsvRecord One(int width)
    {
        scan.Read(offset, width, overLines: offset >= aloneUntil);
        if (scan.Fault == RecordFault.None && suspects && scan.TakesInARow && scan.Count == width)
        {
            swallowed = (scan.End, row, row + scan.LineEnds);
            return Line(RecordFault.Swallowed, width) with { First = swallowed.First, Last = swallowed.Last };
        }

        if (scan.Fault != RecordFault.None || (scan.TakesInARow && scan.Count != width))
        {
            aloneUntil = Math.Max(aloneUntil, scan.LastLine);
            return Line(scan.Fault == RecordFault.None ? RecordFault.QuoteOpen : scan.Fault, width);
        }

        var record = new CsvRecord(row, scan.Cells, scan.Count);
        row += scan.LineEnds + 1;
        offset = scan.End;
        text.Forget(offset);
        return record;
    }

    // The line alone, whatever its quotes say. It is forgotten as it is read, however long it is.
    private CsvRecord Line(RecordFault fault, int width)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        int most = width > 0 ? width : limits.MaxColumns;
        int count = 0;
        while (true)
        {
            bool ends = !text.Has(offset) || text[offset] is '\r' or '\n';
            if (!ends && text[offset] != delimiter)
            {
                Keep(cell, text[offset]);
            }
            else
            {
                count++;
                if (cells.Count < most)
                {
                    cells.Add(cell.ToString());
                }

                cell.Clear();
            }

            if (ends)
            {
                break;
            }

            text.Forget(++offset);
        }

        offset += !text.Has(offset) ? 0 : text[offset] == '\r' && text.Has(offset + 1) && text[offset + 1] == '\n' ? 2 : 1;
        text.Forget(offset);
        return new CsvRecord(row++, cells.ToArray(), count, fault);
    }

    private static void Keep(StringBuilder cell, char c)
    {
        if (cell.Length < KeptOfACell)
        {
            cell.Append(c);
        }
    }
}
