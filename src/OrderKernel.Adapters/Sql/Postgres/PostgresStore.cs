using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>The durable store on PostgreSQL: any number of hosts share one database.</summary>
/// <remarks>
/// <para>Safe to share between threads. One connection of each store commits, in groups; others read. The driver is the host's.</para>
/// <para>Errors: <see cref="OrderKernelException"/> when the server, its settings or its tables do not permit safe work, and when it
/// cannot be reached; then <see cref="OrderKernelException.IsTransient"/> is true and repeating a command under its id is safe.</para>
/// <para>A host that is stopped, hangs or has lost its network holds up the others for <see cref="PostgresStoreOptions.PauseLimit"/> at
/// most; docs/store.md says what waits for what.</para>
/// <para>Source: PostgreSQL 15 documentation, 13.2.1 (READ COMMITTED), 13.3.2 (row locks).</para>
/// </remarks>
public sealed class PostgresStore : SqlStore, IDisposable
{
    private readonly PostgresStoreOptions options;
    private readonly GroupCommit commits;
    private readonly ConcurrentBag<PreparedReaders> spare = new();
    private readonly SemaphoreSlim turns;
    private int disposed;

    private PostgresStore(PostgresStoreOptions options)
    {
        this.options = options;
        turns = new SemaphoreSlim(options.MaxReaders);
        commits = new GroupCommit(new PostgresCommitter(() => Connected(options), options.Dialect, options.PauseLimit), options.MaxGroup);
    }

