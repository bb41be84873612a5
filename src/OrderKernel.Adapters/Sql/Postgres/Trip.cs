using System;
using System.Collections.Generic;
using System.Data.Common;
using OrderKernel.Findings;

namespace OrderKernel.Adapters.Sql;

/// <summary>Statements over sets of rows that go to the server one after the other: in one trip where the driver can.</summary>
internal sealed class Trip
{
    private readonly SqlSession session;
    private readonly List<Stop> stops = new();

    public Trip(SqlSession session) => this.session = session;

    private sealed record Stop(Statement Statement, object[] Values, int? Expected, Action<DbDataReader>? Read);

    /// <summary>Queues a change; without rows nothing is done.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="expected">How many rows it must change; null when any number is right.</param>
    public void Add(RowStatement statement, RowSet rows, int? expected = null)
    {
        if (rows.Count > 0)
        {
            stops.Add(new Stop(statement.For(rows), rows.ToValues(), expected, null));
        }
    }

    /// <summary>Queues a statement that answers rows; without rows to ask for nothing is done.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="read">Takes one row of the answer.</param>
    public void Read(RowStatement statement, RowSet rows, Action<DbDataReader> read)
    {
        if (rows.Count > 0)
        {
            stops.Add(new Stop(statement.For(rows), rows.ToValues(), null, read));
        }
    }

    /// <summary>Drops what is queued.</summary>
    public void Clear() => stops.Clear();

    /// <summary>Runs what is queued, in order.</summary>
    public void Run()
    {
#if NET
        if (stops.Count > 1 && session.Connection.CanCreateBatch)
        {
            RunInOneTrip();
            Clear();
            return;
        }
#endif
        foreach (Stop stop in stops)
        {
            if (stop.Read is null)
            {
                Check(stop, stop.Statement.Execute(stop.Values));
                continue;
            }

            using DbDataReader reader = stop.Statement.Query(stop.Values);
            ReadAll(stop, reader);
        }

        Clear();
    }

#if NET
    private void RunInOneTrip()
    {
        using DbBatch batch = session.Connection.CreateBatch();
        batch.Transaction = session.Transaction;
        foreach (Stop stop in stops)
        {
            stop.Statement.AddTo(batch, stop.Values);
        }

        batch.Prepare();
        using (DbDataReader reader = batch.ExecuteReader())
        {
            // Statements that answer no rows are passed over by the reader.
            foreach (Stop stop in stops)
            {
                if (stop.Read is not null)
                {
                    ReadAll(stop, reader);
                    reader.NextResult();
                }
            }
        }

        for (int i = 0; i < stops.Count; i++)
        {
            Check(stops[i], batch.BatchCommands[i].RecordsAffected);
        }
    }
#endif

    private static void ReadAll(Stop stop, DbDataReader reader)
    {
        while (reader.Read())
        {
            stop.Read!(reader);
        }
    }

    private static void Check(Stop stop, int changed)
    {
        if (stop.Expected is { } rows && changed != rows)
        {
            throw new KernelInvariantException($"{changed} rows were changed where {rows} were to be. The transaction is rolled back.");
        }
    }
}
