using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
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

    private static Task<UnitStatus> Commit(IOrderStore store, UnitOfWork unit)
    {
        // The call queues the unit before it returns, so units queue in the order of calls.
        Task<ImmutableArray<UnitResult>> results = store.CommitAsync([unit], default).AsTask();
        return Status();

        async Task<UnitStatus> Status() => (await results)[0].Status;
    }
}
