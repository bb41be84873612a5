using System;
using System.Data.Common;
using System.Globalization;

namespace OrderKernel.Adapters.Sql;

/// <summary>A prepared statement with numbered parameters <c>@0, @1, …</c>, bound by position.</summary>
internal sealed class Statement : IDisposable
{
    private readonly DbCommand command;

    public Statement(DbConnection connection, string text, int parameters)
    {
        command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this assembly; values travel as parameters only.
        command.CommandText = text;
#pragma warning restore CA2100
        for (int i = 0; i < parameters; i++)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = "@" + i.ToString(CultureInfo.InvariantCulture);
            command.Parameters.Add(parameter);
        }

        command.Prepare();
    }

    /// <summary>Runs it and returns the number of rows it changed.</summary>
    public int Execute(params object[] values)
    {
        Bind(values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs it and returns the number that it answers.</summary>
    public long Scalar(params object[] values)
    {
        Bind(values);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Runs it; the caller disposes the reader before the statement runs again.</summary>
    public DbDataReader Query(params object[] values)
    {
        Bind(values);
        return command.ExecuteReader();
    }

    private void Bind(object[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    public void Dispose() => command.Dispose();
}
