using System;

namespace OrderKernel.Adapters.Sql;

/// <summary>What a store does about its tables when it opens.</summary>
public enum SchemaMode
{
    /// <summary>Checks that the tables are there in the version this store expects, and refuses to open otherwise.</summary>
    Validate = 0,

    /// <summary>Creates the tables when there are none, and brings older ones up to date.</summary>
    Create = 1,

    /// <summary>Neither checks nor creates.</summary>
    None = 2,
}

/// <summary>What an acknowledged commit survives.</summary>
public enum SqliteDurability
{
    /// <summary>A crash of the process and a loss of power: every commit is synced to disk before it is acknowledged.</summary>
    Full = 0,

    /// <summary>Only a crash of the process. Power loss may take back acknowledged orders; for tests and rebuildable copies.</summary>
    UnsafeNormal = 1,
}

/// <summary>How a SQLite store is opened.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>Names the file.</summary>
    /// <param name="path">The database file, on a local disk; one process opens it at a time.</param>
    /// <exception cref="ArgumentException">The path is blank.</exception>
    public SqliteStoreOptions(string path) => Path = string.IsNullOrWhiteSpace(path)
        ? throw new ArgumentException("Name the database file.", nameof(path))
        : path;

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>What to do about the tables.</summary>
    /// <value>The default is <see cref="SchemaMode.Validate"/>.</value>
    public SchemaMode Schema { get; set; }

    /// <summary>What an acknowledged commit survives.</summary>
    /// <value>The default is <see cref="SqliteDurability.Full"/>.</value>
    public SqliteDurability Durability { get; set; }

    /// <summary>How many waiting units share one transaction at most; each keeps its own outcome.</summary>
    /// <value>The default is 128.</value>
    public int MaxGroup { get; set; } = 128;

    /// <summary>What the names of tables begin with.</summary>
    /// <value>The default is <see cref="SqlDialect.Sqlite"/>; see <see cref="SqlDialect.WithTables"/>.</value>
    public SqlDialect Dialect { get; set; } = SqlDialect.Sqlite;

    /// <summary>Whether opening runs SQLite's quick check over the file.</summary>
    /// <value>The default is true. It reads the whole file once.</value>
    public bool CheckOnOpen { get; set; } = true;
}
