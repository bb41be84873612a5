using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using OrderKernel.Orders;

namespace OrderKernel.Adapters.Sql;

/// <summary>Makes the tables, or checks that they are as this release needs them.</summary>
internal static class SqlSchema
{
    /// <summary>Does what the mode says.</summary>
    /// <exception cref="OrderKernelException">The tables are not as they must be; the message names the remedy.</exception>
    public static void Prepare(DbConnection connection, SqlDialect dialect, SchemaMode mode)
    {
        if (mode == SchemaMode.None)
        {
            return;
        }

        int newest = dialect.Versions[dialect.Versions.Length - 1];
        SortedSet<int> found = FoundVersions(connection, dialect);
        if (found.Count > 0 && found.Max > newest)
        {
            throw new OrderKernelException(
                $"The tables are of version {found.Max}; this release needs {newest}. Use the release that wrote them, or a later one.");
        }

        foreach (int version in dialect.Versions.Where(version => !found.Contains(version)))
        {
            if (mode == SchemaMode.Validate)
            {
                int highest = found.Count == 0 ? 0 : found.Max;
                throw new OrderKernelException(
                    $"The tables are of version {highest}; this release needs {newest}. Open the store with SchemaMode.Create, or run "
                    + $"the scripts from {version} on yourself (SqlDialect.Script, or orderkernel db script).");
            }

            using DbTransaction transaction = connection.BeginTransaction();
            Execute(connection, transaction, dialect.Script(version));
            transaction.Commit();
        }

        CheckColumns(connection, dialect);
    }

    /// <summary>The columns that the scripts make, one a line: table, name, type, and <c>null</c> where that is allowed.</summary>
    public static ImmutableArray<string> ExpectedColumns(SqlDialect dialect)
    {
        using Stream stream = typeof(SqlSchema).GetTypeInfo().Assembly.GetManifestResourceStream(dialect.Name + ".columns.txt")
            ?? throw new InvalidOperationException("The list of columns is not in the assembly.");
        using var reader = new StreamReader(stream);
        return ImmutableArray.CreateRange(
            reader.ReadToEnd().Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries)
                .Select(line => dialect.Prefix + line.Trim().Remove(0, SqliteDialect.DefaultPrefix.Length)));
    }

    /// <summary>The columns that are there.</summary>
    public static ImmutableArray<string> FoundColumns(DbConnection connection, SqlDialect dialect)
    {
        using var query = new Statement(new SqlSession(connection, dialect), dialect.ColumnsQuery, 1);
        using DbDataReader rows = query.Query(dialect.Prefix + "%");
        var found = ImmutableArray.CreateBuilder<string>();
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found.ToImmutable();
    }

    // A column may be wrong after a restore, a migration of the host's, or a hand. Better now than at the first order.
    private static void CheckColumns(DbConnection connection, SqlDialect dialect)
    {
        var found = new HashSet<string>(FoundColumns(connection, dialect), StringComparer.Ordinal);
        string[] missing = ExpectedColumns(dialect).Where(column => !found.Contains(column)).ToArray();
        if (missing.Length > 0)
        {
            throw new OrderKernelException(
                $"{missing.Length} columns are missing or of another type, first {missing[0]}. Restore the tables from a backup, or "
                + "compare them with the scripts (SqlDialect.Script, or orderkernel db script).");
        }
    }

    private static SortedSet<int> FoundVersions(DbConnection connection, SqlDialect dialect)
    {
        var found = new SortedSet<int>();
        if (!FoundColumns(connection, dialect).Any(column => column.StartsWith(dialect.Prefix + "schema.", StringComparison.Ordinal)))
        {
            return found;
        }

        using var query = new Statement(new SqlSession(connection, dialect), "SELECT version FROM om_schema", 0);
        using DbDataReader rows = query.Query();
        while (rows.Read())
        {
            found.Add(Convert.ToInt32(rows.GetValue(0), CultureInfo.InvariantCulture));
        }

        return found;
    }

    private static void Execute(DbConnection connection, DbTransaction transaction, string script)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text is a resource of this assembly.
        command.CommandText = script;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
