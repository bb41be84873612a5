using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderKernel.Adapters.RabbitMq;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using Xunit;

namespace OrderKernel.RabbitMq.Tests;

/// <summary>RabbitMQ as a host registers it.</summary>
[Collection("RabbitMQ")]
public class HostTests
{
    [BrokerFact]
    public async Task AnOrderThatIsCaptured_IsAnnounced_Received_AndActedUponOnce()
    {
        await using var queue = new TestQueue("hosted");
        using IHost host = Build(kernel => kernel.UseMemory().MapEvent("order.captured", AnnouncingDesk.Destination)
            .UseRabbitMq(options =>
            {
                (options.Uri, options.Exchange, options.Topology) = (TestBroker.Uri, "hosted", TopologyMode.Create);
                options.Queues[AnnouncingDesk.Destination] = queue.Name;
            })
            .AddRabbitMqReceiver<BlockingReceiver>("tests", queue.Name));
        await host.StartAsync();
        var desk = host.Services.GetRequiredService<OrderDesk>();
        await desk.SubmitAsync(new Submission(CommandId.FromName("1"), AnnouncingDesk.Actor, AnnouncingDesk.Capture("SO1")));
        for (int i = 0; i < 3_000 && (await desk.ReadTrailAsync(new OrderId("SO1"))).Length < 2; i++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(
            new[] { "order.captured", "order.blocked" }, (await desk.ReadTrailAsync(new OrderId("SO1"))).Select(one => one.EventType));
        await host.StopAsync();
    }

    [Fact]
    public async Task Mistakes_AreToldAtStart_WithTheOthers()
    {
        using IHost host = Build(kernel => kernel.MapEvent("order.captured", "wms").UseRabbitMq(options => options.Uri = "localhost"));
        string[] told = (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Failures.ToArray();
        Assert.Equal(3, told.Length);
        Assert.Contains(told, text => text.StartsWith("There is no store.", StringComparison.Ordinal));
        Assert.Contains("RabbitMq.Uri names no broker. Set it to amqp://user:password@host/vhost or amqps://….", told);
        Assert.Contains("Events are announced to wms, which has no queue. Set RabbitMq.Queues[\"wms\"].", told);
    }

    [Fact]
    public async Task ABrokerThatIsDown_DoesNotKeepOrdersFromBeingTaken()
    {
        var log = new ConcurrentQueue<string>();
        using IHost host = Build(kernel => kernel.UseMemory().MapEvent("order.captured", "erp").UseRabbitMq(options =>
        {
            options.Uri = "amqp://user:s3cret@127.0.0.1:1/";
            options.Queues["erp"] = "erp";
        }), log);
        await host.StartAsync();
        DeskResult result = await host.Services.GetRequiredService<OrderDesk>().SubmitAsync(
            new Submission(CommandId.FromName("1"), AnnouncingDesk.Actor, AnnouncingDesk.Capture("SO1")));
        Assert.True(result.IsAccepted);
        await host.StopAsync();
        Assert.Contains(log, line => line.Contains("Started without a broker", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    private static IHost Build(Action<OrderKernelBuilder> configure, ConcurrentQueue<string>? log = null)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new KeepingLogger(log ?? new())));
        builder.Services.AddOrderKernel(configure);
        return builder.Build();
    }

    private sealed class BlockingReceiver : IEventReceiver
    {
        public ValueTask<Reception> ReceiveAsync(CloudEvent happened, CancellationToken cancellation) => new(Reception.Submit(
            new Actor("wms", "wms"), new BlockOrder(new OrderId(happened.Subject!.Split('/')[1]), "check", "warehouse")));
    }

    private sealed class KeepingLogger(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
