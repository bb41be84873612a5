using System;
using System.IO;
using Microsoft.Data.Sqlite;
using OrderKernel.Adapters.Sql;

namespace OrderKernel.Sql.Tests;

/// <summary>A database file in a folder of its own, removed afterwards.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orderkernel-").FullName;

    public string Path => System.IO.Path.Combine(folder, "orders.db");

    public SqliteStore Open(SqliteDurability durability = SqliteDurability.Full) =>
        SqliteStore.Open(new SqliteStoreOptions(Path) { Schema = SchemaMode.Create, Durability = durability });

    /// <summary>Asks the file itself; no store may have it open.</summary>
    public object? Ask(string text)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
