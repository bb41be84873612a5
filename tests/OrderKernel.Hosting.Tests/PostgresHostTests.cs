using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Sql.Tests;
using OrderKernel.Stock;
using OrderKernel.Storage;
using Xunit;

namespace OrderKernel.Hosting.Tests;

/// <summary>A host on PostgreSQL: <c>UsePostgres</c> opens the store, and every duty is done on it.</summary>
public class PostgresHostTests
{
    private static readonly TenantId Tenant = new("main");

    [PostgresFact]
    public async Task UsePostgres_EveryDutyIsDone_AndASecondHostGoesOn()
    {
        using var database = new PostgresDatabase();
        var sender = new TestSender();
        var clock = new Testing.FakeClock(SystemClock.Instance.GetCurrentInstant());
        using (IHost host = Build(database, sender, "host-a", SchemaMode.Create, clock))
        {
            await host.StartAsync();
            OrderDesk desk = host.Services.GetRequiredService<OrderDesk>();
            var store = Assert.IsType<PostgresStore>(host.Services.GetRequiredService<IOrderStore>());
            await desk.SubmitAsync(TestHost.Of(new ReceiveStock(new DocumentId("R"), [new StockLine(TestHost.Cell, new Quantity(1))])));
            (await desk.SubmitAsync(TestHost.Of(TestHost.Capture("SO1")))).ThrowIfRefused();
            Instant soon = clock.Now + Duration.FromMinutes(1);
            (await desk.SubmitAsync(TestHost.Of(new HoldStock(new OrderId("SO1"), ExpiresAt: soon)))).ThrowIfRefused();
            Assert.Equal(0, (await desk.ReadStockAsync([TestHost.Cell.Sku])).FreeIn(TestHost.Cell));
            await TestHost.WaitAsync(async () => (await store.ReadOutboxAsync(Tenant, 1, default)).IsEmpty);
            Assert.Single(sender.Sent);
            clock.Advance(Duration.FromMinutes(1));
            await TestHost.WaitAsync(async () => (await desk.ReadStockAsync([TestHost.Cell.Sku])).FreeIn(TestHost.Cell) == 1);
            await TestHost.WaitAsync(async () => await store.ReadBoardPositionAsync(Tenant, default) == 4);
            HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
            Assert.Equal(HealthStatus.Healthy, report.Status);
            await host.StopAsync();
        }

        using IHost second = Build(database, sender, "host-b", SchemaMode.Validate, clock);
        await second.StartAsync();
        OrderDesk later = second.Services.GetRequiredService<OrderDesk>();
        Assert.Equal(3, (await later.ReadOrderAsync(new OrderId("SO1"))).Version);
        Assert.Equal(DeskStatus.Repeated, (await later.SubmitAsync(TestHost.Of(TestHost.Capture("SO1")))).Status);
        (await later.SubmitAsync(TestHost.Of(TestHost.Capture("SO2")))).ThrowIfRefused();
        await TestHost.WaitAsync(() => Task.FromResult(sender.Sent.Count == 2));
        Assert.Equal(["SO1", "SO2"], sender.Sent.Select(message => message.Stream.Key));
        await second.StopAsync();
    }

    [PostgresFact]
    public async Task UsePostgres_WithoutTables_StopsTheHostWithTheRemedy()
    {
        using var database = new PostgresDatabase();
        using IHost host = Build(database, new TestSender(), "host-a", SchemaMode.Validate, SystemClock.Instance);
        OrderKernelException fault = await Assert.ThrowsAsync<OrderKernelException>(() => host.StartAsync());
        Assert.Contains("SchemaMode.Create", fault.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task UsePostgres_HostWhoseClockIsWrong_DoesNotStart()
    {
        using var database = new PostgresDatabase();
        database.Open().Dispose();
        using IHost host = TestHost.Build(kernel => kernel.UsePostgres(database.Connect)
            .UseClock(new Testing.FakeClock(SystemClock.Instance.GetCurrentInstant() - Duration.FromHours(1))));
        OrderKernelException fault = await Assert.ThrowsAsync<OrderKernelException>(() => host.StartAsync());
        Assert.Contains("NTP", fault.Message, StringComparison.Ordinal);
    }

    // The store compares the server's clock with the system's; what is due is up to the test.
    private static IHost Build(PostgresDatabase database, TestSender sender, string service, SchemaMode schema, IClock clock) =>
        TestHost.Build(kernel => kernel
            .UseClock(clock)
            .UsePostgres(database.Connect, options => (options.Schema, options.Clock) = (schema, SystemClock.Instance))
            .UsePort<IMessageSender>("test", _ => sender)
            .MapEvent("order.captured", "erp")
            .ConfigureDesk(static (_, desk) => desk.SnapshotEvery = 2)
            .Configure(options =>
            {
                options.Service = service;
                options.Relay.Interval = options.Timers.Interval = options.Sweep.Interval = options.Board.Interval =
                    TimeSpan.FromMilliseconds(50);
            }));
}
