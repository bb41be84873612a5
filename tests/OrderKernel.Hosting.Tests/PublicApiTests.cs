using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Hosting.Tests;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_IsAsReviewed() =>
        Snapshot.Match(PublicApi.Of(typeof(OrderKernelBuilder).Assembly), "PublicApi.txt", "tests", "OrderKernel.Hosting.Tests");
}
