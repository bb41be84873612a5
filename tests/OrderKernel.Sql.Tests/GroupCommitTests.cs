using System;
using System.Collections.Immutable;
using System.Data.Common;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>Those who share a transaction share no failure, and what a failure leaves behind is not taken for stored.</summary>
public class GroupCommitTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    [Fact]
    public async Task Sqlite_FactsOfARepeatedCommand_AreNotTakenForStored()
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open();
        await FactsOfARepeatedCommand(store);
    }

    [PostgresFact]
    public async Task Postgres_FactsOfARepeatedCommand_AreNotTakenForStored()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        await FactsOfARepeatedCommand(store);
    }

    [Fact]
    public async Task Sqlite_ACallerWhoGivesUp_TakesNobodyAlong()
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open();
        using var giving = new CancellationTokenSource();
        Task<UnitStatus>[] good;
        Task marked;
        using (HoldWriter(database))
        {
            good = [Commit(store, SampleUnits.Events("first", "O1", 0)), Commit(store, SampleUnits.Events("a", "O2", 0))];
            marked = store.MarkSentAsync(Tenant, [Guid.Empty], giving.Token).AsTask();
            good = [.. good, Commit(store, SampleUnits.Events("b", "O3", 0))];
            await giving.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => marked);
        Assert.All(await Task.WhenAll(good), status => Assert.Equal(UnitStatus.Committed, status));
    }

    [Fact]
    public async Task Sqlite_AUnitThatCannotBeStored_TakesNobodyAlong()
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open();
        await AUnitThatCannotBeStored(store, () => HoldWriter(database));
    }

    [PostgresFact]
    public async Task Postgres_AUnitThatCannotBeStored_TakesNobodyAlong()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        await AUnitThatCannotBeStored(store, () =>
        {
            DbConnection gate = database.Connect();
            gate.Open();
            Execute(gate, "BEGIN; LOCK TABLE om_command IN EXCLUSIVE MODE");
            return gate;
        });
    }

    [Fact]
    public async Task Memory_AUnitThatLetsGoWhatIsNotHeld_LeavesNothing() => await LetsGoWhatIsNotHeld(new MemoryStore());

    [Fact]
    public async Task Sqlite_AUnitThatLetsGoWhatIsNotHeld_LeavesNothing()
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open();
        await LetsGoWhatIsNotHeld(store);
    }

    [PostgresFact]
    public async Task Postgres_AUnitThatLetsGoWhatIsNotHeld_LeavesNothing()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        await LetsGoWhatIsNotHeld(store);
    }

    // Decided again over other facts, the command is repeated, and those facts go. The next command rests on them as well.
    private static async Task FactsOfARepeatedCommand(IOrderStore store)
    {
        string facts = StoredForms.WriteFacts(StockPicture.Empty, OrderLimits.Default with { MaxLines = 7 });
        UnitOfWork first = SampleUnits.Events("first", "O1", 0), next = SampleUnits.Events("next", "O2", 0);
        Assert.Equal(UnitStatus.Committed, await Commit(store, first));
        Assert.Equal(UnitStatus.Repeated, await Commit(store, Over(first)));
        Assert.Equal(UnitStatus.Committed, await Commit(store, Over(next)));
        Assert.Equal(facts, (await store.ReadCommandAsync(Tenant, next.Command.Id, default))!.Facts);

        UnitOfWork Over(UnitOfWork unit) => unit with
        {
            Command = unit.Command with { Facts = facts, FactsHash = ContentHash.Of(facts) },
        };
    }

    private static async Task AUnitThatCannotBeStored(IOrderStore store, Func<IDisposable> hold)
    {
        Assert.Equal(UnitStatus.Committed, await Commit(store, SampleUnits.Receipt("most", long.MaxValue)));
        Task<UnitStatus>[] good;
        Task<UnitStatus> bad;
        using (hold())
        {
            good = [Commit(store, SampleUnits.Events("first", "O1", 0)), Commit(store, SampleUnits.Events("a", "O2", 0))];
            bad = Commit(store, SampleUnits.Receipt("too many", long.MaxValue));
            good = [.. good, Commit(store, SampleUnits.Events("b", "O3", 0))];
        }

        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        Assert.All(await Task.WhenAll(good), status => Assert.Equal(UnitStatus.Committed, status));
        Assert.Equal(3, (await store.ReadFeedAsync(Tenant, 0, 9, default)).Length);
        Assert.Equal(UnitStatus.Committed, await Commit(store, SampleUnits.Events("c", "O1", 1)));
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    private static async Task LetsGoWhatIsNotHeld(IOrderStore store)
    {
        await Commit(store, SampleUnits.Receipt("r", 5));
        await Commit(store, SampleUnits.Hold("h", "A", 2));
        UnitOfWork wrong = SampleUnits.Events("w", "B", 0) with
        {
            Postings = [new Posting(SampleUnits.Cell, StockAccount.Reserved, StockAccount.Available, new Quantity(1))],
            Holds = [new HoldChange(new OrderId("B"), 1, SampleUnits.Cell, -1)],
        };
        await Assert.ThrowsAsync<KernelInvariantException>(() => Commit(store, wrong));
        LedgerContents ledger = await store.ReadLedgerAsync(Tenant, default);
        Assert.Equal((2, 3L), (ledger.Journal.Length, ledger.Balances.Single()[StockAccount.Available]));
        Assert.Null(await store.ReadCommandAsync(Tenant, wrong.Command.Id, default));
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    // While another connection has the write lock, all that comes waits for one transaction.
    private static SqliteConnection HoldWriter(TemporaryDatabase database)
    {
        var gate = new SqliteConnection($"Data Source={database.Path};Pooling=false");
        gate.Open();
        Execute(gate, "BEGIN IMMEDIATE");
        return gate;
    }

    private static Task<UnitStatus> Commit(IOrderStore store, UnitOfWork unit)
    {
        // The call queues the unit before it returns, so units queue in the order of calls.
        Task<ImmutableArray<UnitResult>> results = store.CommitAsync([unit], default).AsTask();
        return Status();

        async Task<UnitStatus> Status() => (await results)[0].Status;
    }

    private static void Execute(DbConnection connection, string text)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
