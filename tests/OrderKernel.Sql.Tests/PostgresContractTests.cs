using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Adapters.Sql;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sql.Tests;

public class PostgresContractTests
{
    public static TheoryData<string> Promises => new(StoreContract.Cases.Select(promise => promise.Name));

    [PostgresTheory]
    [MemberData(nameof(Promises))]
    public async Task PostgresStore_KeepsPromise(string name)
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        await StoreContract.Cases.Single(promise => promise.Name == name).RunAsync(store);
    }

    [PostgresFact]
    public void AnyScript_KeepsEveryLaw()
    {
        Prop.ForAll(KernelArbitraries.Scripts(), script =>
        {
            using var database = new PostgresDatabase();
            using PostgresStore store = database.Open();
            KernelLaws.CheckAll(store, script).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(12)).WithEndSize(60));
    }
}
