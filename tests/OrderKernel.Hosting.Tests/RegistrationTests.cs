using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrderKernel.Adapters.Hosting;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Storage;
using Xunit;

namespace OrderKernel.Hosting.Tests;

public class RegistrationTests
{
    [Fact]
    public async Task ThreeLines_TakeAnOrder_ThatIsThereAfterARestart()
    {
        string folder = Directory.CreateTempSubdirectory("orderkernel-").FullName;
        try
        {
            string path = Path.Combine(folder, "orders.db");
            for (int run = 0; run < 2; run++)
            {
                using IHost host = TestHost.Build(kernel => kernel.UseSqlite(path));
                await host.StartAsync();
                var desk = host.Services.GetRequiredService<OrderDesk>();
                DeskResult result = await desk.SubmitAsync(TestHost.Of(TestHost.Capture("SO1")));
                Assert.Equal((run == 0 ? DeskStatus.Decided : DeskStatus.Repeated, true), (result.Status, result.IsAccepted));
                await host.StopAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task EveryMistake_IsToldAtStart_WithItsRemedy()
    {
        using IHost host = TestHost.Build(kernel => kernel
            .MapEvent("order.shipped", "erp")
            .AddCheck(_ => ["The adapter is not ready. Plug it in."])
            .Configure(options =>
            {
                options.Tenant = " ";
                options.Relay.Batch = 0;
                options.Timers.Interval = TimeSpan.Zero;
                options.Sweep.InboxRetention = TimeSpan.FromDays(1);
            }));
        string[] told = (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Failures.ToArray();
        Assert.Equal(7, told.Length);
        Assert.Contains(told, text => text.StartsWith("There is no store. Call kernel.UseSqlite(", StringComparison.Ordinal));
        Assert.Contains(
            told, text => text.StartsWith("Events are announced to erp, but nothing sends them. Call ", StringComparison.Ordinal));
        Assert.Contains("The adapter is not ready. Plug it in.", told);
        Assert.Contains("Relay.Batch is 0. Set it to 1 or more.", told);
        Assert.All(told, text => Assert.Matches(@"\. (Call|Set|Give|Plug) ", text));
    }

    [Fact]
    public async Task TwoAdaptersForOnePort_AreNamedAtStart()
    {
        using IHost host = TestHost.Build(kernel => kernel.UseMemory().UseSqlite("never-opened.db"));
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Equal("IOrderStore is filled by UseMemory and by UseSqlite. Keep one of these calls.", Assert.Single(fault.Failures));
        Assert.False(File.Exists("never-opened.db"));
    }

    [Fact]
    public async Task AStoreThatCannotBeOpened_StopsTheHost()
    {
        using IHost host = TestHost.Build(kernel => kernel.UseSqlite("missing.db", options => options.Schema = SchemaMode.Validate));
        var fault = await Assert.ThrowsAsync<OrderKernelException>(() => host.StartAsync());
        Assert.Contains("SchemaMode.Create", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RegisteringTwice_AddsUp_AndRunsEachCallbackOnce()
    {
        var services = new ServiceCollection();
        int calls = 0;
        services.AddOrderKernel(kernel => { kernel.UseMemory(); calls++; });
        int before = services.Count(service => service.ServiceType == typeof(IHostedService));
        services.AddOrderKernel(kernel => { kernel.UseMemory().Configure(options => options.Tenant = "shop"); calls++; });
        Assert.Equal(2, calls);
        Assert.Equal(before, services.Count(service => service.ServiceType == typeof(IHostedService)));
        using ServiceProvider provider = services.AddLogging().BuildServiceProvider();
        Assert.Equal("shop", provider.GetRequiredService<IOptions<OrderKernelOptions>>().Value.Tenant);
        Assert.IsType<MemoryStore>(provider.GetRequiredService<IOrderStore>());
    }

    [Fact]
    public void TheHostingPackage_CarriesNoBrokerAndNoServerDriver()
    {
        var carried = typeof(OrderKernelBuilder).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Concat(typeof(SqliteStore).Assembly.GetReferencedAssemblies().Select(name => name.Name!)).ToArray();
        Assert.Contains("Microsoft.Data.Sqlite", carried);
        Assert.DoesNotContain("RabbitMQ.Client", carried);
        Assert.DoesNotContain("Npgsql", carried);
    }
}
