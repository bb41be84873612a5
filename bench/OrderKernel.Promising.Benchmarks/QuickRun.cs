using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Promising;
using OrderKernel.Stock;

namespace OrderKernel.Promising.Benchmarks;

/// <summary>All rates in one go, as one JSON line; millions a second of CPU and of wall time, medians of seven.</summary>
internal static class QuickRun
{
    private const int Asked = 1_000_000;

    public static int Print(TextWriter to)
    {
        var load = new Workload(withLife: false);
        var book = new SupplyBook(load.Picture);
        SupplyShelf[] shelves = [.. load.Names.Select(sku => book.At(sku, Workload.Main))];
        var naive = new NaiveSums(load.Picture);
        foreach ((int sku, LocalDate day) in load.Queries.Take(2_000))
        {
            if (naive.FreeOn(load.Names[sku], day) != shelves[sku].FreeOn(day).Units)
            {
                Console.Error.WriteLine($"{load.Names[sku]} on {day}: the sum and the book disagree.");
                return 1;
            }
        }

        long sink = 0;
        void Ask(int count, Func<int, LocalDate, long> one)
        {
            for (int i = 0; i < count; i++)
            {
                // As two arguments: a pair would be written to the stack and read back, at the end of all that waits.
                (int sku, LocalDate day) = load.Queries[i & (load.Queries.Length - 1)];
                sink += one(sku, day);
            }
        }

        var fresh = new Workload(withLife: true, skus: 1_000);
        var dated = new SupplyBook(fresh.Picture);
        SupplyShelf[] datedShelves = [.. fresh.Names.Select(sku => dated.At(sku, Workload.Main))];
        var result = new Dictionary<string, object>
        {
            ["atp query, shelf at hand"] = Rate(Asked, () => Ask(Asked, (sku, day) => shelves[sku].FreeOn(day).Units)),
            ["atp query, by SKU and node"] = Rate(
                Asked, () => Ask(Asked, (sku, day) => book.FreeOn(load.Names[sku], Workload.Main, day).Units)),
            ["first day"] = Rate(
                Asked, () => Ask(Asked, (sku, day) => shelves[sku].FirstDay(new Quantity(2_000_000), day) is null ? 0 : 1)),
            ["atp query, lots that expire"] = Rate(
                100_000, () => Ask(100_000, (sku, day) => datedShelves[sku % 1_000].FreeOn(day).Units)),
            ["naive sum of the rows"] = Rate(20_000, () => Ask(20_000, (sku, day) => naive.FreeOn(load.Names[sku], day))),
            ["reservation"] = Rate(
                Asked,
                () => Ask(Asked, (sku, day) => shelves[sku].TryHold(
                    new DatedHold(load.Names[sku], Workload.Main, day, new Quantity(1))) ? 1 : 0),
                () => shelves = Open(load)),
            ["open the book of 10,000 SKUs"] = Rate(
                1, () => sink += new SupplyBook(load.Picture).At(load.Names[0], Workload.Main).FreeOn(Workload.Today).Units),
            ["request of ten lines, answered"] = Rate(
                1_000, () => Ask(1_000, (_, _) => Promises.Answer(load.Request, load.Small).Holds.Length)),
        };
        to.WriteLine(JsonSerializer.Serialize(result));
        return sink == 0 ? 1 : 0;
    }

    private static SupplyShelf[] Open(Workload load)
    {
        var book = new SupplyBook(load.Picture);
        return [.. load.Names.Select(sku => book.At(sku, Workload.Main))];
    }

    private static object Rate(int pieces, Action work, Action? before = null)
    {
        double[] wall = new double[7], cpu = new double[7];
        for (int i = -2; i < wall.Length; i++)
        {
            before?.Invoke();
            GC.Collect();
            TimeSpan used = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            work();
            if (i >= 0)
            {
                wall[i] = pieces / Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                cpu[i] = pieces / (Environment.CpuUsage.TotalTime - used).TotalMicroseconds;
            }
        }

        return new { MillionsPerSecondCpu = Median(cpu), MillionsPerSecondWall = Median(wall) };
    }

    private static double Median(double[] values) => Math.Round(values.Order().ElementAt(values.Length / 2), 6);
}
