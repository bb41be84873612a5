using System.Collections.Generic;
using System.Text;

namespace OrderKernel.Adapters.Csv.Reading;

/// <summary>Reads one record from a place on, and stops where it ends or cannot be one.</summary>
/// <remarks>
/// <para>Source: RFC 4180; a quote inside an unquoted cell (4" pipe) is taken as spreadsheets do.</para>
/// <para>Cost: O(characters read); holds at most the record, within the bounds.</para>
/// </remarks>
internal sealed class RecordScan(TextWindow text, char delimiter, bool quotes, CsvLimits limits)
{
    private readonly List<string> cells = new();
    private readonly StringBuilder cell = new();
    private int start;
    private int width;
    private int delimiters;
    private bool beginsAsRow;
    private bool mayContinue;

    /// <summary>The cells, as many as may count.</summary>
    public string[] Cells => cells.ToArray();

    /// <summary>How many cells there are.</summary>
    public int Count { get; private set; }

    public RecordFault Fault { get; private set; }

    /// <summary>How many line ends lie in its quotes.</summary>
    public int LineEnds { get; private set; }

    /// <summary>Whether its quotes take in what would be a row, were they letters: a line between the first and the last has cells
    /// enough, or both of these have.</summary>
    public bool TakesInARow { get; private set; }

    /// <summary>Where reading stopped: behind the line end, or at what is wrong.</summary>
    public int End { get; private set; }

    /// <summary>Where the line begins in which reading stopped.</summary>
    public int LastLine { get; private set; }

    /// <summary>Reads a record.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="expected">How many cells it should have; 0 while that is not known.</param>
    /// <param name="overLines">Whether it may go on behind a line end.</param>
    public void Read(int from, int expected, bool overLines)
    {
        cells.Clear();
        (start, End, LastLine, width, mayContinue) = (from, from, from, expected, overLines);
        (Count, LineEnds, delimiters, beginsAsRow, TakesInARow, Fault) = (0, 0, 0, false, false, RecordFault.None);
        bool more = true;
        while (more && Fault == RecordFault.None)
        {
            cell.Clear();
            if (quotes && text.Has(End) && text[End] == '"')
            {
                Quoted();
            }
            else
            {
                Plain();
            }

            Take();
            more = text.Has(End) && text[End] == delimiter;
            delimiters += more ? 1 : 0;
            End += more ? 1 : 0;
        }

        if (Fault == RecordFault.None)
        {
            EndLine(inQuotes: false);
        }
    }

    private void Take()
    {
        Count++;
        if (cells.Count < (width > 0 ? width : limits.MaxColumns + 1))
        {
            cells.Add(cell.ToString());
        }

        if (End - start >= limits.MaxRecord && Fault == RecordFault.None)
        {
            Fault = LineEnds > 0 ? RecordFault.QuoteOpen : RecordFault.RecordTooLong;
        }

        // Over several lines there can only be more of them: a quote was opened that belongs to the text.
        if (LineEnds > 0 && width > 0 && Count > width && Fault == RecordFault.None)
        {
            Fault = RecordFault.QuoteOpen;
        }
    }

    private void Plain()
    {
        while (Fault == RecordFault.None && text.Has(End) && text[End] != delimiter && !IsLineEnd(text[End]))
        {
            Append(text[End++]);
        }
    }

    private void Quoted()
    {
        End++;
        while (Fault == RecordFault.None)
        {
            if (!text.Has(End))
            {
                Fault = RecordFault.QuoteOpen;
            }
            else if (text[End] != '"')
            {
                InQuotes(text[End]);
            }
            else if (text.Has(End + 1) && text[End + 1] == '"')
            {
                Append('"');
                End += 2;
            }
            else
            {
                End++;
                bool ends = !text.Has(End) || text[End] == delimiter || IsLineEnd(text[End]);
                Fault = ends ? RecordFault.None : RecordFault.QuoteOpen;
                return;
            }
        }
    }

    private void InQuotes(char c)
    {
        if (!IsLineEnd(c))
        {
            delimiters += c == delimiter ? 1 : 0;
            Append(c);
            End++;
        }
        else if (mayContinue)
        {
            int from = End;
            EndLine(inQuotes: true);
            for (int at = from; at < End; at++)
            {
                Append(text[at]);
            }
        }
        else
        {
            Fault = RecordFault.QuoteOpen;
        }
    }

    private void EndLine(bool inQuotes)
    {
        bool isRow = width > 0 && delimiters + 1 >= width && End > LastLine;
        beginsAsRow |= LineEnds == 0 && isRow;
        TakesInARow |= LineEnds > 0 && isRow && (inQuotes || beginsAsRow);
        End += !text.Has(End) ? 0 : text[End] == '\r' && text.Has(End + 1) && text[End + 1] == '\n' ? 2 : 1;
        if (inQuotes)
        {
            LineEnds++;
            LastLine = End;
            delimiters = 0;
        }
    }

    private void Append(char c)
    {
        cell.Append(c);
        if (cell.Length > limits.MaxField)
        {
            // So long a cell over several lines is a quote that nobody closed.
            Fault = LineEnds > 0 ? RecordFault.QuoteOpen : RecordFault.FieldTooLong;
        }
    }

    private static bool IsLineEnd(char c) => c is '\r' or '\n';
}
