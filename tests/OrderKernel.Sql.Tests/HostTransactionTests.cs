using System;
using System.Collections.Immutable;
using System.Data.Common;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>The host's row and the order are one: committed together, rolled back together, and a conflict is seen.</summary>
public class HostTransactionTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 9, 1, 0, 0);
    private static readonly Actor Host = new("host", "test");
    private static readonly OrderId Order = new("O1");
    private static readonly StockCell Cell = new(new Sku("S"), new NodeId("N"));

    [Fact]
    public async Task Sqlite_HostRowAndOrder_AreOne()
    {
        using var database = new TemporaryDatabase();
        database.Open().Dispose();
        using var connection = new SqliteConnection($"Data Source={database.Path};Pooling=False");
        await connection.OpenAsync();
        await Plays(SqlDialect.Sqlite, connection);
    }

    [PostgresFact]
    public async Task Postgres_HostRowAndOrder_AreOne()
    {
        using var database = new PostgresDatabase();
        database.Open().Dispose();
        using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await Plays(SqlDialect.PostgreSql, connection);
    }

    [PostgresFact]
    public async Task Postgres_TablesInAnotherSchemaUnderAnotherPrefix_KeepPromises()
    {
        using var database = new PostgresDatabase();
        database.Execute("CREATE SCHEMA shop");
        using PostgresStore store = database.Open(o => o.Dialect = SqlDialect.PostgreSql.WithTables("shop", "ok_"));
        await KernelLaws.CheckAll(store, Scripts.Walk(60));
        Assert.Equal(0L, database.Ask("SELECT count(*) FROM pg_class WHERE relname LIKE 'om\\_%'"));
        Assert.True((long)database.Ask("SELECT count(*) FROM shop.ok_event")! > 0);
    }

    [PostgresFact]
    public async Task Postgres_AUnitBeyondWhatCanBeCounted_LeavesNothingInTheHostsTransaction()
    {
        using var database = new PostgresDatabase();
        database.Open().Dispose();
        using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        using DbTransaction transaction = connection.BeginTransaction();
        UnitOfWork more = SampleUnits.Receipt("more", long.MaxValue);
        using (var store = new SqlTransactionStore(SqlDialect.PostgreSql, connection, transaction))
        {
            Assert.Equal(UnitStatus.Committed, await Commit(store, SampleUnits.Receipt("most", long.MaxValue)));
            more = more with { Appends = SampleUnits.Events("more", "O9", 0).Appends };
            await Assert.ThrowsAsync<OverflowException>(() => Commit(store, more));
            Assert.Equal(UnitStatus.Committed, await Commit(store, SampleUnits.Events("first", "O9", 0)));
        }

        // A host that goes on all the same must not commit a command without its events.
        transaction.Commit();
        using PostgresStore after = database.Open();
        Assert.Null(await after.ReadCommandAsync(new DeskOptions().Tenant, more.Command.Id, default));
        Assert.Single(await after.ReadFeedAsync(new DeskOptions().Tenant, 0, 9, default));
    }

    private static async Task Plays(SqlDialect dialect, DbConnection connection)
    {
        Execute(connection, null, "CREATE TABLE host_row (id integer)");

        // Rolled back: neither is there.
        await Capture(dialect, connection, commit: false);
        Assert.Equal((0L, 0L), (Count(connection, "host_row"), Count(connection, "om_event")));

        // Committed: both are there.
        await Capture(dialect, connection, commit: true);
        Assert.Equal((1L, 1L), (Count(connection, "host_row"), Count(connection, "om_event")));

        // A conflict is the host's to see, leaves nothing behind, and leaves the transaction usable.
        using DbTransaction transaction = connection.BeginTransaction();
        using (var store = new SqlTransactionStore(dialect, connection, transaction))
        {
            var desk = new OrderDesk(store, new FakeClock(Now));
            await desk.SubmitAsync(Submission(new ReceiveStock(new DocumentId("R"), [new StockLine(Cell, new Quantity(1))])));
            Assert.Equal(UnitStatus.Committed, await Commit(store, SampleUnits.Events("first", "O9", 0)));
            UnitOfWork late = SampleUnits.Events("late", "O9", 0) with { Postings = SampleUnits.Receipt("late", 7).Postings };
            Assert.Equal(UnitStatus.StreamMoved, await Commit(store, late));
            Assert.Null(await store.ReadCommandAsync(new DeskOptions().Tenant, late.Command.Id, default));
            DeskResult held = await desk.SubmitAsync(Submission(new HoldStock(Order)));
            Assert.True(held.IsAccepted);
        }

        transaction.Commit();
        Assert.Equal(1L, Count(connection, "om_hold"));
    }

    private static async Task Capture(SqlDialect dialect, DbConnection connection, bool commit)
    {
        using DbTransaction transaction = connection.BeginTransaction();
        Execute(connection, transaction, "INSERT INTO host_row VALUES (1)");
        using (var store = new SqlTransactionStore(dialect, connection, transaction))
        {
            var desk = new OrderDesk(store, new FakeClock(Now));
            DeskResult result = await desk.SubmitAsync(Submission(
                new CaptureOrder(Order, new PartnerId("P"), Now, [new NewLine(1, Cell.Sku, new Quantity(1))])));
            Assert.True(result.IsAccepted);
            Assert.True((await desk.ReadOrderAsync(Order)).Exists);
        }

        if (commit)
        {
            transaction.Commit();
        }
    }

    private static async Task<UnitStatus> Commit(SqlTransactionStore store, UnitOfWork unit) =>
        (await store.CommitAsync([unit], default))[0].Status;

    private static Submission Submission(KernelCommand command) => new(CommandId.FromName(command.ToJson()), Host, command);

    private static long Count(DbConnection connection, string table)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM " + table;
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(DbConnection connection, DbTransaction? transaction, string text)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
