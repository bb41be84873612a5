using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;
using OrderKernel.Findings;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Commits groups on SQLite's one writing connection, row by row: a call costs microseconds there, not a trip.</summary>
internal sealed class SqliteCommitter : ICommitter
{
    private readonly SqliteConnection connection;
    private readonly RowByRowWriter writer;
    private readonly Statement begin;
    private readonly Statement commit;
    private readonly Statement rollback;
    private readonly Statement savepoint;
    private readonly Statement release;
    private readonly Statement undo;

    public SqliteCommitter(SqliteConnection connection, SqlSession session)
    {
        this.connection = connection;
        writer = new RowByRowWriter(session);
        begin = new Statement(session, "BEGIN IMMEDIATE", 0);
        commit = new Statement(session, "COMMIT", 0);
        rollback = new Statement(session, "ROLLBACK", 0);
        savepoint = new Statement(session, "SAVEPOINT unit", 0);
        release = new Statement(session, "RELEASE unit", 0);
        undo = new Statement(session, "ROLLBACK TO unit", 0);
    }

    public Exception Undo(Exception fault)
    {
        try
        {
            rollback.Execute();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself already; there is nothing left to undo.
        }

        writer.Restart();
        return fault is SqliteException known
            ? SqliteStartup.Failure(known, "SQLite could not commit; nothing of the group was stored.")
            : fault;
    }

    // Nearly always every unit fits, so the group is first written plainly. Only when one must be taken back is everything rolled
    // back and written again with a savepoint around each unit.
    public void Commit(IReadOnlyList<CommitJob> group)
    {
        begin.Execute();
        bool? changed = WriteGroup(group, guarded: false);
        if (changed is null)
        {
            rollback.Execute();
            writer.Restart();
            begin.Execute();
            changed = WriteGroup(group, guarded: true);
        }

        if (changed == true)
        {
            writer.Seal();
            commit.Execute();
            return;
        }

        // The facts of a repeated command go with the rest, so they must not be taken for stored.
        rollback.Execute();
        writer.Restart();
    }

    /// <summary>Whether anything changed; null when an unguarded unit would have to be taken back.</summary>
    private bool? WriteGroup(IReadOnlyList<CommitJob> group, bool guarded)
    {
        bool changed = false;
        foreach (CommitJob job in group)
        {
            job.Restart();
            job.Work?.Invoke();
            changed |= job.Work is not null;
            foreach (UnitOfWork unit in job.Batch)
            {
                UnitStatus? status = guarded ? WriteGuarded(unit, job) : WritePlainly(unit, job);
                if (!guarded && (status is null or UnitStatus.StreamMoved or UnitStatus.StockMoved))
                {
                    return null;
                }

                changed |= status == UnitStatus.Committed;
            }
        }

        return changed;
    }

    private UnitStatus? WritePlainly(UnitOfWork unit, CommitJob job)
    {
        try
        {
            UnitResult result = writer.Write(unit);
            job.Results.Add(result);
            return result.Status;
        }
        catch (KernelInvariantException)
        {
            return null;
        }
    }

    private UnitStatus? WriteGuarded(UnitOfWork unit, CommitJob job)
    {
        savepoint.Execute();
        UnitStatus? status = null;
        try
        {
            UnitResult result = writer.Write(unit);
            job.Results.Add(result);
            status = result.Status;
        }
        catch (KernelInvariantException fault)
        {
            // One unit that does not fit the stored holds must not take its neighbours with it.
            job.Fault = fault;
        }

        if (status != UnitStatus.Committed)
        {
            undo.Execute();
            writer.Forget();
        }

        release.Execute();
        return status;
    }

    public void Dispose()
    {
        foreach (Statement statement in new[] { begin, commit, rollback, savepoint, release, undo })
        {
            statement.Dispose();
        }

        writer.Dispose();
        connection.Dispose();
    }
}
