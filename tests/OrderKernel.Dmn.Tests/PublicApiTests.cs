using OrderKernel.Adapters.Dmn;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Dmn.Tests;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_IsAsReviewed() =>
        Snapshot.Match(PublicApi.Of(typeof(DmnModel).Assembly), "PublicApi.txt", "tests", "OrderKernel.Dmn.Tests");
}
