using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using NodaTime;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;

namespace OrderKernel.Adapters.Sql;

/// <summary>The embedded durable store: one SQLite file, written by one thread, read by many.</summary>
/// <remarks>
/// <para>Safe to share. One process opens a file at a time: the SQLite that ships here is older than 3.51.3, whose write-ahead
/// log is sound only while a single connection commits and checkpoints. A second process is refused; several processes
/// belong on a server database.</para>
/// <para>Errors: <see cref="OrderKernelException"/> when the file, its settings or its tables do not permit safe work.</para>
/// </remarks>
public sealed class SqliteStore : IOrderStore, IDisposable
{
    private readonly string path;
    private readonly FileStream owner;
    private readonly SqliteConnection connection;
    private readonly GroupCommit commits;
    private readonly ConcurrentBag<SqliteReader> readers = new();
    private int disposed;

    private SqliteStore(string path, FileStream owner, SqliteConnection connection, int maxGroup)
    {
        this.path = path;
        this.owner = owner;
        this.connection = connection;
        commits = new GroupCommit(connection, maxGroup);
    }

    /// <summary>The script that creates the tables, for hosts that run their own migrations.</summary>
    public static string SchemaScript => SqliteStartup.Scripts;

    /// <summary>Opens a store.</summary>
    /// <param name="options">Which file, and how.</param>
    /// <exception cref="OrderKernelException">The file, its settings or its tables do not permit safe work; the message names
    /// the remedy.</exception>
    public static SqliteStore Open(SqliteStoreOptions options)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        if (options.MaxGroup < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "A group holds at least one unit.");
        }

        FileStream owner = Claim(options.Path);
        try
        {
            return new SqliteStore(options.Path, owner, SqliteStartup.OpenWriter(options), options.MaxGroup);
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask<ImmutableArray<EventEnvelope>> ReadStreamAsync(
        TenantId tenant, StreamId stream, long after, CancellationToken cancellation) =>
        Read(reader => reader.Stream(tenant, stream, after), cancellation);

    /// <inheritdoc />
    public ValueTask<StockPicture> ReadStockAsync(TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        Read(reader => reader.Stock(tenant, skus), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<OpenLine>> ReadOpenLinesAsync(
        TenantId tenant, ImmutableArray<Sku> skus, CancellationToken cancellation) =>
        Read(reader => reader.OpenLines(tenant, skus), cancellation);

    /// <inheritdoc />
    public async ValueTask<ImmutableArray<UnitResult>> CommitAsync(
        ImmutableArray<UnitOfWork> batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await commits.Commit(batch).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask<DecidedCommand?> ReadCommandAsync(TenantId tenant, CommandId command, CancellationToken cancellation) =>
        Read(reader => reader.Command(tenant, command), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<DecidedCommand>> ReadCommandsAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation) =>
        Read(reader => reader.Commands(tenant, after, most), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<StreamId>> ReadStreamNamesAsync(
        TenantId tenant, string category, string after, int most, CancellationToken cancellation) =>
        Read(reader => reader.Names(tenant, category, after, most), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<FeedEntry>> ReadFeedAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation) =>
        Read(reader => reader.Feed(tenant, after, most), cancellation);

    /// <inheritdoc />
    public ValueTask<LedgerContents> ReadLedgerAsync(TenantId tenant, CancellationToken cancellation) =>
        Read(reader => reader.Ledger(tenant), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<TimerChange>> ReadDueTimersAsync(
        TenantId tenant, Instant now, int most, CancellationToken cancellation) =>
        Read(reader => reader.DueTimers(tenant, now, most), cancellation);

    /// <inheritdoc />
    public ValueTask<ImmutableArray<OutgoingMessage>> ReadOutboxAsync(
        TenantId tenant, int most, CancellationToken cancellation) => Read(reader => reader.Outbox(tenant, most), cancellation);

    /// <inheritdoc />
    public async ValueTask MarkSentAsync(TenantId tenant, ImmutableArray<Guid> messages, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await commits.Run(writer =>
        {
            using var mark = new Statement(
                writer,
                "UPDATE om_outbox SET sent = 1 WHERE tenant = @0 AND message_id IN (SELECT value FROM json_each(@1))", 2);
            mark.Execute(tenant.Text, JsonList.Of(messages));
        }).ConfigureAwait(false);
    }

    /// <summary>Waits for commits under way, then closes the file.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        commits.Dispose();
        while (readers.TryTake(out SqliteReader? reader))
        {
            reader.Dispose();
        }

        connection.Dispose();
        owner.Dispose();
    }

    // Reads run on the caller's thread: SQLite has no asynchronous I/O to wait for.
    private ValueTask<T> Read<T>(Func<SqliteReader, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Volatile.Read(ref disposed) != 0)
        {
            throw new ObjectDisposedException(nameof(SqliteStore));
        }

        if (!readers.TryTake(out SqliteReader? reader))
        {
            reader = new SqliteReader(path);
        }

        try
        {
            return new ValueTask<T>(read(reader));
        }
        catch (SqliteException fault)
        {
            throw SqliteStartup.Failure(fault, "SQLite could not read.");
        }
        finally
        {
            readers.Add(reader);
        }
    }

    // A lock file that the system releases with the process, also after a kill.
    private static FileStream Claim(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new OrderKernelException(
                "The database file is open in another process, or its folder cannot be written. Close the other program, "
                + "or use a server database for several processes.", isTransient: true, fault);
        }
    }
}
