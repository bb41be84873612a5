using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using OrderKernel.Measures;

namespace OrderKernel.Desk;

/// <summary>Rows as text: CSV for spreadsheets, JSON lines for programs.</summary>
internal static class RowText
{
    /// <summary>RFC 4180 with a header; a cell that a spreadsheet would take for a formula starts with an apostrophe.</summary>
    public static string Csv(ImmutableArray<string> columns, IEnumerable<ImmutableArray<string>> rows)
    {
        var text = new StringBuilder();
        foreach (ImmutableArray<string> row in new[] { columns }.Concat(rows))
        {
            text.Append(string.Join(",", row.Select(Cell))).Append("\r\n");
        }

        return text.ToString();
    }

    public static string JsonLines(ImmutableArray<string> columns, IEnumerable<ImmutableArray<string>> rows)
    {
        var text = new StringBuilder();
        foreach (ImmutableArray<string> row in rows)
        {
            JsonText json = JsonText.Start();
            for (int i = 0; i < columns.Length; i++)
            {
                json.Member(columns[i], row[i]);
            }

            text.Append(json.Finish()).Append('\n');
        }

        return text.ToString();
    }

    private static string Cell(string value)
    {
        string safe = IsNegative(value) ? value : FormulaGuard.Guard(value);
        return !safe.Any(static c => c is ',' or '"' or '\r' or '\n' or ';' or '\t')
            ? safe
            : "\"" + safe.Replace("\"", "\"\"") + "\"";
    }

    // Nothing but a number below zero, which is data and not a formula.
    private static bool IsNegative(string value) =>
        value.Length is > 1 and < 32 && value[0] == '-' && value[1] != '.' && value[value.Length - 1] != '.'
        && value.Count(static c => c == '.') <= 1 && value.Skip(1).All(static c => c is '.' or (>= '0' and <= '9'));
}
