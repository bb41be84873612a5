using System;
using System.Data.Common;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace OrderKernel.Adapters.Sql;

/// <summary>A connection with the dialect it speaks, and the transaction of the host's that everything shall be part of.</summary>
internal sealed record SqlSession(DbConnection Connection, SqlDialect Dialect, DbTransaction? Transaction = null);

/// <summary>A statement with numbered parameters <c>@0, @1, …</c>, bound by position; prepared when it first runs on a connection
/// of our own.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqlSession session;
    private readonly string text;
    private readonly int parameters;
    private readonly bool prepares;
    private DbCommand? command;

    public Statement(SqlSession session, string text, int parameters, bool isRunOnce = false)
    {
        prepares = !isRunOnce && session.Transaction is null;
        this.session = session;
        this.text = text;
        this.parameters = parameters;
    }

    /// <summary>Runs it and returns the number of rows it changed.</summary>
    public int Execute(params object[] values) => Bound(values).ExecuteNonQuery();

    /// <summary>Runs it and returns the number of rows it changed.</summary>
    public async Task<int> ExecuteAsync(CancellationToken cancellation, params object[] values) =>
        await (await BoundAsync(values, cancellation).ConfigureAwait(false)).ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);

    /// <summary>Runs it and returns the number that it answers.</summary>
    public long Scalar(params object[] values) => (long)Bound(values).ExecuteScalar()!;

    /// <summary>Runs it; the caller disposes the reader before the statement runs again.</summary>
    public DbDataReader Query(params object[] values) => Bound(values).ExecuteReader();

    /// <summary>Runs it; the caller disposes the reader before the statement runs again.</summary>
    public async Task<DbDataReader> QueryAsync(CancellationToken cancellation, params object[] values) =>
        await (await BoundAsync(values, cancellation).ConfigureAwait(false)).ExecuteReaderAsync(cancellation).ConfigureAwait(false);

#if NET
    /// <summary>Puts it into a batch.</summary>
    public void AddTo(DbBatch batch, object[] values)
    {
        DbBatchCommand part = batch.CreateBatchCommand();
        part.CommandText = session.Dialect.Text(text);
        for (int i = 0; i < values.Length; i++)
        {
            DbParameter parameter = part.CreateParameter();
            parameter.ParameterName = "@" + i.ToString(CultureInfo.InvariantCulture);
            parameter.Value = values[i];
            part.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(part);
    }
#endif

    private DbCommand Bound(object[] values)
    {
        if (Bind(values))
        {
            command!.Prepare();
        }

        return command!;
    }

#if NET
    // Preparing is a trip to the server, too, for which no thread waits.
    private async ValueTask<DbCommand> BoundAsync(object[] values, CancellationToken cancellation)
    {
        if (Bind(values))
        {
            await command!.PrepareAsync(cancellation).ConfigureAwait(false);
        }

        return command!;
    }
#else
    private ValueTask<DbCommand> BoundAsync(object[] values, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new ValueTask<DbCommand>(Bound(values));
    }
#endif

    // True when it has to be prepared before it runs for the first time.
    private bool Bind(object[] values)
    {
        bool isNew = command is null;
        command ??= Create();
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] is int number ? (long)number : values[i];
        }

        return isNew && prepares;
    }

    private DbCommand Create()
    {
        DbCommand made = session.Connection.CreateCommand();
        made.Transaction = session.Transaction;
#pragma warning disable CA2100 // Every text is made of constants of this assembly; values travel as parameters only.
        made.CommandText = session.Dialect.Text(text);
#pragma warning restore CA2100
        for (int i = 0; i < parameters; i++)
        {
            DbParameter parameter = made.CreateParameter();
            parameter.ParameterName = "@" + i.ToString(CultureInfo.InvariantCulture);
            made.Parameters.Add(parameter);
        }

        return made;
    }

    public void Dispose() => command?.Dispose();
}
