using System;
using System.IO;
using OrderKernel.Adapters.Sql;

namespace OrderKernel.Sql.Tests;

/// <summary>A database file in a folder of its own, removed afterwards.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orderkernel-").FullName;

    public string Path => System.IO.Path.Combine(folder, "orders.db");

    public SqliteStore Open(SqliteDurability durability = SqliteDurability.Full) =>
        SqliteStore.Open(new SqliteStoreOptions(Path) { Schema = SchemaMode.Create, Durability = durability });

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
