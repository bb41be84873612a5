using System;
using System.Collections.Generic;
using System.Globalization;

namespace OrderKernel.Adapters.Sql;

/// <summary>Columns of a set of rows, one array per parameter.</summary>
internal sealed class RowSet
{
    private readonly int columns;
    private readonly List<object>[] values;

    public RowSet(int columns)
    {
        this.columns = columns;
        values = new List<object>[columns];
        for (int i = 0; i < columns; i++)
        {
            values[i] = new List<object>();
        }
    }

    public int Count => values[0].Count;

    public void Add(params object[] row)
    {
        for (int i = 0; i < columns; i++)
        {
            values[i].Add(row[i]);
        }
    }

    /// <summary>The arrays, as text or as numbers by what the first row holds.</summary>
    public object[] ToArrays() => Array.ConvertAll(
        values, static column => column.Count > 0 && column[0] is string
            ? (object)column.ConvertAll(static value => (string)value).ToArray()
            : column.ConvertAll(static value => Convert.ToInt64(value, CultureInfo.InvariantCulture)).ToArray());
}
