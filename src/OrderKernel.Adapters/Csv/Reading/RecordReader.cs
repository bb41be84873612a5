using System;
using System.Globalization;
using System.IO;
using CsvHelper;
using CsvHelper.Configuration;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>One record of a file: its cells as they stand, and whether its quotes make sense.</summary>
internal readonly record struct CsvRecord(int Row, string[] Cells, bool QuoteOpen)
{
    public bool IsBlank => Cells.Length == 0 || (Cells.Length == 1 && string.IsNullOrWhiteSpace(Cells[0]));
}

/// <summary>Splits text into records. A stray quote costs only the row it stands in: reading goes on at the next line.</summary>
/// <remarks>
/// <para>Source: RFC 4180, read by CsvHelper; a quote inside an unquoted cell (4" pipe) is taken as spreadsheets do.</para>
/// </remarks>
internal sealed class RecordReader : IDisposable
{
    private readonly TextWindow text;
    private readonly CsvConfiguration configuration;
    private CsvParser parser;
    private int offset;
    private int row = 1;
    private bool misquoted;

    public RecordReader(TextReader source, char delimiter, int maxField)
    {
        text = new TextWindow(source);
        configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            IgnoreBlankLines = false,
            MaxFieldSize = maxField,
            BadDataFound = found => misquoted |= found.Field is { Length: > 0 } && found.Field[0] == '"',
        };
        parser = ParserFrom(0);
    }

    /// <summary>The next record that is not blank; false at the end.</summary>
    /// <param name="width">How many cells a record should have; 0 while that is not known.</param>
    /// <param name="record">The record.</param>
    public bool Next(int width, out CsvRecord record)
    {
        while (text.Has(offset))
        {
            record = One(width);
            if (!record.IsBlank || record.QuoteOpen)
            {
                return true;
            }
        }

        record = default;
        return false;
    }

    public void Dispose()
    {
        parser.Dispose();
        text.Dispose();
    }

    private CsvRecord One(int width)
    {
        misquoted = false;
        int length;
        string[] cells;
        try
        {
            if (!parser.Read())
            {
                offset = int.MaxValue;
                return new CsvRecord(row, Array.Empty<string>(), false);
            }

            cells = parser.Record ?? Array.Empty<string>();
            length = parser.RawRecord.Length;
        }
        catch (MaxFieldSizeException)
        {
            return Cut();
        }

        int end = text.EndOfLine(offset);
        bool spans = end < offset + length;
        bool faulty = misquoted || (width > 0 && cells.Length != width);
        if (spans && faulty && SwallowedRow(end, offset + length, width))
        {
            return Cut();
        }

        var record = new CsvRecord(row, cells, misquoted);
        Advance(offset + length);
        return record;
    }

    // The row ends with its line, whatever its quotes say, and the parser starts anew behind it.
    private CsvRecord Cut()
    {
        var record = new CsvRecord(row, Array.Empty<string>(), true);
        Advance(text.EndOfLine(offset));
        parser.Dispose();
        parser = ParserFrom(offset);
        return record;
    }

    // Whether a line that the quotes took in would be a row of its own.
    private bool SwallowedRow(int from, int to, int width)
    {
        for (int start = from; start < to; start = text.EndOfLine(start))
        {
            using var alone = new CsvParser(new StringReader(text.Text(start, text.EndOfLine(start))), configuration);
            bool before = misquoted;
            bool whole = alone.Read() && alone.Record is { } cells && (width == 0 || cells.Length == width);
            misquoted = before;
            if (whole)
            {
                return true;
            }
        }

        return false;
    }

    private CsvParser ParserFrom(int start) => new(new TextFrom(text, start), configuration);

    private void Advance(int to)
    {
        for (int i = offset; i < to; i = text.EndOfLine(i))
        {
            row++;
        }

        offset = to;
        text.Forget(to);
    }

    private sealed class TextFrom(TextWindow text, int next) : TextReader
    {
        public override int Peek() => text.Has(next) ? text[next] : -1;

        public override int Read() => text.Has(next) ? text[next++] : -1;

        public override int Read(char[] buffer, int index, int count)
        {
            int length = text.Copy(next, buffer, index, count);
            next += length;
            return length;
        }
    }
}
