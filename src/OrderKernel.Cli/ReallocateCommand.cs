using System;
using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using OrderKernel.Measures;
using OrderKernel.Scarcity;

namespace OrderKernel.Cli;

/// <summary><c>orderkernel reallocate</c>: one backlog a line in, its confirmations a line out.</summary>
internal static class ReallocateCommand
{
    public static Command Build()
    {
        var input = new Option<FileInfo>("--in") { Description = "JSON lines, one backlog each." };
        var output = new Option<FileInfo>("--out") { Description = "JSON lines, one plan each." };
        var mode = new Option<string>("--mode")
        {
            Description = "sequential: by tier, day and id; value: the greatest gain, with its bound.",
            DefaultValueFactory = _ => "sequential",
        };
        mode.AcceptOnlyFromAmong("sequential", "value");
        Option<string> encoding = TextFileOption.Encoding();
        var command = new Command("reallocate", "Shares supply among waiting orders.") { input, output, mode, encoding };
        command.SetAction(result => result.GetValue(input) is { } from && result.GetValue(output) is { } to
            ? JsonLines.Run(from, to, result.GetValue(encoding)!, new Solver(result.GetValue(mode) == "value").Answer)
            : JsonLines.Missing("--in and --out"));
        return command;
    }

    /// <summary>Reads <c>days</c>, <c>supply[sku]</c> = list of [day, quantity], and <c>orders[]</c> (tier, req, complete,
    /// late, lines = list of [sku, quantity, value]).</summary>
    internal static ReallocationProblem Read(JsonElement json) => new(
        Int(json, "days"),
        [.. SourcingJson.Items(json, "supply").Select(sku => ImmutableArray.CreateRange(sku.EnumerateArray().Select(
            receipt => new Receipt(receipt[0].GetInt32(), new Quantity(receipt[1].GetInt64())))))],
        [.. SourcingJson.Items(json, "orders").Select((order, i) => new ReallocationOrder(
            new OrderId(i.ToString("D9", CultureInfo.InvariantCulture)),
            Int(order, "tier"),
            Int(order, "req"),
            Int(order, "complete") != 0,
            SourcingJson.Long(order, "late"),
            [.. SourcingJson.Items(order, "lines").Select(line => new ReallocationLine(
                line[0].GetInt32(), new Quantity(line[1].GetInt64()), line[2].GetInt64()))]))]);

    private static int Int(JsonElement json, string name) => SourcingJson.Property(json, name).GetInt32();

    private sealed class Solver(bool forValue)
    {
        private bool isWarm;

        public void Answer(JsonElement line, Utf8JsonWriter json)
        {
            ReallocationProblem problem = Read(line);
            if (!isWarm)
            {
                Solve(problem);
                isWarm = true;
            }

            long start = Stopwatch.GetTimestamp();
            ReallocationPlan plan = Solve(problem);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            json.WriteStartObject();
            json.WritePropertyName("id");
            SourcingJson.Property(line, "id").WriteTo(json);
            json.WriteNumber("value", plan.Value);
            json.WriteNumber("upperBound", plan.UpperBound ?? Reallocation.UpperBound(problem));
            json.WriteStartArray("confirmed");
            foreach (Confirmation confirmed in plan.Confirmed)
            {
                json.WriteStartObject();
                json.WriteNumber("order", confirmed.Order);
                json.WriteNumber("line", confirmed.Line);
                json.WriteNumber("day", confirmed.Day);
                json.WriteNumber("qty", confirmed.Quantity.Units);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("micros", Math.Round(took.TotalMicroseconds, 1));
            json.WriteEndObject();
        }

        private ReallocationPlan Solve(ReallocationProblem problem) =>
            forValue ? Reallocation.ForValue(problem) : Reallocation.InSequence(problem);
    }
}
