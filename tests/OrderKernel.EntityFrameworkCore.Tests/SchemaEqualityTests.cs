using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OrderKernel.Adapters.EntityFrameworkCore;
using OrderKernel.Adapters.Sql;
using Xunit;

namespace OrderKernel.EntityFrameworkCore.Tests;

/// <summary>What the model makes is what the scripts make: tables, columns, types, keys, references, checks, indexes, first rows.</summary>
public class SchemaEqualityTests
{
    [Fact]
    public void Sqlite_TheModelMakesWhatTheScriptsMake()
    {
        string[] queries =
        [
            """
            SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || (c."notnull" = 1 OR c.pk > 0)
              || ' ' || coalesce(c.dflt_value, '') || ' ' || c.pk
            FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name LIKE 'om\_%' ESCAPE '\'
            """,
            """
            SELECT m.name || ' ' || CASE i.origin WHEN 'c' THEN i.name ELSE i.origin END || ' ' || i."unique" || ' ' || i.partial || ' '
              || (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno))
            FROM sqlite_master m JOIN pragma_index_list(m.name) i WHERE m.type = 'table' AND m.name LIKE 'om\_%' ESCAPE '\'
            """,
            """
            SELECT m.name || ' ' || f."from" || ' ' || f."table" || ' ' || f."to" || ' ' || f.on_delete
            FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND m.name LIKE 'om\_%' ESCAPE '\'
            """,
            "SELECT 'version ' || version FROM om_schema",
            "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
        ];
        using var scripted = new SqliteFile();
        using var script = new SqliteConnection(scripted.ConnectionString);
        script.Open();
        foreach (int version in SqlDialect.Sqlite.Versions)
        {
            Ask(script, SqlDialect.Sqlite.Script(version));
        }

        using var modelled = new SqliteFile();
        using ShopContext context = modelled.Open();
        using DbConnection model = Create(context);
        foreach (string query in queries)
        {
            string[] expected = Ask(script, query);
            Assert.NotEmpty(expected);
            Assert.Equal(expected, Ask(model, query));
        }

        string[] checks = Checks(script);
        Assert.Equal(18, checks.Length);
        Assert.Equal(checks, Checks(model));
    }

    [PostgresFact]
    public void Postgres_TheModelMakesWhatTheScriptsMake()
    {
        string[] queries =
        [
            """
            SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') || ' '
              || coalesce(collation_name, '') || ' ' || coalesce(identity_generation, '')
            FROM information_schema.columns WHERE table_name LIKE 'om\_%'
            """,
            """
            SELECT c.relname || ' ' || pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
            WHERE c.relname LIKE 'om\_%' AND k.contype <> 'n'
            """,
            "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'om\\_%'",
            "SELECT relname || ' ' || coalesce(reloptions::text, '') FROM pg_class WHERE relname LIKE 'om\\_%' AND relkind IN ('r', 'S')",
            """
            SELECT sequencename || ' ' || data_type || ' ' || increment_by || ' ' || cache_size FROM pg_sequences
            WHERE sequencename LIKE 'om\_%'
            """,
            "SELECT tgname || ' ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
            "SELECT 'version ' || version FROM om_schema",
        ];
        using var scripted = new PostgresFile();
        using var script = new NpgsqlConnection(scripted.ConnectionString);
        script.Open();
        foreach (int version in SqlDialect.PostgreSql.Versions)
        {
            Ask(script, SqlDialect.PostgreSql.Script(version));
        }

        using var modelled = new PostgresFile();
        using ShopContext context = modelled.Open();
        using DbConnection model = Create(context);
        foreach (string query in queries)
        {
            string[] expected = Ask(script, query);
            Assert.NotEmpty(expected);
            Assert.Equal(expected, Ask(model, query));
        }
    }

    [Fact]
    public void ANamingConvention_LeavesTheKernelsNames_AndADefaultSchemaIsFollowed()
    {
        using var context = new NamedContext(new DbContextOptionsBuilder<NamedContext>().UseNpgsql("Host=nowhere").Options);
        string script = context.Database.GenerateCreateScript();
        Assert.Contains("CREATE TABLE shop.ok_event (", script, StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE shop.\"BASKETS\" (", script, StringComparison.Ordinal);
        Assert.Contains("stream_key text COLLATE \"C\" NOT NULL", script, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\bom_", script);
        Assert.DoesNotContain("OK_", script, StringComparison.Ordinal);
    }

    private static DbConnection Create(ShopContext context)
    {
        context.Database.EnsureCreated();
        context.Database.ExecuteSqlRaw(OrderKernelModel.Protection(OrderKernelModel.DialectOf(context.Database)));
        DbConnection connection = context.Database.GetDbConnection();
        context.Database.OpenConnection();
        return connection;
    }

    private static string[] Checks(DbConnection connection) => Ask(
            connection, "SELECT name || ' ' || sql FROM sqlite_master WHERE type = 'table' AND name LIKE 'om\\_%' ESCAPE '\\'")
        .SelectMany(table => Regex.Matches(table, @"CHECK \(([^)]+)\)").Select(check => table.Split(' ')[0] + " " + check.Groups[1].Value))
        .Order(StringComparer.Ordinal).ToArray();

    private static string[] Ask(DbConnection connection, string text)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        using DbDataReader rows = command.ExecuteReader();
        var lines = new List<string>();
        while (rows.Read())
        {
            lines.Add(rows.GetString(0));
        }

        return lines.Order(StringComparer.Ordinal).ToArray();
    }
}
