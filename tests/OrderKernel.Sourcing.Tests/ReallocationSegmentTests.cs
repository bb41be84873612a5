using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Tests.Shared;
using Xunit;

namespace OrderKernel.Sourcing.Tests;

/// <summary>The laws of the strategies, on whatever backlog: stated on the pieces confirmed up to each day.</summary>
public class ReallocationSegmentTests
{
    private const int Days = 5;
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(400));
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 2, 8, 0);
    private static readonly Sku[] Skus = { new("A"), new("B") };

    [Fact]
    public void Simulate_AnyBacklog_KeepsTheLawOfEachStrategy() => ForAll((backlog, plan) =>
    {
        foreach (LineReallocation line in plan.Lines)
        {
            WaitingLine asked = backlog.Line(line.Order, line.Line);
            long[] had = Cumulative(line.Before), has = Cumulative(line.After);
            bool more = had.Zip(has, (b, a) => a >= b).All(x => x), less = had.Zip(has, (b, a) => a <= b).All(x => x);
            bool kept = line.Strategy switch
            {
                ReallocationStrategy.Win => line.IsException
                    != (asked.Quantity.IsZero || (asked.RequestedDay < Days && has[asked.RequestedDay] == asked.Quantity.Units))
                    || backlog.IsComplete(line.Order),
                ReallocationStrategy.Gain or ReallocationStrategy.Improve => more || line.IsException,
                ReallocationStrategy.Fill => less,
                ReallocationStrategy.Lose => has[Days - 1] == 0,
                ReallocationStrategy.Skip => more && less,
                _ => true,
            };
            Assert.True(kept, $"{line} of {asked}");
            Assert.True(has[Days - 1] <= asked.Quantity.Units);
        }

        // Nobody is confirmed what does not come; the old confirmations of these backlogs are all covered, so nothing is excused.
        foreach (Sku sku in Skus)
        {
            for (int day = 0; day < Days; day++)
            {
                long confirmed = plan.Lines.Where(l => l.Sku == sku).Sum(l => Cumulative(l.After)[day]);
                Assert.True(confirmed <= backlog.Supply(sku, day), $"{sku} day {day}: {confirmed}");
            }
        }

        Assert.All(plan.Lines.Where(l => l.IsException), l => Assert.Equal(ReallocationStrategy.Win, l.Strategy));
    });

    [Fact]
    public void Simulate_CompleteDemand_IsWholeOnOneDayOrNotAtAll() => ForAll((backlog, plan) =>
    {
        IEnumerable<LineReallocation> complete = plan.Lines.Where(
            l => backlog.IsComplete(l.Order) && l.Strategy != ReallocationStrategy.Skip);
        foreach (IGrouping<OrderId, LineReallocation> order in complete.GroupBy(l => l.Order))
        {
            bool untouched = order.All(l => l.Before.SequenceEqual(l.After));
            int[] on = order.SelectMany(l => l.After.Select(part => part.Day)).Distinct().ToArray();
            bool whole = on.Length == 1
                && order.All(l => l.After.Sum(part => part.Quantity.Units) == backlog.Line(l.Order, l.Line).Quantity.Units);
            Assert.True(untouched || on.Length == 0 || whole, string.Join("; ", order));
        }
    });

    [Fact]
    public void Simulate_ImproveInsteadOfSkip_ChangesNothingForAnybodyElse() => ForAll((backlog, plan) =>
    {
        ImmutableArray<ReallocationSegment> asSkip = backlog.Segments.Select(s => s.Strategy == ReallocationStrategy.Improve
            ? new ReallocationSegment(s.Code, ReallocationStrategy.Skip, backlog.Filter(s.Code))
            : s).ToImmutableArray();
        SegmentedPlan without = SegmentedReallocation.Simulate(Days, backlog.Receipts, backlog.Demands, asSkip);
        Assert.Equal(
            Others(plan).Select(l => l.ToString().Replace("Skip", "*", StringComparison.Ordinal)),
            Others(without).Select(l => l.ToString().Replace("Skip", "*", StringComparison.Ordinal)));

        IEnumerable<(OrderId, int, string)> Others(SegmentedPlan p) => p.Lines
            .Where(l => backlog.StrategyOf(l.Segment) != ReallocationStrategy.Improve)
            .Select(l => (l.Order, l.Line, string.Join(",", l.After))).OrderBy(l => l.Item1).ThenBy(l => l.Item2);
    });

    [Fact]
    public void Simulate_ShuffledInput_ComesOutTheSame() => ForAll((backlog, plan) =>
    {
        var random = new Random(backlog.Demands.Length);
        SegmentedPlan again = SegmentedReallocation.Simulate(
            Days, backlog.Receipts.Reverse().ToImmutableArray(), backlog.Demands.OrderBy(_ => random.Next()).ToImmutableArray(),
            backlog.Segments);
        Assert.Equal(Text(plan), Text(again));
    });

    [Fact]
    public void Simulate_WhoLostWhatToWhom_AddsUp() => ForAll((backlog, plan) =>
    {
        for (int i = 0; i < plan.Lines.Length; i++)
        {
            long change = plan.Lines[i].After.Sum(p => p.Quantity.Units) - plan.Lines[i].Before.Sum(p => p.Quantity.Units);
            long taken = plan.Displacements.Where(d => d.Taker == i).Sum(d => d.Quantity.Units);
            long given = plan.Displacements.Where(d => d.Loser == i).Sum(d => d.Quantity.Units);
            Assert.Equal(change, taken - given);
        }

        foreach (Sku sku in Skus)
        {
            long free = backlog.Supply(sku, Days) - plan.Lines.Where(l => l.Sku == sku).Sum(l => l.Before.Sum(p => p.Quantity.Units));
            Assert.True(plan.Displacements.Where(d => d.Sku == sku && d.Loser is null).Sum(d => d.Quantity.Units) <= free);
        }

        Assert.All(plan.Displacements, d =>
        {
            Assert.True(d.Loser is not null || d.Taker is not null);
            Assert.NotEqual(d.Loser, d.Taker);
            Assert.All(
                new[] { d.Loser, d.Taker }.Where(line => line is not null), line => Assert.Equal(d.Sku, plan.Lines[line!.Value].Sku));
            Assert.True(d.Loser is null || plan.Lines[d.Loser.Value].Strategy != ReallocationStrategy.Skip);
        });
    });

    [Fact]
    public void Simulate_OneSku_EqualsThePieceByPieceReference() =>
        Prop.ForAll(Gen.Choose(0, 1 << 30).ToArbitrary(), seed =>
        {
            var backlog = new Backlog(new Random(seed), skus: 1, complete: false);
            SegmentedPlan plan = SegmentedReallocation.Simulate(Days, backlog.Receipts, backlog.Demands, backlog.Segments);
            var inOrder = plan.Lines.Select(l => (backlog.Demands.Single(d => d.Facts.Order == l.Order), l.Strategy));
            long[] receipts = Enumerable.Range(0, Days).Select(
                day => backlog.Supply(Skus[0], day) - (day == 0 ? 0 : backlog.Supply(Skus[0], day - 1))).ToArray();
            Dictionary<WaitingDemand, long[]> naive = new NaiveSegments(Days, receipts, inOrder).Run();
            foreach (LineReallocation line in plan.Lines)
            {
                long[] byDay = new long[Days];
                foreach (DayQuantity part in line.After)
                {
                    byDay[part.Day] += part.Quantity.Units;
                }

                Assert.Equal(naive.Single(n => n.Key.Facts.Order == line.Order).Value, byDay);
            }
        }).Check(Many);

    [Fact]
    public void Simulate_VipWinsFromTheRest_SaysWhoLostWhatToWhomByWhichRule()
    {
        WaitingDemand vip = Demand("VIP", 9, new WaitingLine(1, Skus[0], new Quantity(6), 0, default));
        WaitingDemand rich = Demand("RICH", 5, new WaitingLine(1, Skus[0], new Quantity(5), 0, Day(0, 5)));
        WaitingDemand poor = Demand("POOR", 1, new WaitingLine(1, Skus[0], new Quantity(4), 0, Day(0, 4)));
        var supply = ImmutableArray.Create(new SkuSupply(Skus[0], ImmutableArray.Create(
            new DayQuantity(0, new Quantity(10)), new DayQuantity(3, new Quantity(2)))));
        SegmentedPlan plan = SegmentedReallocation.Simulate(
            Days, supply, ImmutableArray.Create(poor, rich, vip), ImmutableArray.Create(
                new ReallocationSegment("vip", ReallocationStrategy.Win, d => d.Score > 8),
                new ReallocationSegment("others", ReallocationStrategy.Redistribute)));
        Assert.Equal("VIP RICH POOR", string.Join(" ", plan.Lines.Select(l => l.Order.Text)));
        Assert.Equal(
            new[] { "0:6", "0:4 3:1", "3:1" },
            plan.Lines.Select(l => string.Join(" ", l.After.Select(p => $"{p.Day}:{p.Quantity}"))));
        Assert.False(plan.Lines[0].IsException);

        // One piece was nobody's; four came from the line served last and one from the other, which both get later ones.
        Assert.Equal(
            new[] { (1L, (int?)null, 0), (4, 2, 0), (1, 1, 0), (1, null, 1), (1, null, 2) },
            plan.Displacements.Select(d => (d.Quantity.Units, d.Loser, d.Taker!.Value)));
        Assert.Equal(("others", ReallocationStrategy.Redistribute), (plan.Lines[2].Segment, plan.Lines[2].Strategy));
    }

    [Fact]
    public void Simulate_WhatWasConfirmedDoesNotCome_IsAnExceptionOfGain()
    {
        WaitingDemand order = Demand("O", 1, new WaitingLine(1, Skus[0], new Quantity(4), 0, Day(1, 4)));
        var supply = ImmutableArray.Create(new SkuSupply(Skus[0], Day(2, 3)));
        SegmentedPlan plan = SegmentedReallocation.Simulate(
            Days, supply, ImmutableArray.Create(order), ImmutableArray.Create(new ReallocationSegment("all", ReallocationStrategy.Gain)));
        Assert.True(plan.Lines[0].IsException);
        Assert.Equal(Day(2, 3).AsEnumerable(), plan.Lines[0].After);
    }

    private static ImmutableArray<DayQuantity> Day(int day, long units) => ImmutableArray.Create(new DayQuantity(day, new Quantity(units)));

    private static WaitingDemand Demand(string order, long score, params WaitingLine[] lines) =>
        new(new PriorityFacts(new OrderId(order), Now), score, lines.ToImmutableArray());

    private static long[] Cumulative(ImmutableArray<DayQuantity> parts) =>
        Enumerable.Range(0, Days).Select(day => parts.Where(p => p.Day <= day).Sum(p => p.Quantity.Units)).ToArray();

    private static string Text(SegmentedPlan plan) =>
        string.Join("\n", plan.Lines.Select(l => $"{l.Order}/{l.Line} {l.Segment} {string.Join(",", l.After)} {l.IsException}"))
        + string.Join("\n", plan.Displacements);

    private static void ForAll(Action<Backlog, SegmentedPlan> law) =>
        Prop.ForAll(Gen.Choose(0, 1 << 30).ToArbitrary(), seed =>
        {
            var backlog = new Backlog(new Random(seed), skus: 2, complete: true);
            law(backlog, SegmentedReallocation.Simulate(Days, backlog.Receipts, backlog.Demands, backlog.Segments));
        }).Check(Many);

    /// <summary>A generated backlog whose old confirmations are covered by its supply.</summary>
    private sealed class Backlog
    {
        private readonly Dictionary<string, int> kind = [];

        public Backlog(Random random, int skus, bool complete)
        {
            ReallocationStrategy[] strategies = Enum.GetValues<ReallocationStrategy>();
            Segments = strategies.OrderBy(_ => random.Next()).Take(random.Next(1, strategies.Length))
                .Select((s, i) => new ReallocationSegment("s" + i, s, Filter("s" + i))).ToImmutableArray();
            var receipts = Skus.Take(skus).ToDictionary(s => s, _ => Enumerable.Range(0, Days).Select(_ => (long)random.Next(6)).ToArray());
            Demands = Enumerable.Range(0, random.Next(1, 9))
                .Select(i => Make(random, "O" + i, skus, complete && random.Next(3) == 0, receipts)).ToImmutableArray();
            Receipts = receipts.Select(r => new SkuSupply(
                r.Key, r.Value.Select((units, day) => new DayQuantity(day, new Quantity(units))).ToImmutableArray())).ToImmutableArray();
        }

        public ImmutableArray<ReallocationSegment> Segments { get; }

        public ImmutableArray<SkuSupply> Receipts { get; }

        public ImmutableArray<WaitingDemand> Demands { get; }

        // Each order draws the place of its segment; beyond the last one no segment takes it.
        public Func<WaitingDemand, bool> Filter(string code) => demand => "s" + kind[demand.Facts.Order.Text] == code;

        public ReallocationStrategy StrategyOf(string code) =>
            Segments.FirstOrDefault(s => s.Code == code)?.Strategy ?? ReallocationStrategy.Skip;

        public WaitingLine Line(OrderId order, int line) => Demands.Single(d => d.Facts.Order == order).Lines.Single(l => l.Number == line);

        public bool IsComplete(OrderId order) => Demands.Single(d => d.Facts.Order == order).IsComplete;

        public long Supply(Sku sku, int day) =>
            Receipts.Where(r => r.Sku == sku).SelectMany(r => r.Receipts).Where(r => r.Day <= day).Sum(r => r.Quantity.Units);

        // What was confirmed came in, too: the receipts grow by it, on the day or before.
        private WaitingDemand Make(Random random, string id, int skus, bool complete, Dictionary<Sku, long[]> receipts)
        {
            kind[id] = random.Next(Segments.Length + 1);
            bool held = random.Next(2) == 0;
            int on = random.Next(Days), requested = random.Next(Days + 1);
            var lines = Enumerable.Range(1, skus == 1 ? 1 : random.Next(1, 4)).Select(number =>
            {
                Sku sku = Skus[random.Next(skus)];
                long wanted = random.Next(1, 7), had = complete ? (held ? wanted : 0) : random.Next((int)wanted + 1);
                int day = complete ? on : random.Next(Days);
                receipts[sku][random.Next(day + 1)] += had;
                return new WaitingLine(number, sku, new Quantity(wanted), requested, had > 0 ? Day(day, had) : default);
            });
            return new WaitingDemand(
                new PriorityFacts(new OrderId(id), Now + Duration.FromHours(random.Next(3))), random.Next(3),
                lines.ToImmutableArray(), complete);
        }
    }
}
