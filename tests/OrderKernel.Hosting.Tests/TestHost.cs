using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using Xunit;

namespace OrderKernel.Hosting.Tests;

/// <summary>A host as a user would build it, with everything it logs kept.</summary>
internal static class TestHost
{
    public static Actor Clerk { get; } = new("clerk", "shop");

    public static StockCell Cell { get; } = new(new Sku("A"), new NodeId("N"));

    public static IHost Build(Action<OrderKernelBuilder> configure, ConcurrentQueue<string>? log = null)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new KeepingLogger(log ?? new())));
        builder.Services.AddOrderKernel(configure);
        return builder.Build();
    }

    public static Submission Of(KernelCommand command, string? id = null) =>
        new(CommandId.FromName(id ?? command.ToJson()), Clerk, command);

    public static CaptureOrder Capture(string order) => new(
        new OrderId(order), new PartnerId("P"), Instant.FromUtc(2026, 3, 2, 0, 0),
        ImmutableArray.Create(new NewLine(1, Cell.Sku, new Quantity(1))));

    public static async Task WaitAsync(Func<Task<bool>> holds)
    {
        for (int i = 0; i < 3_000 && !await holds(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(await holds(), "It did not come about in time.");
    }

    private sealed class KeepingLogger(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {eventId.Id} {eventId.Name} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

/// <summary>Takes every message, or none.</summary>
internal sealed class TestSender : IMessageSender
{
    public ConcurrentQueue<OutgoingMessage> Sent { get; } = new();

    public Func<string?> Refuses { get; set; } = static () => null;

    /// <summary>What it throws that no sender should; null to send.</summary>
    public Func<Exception?> Throws { get; set; } = static () => null;

    public ValueTask PrepareAsync(CancellationToken cancellation) => default;

    public ValueTask SendAsync(TenantId tenant, OutgoingMessage message, CancellationToken cancellation)
    {
        if (Throws() is { } fault)
        {
            throw fault;
        }

        if (Refuses() is { } reason)
        {
            throw new OrderKernelException(reason);
        }

        Sent.Enqueue(message);
        return default;
    }
}
