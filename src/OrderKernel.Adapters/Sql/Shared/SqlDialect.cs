using System;
using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>What differs between databases: schema scripts, the spelling of a few clauses, and which failures pass by themselves.</summary>
/// <remarks>
/// <para>Two are proved here by the store contract: SQLite and PostgreSQL. Another database is an implementation of
/// <see cref="IOrderStore"/> of your own, proved by the same contract.</para>
/// </remarks>
public abstract class SqlDialect
{
    private protected SqlDialect(string name, string schema, string prefix)
    {
        Name = name;
        Schema = schema;
        Prefix = prefix;
    }

    /// <summary>SQLite from 3.38 on; tables named <c>om_…</c>.</summary>
    public static SqlDialect Sqlite { get; } = new SqliteDialect(SqliteDialect.DefaultPrefix);

    /// <summary>PostgreSQL from 12 on; tables named <c>om_…</c> on the search path.</summary>
    public static SqlDialect PostgreSql { get; } = new PostgresDialect(string.Empty, SqliteDialect.DefaultPrefix);

    /// <summary>The name of the database, and of its scripts.</summary>
    public string Name { get; }

    /// <summary>The database schema that holds the tables; empty for the search path.</summary>
    public string Schema { get; }

    /// <summary>What the names of tables begin with.</summary>
    public string Prefix { get; }

    /// <summary>The versions of the scripts that make the tables, ascending.</summary>
    public ImmutableArray<int> Versions => ImmutableArray.CreateRange(
        typeof(SqlDialect).GetTypeInfo().Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Name + ".", StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => int.Parse(name.Split('.')[1], CultureInfo.InvariantCulture)).OrderBy(static version => version));

    /// <summary>The same dialect with tables in another place.</summary>
    /// <param name="schema">The database schema; empty for the search path. SQLite has none.</param>
    /// <param name="prefix">What the names of tables begin with.</param>
    /// <exception cref="ArgumentException">A name is not made of lower-case letters, digits and underscores, at most 40, without a digit
    /// first; or the database keeps it for itself: prefixes <c>sqlite_</c>, schemas <c>pg_…</c> and <c>information_schema</c>, and schemas
    /// that are key words.</exception>
    public abstract SqlDialect WithTables(string schema, string prefix);

    /// <summary>The script of one version, for hosts that run their own migrations.</summary>
    /// <param name="version">One of <see cref="Versions"/>; run all of them, in order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such version.</exception>
    public string Script(int version)
    {
        string name = Name + "." + version.ToString("000", CultureInfo.InvariantCulture) + ".sql";
        using Stream stream = typeof(SqlDialect).GetTypeInfo().Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentOutOfRangeException(nameof(version), $"The script {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return Text(reader.ReadToEnd());
    }

    /// <summary>A text with the tables named as they are named here.</summary>
    internal string Text(string sql)
    {
        if (Schema.Length == 0 && Prefix == SqliteDialect.DefaultPrefix)
        {
            return sql;
        }

        // Tables stand alone; indexes and triggers, which take no schema, are called ix_om_… and tr_om_….
        string place = Schema.Length == 0 ? Prefix : Schema + "." + Prefix;
        string[] parts = sql.Split(new[] { SqliteDialect.DefaultPrefix }, StringSplitOptions.None);
        var text = new System.Text.StringBuilder(parts[0]);
        for (int i = 1; i < parts.Length; i++)
        {
            char before = parts[i - 1].Length == 0 ? ' ' : parts[i - 1][parts[i - 1].Length - 1];
            text.Append(before == '_' ? Prefix : char.IsLetterOrDigit(before) ? SqliteDialect.DefaultPrefix : place)
                .Append(parts[i]);
        }

        return text.ToString();
    }

    /// <summary>Whether the database and its table names are as the store expects them; the reason when not.</summary>
    internal abstract string ColumnsQuery { get; }

    /// <summary>A clause that a parameter holds the value of the expression before it.</summary>
    internal abstract string InList(string parameter);

    /// <summary>A list as one parameter for <see cref="InList"/>.</summary>
    internal abstract object List(ImmutableArray<string> values);

    /// <summary>Ends a query that takes work nobody else has taken.</summary>
    internal abstract string SkipLocked { get; }

    /// <summary>Whether trying again could help.</summary>
    /// <param name="fault">What the driver threw.</param>
    public abstract bool IsTransient(DbException fault);

    /// <summary>A transaction that sees one picture.</summary>
    internal abstract DbTransaction BeginRead(DbConnection connection);

    private protected static string CheckName(string name, bool mayBeEmpty) =>
        name is not null && name.Length <= 40 && (mayBeEmpty || name.Length > 0) && !(name.Length > 0 && name[0] is >= '0' and <= '9')
        && name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')
            ? name
            : throw new ArgumentException(
                "Use lower-case letters, digits and underscores, at most 40, and no digit first.", nameof(name));
}
