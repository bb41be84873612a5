using System;
using System.Data.Common;
using NodaTime;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Sql;

/// <summary>What an acknowledged commit survives on PostgreSQL.</summary>
public enum PostgresDurability
{
    /// <summary>A crash and a loss of power: the server must sync what it acknowledges.</summary>
    Full = 0,

    /// <summary>Whatever the server is set to. It may take back acknowledged orders; for tests and rebuildable copies.</summary>
    AsConfigured = 1,
}

/// <summary>How a PostgreSQL store is opened.</summary>
public sealed class PostgresStoreOptions
{
    internal static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    internal static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Names the database.</summary>
    /// <param name="connect">Makes a closed connection, such as <c>() =&gt; new NpgsqlConnection(text)</c>. The driver is the
    /// host's; it must take arrays as parameters, as Npgsql does.</param>
    public PostgresStoreOptions(Func<DbConnection> connect) => Connect = connect ?? throw new ArgumentNullException(nameof(connect));

    /// <summary>Makes a closed connection.</summary>
    public Func<DbConnection> Connect { get; }

    /// <summary>What to do about the tables.</summary>
    /// <value>The default is <see cref="SchemaMode.Validate"/>.</value>
    public SchemaMode Schema { get; set; }

    /// <summary>Where the tables are and what their names begin with.</summary>
    /// <value>The default is <see cref="SqlDialect.PostgreSql"/>; see <see cref="SqlDialect.WithTables"/>.</value>
    public SqlDialect Dialect { get; set; } = SqlDialect.PostgreSql;

    /// <summary>What an acknowledged commit survives.</summary>
    /// <value>The default is <see cref="PostgresDurability.Full"/>.</value>
    public PostgresDurability Durability { get; set; }

    /// <summary>How many waiting units share one transaction at most; each keeps its own outcome.</summary>
    /// <value>The default is 128.</value>
    public int MaxGroup { get; set; } = 128;

    /// <summary>How many connections read at once, beside the one that commits.</summary>
    /// <value>The default is 16. More callers wait for their turn.</value>
    public int MaxReaders { get; set; } = 16;

    /// <summary>How long a host that is stopped, hangs or has lost its network may hold up others. After that long within a transaction
    /// the server ends its connection and nothing of the transaction was ever there; when the host goes on, it repeats by itself what it
    /// had not committed. Whoever waits for a lock gives up after that long, ends who holds it and does not answer, and tries once
    /// more; then it fails with a transient <see cref="OrderKernelException"/>.</summary>
    /// <value>The default is five seconds; at least 100 milliseconds and at most an hour. A host that is starved of its processor or is
    /// being debugged pauses too. Leases of relays and timer pumps are not counted by it.</value>
    /// <remarks><para>Source: docs/adr/0032-nobody-waits-for-the-paused.md.</para></remarks>
    public TimeSpan PauseLimit { get; set; } = DefaultPause;

    /// <summary>The host's clock, by which timers are due and leases end. It is compared with the server's when the store opens and with
    /// every claim; a host whose clock differs by more than a second claims nothing.</summary>
    /// <value>The default is the system's clock.</value>
    public IClock Clock { get; set; } = SystemClock.Instance;
}
