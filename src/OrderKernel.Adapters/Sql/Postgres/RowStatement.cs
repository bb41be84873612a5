using System;
using System.Globalization;
using System.Linq;

namespace OrderKernel.Adapters.Sql;

/// <summary>A statement over a set of rows, each column one array. One row alone, the usual case of a command that is committed by
/// itself, travels as plain values: the server plans and runs that in half the time.</summary>
internal sealed class RowStatement : IDisposable
{
    private const string Rows = "{rows}";

    private readonly Statement many;
    private readonly Statement one;

    /// <summary>Prepares nothing yet.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="text">The statement; <c>{rows}</c> stands for the rows, a table <c>t</c> with the columns and <c>place</c>, the
    /// number of the row.</param>
    /// <param name="columns">The names of the columns.</param>
    public RowStatement(SqlSession session, string text, string columns)
    {
        int count = columns.Split(',').Length;
        string parameters = string.Join(
            ", ", Enumerable.Range(0, count).Select(static i => "@" + i.ToString(CultureInfo.InvariantCulture)));
        many = new Statement(
            session, text.Replace(Rows, $"unnest({parameters}) WITH ORDINALITY AS t ({columns}, place)"), count);
        one = new Statement(session, text.Replace(Rows, $"(VALUES ({parameters}, 1)) AS t ({columns}, place)"), count);
    }

    /// <summary>The form that takes the values of these rows.</summary>
    public Statement For(RowSet rows) => rows.Count == 1 ? one : many;

    public void Dispose()
    {
        many.Dispose();
        one.Dispose();
    }
}
