using System;
using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace OrderKernel.Adapters.Sql;

/// <summary>SQLite.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    public const string DefaultPrefix = "om_";

    public SqliteDialect(string prefix)
        : base("sqlite", string.Empty, prefix)
    {
    }

    public override SqlDialect WithTables(string schema, string prefix) => string.IsNullOrEmpty(schema)
        ? new SqliteDialect(CheckPrefix(CheckName(prefix, mayBeEmpty: false)))
        : throw new ArgumentException("SQLite has no schemas; use a prefix.", nameof(schema));

    // Source: SQLite, CREATE TABLE §1 (table names that begin with "sqlite_" are reserved for internal use).
    private static string CheckPrefix(string prefix) => prefix.StartsWith("sqlite_", StringComparison.Ordinal)
        ? throw new ArgumentException("SQLite keeps names that begin with sqlite_ for itself; use another prefix.", nameof(prefix))
        : prefix;

    internal override string ColumnsQuery =>
        "SELECT m.name || '.' || c.name || ' ' || lower(c.type) || CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN '' ELSE ' null' END "
        + "FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name LIKE @0 ORDER BY 1";

    internal override string SkipLocked => string.Empty;

    internal override string InList(string parameter) => $"IN (SELECT value FROM json_each({parameter}))";

    internal override object List(ImmutableArray<string> values) => JsonList.Of(values);

    public override bool IsTransient(DbException fault)
    {
        const int busy = 5, locked = 6;
        return fault is SqliteException { SqliteErrorCode: busy or locked };
    }

    internal override DbTransaction BeginRead(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: true);
}
