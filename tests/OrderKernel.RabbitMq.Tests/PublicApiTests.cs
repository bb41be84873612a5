using OrderKernel.Adapters.RabbitMq;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.RabbitMq.Tests;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_IsAsReviewed() =>
        Snapshot.Match(PublicApi.Of(typeof(CloudEvent).Assembly), "PublicApi.txt", "tests", "OrderKernel.RabbitMq.Tests");
}
