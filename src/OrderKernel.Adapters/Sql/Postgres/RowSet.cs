using System;
using System.Collections.Generic;
using System.Globalization;

namespace OrderKernel.Adapters.Sql;

/// <summary>Rows to travel as parameters: each column one array, or the plain values of one row.</summary>
internal sealed class RowSet
{
    private readonly int columns;
    private readonly List<object[]> rows = new();

    public RowSet(int columns) => this.columns = columns;

    public int Count => rows.Count;

    public void Add(params object[] row) => rows.Add(row);

    /// <summary>The values as a <see cref="RowStatement"/> takes them, as text or as numbers by what the first row holds.</summary>
    public object[] ToValues()
    {
        var values = new object[columns];
        for (int i = 0; i < columns; i++)
        {
            values[i] = rows.Count == 1 ? Plain(rows[0][i]) : rows[0][i] is string ? Texts(i) : Numbers(i);
        }

        return values;
    }

    private static object Plain(object value) => value is string ? value : Number(value);

    private string[] Texts(int column)
    {
        var texts = new string[rows.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = (string)rows[i][column];
        }

        return texts;
    }

    private long[] Numbers(int column)
    {
        var numbers = new long[rows.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number(rows[i][column]);
        }

        return numbers;
    }

    private static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
