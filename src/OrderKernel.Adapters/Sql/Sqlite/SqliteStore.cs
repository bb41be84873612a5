using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>The embedded durable store: one SQLite file, written by one thread, read by many.</summary>
/// <remarks>
/// <para>Safe to share. One process opens a file at a time: its one writer counts positions and gathers commits, and is sound also
/// with a SQLite before 3.51.3, whose write-ahead log is not when two connections checkpoint. A second process is refused; several
/// processes belong on a server database.</para>
/// <para>Errors: <see cref="OrderKernelException"/> when the file, its settings or its tables do not permit safe work.</para>
/// </remarks>
public sealed class SqliteStore : SqlStore, IDisposable
{
    private readonly string path;
    private readonly SqlDialect dialect;
    private readonly FileStream owner;
    private readonly PreparedReaders writing;
    private readonly GroupCommit commits;
    private readonly ConcurrentBag<PreparedReaders> spare = new();
    private int disposed;

    private SqliteStore(SqliteStoreOptions options, FileStream owner, SqliteConnection connection)
    {
        path = options.Path;
        dialect = options.Dialect;
        this.owner = owner;
        writing = new PreparedReaders(new SqlSession(connection, dialect));
        commits = new GroupCommit(new SqliteCommitter(connection, writing.Session), options.MaxGroup);
    }

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

        SqliteStartup.RefuseOther(options);
        string place = options.Path + ".lock";
        bool isNew = !File.Exists(place);
        FileStream owner = Claim(place);
        try
        {
            return new SqliteStore(options, owner, SqliteStartup.OpenWriter(options));
        }
        catch
        {
            Release(owner, isNew ? place : null);
            throw;
        }
    }

    /// <inheritdoc />
    public override async ValueTask<ImmutableArray<UnitResult>> CommitAsync(
        ImmutableArray<UnitOfWork> batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await commits.Commit(batch).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public override ValueTask<ImmutableArray<FeedEntry>> ReadFeedAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation) =>
        Read(db => db.Reader.Feed(tenant, after, most, cancellation), cancellation);

    /// <summary>Waits for commits under way, then closes the file.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        commits.Dispose();
        writing.Dispose();
        CloseIdle();
        owner.Dispose();
    }

    private void CloseIdle()
    {
        while (spare.TryTake(out PreparedReaders? db))
        {
            db.Dispose();
            db.Session.Connection.Dispose();
        }
    }

    // Reads run on the caller's thread: SQLite has no asynchronous I/O to wait for.
    private protected override async ValueTask<T> Read<T>(Func<PreparedReaders, ValueTask<T>> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Volatile.Read(ref disposed) != 0)
        {
            throw new ObjectDisposedException(nameof(SqliteStore));
        }

        if (!spare.TryTake(out PreparedReaders? db))
        {
            db = new PreparedReaders(new SqlSession(SqliteStartup.OpenReader(path), dialect));
        }

        try
        {
            return await read(db).ConfigureAwait(false);
        }
        catch (SqliteException fault)
        {
            throw SqliteStartup.Failure(fault, "SQLite could not read.");
        }
        finally
        {
            // Whoever still reads while the store is closed closes the connection that nobody else will.
            spare.Add(db);
            if (Volatile.Read(ref disposed) != 0)
            {
                CloseIdle();
            }
        }
    }

    // Changes share the transaction of whatever commits next. Nothing here waits, so the answer is there when the call returns.
    private protected override async ValueTask<T> Change<T>(Func<PreparedReaders, ValueTask<T>> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        T answer = default!;
        await commits.Run(() => answer = change(writing).AsTask().GetAwaiter().GetResult()).ConfigureAwait(false);
        return answer;
    }

    // A lock file that the system releases with the process, also after a kill.
    private static FileStream Claim(string place)
    {
        try
        {
            return new FileStream(place, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new OrderKernelException(
                "The database file is open in another process, or its folder cannot be written. Close the other program, "
                + "or use a server database for several processes.", isTransient: true, fault);
        }
    }

    // A file that was not opened keeps nothing beside it. It goes while it is held, as once let go it may be another's; Windows deletes
    // nothing that is held, and so nothing of another's either.
    private static void Release(FileStream owner, string? place)
    {
        bool isGone = place is null || TryDelete(place);
        owner.Dispose();
        if (!isGone)
        {
            TryDelete(place!);
        }
    }

    private static bool TryDelete(string place)
    {
        try
        {
            File.Delete(place);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
