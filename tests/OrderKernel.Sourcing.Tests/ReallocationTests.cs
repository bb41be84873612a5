using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OrderKernel.Cli;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sourcing.Tests;

public class ReallocationTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(300));

    [SharedDataTheory]
    [InlineData("20x8x6")]
    [InlineData("60x20x10")]
    [InlineData("200x40x14")]
    public void InSequence_ReferenceInstances_EqualsTheStoredSequentialValue(string size)
    {
        foreach (JsonElement instance in Instances(size))
        {
            ReallocationProblem problem = ReallocateCommand.Read(instance);
            ReallocationPlan plan = Reallocation.InSequence(problem);
            CheckPlan(problem, plan);
            Assert.Equal(instance.GetProperty("ref").GetProperty("greedy").GetInt64(), plan.Value);
        }
    }

    [SharedDataFact]
    public void ForValue_SixtyByTwenty_StaysNearTheOptimumAndStatesABoundAboveIt()
    {
        decimal below = 0;
        int count = 0;
        foreach (JsonElement instance in Instances("60x20x10"))
        {
            ReallocationProblem problem = ReallocateCommand.Read(instance);
            ReallocationPlan plan = Reallocation.ForValue(problem);
            CheckPlan(problem, plan);
            long optimum = instance.GetProperty("ref").GetProperty("objective").GetInt64();
            Assert.InRange(optimum, plan.Value, plan.UpperBound!.Value);
            below += 1 - ((decimal)plan.Value / optimum);
            count++;
        }

        Assert.True(below / count <= 0.015m, $"{below / count} below the optimum on average");
    }

    [Fact]
    public void ForValue_TinyBacklog_TruthLiesBetweenPlanAndBound() =>
        Prop.ForAll(Gen.Choose(0, 1 << 30).ToArbitrary(), seed =>
        {
            ReallocationProblem problem = Make(new Random(seed));
            long sequential = Reallocation.InSequence(problem).Value;
            ReallocationPlan plan = Reallocation.ForValue(problem, 20_000);
            CheckPlan(problem, plan);
            long truth = new BestGain(problem).Find();
            Assert.True(sequential <= plan.Value);
            Assert.InRange(truth, plan.Value, plan.UpperBound!.Value);
            Assert.True(truth <= Reallocation.UpperBound(problem));
        }).Check(Many);

    /// <summary>Where nothing couples SKUs or days, the best gain of one SKU is found by sequence alone.</summary>
    [Fact]
    public void InSequence_OneSkuEqualDaysNoLateness_ConfirmsTheGreatestValue() =>
        Prop.ForAll(Gen.Choose(0, 1 << 30).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var problem = new ReallocationProblem(
                3,
                [[new Receipt(0, new Quantity(random.Next(4))), new Receipt(2, new Quantity(random.Next(3)))]],
                [.. Enumerable.Range(0, 4).Select(i => new ReallocationOrder(
                    new OrderId("o" + i), i, 0, false, 0, [new ReallocationLine(0, new Quantity(random.Next(4)), 50 - (10 * i))]))]);
            Assert.Equal(new BestGain(problem).Find(), Reallocation.InSequence(problem).Value);
        }).Check(Many);

    [Fact]
    public void Reallocate_OrdersInAnotherOrder_SameConfirmations() =>
        Prop.ForAll(Gen.Choose(0, 1 << 30).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            ReallocationProblem problem = Make(random);
            ReallocationOrder[] shuffled = [.. problem.Orders];
            random.Shuffle(shuffled);
            var other = new ReallocationProblem(problem.Days, problem.Receipts, [.. shuffled]);
            Assert.Equal(Told(problem, Reallocation.InSequence(problem)), Told(other, Reallocation.InSequence(other)));
            Assert.Equal(Told(problem, Reallocation.ForValue(problem, 3_000)), Told(other, Reallocation.ForValue(other, 3_000)));
        }).Check(Many);

    private static IEnumerable<JsonElement> Instances(string size) =>
        File.ReadLines(SharedData.PathOf("bop-instances", size + ".jsonl")).Select(l => JsonDocument.Parse(l).RootElement);

    private static string Told(ReallocationProblem problem, ReallocationPlan plan) => string.Join(
        ";", plan.Confirmed.Select(c => $"{problem.Orders[c.Order].Id}.{c.Line}@{c.Day}x{c.Quantity}").Order(StringComparer.Ordinal));

    private static ReallocationProblem Make(Random random)
    {
        int days = random.Next(1, 4), skus = random.Next(1, 3);
        return new ReallocationProblem(
            days,
            [.. Enumerable.Range(0, skus).Select(_ => Enumerable.Range(0, random.Next(0, 3))
                .Select(_ => new Receipt(random.Next(days), new Quantity(random.Next(0, 4)))).ToImmutableArray())],
            [.. Enumerable.Range(0, random.Next(0, 4)).Select(i => new ReallocationOrder(
                new OrderId("o" + i.ToString(CultureInfo.InvariantCulture)), random.Next(3), random.Next(days + 1), random.Next(2) == 0,
                random.Next(0, 6),
                [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => new ReallocationLine(
                    random.Next(skus), new Quantity(random.Next(0, 4)), random.Next(0, 20)))]))]);
    }

    /// <summary>Supply, request days, quantities and complete orders hold, and the value is what the confirmations gain.</summary>
    private static void CheckPlan(ReallocationProblem problem, ReallocationPlan plan)
    {
        long value = 0;
        var used = new Dictionary<(int Sku, int Day), long>();
        foreach (IGrouping<int, Confirmation> group in plan.Confirmed.GroupBy(c => c.Order))
        {
            ReallocationOrder order = problem.Orders[group.Key];
            foreach (Confirmation c in group)
            {
                Assert.InRange(c.Day, order.RequestedDay, problem.Days - 1);
                value += c.Quantity.Units * (order.Lines[c.Line].UnitValue - (order.LateCost * (c.Day - order.RequestedDay)));
                var key = (order.Lines[c.Line].Sku, c.Day);
                used[key] = used.GetValueOrDefault(key) + c.Quantity.Units;
            }

            for (int line = 0; line < order.Lines.Length; line++)
            {
                long confirmed = group.Where(c => c.Line == line).Sum(c => c.Quantity.Units);
                Assert.True(
                    order.IsComplete ? confirmed == order.Lines[line].Quantity.Units : confirmed <= order.Lines[line].Quantity.Units);
            }

            Assert.True(!order.IsComplete || group.Select(c => c.Day).Distinct().Count() == 1);
        }

        Assert.Equal(value, plan.Value);
        for (int sku = 0; sku < problem.Receipts.Length; sku++)
        {
            for (int day = 0; day < problem.Days; day++)
            {
                Assert.True(used.Where(u => u.Key.Sku == sku && u.Key.Day <= day).Sum(u => u.Value)
                    <= problem.Receipts[sku].Where(r => r.Day <= day).Sum(r => r.Quantity.Units));
            }
        }
    }

    /// <summary>Tries every way to confirm every order.</summary>
    private sealed class BestGain(ReallocationProblem problem)
    {
        private readonly Dictionary<(int Sku, int Day), long> used = [];

        public long Find() => Order(0);

        private long Order(int index)
        {
            if (index == problem.Orders.Length)
            {
                return 0;
            }

            ReallocationOrder order = problem.Orders[index];
            if (!order.IsComplete)
            {
                return Line(index, 0, order.RequestedDay, order.Lines.Length == 0 ? 0 : order.Lines[0].Quantity.Units);
            }

            long best = Order(index + 1);
            for (int day = order.RequestedDay; day < problem.Days; day++)
            {
                foreach (ReallocationLine line in order.Lines)
                {
                    Use(line.Sku, day, line.Quantity.Units);
                }

                if (order.Lines.All(l => Fits(l.Sku)))
                {
                    long gain = order.Lines.Sum(l => l.Quantity.Units * (l.UnitValue - (order.LateCost * (day - order.RequestedDay))));
                    best = Math.Max(best, gain + Order(index + 1));
                }

                foreach (ReallocationLine line in order.Lines)
                {
                    Use(line.Sku, day, -line.Quantity.Units);
                }
            }

            return best;
        }

        private long Line(int index, int line, int day, long left)
        {
            ReallocationOrder order = problem.Orders[index];
            if (line == order.Lines.Length)
            {
                return Order(index + 1);
            }

            if (day >= problem.Days)
            {
                long next = line + 1 < order.Lines.Length ? order.Lines[line + 1].Quantity.Units : 0;
                return Line(index, line + 1, order.RequestedDay, next);
            }

            long best = long.MinValue;
            for (long units = 0; units <= left; units++)
            {
                Use(order.Lines[line].Sku, day, units);
                if (Fits(order.Lines[line].Sku))
                {
                    long gain = units * (order.Lines[line].UnitValue - (order.LateCost * (day - order.RequestedDay)));
                    best = Math.Max(best, gain + Line(index, line, day + 1, left - units));
                }

                Use(order.Lines[line].Sku, day, -units);
            }

            return best;
        }

        private void Use(int sku, int day, long units) => used[(sku, day)] = used.GetValueOrDefault((sku, day)) + units;

        private bool Fits(int sku)
        {
            long need = 0, have = 0;
            for (int day = 0; day < problem.Days; day++)
            {
                need += used.GetValueOrDefault((sku, day));
                have += problem.Receipts[sku].Where(r => r.Day == day).Sum(r => r.Quantity.Units);
                if (need > have)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
