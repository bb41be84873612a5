using System;
using System.Collections.Generic;
using System.IO;
using OrderKernel.Desk;

namespace OrderKernel.Adapters.Csv.Writing;

/// <summary>Writes CSV that a spreadsheet will not run: a cell that begins like a formula gets an apostrophe before it.</summary>
/// <remarks>
/// <para>Source: OWASP, CSV Injection. Guarded are <c>= + - @</c>, their full-width forms, TAB, CR and LF, also behind leading
/// blanks. Quoting follows RFC 4180 with commas and CRLF.</para>
/// </remarks>
public static class GuardedCsv
{
    /// <summary>Writes one row.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="cells">The cells as they are; guarded and quoted here.</param>
    public static void WriteRow(TextWriter writer, IEnumerable<string> cells)
    {
        if (writer is null || cells is null)
        {
            throw new ArgumentNullException(writer is null ? nameof(writer) : nameof(cells));
        }

        bool first = true;
        foreach (string cell in cells)
        {
            writer.Write(first ? string.Empty : ",");
            writer.Write(Quote(Guard(cell)));
            first = false;
        }

        writer.Write("\r\n");
    }

    /// <summary>The text with an apostrophe before it where a spreadsheet might take it for a formula.</summary>
    /// <param name="cell">The text.</param>
    public static string Guard(string cell) => FormulaGuard.Guard(cell ?? throw new ArgumentNullException(nameof(cell)));

    private static string Quote(string cell)
    {
        bool plain = cell.IndexOfAny(Special) < 0 && cell.Trim().Length == cell.Length;
        return plain ? cell : "\"" + cell.Replace("\"", "\"\"") + "\"";
    }

    private static readonly char[] Special = { ',', '"', '\r', '\n', ';', '\t' };
}
