using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>A store that is closed while others read, and connections that the server closed.</summary>
public class ClosingTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    [Fact]
    public async Task Sqlite_ClosedUnderReaders_KeepsNoFileOpen()
    {
        for (int round = 0; round < 20; round++)
        {
            using var database = new TemporaryDatabase();
            SqliteStore store = database.Open();
            await store.CommitAsync([SampleUnits.Events("u", "S", 0, 20)], default);
            using var reading = new CountdownEvent(4);
            Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadUntilClosed(store, reading)))];
            reading.Wait();
            store.Dispose();
            await Task.WhenAll(readers);
            Assert.Equal(0, OpenFiles(database.Path));
        }
    }

    [PostgresFact]
    public async Task Postgres_ClosedUnderAReader_AnswersItAndKeepsNoConnection()
    {
        using var database = new PostgresDatabase();
        using var connecting = new ManualResetEventSlim();
        using var closed = new ManualResetEventSlim();
        int connections = 0;
        using PostgresStore store = PostgresStore.Open(new PostgresStoreOptions(() =>
        {
            // The first opens the store; the reader is the second.
            if (Interlocked.Increment(ref connections) == 2)
            {
                connecting.Set();
                closed.Wait();
            }

            return new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        })
        {
            Schema = SchemaMode.Create,
        });
        Task<DecidedCommand?> reader = Task.Run(() => store.ReadCommandAsync(Tenant, CommandId.FromName("none"), default).AsTask());
        connecting.Wait();
        store.Dispose();
        closed.Set();
        Assert.Null(await reader);
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => store.ReadCommandAsync(Tenant, CommandId.FromName("none"), default).AsTask());
        await Settles(database, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", 0);
    }

    [PostgresFact]
    public async Task Postgres_ConnectionsThatTheServerClosed_CostOneCallerAFailure()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        var message = new ReceivedMessage("tests", "/erp", "1");
        using (var gate = new NpgsqlConnection(database.ConnectionString))
        {
            // Three who wait at once need a connection each.
            gate.Open();
            using NpgsqlCommand command = gate.CreateCommand();
            command.CommandText = "BEGIN; LOCK TABLE om_inbox IN ACCESS EXCLUSIVE MODE";
            command.ExecuteNonQuery();
            Task[] readers =
                [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => store.FindReceivedAsync(Tenant, message, default).AsTask()))];
            await Settles(
                database, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", 3);
            command.CommandText = "ROLLBACK";
            command.ExecuteNonQuery();
            await Task.WhenAll(readers);
        }

        database.Execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        OrderKernelException fault = await Assert.ThrowsAsync<OrderKernelException>(() => Add().AsTask());
        Assert.True(fault.IsTransient);
        Assert.True(await Add());

        ValueTask<bool> Add() => store.AddReceivedAsync(Tenant, message, "note", SampleUnits.Now, default);
    }

    private static async Task ReadUntilClosed(SqliteStore store, CountdownEvent reading)
    {
        try
        {
            for (bool isFirst = true; ; isFirst = false)
            {
                Assert.Equal(20, (await store.ReadFeedAsync(Tenant, 0, 99, default)).Length);
                if (isFirst)
                {
                    reading.Signal();
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // Closed.
        }
    }

    /// <summary>How often this process has the file open; 0 where the system does not tell.</summary>
    private static int OpenFiles(string path) => !Directory.Exists("/proc/self/fd") ? 0
        : Directory.GetFiles("/proc/self/fd").Count(file => TargetOf(file)?.StartsWith(path, StringComparison.Ordinal) == true);

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task Settles(PostgresDatabase database, string question, long answer)
    {
        for (int i = 0; i < 3_000 && (long)database.Ask(question)! != answer; i++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(answer, database.Ask(question));
    }
}
