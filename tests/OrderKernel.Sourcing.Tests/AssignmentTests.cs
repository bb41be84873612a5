using System;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Cli;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sourcing.Tests;

public class AssignmentTests
{
    private const long Unassigned = 100;

    [Fact]
    public void Solve_TinyAssignment_CostsWhatTryingEverythingCosts_AndPricesProveIt() =>
        Prop.ForAll(Gen.Choose(0, 1 << 30).ToArbitrary(), seed =>
        {
            (ImmutableArray<AssignmentPlace> places, ImmutableArray<ImmutableArray<AssignmentOption>> options) = Make(new Random(seed));
            AssignmentPlan plan = WholeOrderAssignment.Solve(places, options, Unassigned);
            for (int place = 0; place < places.Length; place++)
            {
                Assert.True(plan.PlaceOf.Count(p => p == place) <= places[place].Room);
            }

            Assert.Equal(Least(options, [.. places.Select(p => p.Room)], 0), plan.Cost);
            Assert.Equal(
                plan.Cost,
                plan.PlaceOf.Select((p, order) => p < 0 ? Unassigned : options[order].First(o => o.Place == p).Cost).Sum());
            Assert.Equal(plan.Cost, plan.LowerBound);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(300)));

    [Fact]
    public void LowerBound_AlteredPrices_NeverAboveTheCheapest() =>
        Prop.ForAll(Gen.Choose(0, 1 << 30).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            (ImmutableArray<AssignmentPlace> places, ImmutableArray<ImmutableArray<AssignmentOption>> options) = Make(random);
            ImmutableArray<long> prices = [.. places.Select(_ => random.NextInt64(-200, 300))];
            Assert.True(WholeOrderAssignment.LowerBound(places, options, Unassigned, prices)
                <= Least(options, [.. places.Select(p => p.Room)], 0));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(300)));

    [SharedDataFact]
    public void Brunel_BothModels_CostTheReference()
    {
        string folder = SharedData.PathOf("brunel-logistics");
        var data = new BrunelData(folder);
        JsonElement reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "reference.json"))).RootElement;
        long unassigned = 1_000_000 * BrunelData.Scale;

        AssignmentPlan costOnly = WholeOrderAssignment.Solve(data.Places(7), data.Options, unassigned);
        Near(reference.GetProperty("results").GetProperty("7"), costOnly);

        AssignmentPlan late = WholeOrderAssignment.Solve(data.PlacesByDay(9), data.OptionsByDay(9, 50m), unassigned);
        Near(reference.GetProperty("BL-2"), late);
        Assert.Equal(
            reference.GetProperty("BL-2").GetProperty("lateOrderDays").GetDecimal(),
            late.PlaceOf.Select((place, order) => data.LateDays(order, place % 9)).Sum());
    }

    /// <summary>The pairs and costs worked out from the tables are those that the data set lists.</summary>
    [SharedDataFact]
    public void Brunel_PairCosts_AreTheListedOnes()
    {
        string folder = SharedData.PathOf("brunel-logistics");
        var data = new BrunelData(folder);
        var listed = File.ReadLines(Path.Combine(folder, "pair-costs.csv")).Skip(1).Select(l => l.Split(',')).ToLookup(
            r => int.Parse(r[0], CultureInfo.InvariantCulture),
            r => (r[1], decimal.Parse(r[2], NumberStyles.Float, CultureInfo.InvariantCulture)));
        for (int order = 0; order < data.Options.Length; order++)
        {
            var expected = listed[order].OrderBy(x => x.Item1, StringComparer.Ordinal).ToArray();
            Assert.Equal(expected.Select(x => x.Item1), data.Options[order].Select(o => data.Plants[o.Place]));
            Assert.All(expected.Zip(data.Options[order]), pair =>
                Assert.InRange(((decimal)pair.Second.Cost / BrunelData.Scale) - pair.First.Item2, -0.000001m, 0.000001m));
        }
    }

    private static void Near(JsonElement reference, AssignmentPlan plan)
    {
        decimal cost = (decimal)plan.Cost / BrunelData.Scale;
        Assert.Equal(plan.LowerBound, plan.Cost);

        // The reference is printed to four decimals.
        Assert.InRange(cost - reference.GetProperty("objective").GetDecimal(), -0.0001m, 0.0001m);
    }

    private static (ImmutableArray<AssignmentPlace> Places, ImmutableArray<ImmutableArray<AssignmentOption>> Options) Make(Random random)
    {
        int places = random.Next(1, 5);
        return (
            [.. Enumerable.Range(0, places).Select(i => new AssignmentPlace("p" + i, random.Next(0, 3)))],
            [.. Enumerable.Range(0, random.Next(0, 7)).Select(_ => Enumerable.Range(0, places).Where(_ => random.Next(3) > 0)
                .Select(place => new AssignmentOption(place, random.Next(0, 101))).ToImmutableArray())]);
    }

    private static long Least(ImmutableArray<ImmutableArray<AssignmentOption>> options, int[] room, int order)
    {
        if (order == options.Length)
        {
            return 0;
        }

        long best = Unassigned + Least(options, room, order + 1);
        foreach (AssignmentOption option in options[order])
        {
            if (room[option.Place] > 0)
            {
                room[option.Place]--;
                best = Math.Min(best, option.Cost + Least(options, room, order + 1));
                room[option.Place]++;
            }
        }

        return best;
    }
}
