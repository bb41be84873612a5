using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Adapters.Sql;
using OrderKernel.Testing;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sql.Tests;

public class SqliteContractTests
{
    public static TheoryData<string> Promises => new(StoreContract.Cases.Select(promise => promise.Name));

    [Theory]
    [MemberData(nameof(Promises))]
    public async Task SqliteStore_KeepsPromise(string name)
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open();
        await StoreContract.Cases.Single(promise => promise.Name == name).RunAsync(store);
    }

    [Fact]
    public void AnyScript_KeepsEveryLaw()
    {
        Prop.ForAll(KernelArbitraries.Scripts(), script =>
        {
            using var database = new TemporaryDatabase();
            using SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
            KernelLaws.CheckAll(store, script).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(40)).WithEndSize(60));
    }
}
