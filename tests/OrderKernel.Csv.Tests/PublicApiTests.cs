using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Csv.Tests;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_IsAsReviewed() =>
        Snapshot.Match(PublicApi.Of(typeof(ImportProfile).Assembly), "PublicApi.txt", "tests", "OrderKernel.Csv.Tests");
}
