using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using OrderKernel.Sourcing;

namespace OrderKernel.Cli;

/// <summary>The tables of the Brunel outbound logistics data set, as an assignment of whole orders to plants.</summary>
/// <remarks><para>Which plant may take an order and what it costs is worked out from the tables as MODEL.txt beside them
/// says; that lateness counts from the order's ship-ahead day is not said there, but its reference (9,755 late days) is
/// met exactly by it and by nothing else tried. Costs are in 1/100,000,000 of the data's currency.</para></remarks>
internal sealed class BrunelData
{
    public const long Scale = 100_000_000;

    private readonly string folder;
    private readonly Dictionary<string, decimal> costPerUnit;
    private readonly HashSet<(string Plant, string Product)> products;
    private readonly ILookup<string, string> ownCustomers;
    private readonly ILookup<(string Port, string Service), Rate> rates;
    private readonly ILookup<string, string> ports;

    public BrunelData(string folder)
    {
        this.folder = folder;
        costPerUnit = Rows("WhCosts.csv").ToDictionary(r => r[0], r => Number(r[1]));
        products = [.. Rows("ProductsPerPlant.csv").Select(r => (r[0], r[1]))];
        ownCustomers = Rows("VmiCustomers.csv").ToLookup(r => r[0], r => r[1]);
        ports = Rows("PlantPorts.csv").ToLookup(r => r[0], r => r[1]);
        rates = Rows("FreightRates.csv").Where(r => r[4] == "PORT09").ToLookup(
            r => (r[3], r[7]),
            r => new Rate(Number(r[5]), Number(r[6]), Number(r[8]), Number(r[9]), r[10].Trim() == "AIR"));
        string[][] capacities = Rows("WhCapacities.csv");
        Plants = [.. capacities.Select(r => r[0])];
        DailyCapacity = [.. capacities.Select(r => int.Parse(r[1], CultureInfo.InvariantCulture))];
        string[][] orders = Rows("OrderList.csv");
        Options = [.. orders.Select(OptionsOf)];
        Slack = [.. orders.Select(r => int.Parse(r[6], CultureInfo.InvariantCulture))];
    }

    private sealed record Rate(decimal MinWeight, decimal MaxWeight, decimal MinCost, decimal PerWeight, bool IsAir);

    public ImmutableArray<string> Plants { get; }

    public ImmutableArray<int> DailyCapacity { get; }

    public ImmutableArray<ImmutableArray<AssignmentOption>> Options { get; }

    /// <summary>By order, how many days after the first it may leave before it is late ("ship ahead day count").</summary>
    public ImmutableArray<int> Slack { get; }

    /// <summary>BL-1: each plant with its room of so many days.</summary>
    public ImmutableArray<AssignmentPlace> Places(int days) =>
        [.. Plants.Select((plant, i) => new AssignmentPlace(plant, days * DailyCapacity[i]))];

    /// <summary>BL-2: each day of each plant is a place; place = plant × days + day.</summary>
    public ImmutableArray<AssignmentPlace> PlacesByDay(int days) =>
        [.. Plants.SelectMany((plant, i) => Enumerable.Range(0, days).Select(day =>
            new AssignmentPlace(string.Create(CultureInfo.InvariantCulture, $"{plant} day {day}"), DailyCapacity[i])))];

    /// <summary>BL-2: the options by day, each day beyond the order's slack at an extra cost.</summary>
    public ImmutableArray<ImmutableArray<AssignmentOption>> OptionsByDay(int days, decimal costPerLateDay) =>
        [.. Options.Select((options, order) => options.SelectMany(option => Enumerable.Range(0, days).Select(day =>
            new AssignmentOption(
                (option.Place * days) + day,
                option.Cost + (long)(LateDays(order, day) * costPerLateDay * Scale)))).ToImmutableArray())];

    /// <summary>The days that an order leaving on a day is late.</summary>
    public int LateDays(int order, int day) => Math.Max(0, day - Slack[order]);

    private ImmutableArray<AssignmentOption> OptionsOf(string[] order)
    {
        string service = order[5], customer = order[8], product = order[9];
        decimal quantity = Number(order[12]), weight = Number(order[13]);
        var options = ImmutableArray.CreateBuilder<AssignmentOption>();
        for (int i = 0; i < Plants.Length; i++)
        {
            string plant = Plants[i];
            bool serves = products.Contains((plant, product))
                && (!ownCustomers.Contains(plant) || ownCustomers[plant].Contains(customer));
            if (serves && Freight(plant, service, weight) is { } freight)
            {
                options.Add(new AssignmentOption(i, (long)decimal.Round(((quantity * costPerUnit[plant]) + freight) * Scale)));
            }
        }

        return options.ToImmutable();
    }

    /// <summary>The cheapest fitting freight; null when no row fits. The customer collects a CRF order.</summary>
    private decimal? Freight(string plant, string service, decimal weight) => service == "CRF"
        ? 0
        : ports[plant].SelectMany(port => rates[(port, service)])
            .Where(rate => rate.MinWeight <= weight && weight <= rate.MaxWeight)
            .Select(rate => rate.IsAir
                ? Math.Max(rate.MinCost, rate.PerWeight * weight)
                : (decimal?)(rate.PerWeight * weight / rate.MaxWeight))
            .Min();

    private string[][] Rows(string file) =>
        [.. TextFile.Lines(Path.Combine(folder, file)).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))];

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
