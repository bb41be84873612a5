using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using System.Linq;
#if !NET
using System.Reflection;
#endif

namespace OrderKernel.Adapters.Sql;

/// <summary>PostgreSQL, over any ADO.NET driver that takes arrays as parameters, such as Npgsql.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    private const string LockWait = "55P03";

    public PostgresDialect(string schema, string prefix)
        : base("postgres", schema, prefix)
    {
    }

    private static readonly HashSet<string> KeyWords = new(
        ("all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column "
            + "concurrently constraint create cross current_catalog current_date current_role current_schema current_time "
            + "current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from "
            + "full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime "
            + "localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning right "
            + "select session_user similar some symmetric system_user table tablesample then to trailing true union unique user using "
            + "variadic verbose when where window with").Split(' '),
        StringComparer.Ordinal);

    public override SqlDialect WithTables(string schema, string prefix) =>
        new PostgresDialect(CheckSchema(CheckName(schema, mayBeEmpty: true)), CheckName(prefix, mayBeEmpty: false));

    // Source: PostgreSQL 16, CREATE SCHEMA (names that begin with pg_ are reserved) and appendix C (key words that are reserved).
    private static string CheckSchema(string schema) =>
        schema.StartsWith("pg_", StringComparison.Ordinal) || schema == "information_schema" || KeyWords.Contains(schema)
            ? throw new ArgumentException(
                $"PostgreSQL keeps the name {schema} for itself; give the schema another, such as shop.", nameof(schema))
            : schema;

    internal override string ColumnsQuery =>
        "SELECT table_name || '.' || column_name || ' ' || data_type || CASE is_nullable WHEN 'NO' THEN '' ELSE ' null' END "
        + "FROM information_schema.columns WHERE table_name LIKE @0 AND table_schema = "
        + (Schema.Length == 0 ? "current_schema()" : $"'{Schema}'") + " ORDER BY 1";

    internal override string SkipLocked => " FOR UPDATE SKIP LOCKED";

    internal override string InList(string parameter) => $"= ANY({parameter})";

    internal override object List(ImmutableArray<string> values) => values.ToArray();

    // 40: serialisation and deadlock. 08, 57P: the connection or the server went. 53: out of some resource. 55P03: lock wait.
    // 25P03, 25P04: the server ended a transaction whose host paused, or took too long. 57014: a statement was given up.
    public override bool IsTransient(DbException fault)
    {
        string state = StateOf(fault);
        return state.Length == 0 || state.StartsWith("40", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal)
            || state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
            || state is LockWait or "25P03" or "25P04" or "57014";
    }

    /// <summary>Whether a lock was waited for until the limit. Nothing was done.</summary>
    internal static bool IsLockWait(DbException fault) => StateOf(fault) == LockWait;

    internal override DbTransaction BeginRead(DbConnection connection) => connection.BeginTransaction(IsolationLevel.RepeatableRead);

    /// <summary>Whether the transaction was rolled back for the sake of another; running it again is safe.</summary>
    internal static bool IsRolledBackForAnother(DbException fault) => StateOf(fault) is "40001" or "40P01";

    /// <summary>The SQLSTATE; empty when the connection was lost before there was one.</summary>
    internal static string StateOf(DbException fault)
    {
#if NET
        return fault.SqlState ?? string.Empty;
#else
        return fault.GetType().GetRuntimeProperty("SqlState")?.GetValue(fault) as string ?? string.Empty;
#endif
    }
}
