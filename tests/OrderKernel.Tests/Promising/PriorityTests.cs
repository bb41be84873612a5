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
using Xunit;

namespace OrderKernel.Tests.Promising;

public class PriorityTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 2, 8, 0);

    private static readonly PriorityPolicy Packing = new(ImmutableArray.Create(
        PriorityRule.ByCode(PriorityFact.CustomerLevel, 50, Table(("三甲", 1000), ("二甲", 600))),
        PriorityRule.ByDistance(20, 50_000),
        PriorityRule.ByDeadline(PriorityFact.SterileBy, 30, Duration.FromHours(48))));

    private static readonly PriorityPolicy Queue = new(ImmutableArray.Create(
        PriorityRule.ByCode(PriorityFact.CustomerLevel, 40, Table(("VIP", 1000), ("普通", 250))),
        PriorityRule.ByCode(PriorityFact.PaymentMethod, 20, Table(("电汇", 1000), ("账期", 400))),
        PriorityRule.ByDeadline(PriorityFact.Due, 30, Duration.FromHours(48)),
        PriorityRule.ByWaiting(12, Duration.FromDays(1))));

    [Fact]
    [Trait("Req", "S0-10")]
    public void Rank_PackingQueue_IsACBWithThreeTermsEach()
    {
        PriorityFacts a = new(new OrderId("A"), Now, "三甲", distanceMetres: 30_000, sterileBy: Now + Duration.FromHours(4));
        PriorityFacts b = new(new OrderId("B"), Now, "二甲", distanceMetres: 5_000, sterileBy: Now + Duration.FromHours(24));
        PriorityFacts c = new(new OrderId("C"), Now, "三甲", distanceMetres: 10_000, sterileBy: Now + Duration.FromHours(24));
        ImmutableArray<PriorityScore> ranked = Packing.Rank(ImmutableArray.Create(b, c, a), Now);
        Assert.Equal("A C B", string.Join(" ", ranked.Select(score => score.Facts.Order.Text)));
        Assert.Equal(new long[] { 50_000, 8_000, 27_500 }, ranked[0].Terms.Select(term => term.Points));
        Assert.Equal(new long[] { 50_000, 16_000, 15_000 }, ranked[1].Terms.Select(term => term.Points));
        Assert.Equal(new long[] { 30_000, 18_000, 15_000 }, ranked[2].Terms.Select(term => term.Points));
        Assert.All(ranked, score => Assert.Equal(score.Score, score.Terms.Sum(term => term.Points)));
        Assert.Equal(new[] { "三甲", "30000", "2026-11-02T12:00:00Z" }, ranked[0].Terms.Select(term => term.Stated));

        // Ties: placed first, then the id.
        PriorityFacts later = new(new OrderId("0"), Now + Duration.FromSeconds(1), "二甲", distanceMetres: 5_000, sterileBy: b.SterileBy);
        PriorityFacts twin = new(new OrderId("B2"), Now, "二甲", distanceMetres: 5_000, sterileBy: b.SterileBy);
        ranked = Packing.Rank(ImmutableArray.Create(later, twin, b), Now);
        Assert.Equal("B B2 0", string.Join(" ", ranked.Select(score => score.Facts.Order.Text)));
    }

    [Fact]
    [Trait("Req", "S3-15")]
    public void Rank_PendingOrders_FollowLevelPaymentAndUrgencyAndRiseWithTime()
    {
        PriorityFacts first = Order("1", "VIP", "电汇", 4);
        PriorityFacts second = Order("2", "VIP", "账期", 4);
        PriorityFacts third = Order("3", "普通", "电汇", 24);
        ImmutableArray<PriorityFacts> all = ImmutableArray.Create(third, second, first);
        ImmutableArray<PriorityScore> ranked = Queue.Rank(all, Now);
        Assert.Equal("1 2 3", string.Join(" ", ranked.Select(score => score.Facts.Order.Text)));
        Assert.Equal(new[] { 40_000L, 20_000, 27_500, 0 }, ranked[0].Terms.Select(term => term.Points));

        // After 20 hours the third has risen: by its deadline, which is four hours away now, and by having waited.
        Instant later = Now + Duration.FromHours(20);
        long rise = Queue.Score(third, later) - Queue.Score(third, Now);
        Assert.Equal(12_500 + 10_000, rise);
        PriorityFacts fresh = new(new OrderId("4"), later, "VIP", "账期", later + Duration.FromHours(24));
        PriorityFacts asItWas = new(new OrderId("4"), Now, "VIP", "账期", Now + Duration.FromHours(24));
        Assert.True(Queue.Score(third, Now) < Queue.Score(asItWas, Now));
        Assert.True(Queue.Score(third, later) > Queue.Score(fresh, later));

        // The same inputs rank alike, whatever order they come in.
        ImmutableArray<PriorityFacts> shuffled = ImmutableArray.Create(first, third, second);
        Assert.Equal(Queue.Rank(all, later).Select(score => score.Facts), Queue.Rank(shuffled, later).Select(score => score.Facts));

        // Nothing starves: past the bound the poorest line comes before the richest that is placed only then.
        Instant bound = Now + Queue.StarvesNoLongerThan!.Value;
        PriorityFacts poorest = new(new OrderId("9"), Now);
        PriorityFacts richest = new(new OrderId("0"), bound, "VIP", "电汇", bound);
        Assert.Equal("9", Queue.Rank(ImmutableArray.Create(richest, poorest), bound)[0].Facts.Order.Text);
        Assert.True(Queue.Score(poorest, bound - Duration.FromHours(1)) < Queue.Score(richest, bound));
        Assert.Null(Packing.StarvesNoLongerThan);
    }

    [Fact]
    public void Sort_AnyLines_IsTheRankWhateverTheirOrder() =>
        Prop.ForAll(Gen.Choose(0, 1 << 30).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var lines = Enumerable.Range(0, random.Next(30)).Select(i => new PriorityFacts(
                new OrderId("O" + random.Next(4)), Now - Duration.FromHours(random.Next(3)), random.Next(2) == 0 ? "VIP" : "普通",
                random.Next(2) == 0 ? "电汇" : string.Empty, random.Next(2) == 0 ? Now + Duration.FromHours(random.Next(60)) : null,
                line: i)).ToImmutableArray();
            PriorityFacts[] naive = lines.OrderByDescending(line => Queue.Explain(line, Now).Terms.Sum(term => term.Points))
                .ThenBy(line => line.PlacedAt).ThenBy(line => line.Order.Text, StringComparer.Ordinal).ThenBy(line => line.Line).ToArray();
            ImmutableArray<PriorityFacts> shuffled = lines.OrderBy(_ => random.Next()).ToImmutableArray();
            return Queue.Sort(shuffled, Now).Select(at => shuffled[at]).SequenceEqual(naive);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Policy_SameFactTwice_IsRefused()
    {
        PriorityRule near = PriorityRule.ByDistance(1, 1);
        Assert.Throws<ArgumentException>(() => new PriorityPolicy(ImmutableArray.Create(near, near)));
        Assert.Throws<ArgumentException>(() => PriorityRule.ByDeadline(PriorityFact.Distance, 1, Duration.FromDays(1)));
        Assert.Throws<ArgumentException>(() => PriorityRule.ByCode(PriorityFact.Tier, 1, Table(("A", 1001))));
    }

    private static PriorityFacts Order(string id, string level, string payment, int dueInHours) =>
        new(new OrderId(id), Now, level, payment, Now + Duration.FromHours(dueInHours));

    private static Dictionary<string, int> Table(params (string Code, int Permille)[] entries) =>
        entries.ToDictionary(entry => entry.Code, entry => entry.Permille, StringComparer.Ordinal);
}
