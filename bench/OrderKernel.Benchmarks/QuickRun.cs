using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Measures;
using OrderKernel.Orders;
using OrderKernel.Stock;
using OrderKernel.Storage;

namespace OrderKernel.Benchmarks;

/// <summary>All figures in one run on one core, as JSON: each beside the floor that it is measured against.</summary>
internal static class QuickRun
{
    private const int Rounds = 3;

    public static async Task<SortedDictionary<string, double>> RunAsync(string folder)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var decide = new DecideBenchmarks();
        figures["decideEvolve.capture10.perSecond"] = PerSecond(() => decide.Capture10());
        figures["decideEvolve.hold10.perSecond"] = PerSecond(() => decide.Hold10());
        figures["decideEvolve.ship10.perSecond"] = PerSecond(() => decide.Ship10());
        figures["decideEvolve.hold5000over400.milliseconds"] = 1000 / PerSecond(() => decide.Hold5000Over400Nodes());
        figures["memoryDesk.commandsOf10Lines.perSecond"] = await Best(() => Desk(new MemoryStore(), 1_000, 10, 1, "m"), 10);
        figures["memoryDesk.hold5000over400.milliseconds"] = await Wide(new MemoryStore());
        await Sqlite(figures, folder, "single", orders: 250, group: 1);
        await Sqlite(figures, folder, "groups128", orders: 2_560, group: 128);
        using SqliteStore wide = Open(Path.Combine(folder, "wide.db"));
        figures["sqlite.hold5000over400.milliseconds"] = await Wide(wide);
        figures["sqlite.boardPage50of100000.milliseconds"] = await BoardRun.SlowestPage(wide);
        await LongOrderRun.RunSqlite(figures, folder);
        await OutboxLagRun.RunSqlite(figures, folder);
        await PostgresRun.RunAsync(figures);
        return figures;
    }

    private static async Task Sqlite(SortedDictionary<string, double> figures, string folder, string name, int orders, int group)
    {
        double ours = 0;
        double raw = 0;
        for (int round = 0; round < Rounds; round++)
        {
            string path = Path.Combine(folder, $"{name}-{round}.db");
            using (SqliteStore store = Open(path))
            {
                ours = Math.Max(ours, await Desk(store, orders, 3, group, "s"));
            }

            var rows = new RawSqlite(path);
            raw = Math.Max(raw, rows.Count / rows.Write(Path.Combine(folder, $"{name}-{round}-raw.db"), group));
        }

        figures[$"sqlite.{name}.perSecond"] = ours;
        figures[$"sqlite.{name}.rawPerSecond"] = raw;
        figures[$"sqlite.{name}.ratio"] = ours / raw;
    }

    /// <summary>Runs the lives of many orders, so many at a time, and returns commands per second.</summary>
    public static async Task<double> Desk(IOrderStore store, int orders, int lines, int atOnce, string run)
    {
        var desk = new OrderDesk(store, new Workload.FixedClock());
        (await desk.SubmitAsync(Workload.Receipt(run))).ThrowIfRefused();
        Submission[][] lives = Enumerable.Range(0, orders).Select(i => Workload.Life(run, i, lines)).ToArray();
        long started = Stopwatch.GetTimestamp();
        for (int from = 0; from < orders; from += atOnce)
        {
            for (int step = 0; step < 4; step++)
            {
                var wave = new List<Task<DeskResult>>(atOnce);
                for (int i = from; i < Math.Min(from + atOnce, orders); i++)
                {
                    wave.Add(desk.SubmitAsync(lives[i][step]));
                }

                foreach (DeskResult result in await Task.WhenAll(wave))
                {
                    result.ThrowIfRefused();
                }
            }
        }

        return 4 * orders / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>One line of 5,000 pieces that takes every piece of 400 nodes; the best of forty SKUs.</summary>
    private static async Task<double> Wide(IOrderStore store)
    {
        var desk = new OrderDesk(store, new Workload.FixedClock());
        double best = double.MaxValue;
        for (int i = 0; i < 40; i++)
        {
            var sku = new Sku("WIDE-" + i);
            var order = new OrderId("W" + i);
            var cells = Enumerable.Range(0, 400)
                .Select(n => new StockLine(new StockCell(sku, new NodeId($"N{n:D3}")), new Quantity(12 + (n % 2))));
            await Submit("receipt" + i, new ReceiveStock(new DocumentId("R" + i), cells.ToImmutableArray()));
            var line = new NewLine(1, sku, new Quantity(5_000));
            await Submit("capture" + i, new CaptureOrder(order, new PartnerId("P"), Workload.Start, ImmutableArray.Create(line)));
            long started = Stopwatch.GetTimestamp();
            await Submit("hold" + i, new HoldStock(order));
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return best;

        async Task Submit(string name, Journal.KernelCommand command) =>
            (await desk.SubmitAsync(new Submission(CommandId.FromName("wide/" + name), Workload.Actor, command))).ThrowIfRefused();
    }

    private static SqliteStore Open(string path) => SqliteStore.Open(new SqliteStoreOptions(path) { Schema = SchemaMode.Create });

    private static async Task<double> Best(Func<Task<double>> run, int rounds)
    {
        // The first rounds run code that the JIT has not optimised yet.
        double best = 0;
        for (int i = 0; i < rounds; i++)
        {
            best = Math.Max(best, await run());
        }

        return best;
    }

    private static double PerSecond(Func<object> work)
    {
        double best = 0;
        for (int round = 0; round < 12; round++)
        {
            int count = 0;
            long started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started).TotalMilliseconds < 150)
            {
                for (int i = 0; i < 64; i++)
                {
                    GC.KeepAlive(work());
                }

                count += 64;
            }

            best = Math.Max(best, count / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return best;
    }
}
