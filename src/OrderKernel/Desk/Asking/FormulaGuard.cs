namespace OrderKernel.Desk;

/// <summary>Keeps a cell of a CSV from being run: the one guard of all CSV that leaves, here and in the CSV adapter.</summary>
/// <remarks><para>Source: OWASP, CSV Injection.</para></remarks>
internal static class FormulaGuard
{
    /// <summary>The text with an apostrophe before it where a spreadsheet might take it for a formula, leading blanks or not.</summary>
    public static string Guard(string cell)
    {
        int at = 0;
        while (at < cell.Length && cell[at] is ' ' or '\u00A0' or '\u3000' or '\uFEFF')
        {
            at++;
        }

        return at < cell.Length && IsDangerous(cell[at]) ? "'" + cell : cell;
    }

    private static bool IsDangerous(char first) =>
        first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';
}
