using System.Collections.Generic;
using System.Text;

namespace OrderKernel.Cli;

/// <summary>Reads a small CSV file whole: commas, quotes doubled inside quotes, line breaks within quotes. Source: RFC 4180.</summary>
internal static class CsvRows
{
    public static List<IReadOnlyList<string>> Read(string path, string encoding) => Parse(TextFile.Read(path, encoding));

    public static List<IReadOnlyList<string>> Parse(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"' && (quoted || cell.Length == 0))
            {
                quoted = !quoted;
            }
            else if (!quoted && (c is ',' or '\n'))
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    rows.Add(row);
                    row = new List<string>();
                }
            }
            else if (quoted || c != '\r')
            {
                cell.Append(c);
            }
        }

        if (row.Count > 0 || cell.Length > 0)
        {
            row.Add(cell.ToString());
            rows.Add(row);
        }

        return rows;
    }
}
