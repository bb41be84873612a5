using System;
using System.Threading.Tasks;
using OrderKernel.Adapters.RabbitMq;
using Xunit;

namespace OrderKernel.RabbitMq.Tests;

public sealed class BrokerClosingTests
{
    [Fact]
    public async Task AFarewellThatIsNotAnsweredInTime_IsNoFault()
    {
        // The client tells an answer that does not come as a cancellation that nobody asked for.
        await Broker.CloseAsync(new Closing(new TaskCanceledException()));
        await Broker.CloseAsync(new Closing(new ObjectDisposedException("connection")));
        await Broker.CloseAsync(null);
    }

    [Fact]
    public async Task AFaultOfOurOwn_IsNotHidden() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await Broker.CloseAsync(new Closing(new InvalidOperationException())));

    private sealed class Closing(Exception fault) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.FromException(fault);
    }
}
