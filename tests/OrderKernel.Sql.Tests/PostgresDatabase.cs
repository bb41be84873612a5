using System;
using System.Data.Common;
using Npgsql;
using OrderKernel.Adapters.Sql;

namespace OrderKernel.Sql.Tests;

/// <summary>A database of its own on the server that <c>eng/postgres.sh</c> started, removed afterwards.</summary>
internal sealed class PostgresDatabase : IDisposable
{
    /// <summary>The variable that says where the server is.</summary>
    public const string Variable = "ORDERKERNEL_POSTGRES";

    private static int count;

    private readonly string name = $"ok_{Environment.ProcessId}_{System.Threading.Interlocked.Increment(ref count)}";

    public PostgresDatabase() => Execute(Server!, $"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'");

    /// <summary>The connection string of the server; null where there is none.</summary>
    public static string? Server => Environment.GetEnvironmentVariable(Variable);

    public string ConnectionString => new NpgsqlConnectionStringBuilder(Server) { Database = name }.ToString();

    public PostgresStore Open(Action<PostgresStoreOptions>? configure = null)
    {
        var options = new PostgresStoreOptions(Connect) { Schema = SchemaMode.Create };
        configure?.Invoke(options);
        return PostgresStore.Open(options);
    }

    public DbConnection Connect() => new NpgsqlConnection(ConnectionString);

    public void Execute(string text) => Execute(ConnectionString, text);

    public object? Ask(string text)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }

    public static void Execute(string server, string text)
    {
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        using (var mine = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(mine);
        }

        Execute(Server!, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }
}
