using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using OrderKernel.Findings;
using OrderKernel.Orders;

namespace OrderKernel.Adapters.Sql;

/// <summary>The one thread that commits. Units that wait at the same time share a transaction and its sync to disk; each keeps its
/// own outcome.</summary>
internal sealed class GroupCommit : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly UnitWriter writer;
    private readonly int most;
    private readonly Queue<Job> waiting = new();
    private readonly Thread thread;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand rollback;
    private readonly SqliteCommand savepoint;
    private readonly SqliteCommand release;
    private readonly SqliteCommand undo;
    private bool closing;

    public GroupCommit(SqliteConnection connection, int most)
    {
        this.connection = connection;
        this.most = most;
        writer = new UnitWriter(connection);
        begin = Command("BEGIN IMMEDIATE");
        commit = Command("COMMIT");
        rollback = Command("ROLLBACK");
        savepoint = Command("SAVEPOINT unit");
        release = Command("RELEASE unit");
        undo = Command("ROLLBACK TO unit");
        thread = new Thread(Run) { IsBackground = true, Name = "OrderKernel commits" };
        thread.Start();
    }

    /// <summary>Queues a batch; the task ends when the batch is durable or refused.</summary>
    public Task<ImmutableArray<UnitResult>> Commit(ImmutableArray<UnitOfWork> batch) =>
        Enqueue(new Job(batch, null));

    /// <summary>Queues a statement that runs between batches, in a transaction of its own.</summary>
    public Task Run(Action<DbConnection> work) => Enqueue(new Job(ImmutableArray<UnitOfWork>.Empty, work));

    private Task<ImmutableArray<UnitResult>> Enqueue(Job job)
    {
        lock (waiting)
        {
            if (closing)
            {
                throw new ObjectDisposedException(nameof(SqliteStore));
            }

            waiting.Enqueue(job);
            Monitor.Pulse(waiting);
        }

        return job.Done.Task;
    }

    private void Run()
    {
        var group = new List<Job>();
        while (Take(group))
        {
            try
            {
                CommitGroup(group);
            }
            catch (SqliteException fault)
            {
                Fail(group, SqliteStartup.Failure(fault, "SQLite could not commit; nothing of the group was stored."));
                continue;
            }
#pragma warning disable CA1031 // Whatever ended the group must reach the callers, not the thread.
            catch (Exception fault)
            {
                Fail(group, fault);
                continue;
            }
#pragma warning restore CA1031

            foreach (Job job in group)
            {
                job.Finish();
            }
        }
    }

    private void Fail(List<Job> group, Exception fault)
    {
        try
        {
            rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself already; there is nothing left to undo.
        }

        writer.Forget();
        foreach (Job job in group)
        {
            job.Done.TrySetException(fault);
        }
    }

    private bool Take(List<Job> group)
    {
        group.Clear();
        lock (waiting)
        {
            while (waiting.Count == 0 && !closing)
            {
                Monitor.Wait(waiting);
            }

            int units = 0;
            while (waiting.Count > 0 && (group.Count == 0 || units + waiting.Peek().Batch.Length <= most))
            {
                Job job = waiting.Dequeue();
                units += job.Batch.Length;
                group.Add(job);
            }

            return group.Count > 0;
        }
    }

    // Nearly always every unit fits, so the group is first written plainly. Only when one must be taken back is everything rolled
    // back and written again with a savepoint around each unit.
    private void CommitGroup(List<Job> group)
    {
        begin.ExecuteNonQuery();
        bool? changed = WriteGroup(group, guarded: false);
        if (changed is null)
        {
            rollback.ExecuteNonQuery();
            writer.Forget();
            begin.ExecuteNonQuery();
            changed = WriteGroup(group, guarded: true);
        }

        (changed == true ? commit : rollback).ExecuteNonQuery();
    }

    /// <summary>Whether anything changed; null when an unguarded unit would have to be taken back.</summary>
    private bool? WriteGroup(List<Job> group, bool guarded)
    {
        bool changed = false;
        foreach (Job job in group)
        {
            job.Results.Clear();
            job.Work?.Invoke(connection);
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

    private UnitStatus? WritePlainly(UnitOfWork unit, Job job)
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

    private UnitStatus? WriteGuarded(UnitOfWork unit, Job job)
    {
        savepoint.ExecuteNonQuery();
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
            undo.ExecuteNonQuery();
            writer.Forget();
        }

        release.ExecuteNonQuery();
        return status;
    }

    private SqliteCommand Command(string text)
    {
        SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are constants of this class.
        command.CommandText = text;
#pragma warning restore CA2100
        return command;
    }

    public void Dispose()
    {
        lock (waiting)
        {
            closing = true;
            Monitor.Pulse(waiting);
        }

        thread.Join();
        begin.Dispose();
        commit.Dispose();
        rollback.Dispose();
        savepoint.Dispose();
        release.Dispose();
        undo.Dispose();
        writer.Dispose();
    }

    private sealed class Job
    {
        public Job(ImmutableArray<UnitOfWork> batch, Action<DbConnection>? work)
        {
            Batch = batch;
            Work = work;
        }

        public ImmutableArray<UnitOfWork> Batch { get; }

        public Action<DbConnection>? Work { get; }

        public ImmutableArray<UnitResult>.Builder Results { get; } = ImmutableArray.CreateBuilder<UnitResult>();

        public Exception? Fault { get; set; }

        public TaskCompletionSource<ImmutableArray<UnitResult>> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Finish()
        {
            if (Fault is null)
            {
                Done.SetResult(Results.ToImmutable());
            }
            else
            {
                Done.SetException(Fault);
            }
        }
    }
}
