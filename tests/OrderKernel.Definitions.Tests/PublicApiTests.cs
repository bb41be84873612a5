using OrderKernel.China;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Definitions.Tests;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_OfTheChinesePackage_IsAsReviewed() => Snapshot.Match(
        PublicApi.Of(typeof(ChineseCalendar).Assembly), "PublicApi.OrderKernel.China.txt", "tests", "OrderKernel.Definitions.Tests");
}
