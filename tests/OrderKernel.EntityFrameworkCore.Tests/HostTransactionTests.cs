using System;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using OrderKernel.Adapters.EntityFrameworkCore;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.EntityFrameworkCore.Tests;

/// <summary>The host's row and the order are one.</summary>
public class HostTransactionTests
{
    private static readonly FakeClock Clock = new(Instant.FromUtc(2026, 3, 2, 1, 0));
    private static readonly StockCell Cell = new(new Sku("A"), new NodeId("N"));

    [Fact]
    public async Task Sqlite_RowAndOrder_CommitTogether_AndRollBackTogether()
    {
        using var file = new SqliteFile();
        await PlayAsync(file.Open);
    }

    [PostgresFact]
    public async Task Postgres_RowAndOrder_CommitTogether_AndRollBackTogether()
    {
        using var file = new PostgresFile();
        await PlayAsync(file.Open);
    }

    [PostgresFact]
    public async Task Postgres_TwoHostsOnOneOrder_TheSecondSeesTheConflict_AndHasChangedNothing()
    {
        using var file = new PostgresFile();
        using ShopContext first = file.Open();
        using ShopContext second = file.Open();
        first.Create();
        await CaptureAsync(first, "SO1", commit: true);

        using IDbContextTransaction one = await first.Database.BeginTransactionAsync();
        using (HostDesk desk = first.OpenOrderDesk(Clock, null, TimeSpan.FromMinutes(2)))
        {
            Assert.True((await desk.Desk.SubmitAsync(Of(Block("price")))).IsAccepted);
        }

        using IDbContextTransaction two = await second.Database.BeginTransactionAsync();
        second.Baskets.Add(new Basket { Id = 2, Order = "SO1" });
        await second.SaveChangesAsync();
        Task<DeskResult> waiting;
        using (HostDesk desk = second.OpenOrderDesk(Clock))
        {
            waiting = Task.Run(() => desk.Desk.SubmitAsync(Of(Block("credit"))));
            while (file.Ask(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            {
                Assert.False(waiting.IsCompleted, "It waits for the first transaction to end.");
                await Task.Delay(5);
            }

            await one.CommitAsync();
            var fault = await Assert.ThrowsAsync<OrderKernelException>(() => waiting);
            Assert.True(fault.IsTransient);
        }

        await two.RollbackAsync();
        Assert.Equal(1, await second.Baskets.CountAsync());

        // A new transaction, the same command: now it is decided on what the first one left.
        using IDbContextTransaction again = await second.Database.BeginTransactionAsync();
        using (HostDesk desk = second.OpenOrderDesk(Clock))
        {
            Assert.True((await desk.Desk.SubmitAsync(Of(Block("credit")))).IsAccepted);
            Assert.Equal(3, (await desk.Desk.ReadTrailAsync(new OrderId("SO1"))).Length);
        }

        await again.CommitAsync();
    }

    [PostgresFact]
    public async Task Postgres_AHostThatLeavesItsTransactionLying_HoldsNobodyUp_AndIsTold()
    {
        using var file = new PostgresFile();
        using ShopContext first = file.Open();
        using ShopContext second = file.Open();
        first.Create();
        await CaptureAsync(first, "SO1", commit: true);
        IDbContextTransaction one = await first.Database.BeginTransactionAsync();
        using (HostDesk desk = first.OpenOrderDesk(Clock, null, TimeSpan.FromSeconds(1)))
        {
            Assert.True((await desk.Desk.SubmitAsync(Of(Block("price")))).IsAccepted);
        }

        using IDbContextTransaction two = await second.Database.BeginTransactionAsync();
        using (HostDesk desk = second.OpenOrderDesk(Clock))
        {
            DeskResult went = await desk.Desk.SubmitAsync(Of(Block("credit"))).WaitAsync(TimeSpan.FromSeconds(10));
            Assert.True(went.IsAccepted);
        }

        await two.CommitAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => one.CommitAsync());
        Assert.Equal(0, file.Ask("SELECT count(*) FROM om_command WHERE body LIKE '%price%'"));
    }

    [Fact]
    public async Task Sqlite_AReaderOfTheHost_DoesNotStandInTheWay()
    {
        using var file = new SqliteFile();
        using ShopContext context = file.Open();
        context.Create();
        context.Baskets.AddRange(new Basket { Id = 7, Order = "SO7" }, new Basket { Id = 8, Order = "SO8" });
        await context.SaveChangesAsync();
        using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        using (HostDesk desk = context.OpenOrderDesk(Clock))
        {
            await foreach (Basket basket in context.Baskets.AsNoTracking().AsAsyncEnumerable())
            {
                Assert.True((await desk.Desk.SubmitAsync(Of(Capture(basket.Order)))).IsAccepted);
                Assert.True((await desk.Desk.ReadOrderAsync(new OrderId(basket.Order))).Exists);
            }
        }

        await transaction.CommitAsync();
        Assert.Equal(2, await context.Set<System.Collections.Generic.Dictionary<string, object>>("om_event").CountAsync());
    }

    [Fact]
    public async Task Sqlite_UnsafeSettings_AreRefusedWithTheirRemedy()
    {
        using var file = new SqliteFile();
        using ShopContext context = file.Open();
        context.Create();
        await RefusedAsync("PRAGMA synchronous=NORMAL", "PRAGMA synchronous=FULL");
        await RefusedAsync("PRAGMA foreign_keys=OFF", "Foreign Keys=True");

        async Task RefusedAsync(string setting, string remedy)
        {
            await context.Database.OpenConnectionAsync();
            await context.Database.ExecuteSqlRawAsync(setting);
            using (IDbContextTransaction transaction = await context.Database.BeginTransactionAsync())
            {
                var fault = Assert.Throws<OrderKernelException>(() => context.OpenOrderDesk(Clock));
                Assert.Contains(remedy, fault.Message, StringComparison.Ordinal);
            }

            await context.Database.CloseConnectionAsync();
        }
    }

    [Theory]
    [InlineData("3.50.4", true)]
    [InlineData("3.51.2", true)]
    [InlineData("3.51.3", false)]
    [InlineData(null, false)]
    public async Task Sqlite_OfAVersionWhoseWriteAheadLogIsUnsound_IsRefused_UntilTheFileHasLeftIt(string? version, bool isRefused)
    {
        using var file = new SqliteFile();
        await using var connection = new OtherSqlite(file.ConnectionString, version);
        using var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseSqlite(connection).Options);
        context.Create();
        await connection.OpenAsync();
        Assert.Equal(isRefused, await IsRefusedAsync());
        await connection.CloseAsync();
        context.LeaveWriteAheadMode();
        await connection.OpenAsync();
        Assert.False(await IsRefusedAsync());

        async Task<bool> IsRefusedAsync()
        {
            using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
            Exception? fault = Record.Exception(() => context.OpenOrderDesk(Clock).Dispose());
            return fault is not null && fault.Message.Contains("LeaveWriteAheadMode", StringComparison.Ordinal)
                ? true
                : fault is null ? false : throw fault;
        }
    }

