using OrderKernel.Adapters.Sql;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sql.Tests;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_IsAsReviewed() =>
        Snapshot.Match(PublicApi.Of(typeof(SqliteStore).Assembly), "PublicApi.txt", "tests", "OrderKernel.Sql.Tests");
}
