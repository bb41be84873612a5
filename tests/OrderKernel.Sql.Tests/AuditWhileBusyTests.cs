using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NodaTime;
using OrderKernel.Adapters.Sql;
using OrderKernel.Board;
using OrderKernel.Desk;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Sql.Tests;

/// <summary>An audit of the past while several desks go on writing: it accuses nobody who did nothing, and misses nobody who did.</summary>
public class AuditWhileBusyTests
{
    private const int Audits = 4;
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 2, 8, 0);
    private static readonly TenantId Tenant = new DeskOptions().Tenant;
    private static readonly StockCell Cell = new(new Sku("HOT"), new NodeId("W1"));
    private static int counter;

    [Fact]
    public Task Memory_AuditedWhileDesksWrite_FindsNothing() => FindsNothing(new MemoryStore());

    [Fact]
    public async Task Sqlite_AuditedWhileDesksWrite_FindsNothingAndThenTheForgery()
    {
        using var database = new TemporaryDatabase();
        using SqliteStore store = database.Open(SqliteDurability.UnsafeNormal);
        await FindsNothing(store);
        await FindsForgery(store, () => TamperTests.Forge(database.Path, "DELETE FROM om_command WHERE stream_key = 'NOBODY'"));
    }

    [PostgresFact]
    public async Task Postgres_AuditedWhileDesksWrite_FindsNothingAndThenTheForgery()
    {
        using var database = new PostgresDatabase();
        using PostgresStore store = database.Open();
        await FindsNothing(store);
        await FindsForgery(store, () => database.Execute(
            "SET session_replication_role = replica; DELETE FROM om_command WHERE stream_key = 'NOBODY'"));
    }

    private static async Task FindsNothing(IOrderStore store)
    {
        await Prepare(store);
        await WhileBusy(store, async desk =>
        {
            for (int i = 0; i < Audits; i++)
            {
                ImmutableArray<Finding> found = await desk.AuditHistoryAsync();
                Assert.True(found.IsEmpty, string.Join('\n', found));
                HistoryCheckpoint heads = await desk.TakeCheckpointAsync();
                Assert.Empty(await desk.CompareAsync(heads));
            }
        });
        await KernelLaws.HistoryAudits(store, Tenant);
        await KernelLaws.LedgerConserves(store, Tenant);
    }

    private static async Task FindsForgery(IOrderStore store, Action forge)
    {
        await WhileBusy(store, async desk =>
        {
            forge();
            Assert.Contains(await desk.AuditHistoryAsync(), static one => one.Code == "history.command_missing");
        });
    }

    private static async Task Prepare(IOrderStore store)
    {
        OrderDesk desk = Desk(store);
        await Submit(desk, new ReceiveStock(new DocumentId("R"), [new StockLine(Cell, new Quantity(5))]));
        foreach (string order in new[] { "H-0", "H-1", "H-2" })
        {
            await Submit(desk, Capture(order));
        }

        Assert.False((await Submit(desk, new HoldStock(new OrderId("NOBODY")))).IsAccepted);
    }

    // Three desks hold and release the same few orders, set the same limit, and capture new ones; a board follows.
    private static async Task WhileBusy(IOrderStore store, Func<OrderDesk, Task> audit)
    {
        using var ended = new CancellationTokenSource();
        Task[] workers = [.. Enumerable.Range(0, 3).Select(i => Task.Run(() => Work(store, i, ended.Token))),
            Task.Run(() => Follow(store, ended.Token))];
        try
        {
            await audit(Desk(store));
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(workers);
        }
    }

    private static async Task Work(IOrderStore store, int worker, CancellationToken ended)
    {
        OrderDesk desk = Desk(store);
        for (int i = 0; !ended.IsCancellationRequested; i++)
        {
            var order = new OrderId("H-" + ((i + worker) % 3));
            await Submit(desk, new HoldStock(order, ExpiresAt: Start + Duration.FromHours(1 + (i % 50))));
            await Submit(desk, new SetOverdraft(new DocumentId("V-" + worker + "-" + i), Cell, new Quantity(i % 4)));
            await Submit(desk, new ReleaseStock(order, [1], "again"));
            await Submit(desk, new HoldStock(new OrderId("NOBODY-" + worker)));
            if (i % 10 == 0)
            {
                await Submit(desk, Capture("N-" + worker + "-" + Interlocked.Increment(ref counter)));
            }

            // The past grows with every round; the audit has to come to its end.
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private static async Task Follow(IOrderStore store, CancellationToken ended)
    {
        var board = new BoardProjection(store, (IOrderBoard)store, Tenant);
        while (!ended.IsCancellationRequested)
        {
            await board.CatchUpAsync(cancellation: CancellationToken.None);
            await Task.Delay(5, CancellationToken.None);
        }
    }

    private static OrderDesk Desk(IOrderStore store) => new(
        store, new FakeClock(Start), new DeskOptions { SnapshotEvery = 4, ServesWaiting = true }.Announce("order.stock_held", "erp"));

    private static CaptureOrder Capture(string order) => new(
        new OrderId(order), new PartnerId("P"), Start, [new NewLine(1, Cell.Sku, new Quantity(2))]);

    private static async Task<DeskResult> Submit(OrderDesk desk, KernelCommand command)
    {
        var id = CommandId.FromName("busy " + Interlocked.Increment(ref counter));
        while (true)
        {
            try
            {
                return await desk.SubmitAsync(new Submission(id, new Actor("clerk", "web"), command));
            }
            catch (OrderKernelException fault) when (fault.IsTransient)
            {
                await Task.Yield();
            }
        }
    }
}
