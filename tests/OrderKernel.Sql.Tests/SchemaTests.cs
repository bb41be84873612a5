using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Npgsql;
using OrderKernel.Adapters.Sql;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>The tables are what the scripts make, whatever version they came from.</summary>
public class SchemaTests
{
    [Fact]
    public void Sqlite_ColumnsOfTheScripts_AreAsListed()
    {
        using var database = new TemporaryDatabase();
        SqliteStore.Open(new SqliteStoreOptions(database.Path) { Schema = SchemaMode.Create }).Dispose();
        using var connection = new SqliteConnection($"Data Source={database.Path};Pooling=False");
        connection.Open();
        Compare(SqlSchema.FoundColumns(new SqlSession(connection, SqlDialect.Sqlite)), "sqlite");
    }

    [PostgresFact]
    public void Postgres_ColumnsOfTheScripts_AreAsListed()
    {
        using var database = new PostgresDatabase();
        database.Open().Dispose();
        using var connection = new NpgsqlConnection(database.ConnectionString);
        connection.Open();
        Compare(SqlSchema.FoundColumns(new SqlSession(connection, SqlDialect.PostgreSql)), "postgres");
    }

    private static void Compare(ImmutableArray<string> found, string name)
    {
        string path = Repository.Path("src", "OrderKernel.Adapters", "Sql", "Scripts", name + ".columns.txt");
        string text = string.Join('\n', found) + "\n";
        if (System.IO.File.ReadAllText(path) != text)
        {
            System.IO.File.WriteAllText(path + ".received", text);
            Assert.Fail($"{path} is not what the scripts make; look at the received file, and rename it if it is right.");
        }
    }
}
