using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OrderHub.Showing;

/// <summary>A column of a table that knows what may be left out.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Rank">Zero when it always stays; the higher, the sooner it is left out.</param>
/// <param name="IsNumber">Whether its cells stand at the right.</param>
/// <param name="Wraps">Whether its cells may be broken into several lines.</param>
internal sealed record SizedColumn(string Title, int Rank = 0, bool IsNumber = false, bool Wraps = false);

/// <summary>A table that fits the console: first it breaks cells that may be broken, then it leaves out columns, and where even that
/// is too wide it writes every row as lines.</summary>
/// <remarks><para>Every width is set here. A table that is left to shrink by itself may come to columns of one cell, and a
/// character that is two cells wide fits none of them.</para></remarks>
internal sealed class SizedTable
{
    private const int LeastWrapped = 10;
    private const int LongWord = 14;

    private readonly string title;
    private readonly SizedColumn[] columns;
    private readonly List<string[]> rows = [];

    public SizedTable(string title, params SizedColumn[] columns)
    {
        this.title = title;
        this.columns = columns;
    }

    public void AddRow(params string[] cells) => rows.Add(cells);

    /// <summary>Writes the table.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="leftOut">Tells which columns had no room.</param>
    public void Write(IAnsiConsole console, Func<IEnumerable<string>, string> leftOut)
    {
        console.Write(new Text(title, new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        Measurement[] wanted = columns.Select((_, c) => Measure(console, c)).ToArray();
        int[] natural = wanted.Select(static one => one.Max).ToArray();
        int[] least = wanted.Select((one, c) => columns[c].Wraps
            ? Math.Min(one.Max, Math.Clamp(one.Min, LeastWrapped, LongWord))
            : one.Max).ToArray();
        List<int> shown = Enumerable.Range(0, columns.Length).ToList();
        while (Total(shown, least) > console.Profile.Width)
        {
            int drop = shown.OrderByDescending(c => columns[c].Rank).First();
            if (columns[drop].Rank == 0)
            {
                WriteLines(console);
                return;
            }

            shown.Remove(drop);
        }

        console.Write(Fitted(shown, Widths(console.Profile.Width - Total(shown, least), shown, natural, least)));
        if (shown.Count < columns.Length)
        {
            console.Write(new Text(leftOut(Enumerable.Range(0, columns.Length).Except(shown).Select(c => columns[c].Title))));
            console.WriteLine();
        }
    }

    // A cell has a blank on either side, and there is an edge between any two and around them all.
    private static int Total(List<int> shown, int[] widths) => shown.Sum(c => widths[c] + 3) + 1;

    private static int[] Widths(int room, List<int> shown, int[] natural, int[] least)
    {
        int[] widths = [.. least];
        while (room > 0 && shown.Where(c => widths[c] < natural[c]).OrderBy(c => widths[c]).ToArray() is { Length: > 0 } narrow)
        {
            widths[narrow[0]]++;
            room--;
        }

        return widths;
    }

    private Table Fitted(List<int> shown, int[] widths)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (int c in shown)
        {
            var column = new TableColumn(new Text(columns[c].Title)) { Width = widths[c] };
            table.AddColumn(columns[c].IsNumber ? column.RightAligned() : column);
        }

        for (int r = 0; r < rows.Count; r++)
        {
            // Rows that begin alike are a group: named once, with room around it.
            bool continues = r > 0 && rows[r][0] == rows[r - 1][0];
            if (r > 1 && !continues && rows[r - 1][0] == rows[r - 2][0])
            {
                table.AddEmptyRow();
            }

            table.AddRow(shown.Select(c => (IRenderable)new Text(continues && c == 0 ? string.Empty : rows[r][c])));
        }

        return table;
    }

    private void WriteLines(IAnsiConsole console)
    {
        foreach (string[] row in rows.Where(static row => row.Any(static cell => cell.Length > 0)))
        {
            console.Write(new Text(row[0]));
            console.WriteLine();
            string rest = string.Join(" · ", Enumerable.Range(1, columns.Length - 1)
                .Where(c => row[c].Length > 0).Select(c => columns[c].Title + " " + row[c]));
            console.Write(new Padder(new Text(rest), new Padding(2, 0, 0, 0)));
        }
    }

    // The longest word, and the longest cell.
    private Measurement Measure(IAnsiConsole console, int column)
    {
        RenderOptions options = RenderOptions.Create(console);
        Measurement[] cells = rows.Select(row => row[column]).Append(columns[column].Title).Where(static cell => cell.Length > 0)
            .Select(cell => ((IRenderable)new Text(cell)).Measure(options, int.MaxValue / 2)).ToArray();
        return cells.Length == 0
            ? new Measurement(1, 1)
            : new Measurement(cells.Max(static cell => cell.Min), cells.Max(static cell => cell.Max));
    }
}