    /// <summary>A connection of a host that brings another SQLite.</summary>
    private sealed class OtherSqlite(string connection, string? version) : SqliteConnection(connection)
    {
        public override string ServerVersion => version ?? base.ServerVersion;
    }

    [Fact]
    public void WithoutATransactionOrWithoutTheTables_TheRemedyIsNamed()
    {
        using var file = new SqliteFile();
        using ShopContext context = file.Open();
        Assert.Contains(
            "BeginTransaction", Assert.Throws<InvalidOperationException>(() => context.OpenOrderDesk(Clock)).Message,
            StringComparison.Ordinal);
        using var bare = new DbContext(new DbContextOptionsBuilder().UseSqlite(file.ConnectionString).Options);
        Assert.Contains(
            "ApplyOrderKernel", Assert.Throws<InvalidOperationException>(() => bare.OpenOrderDesk(Clock)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheReadyContext_KeepsEveryLaw()
    {
        using var file = new SqliteFile();
        using var context = new OrderKernelContext(new DbContextOptionsBuilder().UseSqlite(file.ConnectionString).Options);
        await context.Database.EnsureCreatedAsync();
        var steps = ImmutableArray.CreateBuilder<ScriptStep>();
        for (int i = 0; i < 80; i++)
        {
            steps.Add(new ScriptStep((i * 7) % ScriptPlay.Kinds, i % 3, (i * 5) % 12, (i * 3) % 12, (i * 11) % 12));
        }

        using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        using (HostDesk desk = context.OpenOrderDesk(Clock))
        {
            await KernelLaws.CheckAll(desk.Store, new Script(steps.ToImmutable()));
        }

        await transaction.CommitAsync();
    }

    private static async Task PlayAsync(Func<ShopContext> open)
    {
        using ShopContext context = open();
        context.Create();
        await CaptureAsync(context, "SO1", commit: false);
        Assert.Equal((0, 0), await CountAsync(context));
        await CaptureAsync(context, "SO1", commit: true);
        Assert.Equal((1, 1), await CountAsync(context));

        // A host row that cannot be saved takes the order with it.
        using (IDbContextTransaction transaction = await context.Database.BeginTransactionAsync())
        {
            using (HostDesk desk = context.OpenOrderDesk(Clock))
            {
                Assert.True((await desk.Desk.SubmitAsync(Of(Capture("SO2")))).IsAccepted);
            }

            context.Baskets.Add(new Basket { Id = 1, Order = "SO2" });
            await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());
        }

        context.ChangeTracker.Clear();
        Assert.Equal((1, 1), await CountAsync(context));
        using ShopContext fresh = open();
        using IDbContextTransaction look = await fresh.Database.BeginTransactionAsync();
        using HostDesk reader = fresh.OpenOrderDesk(Clock);
        Assert.True((await reader.Desk.ReadOrderAsync(new OrderId("SO1"))).Exists);
        Assert.False((await reader.Desk.ReadOrderAsync(new OrderId("SO2"))).Exists);
        Assert.Equal(DeskStatus.Repeated, (await reader.Desk.SubmitAsync(Of(Capture("SO1")))).Status);
    }

    private static async Task CaptureAsync(ShopContext context, string order, bool commit)
    {
        using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync();
        context.Baskets.Add(new Basket { Id = 1, Order = order });
        await context.SaveChangesAsync();
        using (HostDesk desk = context.OpenOrderDesk(Clock))
        {
            Assert.True((await desk.Desk.SubmitAsync(Of(Capture(order)))).IsAccepted);
        }

        await (commit ? transaction.CommitAsync() : transaction.RollbackAsync());
        context.ChangeTracker.Clear();
    }

    private static async Task<(int Rows, int Events)> CountAsync(ShopContext context) => (
        await context.Baskets.CountAsync(),
        await context.Set<System.Collections.Generic.Dictionary<string, object>>("om_event").CountAsync());

    private static CaptureOrder Capture(string order) => new(
        new OrderId(order), new PartnerId("P"), Instant.FromUtc(2026, 3, 2, 0, 0), [new NewLine(1, Cell.Sku, new Quantity(1))]);

    private static BlockOrder Block(string reason) => new(new OrderId("SO1"), reason, "sales");

    private static Submission Of(KernelCommand command) => new(CommandId.FromName(command.ToJson()), new Actor("clerk", "shop"), command);
}
