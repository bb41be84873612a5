using OrderKernel.Testing;
using Xunit;

namespace PolicyTests;

public class ListStoreTests
{
    public static TheoryData<string> Promises => new(StoreContract.Cases.Select(promise => promise.Name));

    [Theory]
    [MemberData(nameof(Promises))]
    public Task OurStore_KeepsPromise(string name) =>
        StoreContract.Cases.Single(promise => promise.Name == name).RunAsync(new ListStore());
}
