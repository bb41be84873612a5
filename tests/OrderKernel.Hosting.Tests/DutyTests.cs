using System;
using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using NodaTime;
using OrderKernel.Adapters.Hosting;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Hosting.Tests;

public class DutyTests
{
    private static readonly TenantId Tenant = new("main");
    private readonly FakeClock clock = new(Instant.FromUtc(2026, 3, 2, 1, 0));
    private readonly ConcurrentQueue<string> log = new();
    private readonly TestSender sender = new();

    [Fact]
    public async Task AHoldThatExpires_IsLetGoByTheHost()
    {
        using IHost host = await StartAsync();
        OrderDesk desk = host.Services.GetRequiredService<OrderDesk>();
        await HoldUntilAsync(desk, clock.Now + Duration.FromMinutes(30));
        await Task.Delay(100);
        Assert.Equal(0, (await desk.ReadStockAsync([TestHost.Cell.Sku])).FreeIn(TestHost.Cell));
        clock.Advance(Duration.FromMinutes(30));
        await TestHost.WaitAsync(async () => (await desk.ReadStockAsync([TestHost.Cell.Sku])).FreeIn(TestHost.Cell) == 1);
    }

    [Fact]
    public async Task WhatIsAnnounced_IsSentByTheHost_InOrder()
    {
        using IHost host = await StartAsync();
        OrderDesk desk = host.Services.GetRequiredService<OrderDesk>();
        await desk.SubmitAsync(TestHost.Of(TestHost.Capture("SO1")));
        await desk.SubmitAsync(TestHost.Of(new BlockOrder(new OrderId("SO1"), "price", "sales")));
        await TestHost.WaitAsync(() => Task.FromResult(sender.Sent.Count == 2));
        Assert.Equal(new long[] { 1, 2 }, sender.Sent.Select(message => message.Version));
    }

    [Fact]
    public async Task TheBoard_IsMadeByTheHost()
    {
        using IHost host = await StartAsync();
        await host.Services.GetRequiredService<OrderDesk>().SubmitAsync(TestHost.Of(TestHost.Capture("SO1")));
        var board = (IOrderBoard)host.Services.GetRequiredService<IOrderStore>();
        await TestHost.WaitAsync(async () => await board.ReadBoardPositionAsync(Tenant, default) == 1);
    }

    [Fact]
    public async Task ADutyThatIsSwitchedOff_IsNotDoneHere()
    {
        using IHost host = await StartAsync(kernel => kernel.Configure(options =>
            options.Relay.IsEnabled = options.Timers.IsEnabled = options.Sweep.IsEnabled = options.Board.IsEnabled = false));
        OrderDesk desk = host.Services.GetRequiredService<OrderDesk>();
        await HoldUntilAsync(desk, clock.Now + Duration.FromMinutes(1));
        clock.Advance(Duration.FromMinutes(2));
        await Task.Delay(300);
        Assert.Empty(sender.Sent);
        Assert.Equal(0, (await desk.ReadStockAsync([TestHost.Cell.Sku])).FreeIn(TestHost.Cell));
        Assert.Equal(0, await ((IOrderBoard)host.Services.GetRequiredService<IOrderStore>()).ReadBoardPositionAsync(Tenant, default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Health_TellsWhatIsParked(bool throwsAnything)
    {
        sender.Refuses = static () => "Not taken.";
        sender.Throws = () => throwsAnything ? new InvalidTimeZoneException("13812345678") : null;
        using IHost host = await StartAsync(kernel => kernel.Configure(options => options.Relay.MaxAttempts = 1));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(host)).Status);
        await host.Services.GetRequiredService<OrderDesk>().SubmitAsync(TestHost.Of(TestHost.Capture("SO1")));
        await TestHost.WaitAsync(async () => (await HealthAsync(host)).Status == HealthStatus.Degraded);
        Assert.Equal("1 messages are parked and wait for a person.", (await HealthAsync(host)).Description);
        await TestHost.WaitAsync(() => Task.FromResult(log.Any(line => line.Contains("1004 MessagesParked", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task AMessageThatWaitsTooLong_IsTold_AndItsLagIsMeasuredWhenItLeaves()
    {
        var lags = new ConcurrentQueue<(double Seconds, string Destination)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == OrderKernelTelemetry.OutboxLag)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (_, lag, tags, _) => lags.Enqueue((lag, $"{tags[0].Key}={tags[0].Value}")));
        listener.Start();

        // By the clock, so that no attempt falls between two steps of the test.
        Instant taken = clock.Now + Duration.FromSeconds(450);
        sender.Refuses = () => clock.Now < taken ? "Busy." : null;
        using IHost host = await StartAsync(static kernel => kernel.Configure(options => options.Relay.MaxLag = TimeSpan.FromMinutes(2)));
        await host.Services.GetRequiredService<OrderDesk>().SubmitAsync(TestHost.Of(TestHost.Capture("SO1")));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(host)).Status);
        clock.Advance(Duration.FromSeconds(150));
        HealthCheckResult waiting = await HealthAsync(host);
        Assert.Equal(HealthStatus.Degraded, waiting.Status);
        Assert.Equal("The oldest message has been waiting for 150 s.", waiting.Description);
        clock.Advance(Duration.FromMinutes(5));
        await TestHost.WaitAsync(() => Task.FromResult(lags.Contains((450.0, "destination=erp"))));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(host)).Status);
    }

