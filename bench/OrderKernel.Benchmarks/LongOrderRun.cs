using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Benchmarks;

/// <summary>What loading an order of about 2,000 events costs, with snapshots and without: one order whose stock came and went, which
/// leaves a small state, and one whose amendments and promises are all remembered. 49 events lie behind the last snapshot, half of an
/// interval.</summary>
internal static class LongOrderRun
{
    private const int Events = 2_049;
    private const int Every = 100;
    private static readonly StockCell Cell = new(new Sku("LONG"), new NodeId("N"));

    public static async Task RunSqlite(SortedDictionary<string, double> figures, string folder)
    {
        using SqliteStore store = SqliteStore.Open(new SqliteStoreOptions(Path.Combine(folder, "long.db"))
        {
            Schema = SchemaMode.Create,
            Durability = SqliteDurability.UnsafeNormal,
        });
        await RunAsync(figures, "sqlite", store);
    }

    public static async Task RunAsync(SortedDictionary<string, double> figures, string name, IOrderStore store)
    {
        OrderDesk with = Desk(store, Every);
        OrderDesk without = Desk(store, 0);
        (await with.SubmitAsync(Submit("receipt", new ReceiveStock(
            new DocumentId("LONG"), [new StockLine(Cell, new Quantity(10))])))).ThrowIfRefused();
        var order = new OrderId("SHORT");
        await Live(with, order, 3, static (id, i) => i % 2 == 0 ? new HoldStock(id) : ReleaseStock.All(id, "again"));
        figures[$"{name}.load3events.milliseconds"] = await Load(without, order);
        figures[$"{name}.load3events.lookingForSnapshot.milliseconds"] = await Load(with, order);
        order = new OrderId("HELD");
        await Live(with, order, Events, static (id, i) => i % 2 == 0 ? new HoldStock(id) : ReleaseStock.All(id, "again"));
        figures[$"{name}.load2049events.milliseconds"] = await Load(without, order);
        figures[$"{name}.load2049events.snapshot.milliseconds"] = await Load(with, order);
        order = new OrderId("AMENDED");
        await Live(with, order, Events, Remembered);
        figures[$"{name}.load2049remembered.milliseconds"] = await Load(without, order);
        figures[$"{name}.load2049remembered.snapshot.milliseconds"] = await Load(with, order);
    }

    private static OrderCommand Remembered(OrderId id, int i) => i % 2 == 0
        ? new AmendOrder(
            id, [new FieldChange(0, "external_key", "X" + i.ToString(CultureInfo.InvariantCulture))], "customer asked", "V1")
        : new PromiseOrder(id, Workload.Start + NodaTime.Duration.FromHours(i), i == 1 ? PromiseCause.First : PromiseCause.StockShort, "n");

    private static OrderDesk Desk(IOrderStore store, int every) => new(store, new Workload.FixedClock(), new DeskOptions
    {
        SnapshotEvery = every,
        Limits = new OrderLimits(MaxHistory: Events),
    });

    private static async Task Live(OrderDesk desk, OrderId order, int events, Func<OrderId, int, OrderCommand> next)
    {
        var capture = new CaptureOrder(order, new PartnerId("P"), Workload.Start, [new NewLine(1, Cell.Sku, new Quantity(1))]);
        (await desk.SubmitAsync(Submit(order.Text, capture))).ThrowIfRefused();
        for (int i = 0; i < events - 1; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{order.Text}/{i}");
            (await desk.SubmitAsync(Submit(name, next(order, i)))).ThrowIfRefused();
        }

        OrderState state = await desk.ReadOrderAsync(order);
        if (state.Version != events)
        {
            throw new InvalidOperationException($"{order} has {state.Version} events, not {events}.");
        }
    }

    private static async Task<double> Load(OrderDesk desk, OrderId order)
    {
        double best = double.MaxValue;
        for (int i = 0; i < 60; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await desk.ReadOrderAsync(order);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return best;
    }

    private static Submission Submit(string name, KernelCommand command) =>
        new(CommandId.FromName("long/" + name), Workload.Actor, command);
}
