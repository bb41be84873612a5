using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Sql;

/// <summary>Makes the tables, or checks that they are as this release needs them.</summary>
internal static class SqlSchema
{
    /// <summary>Does what the mode says: within the session's transaction, or each script in one of its own.</summary>
    /// <exception cref="OrderKernelException">The tables are not as they must be; the message names the remedy.</exception>
    public static void Prepare(SqlSession session, SchemaMode mode)
    {
        SqlDialect dialect = session.Dialect;
        if (mode == SchemaMode.None)
        {
            return;
        }

        int newest = dialect.Versions[dialect.Versions.Length - 1];
        SortedSet<int> found = FoundVersions(session);
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

            using DbTransaction? own = session.Transaction is null ? session.Connection.BeginTransaction() : null;
            Execute(session.Connection, own ?? session.Transaction!, dialect.Script(version));
            own?.Commit();
        }

        CheckColumns(session);
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
    public static ImmutableArray<string> FoundColumns(SqlSession session)
    {
        using var query = new Statement(session, session.Dialect.ColumnsQuery, 1);
        using DbDataReader rows = query.Query(session.Dialect.Prefix + "%");
        var found = ImmutableArray.CreateBuilder<string>();
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found.ToImmutable();
    }

    // A column may be wrong after a restore, a migration of the host's, or a hand. Better now than at the first order.
    private static void CheckColumns(SqlSession session)
    {
        var found = new HashSet<string>(FoundColumns(session), StringComparer.Ordinal);
        string[] missing = ExpectedColumns(session.Dialect).Where(column => !found.Contains(column)).ToArray();
        if (missing.Length > 0)
        {
            throw new OrderKernelException(
                $"{missing.Length} columns are missing or of another type, first {missing[0]}. Restore the tables from a backup, or "
                + "compare them with the scripts (SqlDialect.Script, or orderkernel db script).");
        }
    }

    private static SortedSet<int> FoundVersions(SqlSession session)
    {
        var found = new SortedSet<int>();
        string table = session.Dialect.Prefix + "schema.";
        if (!FoundColumns(session).Any(column => column.StartsWith(table, StringComparison.Ordinal)))
        {
            return found;
        }

        using var query = new Statement(session, "SELECT version FROM om_schema", 0);
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
