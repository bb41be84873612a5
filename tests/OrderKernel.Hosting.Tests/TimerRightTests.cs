using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using NodaTime;
using OrderKernel.Access;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Packs;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Hosting.Tests;

/// <summary>A timer service that lacks the right to let holds go is loud, and serves them when it has it.</summary>
public class TimerRightTests
{
    private readonly FakeClock clock = new(Instant.FromUtc(2026, 3, 2, 1, 0));
    private readonly ConcurrentQueue<string> log = new();
    private readonly Directory directory = new();

    [Fact]
    public async Task WakeUpsThatAreRefused_DegradeTheHealth_StayDue_AndAreServedWhenTheRightIsThere()
    {
        using IHost host = TestHost.Build(
            kernel => kernel.UsePort<IOrderStore>("test", static _ => new MemoryStore()).UseClock(clock)
                .ConfigureDesk((_, desk) => (desk.UsePacks, desk.Actors) = (true, directory))
                .Configure(static options => options.Timers.Interval = TimeSpan.FromMilliseconds(20)),
            log);
        await host.StartAsync();
        OrderDesk desk = host.Services.GetRequiredService<OrderDesk>();
        await SubmitAsync(desk, new ReceiveStock(new DocumentId("R"), [new StockLine(TestHost.Cell, new Quantity(1))]));
        await SubmitAsync(desk, TestHost.Capture("SO1"));
        await SubmitAsync(desk, new HoldStock(new OrderId("SO1"), ExpiresAt: clock.Now + Duration.FromMinutes(30)));
        await SubmitAsync(desk, new ActivatePack(Rights));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(host)).Status);

        clock.Advance(Duration.FromHours(1));
        await TestHost.WaitAsync(async () => (await HealthAsync(host)).Status == HealthStatus.Degraded);
        Assert.Equal("Failing: timers.", (await HealthAsync(host)).Description);
        Assert.Contains(log, static line => line.Contains("access.command_denied", StringComparison.Ordinal));
        Assert.Equal(1, (await desk.ReadOrderAsync(new OrderId("SO1"))).Lines[0].Held.Units);

        directory.Knows = true;
        await TestHost.WaitAsync(async () =>
        {
            clock.Advance(Duration.FromMinutes(3));
            return (await desk.ReadOrderAsync(new OrderId("SO1"))).Lines[0].Held.IsZero;
        });
        await TestHost.WaitAsync(async () =>
        {
            clock.Advance(Duration.FromMinutes(3));
            return (await HealthAsync(host)).Status == HealthStatus.Healthy;
        });
        await host.StopAsync();
    }

    private static Pack Rights { get; } = Pack.Read(new Dictionary<string, string>
    {
        ["pack.json"] = """{ "id": "RIGHTS", "version": 1, "en": "Rights", "zh": "权限" }""",
        ["access.json"] = """
            { "roles": [ { "code": "service", "en": "Service", "zh": "后台服务", "rows": "all",
              "commands": ["definitions.activate_pack", "order.expire_hold"] } ] }
            """,
    }).OrThrow();

    private static async Task SubmitAsync(OrderDesk desk, KernelCommand command) =>
        (await desk.SubmitAsync(TestHost.Of(command))).ThrowIfRefused();

    private static async Task<HealthReportEntry> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["orderkernel"];

    /// <summary>Knows the timer service from some day on, and nobody else.</summary>
    private sealed class Directory : IActorDirectory
    {
        public volatile bool Knows;

        public ValueTask<ActorStanding> FindAsync(Actor actor, CancellationToken cancellation) =>
            new(Knows && actor.SourceSystem == "orderkernel" ? new ActorStanding(["service"]) : ActorStanding.Unknown);
    }
}
