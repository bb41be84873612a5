using System.Collections.Generic;
using System.Data.Common;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Sql;

/// <summary>Statements that answer nothing but their number of rows, sent to the server in one trip where the driver can.</summary>
internal sealed class WriteBatch
{
    private readonly SqlSession session;
    private readonly List<(Statement Statement, object[] Values, int? Expected)> waiting = new();

    public WriteBatch(SqlSession session) => this.session = session;

    /// <summary>Queues a statement over a set of rows; without rows nothing is done.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="expected">How many rows it must change; null when any number is right.</param>
    public void Add(Statement statement, RowSet rows, int? expected)
    {
        if (rows.Count > 0)
        {
            waiting.Add((statement, rows.ToArrays(), expected));
        }
    }

    /// <summary>Drops what is queued.</summary>
    public void Clear() => waiting.Clear();

    /// <summary>Runs what is queued, in order.</summary>
    public void Run()
    {
#if NET
        if (waiting.Count > 0 && session.Connection.CanCreateBatch)
        {
            RunInOneTrip();
            Clear();
            return;
        }
#endif
        foreach ((Statement statement, object[] values, int? expected) in waiting)
        {
            Check(statement.Execute(values), expected);
        }

        Clear();
    }

#if NET
    private void RunInOneTrip()
    {
        using DbBatch batch = session.Connection.CreateBatch();
        batch.Transaction = session.Transaction;
        foreach ((Statement statement, object[] values, _) in waiting)
        {
            statement.AddTo(batch, values);
        }

        batch.Prepare();
        batch.ExecuteNonQuery();
        for (int i = 0; i < waiting.Count; i++)
        {
            Check(batch.BatchCommands[i].RecordsAffected, waiting[i].Expected);
        }
    }
#endif

    private static void Check(int changed, int? expected)
    {
        if (expected is { } rows && changed != rows)
        {
            throw new KernelInvariantException($"{changed} rows were changed where {rows} were to be. The transaction is rolled back.");
        }
    }
}
