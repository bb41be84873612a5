using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using OrderKernel.Cli;
using OrderKernel.Measures;
using OrderKernel.Scarcity;

namespace OrderKernel.Sourcing.Benchmarks;

/// <summary>The stored instances with their references, and the backlog of a million lines.</summary>
internal static class Instances
{
    public static string? Folder { get; } = Find();

    public static JsonElement[] Read(string set, string size) =>
        [.. File.ReadLines(Path.Combine(Folder!, set, size + ".jsonl")).Select(l => JsonDocument.Parse(l).RootElement.Clone())];

    public static SourcingProblem[] Problems(string size) => [.. Read("split-instances", size).Select(SourcingJson.Read)];

    /// <summary>1,000,000 lines in 250,000 orders over 20,000 SKUs, 60 days and 5 tiers; every fourth order complete.</summary>
    public static ReallocationProblem Million()
    {
        var random = new Random(7);
        var receipts = Enumerable.Range(0, 20_000).Select(_ => Enumerable.Range(0, 4)
            .Select(_ => new Receipt(random.Next(60), new Quantity(random.Next(50, 400)))).ToImmutableArray()).ToImmutableArray();
        ImmutableArray<ReallocationOrder> orders = [.. Enumerable.Range(0, 250_000).Select(i => new ReallocationOrder(
            new OrderId(random.Next(1_000_000_000).ToString("D10", CultureInfo.InvariantCulture) + "-" + i),
            random.Next(5), random.Next(50), i % 4 == 0, random.Next(0, 3),
            [.. Enumerable.Range(0, 4).Select(_ => new ReallocationLine(
                random.Next(20_000), new Quantity(random.Next(1, 40)), random.Next(50, 900)))]))];
        return new ReallocationProblem(60, receipts, orders);
    }

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string data = Path.Combine(at.FullName, "..", "shared", "data");
            if (File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")) && Directory.Exists(data))
            {
                return data;
            }
        }

        return null;
    }
}