    [Fact]
    public async Task AStoreThatFails_MakesTheHostUnhealthy_AndItRecovers()
    {
        var faults = new StoreFaults();
        using IHost host = await StartAsync(store: faults.Around(new MemoryStore()));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(host)).Status);
        faults.IsDown = true;
        await TestHost.WaitAsync(async () => (await HealthAsync(host)).Status == HealthStatus.Unhealthy);
        await TestHost.WaitAsync(() => Task.FromResult(log.Any(line => line.Contains("1001 DutyWaits", StringComparison.Ordinal))));
        faults.IsDown = false;
        await TestHost.WaitAsync(async () => (await HealthAsync(host)).Status == HealthStatus.Healthy);
    }

    [Fact]
    public async Task ALedgerThatDoesNotAgree_IsReported_AndNotMended()
    {
        var faults = new StoreFaults { HidesJournal = true };
        using IHost host = await StartAsync(store: faults.Around(new MemoryStore()));
        await host.Services.GetRequiredService<OrderDesk>().SubmitAsync(
            TestHost.Of(new ReceiveStock(new DocumentId("R"), [new StockLine(TestHost.Cell, new Quantity(5))])));
        await TestHost.WaitAsync(() => Task.FromResult(log.Any(line => line.StartsWith("Critical 1006", StringComparison.Ordinal))));
        await TestHost.WaitAsync(async () => (await HealthAsync(host)).Status == HealthStatus.Degraded);
        Assert.Equal("Failing: sweep.", (await HealthAsync(host)).Description);
    }

    private async Task<IHost> StartAsync(Action<OrderKernelBuilder>? more = null, IOrderStore? store = null)
    {
        IHost host = TestHost.Build(kernel =>
        {
            kernel.UsePort<IOrderStore>("test", _ => store ?? new MemoryStore()).UsePort<IMessageSender>("test", _ => sender)
                .UseClock(clock)
                .MapEvent("order.captured", "erp").MapEvent("order.blocked", "erp")
                .Configure(options => options.Relay.Interval = options.Timers.Interval = options.Sweep.Interval = options.Board.Interval =
                    TimeSpan.FromMilliseconds(20));
            more?.Invoke(kernel);
        }, log);
        await host.StartAsync();
        return host;
    }

    private static async Task HoldUntilAsync(OrderDesk desk, Instant until)
    {
        await desk.SubmitAsync(TestHost.Of(new ReceiveStock(new DocumentId("R"), [new StockLine(TestHost.Cell, new Quantity(1))])));
        await desk.SubmitAsync(TestHost.Of(TestHost.Capture("SO1")));
        (await desk.SubmitAsync(TestHost.Of(new HoldStock(new OrderId("SO1"), ExpiresAt: until)))).ThrowIfRefused();
    }

    private static async Task<HealthCheckResult> HealthAsync(IHost host)
    {
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        HealthReportEntry entry = report.Entries["orderkernel"];
        return new HealthCheckResult(entry.Status, entry.Description, entry.Exception, entry.Data);
    }

    /// <summary>Stands before a store and spoils what it says.</summary>
    public class StoreFaults : DispatchProxy
    {
        private IOrderStore? inner;
        private StoreFaults? switches;

        public bool IsDown { get; set; }

        public bool HidesJournal { get; set; }

        public IOrderStore Around(IOrderStore store)
        {
            var proxy = Create<IOrderStore, StoreFaults>();
            (((StoreFaults)(object)proxy).inner, ((StoreFaults)(object)proxy).switches) = (store, this);
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (switches!.IsDown)
            {
                throw new OrderKernelException("The disk is gone.", isTransient: true);
            }

            object? answer = targetMethod!.Invoke(inner, args);
            return switches.HidesJournal && answer is ValueTask<LedgerContents> ledger
                ? new ValueTask<LedgerContents>(ledger.Result with { Journal = [] })
                : answer;
        }
    }
}
