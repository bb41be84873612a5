using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using OrderKernel.Adapters.EntityFrameworkCore;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.EntityFrameworkCore.Tests;

/// <summary>The store in the file of a host's context keeps what every store promises.</summary>
public class ContextStoreTests
{
    private static readonly TenantId Tenant = new DeskOptions().Tenant;

    public static TheoryData<string> Promises => new(StoreContract.Cases.Select(promise => promise.Name));

    [Theory]
    [MemberData(nameof(Promises))]
    public async Task TheStoreOfAContext_KeepsPromise(string name)
    {
        using var file = new SqliteFile();
        await using ServiceProvider services = Host(file, patience: 60);
        await StoreContract.Cases.Single(promise => promise.Name == name).RunAsync(Store(services));
    }

    [Fact]
    public async Task WhatTheHostCommits_TheStoreSees_AndALockedFileIsTransient()
    {
        using var file = new SqliteFile();
        await using ServiceProvider services = Host(file, patience: 1);
        ContextStore<ShopContext> store = Store(services);
        await using ShopContext context = file.Open();
        await using (IDbContextTransaction transaction = await context.Database.BeginTransactionAsync())
        {
            context.Baskets.Add(new Basket { Id = 1, Order = "SO1" });
            await context.SaveChangesAsync();
            var fault = await Assert.ThrowsAsync<OrderKernelException>(
                async () => await store.ReadStreamNamesAsync(Tenant, StreamId.OrderCategory, string.Empty, 10, CancellationToken.None));
            Assert.True(fault.IsTransient);
            using (HostDesk host = context.OpenOrderDesk(NodaTime.SystemClock.Instance))
            {
                await host.Desk.SubmitAsync(new Submission(
                    CommandId.FromName("1"), new Actor("clerk", "shop"),
                    new CaptureOrder(new OrderId("SO1"), new PartnerId("P"), null, [new NewLine(1, new Sku("A"), new Quantity(1))])));
            }

            await transaction.CommitAsync();
        }

        Assert.Equal("SO1", Assert.Single(await store.ReadStreamNamesAsync(
            Tenant, StreamId.OrderCategory, string.Empty, 10, CancellationToken.None)).Key);
    }

    [Fact]
    public async Task OnPostgres_TheRemedyIsNamed()
    {
        var services = new ServiceCollection();
        services.AddDbContext<ShopContext>(options => options.UseNpgsql("Host=nowhere"));
        await using ServiceProvider provider = services.BuildServiceProvider();
        var fault = await Assert.ThrowsAsync<NotSupportedException>(
            async () => await Store(provider).ReadLedgerAsync(Tenant, CancellationToken.None));
        Assert.Contains("UsePostgres", fault.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Host(SqliteFile file, int patience)
    {
        var services = new ServiceCollection();
        services.AddDbContext<ShopContext>(options => options.UseSqlite(
            file.ConnectionString.Replace("Default Timeout=2", $"Default Timeout={patience}", StringComparison.Ordinal)));
        ServiceProvider provider = services.BuildServiceProvider();
        using IServiceScope scope = provider.CreateScope();
        scope.ServiceProvider.GetRequiredService<ShopContext>().Create();
        return provider;
    }

    private static ContextStore<ShopContext> Store(ServiceProvider services) =>
        new(services.GetRequiredService<IServiceScopeFactory>());
}
