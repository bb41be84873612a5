using OrderKernel.Adapters.EntityFrameworkCore;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.EntityFrameworkCore.Tests;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_IsAsReviewed() =>
        Snapshot.Match(PublicApi.Of(typeof(OrderKernelModel).Assembly), "PublicApi.txt", "tests", "OrderKernel.EntityFrameworkCore.Tests");
}
