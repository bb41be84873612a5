using System;
using System.Collections.Immutable;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>A store inside a transaction that the host owns: the order and the host's own rows commit together or not at all.</summary>
/// <remarks>
/// <para>It reads what the transaction sees and writes into it. <see cref="CommitAsync"/> answers <see cref="UnitStatus.Committed"/>
/// when the unit is written; it is durable when the host commits, and gone when the host rolls back. A unit that does not fit leaves
/// nothing behind, and the host's transaction stays usable. Nothing is retried here: a stream or a cell that moved is the host's to
/// handle, with a new transaction. On PostgreSQL the server ends a transaction that wrote here and then lies idle: see
/// docs/store.md.</para>
/// <para>Use PostgreSQL's READ COMMITTED. On SQLite the host's connection must not be in write-ahead mode while a
/// <see cref="SqliteStore"/> has the file; see docs/store.md. One caller at a time; dispose it before the transaction ends.</para>
/// </remarks>
public sealed class SqlTransactionStore : SqlStore, IDisposable
{
    private readonly PreparedReaders db;
    private readonly Func<ImmutableArray<UnitOfWork>, ImmutableArray<UnitResult>> write;
    private readonly IDisposable writer;
    private readonly TimeSpan pauseLimit;
    private bool isLimited;

    /// <summary>Joins a transaction that holds up others for five seconds at most when its host pauses.</summary>
    /// <param name="dialect">What the connection speaks, and where the tables are.</param>
    /// <param name="connection">The host's open connection.</param>
    /// <param name="transaction">The host's transaction on it.</param>
    public SqlTransactionStore(SqlDialect dialect, DbConnection connection, DbTransaction transaction)
        : this(dialect, connection, transaction, PostgresStoreOptions.DefaultPause)
    {
    }

    /// <summary>Joins a transaction.</summary>
    /// <param name="dialect">What the connection speaks, and where the tables are.</param>
    /// <param name="connection">The host's open connection.</param>
    /// <param name="transaction">The host's transaction on it.</param>
    /// <param name="pauseLimit">On PostgreSQL, from the first change that is made here to the end of the transaction: how long the host may
    /// leave the transaction lying, after which the server ends it and the connection, and how long each of its statements waits for a
    /// lock. A host's connection that has <c>idle_in_transaction_session_timeout</c> or <c>lock_timeout</c> set keeps what it has. Zero
    /// sets nothing: then whoever else needs the same order or stock waits for this host as long as it pauses.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is neither zero nor between 100 milliseconds and an hour.</exception>
    public SqlTransactionStore(SqlDialect dialect, DbConnection connection, DbTransaction transaction, TimeSpan pauseLimit)
    {
        if (pauseLimit != TimeSpan.Zero)
        {
            PostgresPauses.Check(pauseLimit, nameof(pauseLimit));
        }

        if (dialect is null || connection is null || transaction is null)
        {
            throw new ArgumentNullException(
                dialect is null ? nameof(dialect) : connection is null ? nameof(connection) : nameof(transaction));
        }

        this.pauseLimit = pauseLimit;
        isLimited = dialect is not PostgresDialect || pauseLimit == TimeSpan.Zero;
        var session = new SqlSession(connection, dialect, transaction);
        db = new PreparedReaders(session);
        if (dialect is PostgresDialect)
        {
            var sets = new PostgresWriter(session);
            writer = sets;
            write = batch => Write(sets, batch);
        }
        else
        {
            var rows = new SqliteUnits(session);
            writer = rows;
            write = rows.Write;
        }
    }

    /// <inheritdoc />
    /// <exception cref="OrderKernelException">The database failed; roll the transaction back.</exception>
    public override ValueTask<ImmutableArray<UnitResult>> CommitAsync(
        ImmutableArray<UnitOfWork> batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            Limit();
            return new ValueTask<ImmutableArray<UnitResult>>(write(batch));
        }
        catch (DbException fault)
        {
            throw Failure(fault);
        }
    }

    /// <inheritdoc />
    /// <remarks><para>On PostgreSQL events get their places after the commit, so a feed that is read here ends before those of this
    /// transaction.</para></remarks>
    public override ValueTask<ImmutableArray<FeedEntry>> ReadFeedAsync(
        TenantId tenant, long after, int most, CancellationToken cancellation) =>
        Read(inside => inside.Reader.Feed(tenant, after, most, cancellation), cancellation);

    /// <summary>Lets go of the statements; the connection and the transaction stay the host's.</summary>
    public void Dispose()
    {
        writer.Dispose();
        db.Dispose();
    }

    private protected override async ValueTask<T> Read<T>(Func<PreparedReaders, ValueTask<T>> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return await read(db).ConfigureAwait(false);
        }
        catch (DbException fault)
        {
            throw Failure(fault);
        }
    }

    private protected override ValueTask<T> Change<T>(Func<PreparedReaders, ValueTask<T>> change, CancellationToken cancellation) => Read(
        inside =>
        {
            Limit();
            return change(inside);
        },
        cancellation);

    // What is only read keeps nobody waiting.
    private void Limit()
    {
        if (!isLimited)
        {
            PostgresPauses.LimitTransaction(db.Session, pauseLimit);
            isLimited = true;
        }
    }

    private static ImmutableArray<UnitResult> Write(PostgresWriter writer, ImmutableArray<UnitOfWork> batch)
    {
        var results = ImmutableArray.CreateBuilder<UnitResult>(batch.Length);
        foreach ((UnitResult result, Exception? fault) in writer.Write(batch, out _))
        {
            results.Add(fault is null ? result : throw fault);
        }

        return results.MoveToImmutable();
    }

    private OrderKernelException Failure(DbException fault) => new(
        "The database failed inside the host's transaction. Roll it back and repeat the command under its id.",
        db.Session.Dialect.IsTransient(fault), fault);

    /// <summary>Units on SQLite, row by row, each behind a savepoint.</summary>
    private sealed class SqliteUnits : IDisposable
    {
        private readonly RowByRowWriter writer;
        private readonly Statement savepoint;
        private readonly Statement release;
        private readonly Statement undo;

        public SqliteUnits(SqlSession session)
        {
            writer = new RowByRowWriter(session);
            savepoint = new Statement(session, "SAVEPOINT unit", 0);
            release = new Statement(session, "RELEASE unit", 0);
            undo = new Statement(session, "ROLLBACK TO unit", 0);
        }

        public ImmutableArray<UnitResult> Write(ImmutableArray<UnitOfWork> batch)
        {
            var results = ImmutableArray.CreateBuilder<UnitResult>(batch.Length);
            foreach (UnitOfWork unit in batch)
            {
                results.Add(Write(unit));
            }

            writer.Seal();
            return results.MoveToImmutable();
        }

        private UnitResult Write(UnitOfWork unit)
        {
            savepoint.Execute();
            bool isWritten = false;
            try
            {
                UnitResult result = writer.Write(unit);
                isWritten = result.Status == UnitStatus.Committed;
                return result;
            }
            finally
            {
                if (!isWritten)
                {
                    undo.Execute();
                    writer.Forget();
                }

                release.Execute();
            }
        }

        public void Dispose()
        {
            writer.Dispose();
            savepoint.Dispose();
            release.Dispose();
            undo.Dispose();
        }
    }
}
