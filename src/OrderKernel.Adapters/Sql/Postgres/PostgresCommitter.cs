using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Linq;
using OrderKernel.Findings;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Commits groups on a connection of its own, and finds out what became of a group whose answer was lost.</summary>
/// <remarks>
/// <para>A commit whose connection breaks may have happened. The group is then written again: each command that is there already is
/// found by its id, waiting for a commit that the server has still under way; what is not there is committed now. Either way every
/// unit is stored exactly once and its answer is known.</para>
/// </remarks>
internal sealed class PostgresCommitter : ICommitter
{
    private const int MaxAttempts = 5;

    private readonly Func<DbConnection> open;
    private readonly SqlDialect dialect;
    private readonly TimeSpan pauseLimit;
    private DbConnection? connection;
    private PostgresWriter? writer;

    public PostgresCommitter(Func<DbConnection> open, SqlDialect dialect, TimeSpan pauseLimit)
    {
        this.open = open;
        this.dialect = dialect;
        this.pauseLimit = pauseLimit;
    }

    public void Commit(IReadOnlyList<CommitJob> group)
    {
        UnitOfWork[] units = group.SelectMany(static job => job.Batch).ToArray();
        (UnitResult Result, Exception? Fault)[]? lost = null;
        bool hasWaited = false;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Answer(group, units, CommitOnce(units, ref lost), lost);
                return;
            }
            catch (DbException fault) when (attempt < MaxAttempts && MayTryAgain(fault))
            {
                Forget();
            }
            catch (DbException fault) when (!hasWaited && PostgresDialect.IsLockWait(fault))
            {
                hasWaited = true;
                Forget();
                if (connection is { } well)
                {
                    PostgresPauses.End(new SqlSession(well, dialect), pauseLimit);
                }
            }
        }
    }

    public Exception Undo(Exception fault)
    {
        Forget();
        return fault is not DbException known ? fault
            : PostgresDialect.IsLockWait(known) ? PostgresPauses.Held(known, pauseLimit)
            : new OrderKernelException(
                "PostgreSQL could not commit. Where the answer was lost the group may be stored: repeat the commands under their ids.",
                dialect.IsTransient(known), known);
    }

    // Sets what the units will have come to before it asks the server to commit, so that a lost answer can be told from a failure.
    private (UnitResult Result, Exception? Fault)[] CommitOnce(
        UnitOfWork[] units, ref (UnitResult Result, Exception? Fault)[]? lost)
    {
        connection ??= OpenForWriting();
        writer ??= new PostgresWriter(new SqlSession(connection, dialect));
        using DbTransaction transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        (UnitResult Result, Exception? Fault)[] answers = writer.Write(units, out bool changed);
        if (!changed)
        {
            transaction.Rollback();
            writer.Forget();
            return answers;
        }

        lost = answers;
        transaction.Commit();
        lost = null;
        return answers;
    }

    // Every statement of the writer finds its rows by key. Plans made once, for that alone, save the server half of its work, and
    // keep it from plans that were good while a table was empty. The settings are this connection's and end with it.
    private DbConnection OpenForWriting()
    {
        DbConnection made = open();
        try
        {
            using var settings = new Statement(
                new SqlSession(made, dialect),
                "SELECT set_config(name, value, false) FROM (VALUES ('plan_cache_mode', 'force_generic_plan'), "
                + "('enable_seqscan', 'off'), ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'), ('jit', 'off')) AS t (name, value)",
                0, isRunOnce: true);
            settings.Execute();
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private static void Answer(
        IReadOnlyList<CommitJob> group, UnitOfWork[] units, (UnitResult Result, Exception? Fault)[] answers,
        (UnitResult Result, Exception? Fault)[]? lost)
    {
        int next = 0;
        foreach (CommitJob job in group)
        {
            job.Restart();
            for (int i = 0; i < job.Batch.Length; i++, next++)
            {
                (UnitResult result, Exception? fault) = answers[next];
                bool isOurs = lost is not null && lost[next].Result.Status == UnitStatus.Committed
                    && result.Status == UnitStatus.Repeated && result.StoredOutcome == units[next].Command.Outcome;
                job.Results.Add(isOurs ? new UnitResult(UnitStatus.Committed) : result);
                job.Fault ??= fault;
            }
        }
    }

    private bool MayTryAgain(DbException fault) =>
        PostgresDialect.IsRolledBackForAnother(fault) || (connection?.State != ConnectionState.Open && dialect.IsTransient(fault));

    private void Forget()
    {
        if (connection?.State == ConnectionState.Open)
        {
            writer?.Forget();
            return;
        }

        writer = null;
        connection?.Dispose();
        connection = null;
    }

    public void Dispose()
    {
        writer?.Dispose();
        connection?.Dispose();
    }
}
