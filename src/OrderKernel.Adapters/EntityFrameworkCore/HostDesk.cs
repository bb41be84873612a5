using System;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.EntityFrameworkCore;

/// <summary>A desk inside the transaction of a host's context: the order and the host's own rows commit together, or not at all.</summary>
/// <remarks>
/// <para>An outcome is durable when the host commits, and was never there when it rolls back. Nothing is retried: when stream or
/// stock moved, the desk throws a transient <see cref="OrderKernelException"/>; roll back and begin again, under the same
/// command id.</para>
/// <para>One caller at a time. Dispose it before the transaction ends; connection and transaction stay the host's.</para>
/// </remarks>
public sealed class HostDesk : IDisposable
{
    private readonly SqlTransactionStore store;

    internal HostDesk(SqlTransactionStore store, OrderDesk desk)
    {
        this.store = store;
        Desk = desk;
    }

    /// <summary>The desk.</summary>
    public OrderDesk Desk { get; }

    /// <summary>The store beneath it: outbox, inbox and timers inside the same transaction.</summary>
    public SqlStore Store => store;

    /// <summary>Lets go of the statements.</summary>
    public void Dispose() => store.Dispose();
}

/// <summary>Opens desks in contexts.</summary>
public static class HostDeskExtensions
{
    /// <summary>Opens a desk in the context's current transaction.</summary>
    /// <param name="context">A context whose model was given <see cref="OrderKernelModel.ApplyOrderKernel"/>.</param>
    /// <param name="clock">The host's clock.</param>
    /// <param name="options">How the desk works; null for the defaults. Attempts and remembered orders are set by themselves.</param>
    /// <exception cref="InvalidOperationException">No transaction is open, or the model has no tables of the kernel.</exception>
    /// <exception cref="OrderKernelException">SQLite's settings do not keep what is acknowledged; the message names the remedy.</exception>
    public static HostDesk OpenOrderDesk(this DbContext context, IClock clock, DeskOptions? options = null) =>
        Open(context, clock, options, static (dialect, connection, transaction) => new(dialect, connection, transaction));

    /// <summary>Opens a desk in the context's current transaction, and says how long that may hold up others.</summary>
    /// <param name="context">A context whose model was given <see cref="OrderKernelModel.ApplyOrderKernel"/>.</param>
    /// <param name="clock">The host's clock.</param>
    /// <param name="options">How the desk works; null for the defaults. Attempts and remembered orders are set by themselves.</param>
    /// <param name="pauseLimit">On PostgreSQL, from the first order that is written to the end of the transaction: how long the host may
    /// leave the transaction lying before the server ends it, and how long a statement waits for a lock. Zero sets nothing. See
    /// <see cref="SqlTransactionStore"/>.</param>
    /// <exception cref="InvalidOperationException">No transaction is open, or the model has no tables of the kernel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is neither zero nor between 100 milliseconds and an hour.</exception>
    /// <exception cref="OrderKernelException">SQLite's settings do not keep what is acknowledged; the message names the remedy.</exception>
    public static HostDesk OpenOrderDesk(this DbContext context, IClock clock, DeskOptions? options, TimeSpan pauseLimit) =>
        Open(context, clock, options, (dialect, connection, transaction) => new(dialect, connection, transaction, pauseLimit));

    private static HostDesk Open(
        DbContext context, IClock clock, DeskOptions? options, Func<SqlDialect, DbConnection, DbTransaction, SqlTransactionStore> join)
    {
        ArgumentNullException.ThrowIfNull(context);
        SqlDialect dialect = OrderKernelModel.MappedDialect(context.Model);
        DbTransaction transaction = (context.Database.CurrentTransaction ?? throw new InvalidOperationException(
            "No transaction is open. Begin one with context.Database.BeginTransaction(), so that order and rows commit together."))
            .GetDbTransaction();
        DbConnection connection = context.Database.GetDbConnection();
        if (dialect.Name == SqlDialect.Sqlite.Name)
        {
            SqliteGuard.Check(connection, transaction);
        }

        SqlTransactionStore store = join(dialect, connection, transaction);
        return new HostDesk(store, new OrderDesk(store, clock, (options ?? new DeskOptions()).InsideTransaction()));
    }

    /// <summary>Takes a SQLite file out of write-ahead mode, in which the framework makes it. Once per file, before the
    /// first order.</summary>
    /// <param name="context">A context on the file; nobody else may have it open, and no transaction.</param>
    /// <exception cref="OrderKernelException">Another connection has the file open.</exception>
    public static void LeaveWriteAheadMode(this DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Database.OpenConnection();
        try
        {
            using DbCommand command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA journal_mode=DELETE";
            if (command.ExecuteScalar() is not "delete")
            {
                throw new OrderKernelException(
                    "The file stays in write-ahead mode. Close every other connection to it first.", isTransient: true);
            }
        }
        finally
        {
            context.Database.CloseConnection();
        }
    }
}

/// <summary>Refuses settings of a host's SQLite connection under which acknowledged orders could be lost.</summary>
internal static class SqliteGuard
{
    private static readonly Version SoundWal = new(3, 51, 3);

    public static void Check(DbConnection connection, DbTransaction transaction)
    {
        if (Ask("PRAGMA journal_mode") == "wal" && Version.Parse(connection.ServerVersion) < SoundWal)
        {
            throw new OrderKernelException(
                $"The file is in write-ahead mode, and SQLite {connection.ServerVersion} may damage it when two connections checkpoint at "
                + "once. Call context.LeaveWriteAheadMode() once after the file was made, or use SQLite 3.51.3 or later.");
        }

        if (int.Parse(Ask("PRAGMA synchronous"), CultureInfo.InvariantCulture) < 2)
        {
            throw new OrderKernelException(
                "SQLite does not sync before it acknowledges, so a loss of power takes orders back. Run PRAGMA synchronous=FULL when the "
                + "connection opens.");
        }

        if (Ask("PRAGMA foreign_keys") != "1")
        {
            throw new OrderKernelException(
                "SQLite does not check foreign keys on this connection. Put Foreign Keys=True into the connection string.");
        }

        string Ask(string pragma)
        {
            using DbCommand command = connection.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable CA2100 // The texts are constants of this method.
            command.CommandText = pragma;
#pragma warning restore CA2100
            return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? string.Empty;
        }
    }
}
