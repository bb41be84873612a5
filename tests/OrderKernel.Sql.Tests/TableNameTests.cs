using System;
using OrderKernel.Adapters.Sql;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A name that the database would refuse is refused when it is given, with what to do.</summary>
public class TableNameTests
{
    [Theory]
    [InlineData("1_")]
    [InlineData("sqlite_")]
    [InlineData("sqlite_om_")]
    [InlineData("")]
    [InlineData("Om_")]
    [InlineData("om-")]
    public void Sqlite_AReservedOrUnusablePrefix_IsRefused(string prefix) =>
        Assert.Throws<ArgumentException>(() => SqlDialect.Sqlite.WithTables(string.Empty, prefix));

    [Theory]
    [InlineData("1shop", "ok_")]
    [InlineData("pg_catalog", "ok_")]
    [InlineData("pg_shop", "ok_")]
    [InlineData("information_schema", "ok_")]
    [InlineData("order", "ok_")]
    [InlineData("user", "ok_")]
    [InlineData("collation", "ok_")]
    [InlineData("shop", "1_")]
    [InlineData("shop", "")]
    public void Postgres_AReservedOrUnusableName_IsRefused(string schema, string prefix)
    {
        string told = Assert.Throws<ArgumentException>(() => SqlDialect.PostgreSql.WithTables(schema, prefix)).Message;
        Assert.Matches("another, such as shop|no digit first", told);
    }

    [Theory]
    [InlineData("_1")]
    [InlineData("sqlite")]
    [InlineData("order")]
    public void Sqlite_AnyOtherPrefix_Works(string prefix)
    {
        using var database = new TemporaryDatabase();
        var options = new SqliteStoreOptions(database.Path)
        {
            Schema = SchemaMode.Create, Dialect = SqlDialect.Sqlite.WithTables(string.Empty, prefix),
        };
        SqliteStore.Open(options).Dispose();
        SqliteStore.Open(options).Dispose();
    }

    /// <summary>Every key word that the server itself says is reserved is refused.</summary>
    [PostgresFact]
    public void Postgres_TheKeyWordsOfTheServer_AreRefused()
    {
        using var database = new PostgresDatabase();
        using var connection = new Npgsql.NpgsqlConnection(database.ConnectionString);
        connection.Open();
        using var query = new Npgsql.NpgsqlCommand("SELECT word, catcode IN ('R', 'T') FROM pg_get_keywords()", connection);
        using Npgsql.NpgsqlDataReader rows = query.ExecuteReader();
        int words = 0;
        while (rows.Read())
        {
            words++;
            string word = rows.GetString(0);
            bool isRefused = Record.Exception(() => SqlDialect.PostgreSql.WithTables(word, "ok_")) is ArgumentException;

            // A later server reserves more: what this one does not reserve may still be refused.
            Assert.True(isRefused || !rows.GetBoolean(1), word);
        }

        Assert.True(words > 400);
    }
}
