using System.Linq;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Desk;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Desk;

public class MemoryStoreTests
{
    public static TheoryData<string> Promises => new(StoreContract.Cases.Select(promise => promise.Name));

    [Theory]
    [MemberData(nameof(Promises))]
    public Task MemoryStore_KeepsPromise(string name) =>
        StoreContract.Cases.Single(promise => promise.Name == name).RunAsync(new MemoryStore());

    [Fact]
    public void AnyScript_KeepsEveryLaw()
    {
        Prop.ForAll(
            KernelArbitraries.Scripts(),
            script => KernelLaws.CheckAll(new MemoryStore(), script).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1500).WithEndSize(60));
    }
}
