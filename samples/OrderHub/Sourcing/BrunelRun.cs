using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using OrderKernel.Cli;
using OrderKernel.Sourcing;

namespace OrderHub.Sourcing;

/// <summary>Assigns the orders of the Brunel data set and prints the cost beside the reference.</summary>
internal static class BrunelRun
{
    private const int Days = 9;
    private const long Unassigned = 1_000_000 * BrunelData.Scale;

    /// <summary>Whether every cost is the reference, to a millionth; true where none is stored beside the data.</summary>
    public static async Task<bool> RunAsync(string folder, HubText text, TextWriter output)
    {
        if (!File.Exists(Path.Combine(folder, "OrderList.csv")))
        {
            throw new FileNotFoundException(text.Say(HubText.NoFile, folder, "OrderList.csv"));
        }

        var data = new BrunelData(folder);
        bool first = await AssignAsync("BL-1", data.Places(7), data.Options, Reference(folder, "results", "7"), text, output)
            .ConfigureAwait(false);
        bool second = await AssignAsync(
            "BL-2", data.PlacesByDay(Days), data.OptionsByDay(Days, 50m), Reference(folder, "BL-2", null), text, output)
            .ConfigureAwait(false);
        return first && second;
    }

    private static async Task<bool> AssignAsync(
        string model, ImmutableArray<AssignmentPlace> places, ImmutableArray<ImmutableArray<AssignmentOption>> options,
        decimal? reference, HubText text, TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        AssignmentPlan plan = WholeOrderAssignment.Solve(places, options, Unassigned);
        decimal seconds = (decimal)Stopwatch.GetElapsedTime(start).TotalSeconds;
        decimal cost = (decimal)plan.Cost / BrunelData.Scale;
        await output.WriteLineAsync(text.Say(
            HubText.Assigned, model, HubText.Count(plan.PlaceOf.Count(static place => place >= 0)), HubText.Count(options.Length),
            Amount(cost), reference is { } known ? Amount(known) : "-", seconds.ToString("0.0", CultureInfo.InvariantCulture)))
            .ConfigureAwait(false);
        return reference is not { } expected || System.Math.Abs(cost - expected) <= 0.000_001m * expected;
    }

    private static string Amount(decimal amount) => amount.ToString("N4", CultureInfo.InvariantCulture);

    private static decimal? Reference(string folder, string part, string? inner)
    {
        string path = Path.Combine(folder, "reference.json");
        if (!File.Exists(path))
        {
            return null;
        }

        using JsonDocument json = JsonDocument.Parse(TextFile.Read(path));
        JsonElement model = json.RootElement.GetProperty(part);
        return (inner is null ? model : model.GetProperty(inner)).GetProperty("objective").GetDecimal();
    }
}