    /// <summary>Opens a store.</summary>
    /// <param name="options">Which database, and how.</param>
    /// <exception cref="OrderKernelException">The server, its settings or its tables do not permit safe work, or it cannot be
    /// reached; the message names the remedy.</exception>
    public static PostgresStore Open(PostgresStoreOptions options)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        if (options.MaxGroup < 1 || options.MaxReaders < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "A group holds at least one unit, and somebody must read.");
        }

        PostgresPauses.Check(options.PauseLimit, nameof(options));
        if (options.Dialect is not PostgresDialect)
        {
            throw new ArgumentException("Use SqlDialect.PostgreSql.", nameof(options));
        }

        try
        {
            using DbConnection connection = Connected(options);
            PostgresStartup.Check(connection, options);
            PrepareSchema(connection, options);
        }
        catch (DbException fault) when (PostgresDialect.IsLockWait(fault))
        {
            throw PostgresPauses.Held(fault, options.PauseLimit);
        }
        catch (DbException fault)
        {
            throw new OrderKernelException(
                "The PostgreSQL server cannot be reached or refused the work. Check that it runs, the connection string, and the "
                + "rights of the role.", options.Dialect.IsTransient(fault), fault);
        }

        return new PostgresStore(options);
    }

    /// <inheritdoc />
    public override async ValueTask<ImmutableArray<UnitResult>> CommitAsync(
        ImmutableArray<UnitOfWork> batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return await commits.Commit(batch).ConfigureAwait(false);
    }

    /// <inheritdoc />
    /// <remarks><para>Whoever reads the end of the feed numbers what was committed since; see docs/store.md.</para></remarks>
    public override ValueTask<ImmutableArray<FeedEntry>> ReadFeedAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation) => Read(
        async db =>
        {
            // Asked before the page is read: when nothing waits, this page shows all that anybody had numbered until then.
            while (true)
            {
                bool isNumbered = await PostgresFeed.Sequence(db.Session, tenant, cancellation).ConfigureAwait(false);
                ImmutableArray<FeedEntry> page = await db.Reader.Feed(tenant, after, most, cancellation).ConfigureAwait(false);
                if (page.Length == most || !isNumbered)
                {
                    return page;
                }
            }
        },
        cancellation);

    /// <inheritdoc />
    /// <remarks><para>Whoever reads the seals seals what was committed since, and nobody has to do so while committing.</para></remarks>
    public override ValueTask<ImmutableArray<HistorySeal>> ReadSealsAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation) => Read(
        async db =>
        {
            await PostgresSeals.Seal(db.Session, tenant, cancellation).ConfigureAwait(false);
            return await SqlHistory.Seals(db.Session, tenant, after, most, cancellation).ConfigureAwait(false);
        },
        cancellation);

    /// <summary>Waits for commits under way, then closes the connections.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        commits.Dispose();
        CloseIdle();
    }

    private protected override async ValueTask<T> Read<T>(Func<PreparedReaders, ValueTask<T>> read, CancellationToken cancellation)
    {
        // A connection that the server dropped while it lay idle is no reason to fail: reading again is always safe.
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await Unheld(() => InRoom(read, cancellation), cancellation).ConfigureAwait(false);
            }
            catch (DbException fault) when (attempt < 3 && options.Dialect.IsTransient(fault))
            {
                CloseIdle();
            }
            catch (DbException fault)
            {
                throw Failure(fault, "PostgreSQL could not read.");
            }
        }
    }

    private protected override ValueTask<T> Change<T>(
        Func<PreparedReaders, ValueTask<T>> change, CancellationToken cancellation) => ChangeAtOnce(
        async db =>
        {
            using DbTransaction transaction = db.Session.Connection.BeginTransaction(IsolationLevel.ReadCommitted);
            T answer = await change(db).ConfigureAwait(false);
#if NET
            // Who gives up waiting now would not know whether it happened.
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
#else
            transaction.Commit();
#endif
            return answer;
        },
        cancellation);

    private protected override async ValueTask<T> ChangeAtOnce<T>(
        Func<PreparedReaders, ValueTask<T>> change, CancellationToken cancellation)
    {
        try
        {
            return await Unheld(() => InRoom(change, cancellation), cancellation).ConfigureAwait(false);
        }
        catch (DbException fault)
        {
            // Where one connection was dropped the idle ones were too, and each would cost a caller a failure.
            if (options.Dialect.IsTransient(fault))
            {
                CloseIdle();
            }

            throw Failure(fault, "PostgreSQL could not change what was asked; it may have happened where the answer was lost.");
        }
    }

    // Where a lock was waited for until the limit, nothing was done. Whoever holds it and does not answer is ended, and it is tried once
    // more.
    private async ValueTask<T> Unheld<T>(Func<ValueTask<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (DbException fault) when (PostgresDialect.IsLockWait(fault))
        {
            await InRoom(
                async db =>
                {
                    await PostgresPauses.EndAsync(db.Session, options.PauseLimit, cancellation).ConfigureAwait(false);
                    return true;
                },
                cancellation).ConfigureAwait(false);
        }

        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (DbException fault) when (PostgresDialect.IsLockWait(fault))
        {
            throw PostgresPauses.Held(fault, options.PauseLimit);
        }
    }

    private protected override void CheckClock(SqlSession session) => PostgresStartup.CheckClock(session.Connection, options.Clock);

    private bool IsDisposed => Volatile.Read(ref disposed) != 0;

    private async ValueTask<T> InRoom<T>(Func<PreparedReaders, ValueTask<T>> work, CancellationToken cancellation)
    {
        await turns.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (IsDisposed)
            {
                throw new ObjectDisposedException(nameof(PostgresStore));
            }

            if (!spare.TryTake(out PreparedReaders? db))
            {
                DbConnection connection = await ConnectedAsync(options, cancellation).ConfigureAwait(false);
                db = new PreparedReaders(new SqlSession(connection, options.Dialect));
            }

            bool isWell = false;
            try
            {
                T answer = await work(db).ConfigureAwait(false);
                isWell = true;
                return answer;
            }
            finally
            {
                Leave(db, isWell);
            }
        }
        finally
        {
            turns.Release();
        }
    }

    private static DbConnection Connected(PostgresStoreOptions options)
    {
        DbConnection connection = options.Connect();
        try
        {
            connection.Open();
            PostgresPauses.Limit(new SqlSession(connection, options.Dialect), options.PauseLimit);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // As above, without a thread that waits: where the server has ended many connections, many are opened at the same time.
    private static async ValueTask<DbConnection> ConnectedAsync(PostgresStoreOptions options, CancellationToken cancellation)
    {
        DbConnection connection = options.Connect();
        try
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            await PostgresPauses.LimitAsync(new SqlSession(connection, options.Dialect), options.PauseLimit, cancellation)
                .ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Hosts that start at the same time make the tables once: all in one transaction, which ends with its connection. A host waits for
    // one that makes them for as long as that one works.
    private static void PrepareSchema(DbConnection connection, PostgresStoreOptions options)
    {
        var session = new SqlSession(connection, options.Dialect);
        if (options.Schema != SchemaMode.Create)
        {
            SqlSchema.Prepare(session, options.Schema);
            return;
        }

        bool hasWaited = false;
        while (!MakeTables(session, ref hasWaited))
        {
            PostgresPauses.End(session, options.PauseLimit);
        }
    }

    // False when it has to be tried again: another host makes them, or somebody was at a table for too long, once.
    private static bool MakeTables(SqlSession session, ref bool hasWaited)
    {
        using DbTransaction transaction = session.Connection.BeginTransaction(IsolationLevel.ReadCommitted);
        SqlSession inside = session with { Transaction = transaction };
        if (!TakeTurn(inside))
        {
            return false;
        }

        try
        {
            SqlSchema.Prepare(inside, SchemaMode.Create);
            transaction.Commit();
            return true;
        }
        catch (DbException fault) when (!hasWaited && PostgresDialect.IsLockWait(fault))
        {
            hasWaited = true;
            return false;
        }
    }

    private static bool TakeTurn(SqlSession session)
    {
        try
        {
            using var take = new Statement(session, "SELECT pg_advisory_xact_lock(hashtextextended('om_schema', 0))", 0);
            take.Execute();
            return true;
        }
        catch (DbException fault) when (PostgresDialect.IsLockWait(fault))
        {
            return false;
        }
    }

    private OrderKernelException Failure(DbException fault, string message) => new(message, options.Dialect.IsTransient(fault), fault);

    // Whoever still reads while the store is closed has its answer, and closes the connection that nobody else will.
    private void Leave(PreparedReaders db, bool isWell)
    {
        if (!isWell)
        {
            Close(db);
            return;
        }

        spare.Add(db);
        if (IsDisposed)
        {
            CloseIdle();
        }
    }

    private void CloseIdle()
    {
        while (spare.TryTake(out PreparedReaders? db))
        {
            Close(db);
        }
    }

    private static void Close(PreparedReaders db)
    {
        db.Dispose();
        db.Session.Connection.Dispose();
    }
}
