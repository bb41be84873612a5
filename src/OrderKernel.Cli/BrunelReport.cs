using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using OrderKernel.Sourcing;

namespace OrderKernel.Cli;

/// <summary>Assigns the Brunel orders and prints the cost beside the reference, one JSON line a model.</summary>
internal static class BrunelReport
{
    private const int Days = 9;

    public static int Print(DirectoryInfo folder, TextWriter to)
    {
        if (!File.Exists(Path.Combine(folder.FullName, "OrderList.csv")))
        {
            Console.Error.WriteLine($"{folder.FullName}: OrderList.csv is not there; give the folder of the data set.");
            return 1;
        }

        long start = Stopwatch.GetTimestamp();
        var data = new BrunelData(folder.FullName);
        TimeSpan read = Stopwatch.GetElapsedTime(start);
        long unassigned = 1_000_000 * BrunelData.Scale;
        start = Stopwatch.GetTimestamp();
        AssignmentPlan plan = WholeOrderAssignment.Solve(data.Places(7), data.Options, unassigned);
        Write(to, "BL-1", data, plan, 1, read, Stopwatch.GetElapsedTime(start),
            Reference(folder, r => r.GetProperty("results").GetProperty("7")));

        start = Stopwatch.GetTimestamp();
        plan = WholeOrderAssignment.Solve(data.PlacesByDay(Days), data.OptionsByDay(Days, 50m), unassigned);
        Write(to, "BL-2", data, plan, Days, read, Stopwatch.GetElapsedTime(start),
            Reference(folder, r => r.GetProperty("BL-2")));
        return 0;
    }

    private static void Write(
        TextWriter to, string model, BrunelData data, AssignmentPlan plan, int days, TimeSpan read, TimeSpan took, decimal? reference) =>
        to.WriteLine(JsonSerializer.Serialize(new
        {
            model,
            orders = data.Options.Length,
            assigned = plan.PlaceOf.Count(place => place >= 0),
            cost = (decimal)plan.Cost / BrunelData.Scale,
            lowerBound = (decimal)plan.LowerBound / BrunelData.Scale,
            reference,
            lateOrderDays = plan.PlaceOf.Select((place, order) => days == 1 || place < 0 ? 0 : data.LateDays(order, place % days)).Sum(),
            ordersPerPlant = data.Plants.Select((plant, i) => (plant, count: plan.PlaceOf.Count(place => place >= 0 && place / days == i)))
                .Where(x => x.count > 0).ToDictionary(x => x.plant, x => x.count),
            readMillis = Math.Round(read.TotalMilliseconds, 1),
            solveMillis = Math.Round(took.TotalMilliseconds, 1),
        }));

    private static decimal? Reference(DirectoryInfo folder, Func<JsonElement, JsonElement> part)
    {
        string path = Path.Combine(folder.FullName, "reference.json");
        return File.Exists(path)
            ? part(JsonDocument.Parse(TextFile.Read(path)).RootElement).GetProperty("objective").GetDecimal()
            : null;
    }
}
