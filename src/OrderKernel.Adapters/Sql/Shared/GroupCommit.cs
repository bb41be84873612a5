using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using OrderKernel.Findings;
using OrderKernel.Storage;

namespace OrderKernel.Adapters.Sql;

/// <summary>Writes a group of jobs in one transaction and makes it durable.</summary>
internal interface ICommitter : IDisposable
{
    /// <summary>Commits the group and fills in every job's results or its fault.</summary>
    void Commit(IReadOnlyList<CommitJob> group);

    /// <summary>Undoes what is left of a group that failed, and says in the store's words what happened.</summary>
    Exception Undo(Exception fault);
}

/// <summary>One batch that waits to be committed, or one piece of work that wants the committing connection for itself.</summary>
internal sealed class CommitJob
{
    public CommitJob(ImmutableArray<UnitOfWork> batch, Action? work)
    {
        Batch = batch;
        Work = work;
    }

    public ImmutableArray<UnitOfWork> Batch { get; }

    public Action? Work { get; }

    public ImmutableArray<UnitResult>.Builder Results { get; } = ImmutableArray.CreateBuilder<UnitResult>();

    public Exception? Fault { get; set; }

    public TaskCompletionSource<ImmutableArray<UnitResult>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Restart()
    {
        Results.Clear();
        Fault = null;
    }

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

/// <summary>The one thread that commits. Units that wait at the same time share a transaction and its sync to disk; each keeps its
/// own outcome.</summary>
internal sealed class GroupCommit : IDisposable
{
    private readonly ICommitter committer;
    private readonly int most;
    private readonly Queue<CommitJob> waiting = new();
    private readonly Thread thread;
    private bool closing;

    public GroupCommit(ICommitter committer, int most)
    {
        this.committer = committer;
        this.most = most;
        thread = new Thread(Run) { IsBackground = true, Name = "OrderKernel commits" };
        thread.Start();
    }

    /// <summary>Queues a batch; the task ends when the batch is durable or refused.</summary>
    public Task<ImmutableArray<UnitResult>> Commit(ImmutableArray<UnitOfWork> batch) => Enqueue(new CommitJob(batch, null));

    /// <summary>Queues work that runs inside the transaction of a group.</summary>
    public Task Run(Action work) => Enqueue(new CommitJob(ImmutableArray<UnitOfWork>.Empty, work));

    private Task<ImmutableArray<UnitResult>> Enqueue(CommitJob job)
    {
        lock (waiting)
        {
            if (closing)
            {
                throw new ObjectDisposedException(nameof(SqlStore));
            }

            waiting.Enqueue(job);
            Monitor.Pulse(waiting);
        }

        return job.Done.Task;
    }

    private void Run()
    {
        var group = new List<CommitJob>();
        while (Take(group))
        {
            Commit(group);
        }
    }

    private void Commit(List<CommitJob> group)
    {
        Exception told;
        try
        {
            committer.Commit(group);
            group.ForEach(static job => job.Finish());
            return;
        }
#pragma warning disable CA1031 // Whatever ended the group must reach the callers, not the thread.
        catch (Exception fault)
        {
            told = committer.Undo(fault);
        }
#pragma warning restore CA1031

        // What does not pass by itself is the affair of one job, such as a caller who gave up; the others do not go with it.
        if (group.Count == 1 || told is OrderKernelException { IsTransient: true })
        {
            group.ForEach(job => job.Done.TrySetException(told));
        }
        else
        {
            group.ForEach(job => Commit(new List<CommitJob> { job }));
        }
    }

    private bool Take(List<CommitJob> group)
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
                CommitJob job = waiting.Dequeue();
                units += job.Batch.Length;
                group.Add(job);
            }

            return group.Count > 0;
        }
    }

    public void Dispose()
    {
        lock (waiting)
        {
            closing = true;
            Monitor.Pulse(waiting);
        }

        thread.Join();
        committer.Dispose();
    }
}
