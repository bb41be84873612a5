using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Tests.Measures;

public class JsonTextTests
{
    [Fact]
    public void AnyText_IsReadBackByTheStandardParser() => Prop.ForAll(KernelArbitraries.Texts(), text =>
    {
        using JsonDocument json = JsonDocument.Parse(new OrderArchived(default, text).ToJson());
        return json.RootElement.GetProperty("reason").GetString() == text;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_IsEscapedAsLittleAsJsonAllows() => Assert.Equal(
        "{\"at\":0,\"reason\":\"\\\"\\\\\\n\\u0001单/é😀\"}",
        new OrderArchived(NodaConstants.UnixEpoch, "\"\\\n\u0001单/é😀").ToJson());

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(-11, -2)]
    [InlineData(19, 1)]
    public void Instants_AreCutTowardsThePast(long ticks, long micros) =>
        Assert.Equal(micros, Microseconds.Of(Instant.FromUnixTimeTicks(ticks)));
}
