using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using OrderKernel.Tests.Shared;
using Xunit;
using static OrderKernel.Promising.Tests.Stock.SmallPictures;

namespace OrderKernel.Promising.Tests.Stock;

/// <summary>Laws of what may be promised, checked against trying every way of serving small pictures.</summary>
public class AvailableToPromiseProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(2_000));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FreeOn_IsTheMostThatBreaksNoPromise(bool withLife) => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        SupplyPicture picture = Make(random, withLife);
        if (!CanServe(picture))
        {
            return;
        }

        LocalDate day = Today.PlusDays(random.Next(0, Days));
        LocalDate? life = withLife ? day.PlusDays(random.Next(0, 3)) : null;
        long free = new SupplyBook(picture).At(Bolt, Main).FreeOn(day, life).Units;
        Assert.True(CanServe(picture, new DatedHold(Bolt, Main, day, new Quantity(free), life)));
        Assert.False(CanServe(picture, new DatedHold(Bolt, Main, day, new Quantity(free + 1), life)));
    }).Check(Thorough);

    [Fact]
    public void TryHold_AnySequence_HoldsExactlyWhatCanBeServed() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        bool withLife = random.Next(2) == 0;
        SupplyPicture picture = Make(random, withLife, withHolds: false);
        var book = new SupplyBook(picture);
        for (int i = 0; i < 6; i++)
        {
            LocalDate day = Today.PlusDays(random.Next(0, Days));
            var hold = new DatedHold(Bolt, Main, day, new Quantity(random.Next(1, 5)), withLife ? day.PlusDays(random.Next(0, 3)) : null);
            bool can = CanServe(picture, hold);
            Assert.Equal(can, book.TryHold(hold));
            picture = can ? picture.With([hold]) : picture;
            SupplyShelf afresh = new SupplyBook(picture).At(Bolt, Main), kept = book.At(Bolt, Main);
            Assert.All(Enumerable.Range(0, Days).Select(d => Today.PlusDays(d)), d => Assert.Equal(afresh.FreeOn(d), kept.FreeOn(d)));
            LocalDate? life = withLife ? day.PlusDays(1) : null;
            Assert.Equal(kept.FreeOn(day, life), book.FreeOn(Bolt, Main, day, life));
        }
    }).Check(Thorough);

    /// <summary>Where no lot expires the matching and the suffix minimum are one: an endless life counts as none.</summary>
    [Fact]
    public void FreeOn_LivesBeyondTheHorizon_EqualsNoLifeAtAll() => Prop.ForAll(Seeds, seed =>
    {
        SupplyPicture picture = Make(new Random(seed), withLife: false);
        ImmutableArray<DatedSupply> lasting = [.. picture.Supplies.Select(s => new DatedSupply(
            s.Cell, s.Kind, s.Quantity, s.From, Today.PlusDays(1_000)))];
        SupplyShelf plain = new SupplyBook(picture).At(Bolt, Main);
        SupplyShelf dated = new SupplyBook(new SupplyPicture(Today, Days, lasting, picture.Holds)).At(Bolt, Main);
        Assert.All(Enumerable.Range(0, Days).Select(d => Today.PlusDays(d)), d => Assert.Equal(plain.FreeOn(d), dated.FreeOn(d)));
    }).Check(Thorough);

    /// <summary>Against sums over the rows, for pictures too long and stock too large for trying every way.</summary>
    [Fact]
    public void FreeOnAndFirstDay_LongHorizonsAndGreatNumbers_EqualTheSumsOfTheRows() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        int days = random.Next(1, 500);
        long most = random.Next(3) switch { 0 => 9, 1 => int.MaxValue / 4, _ => 3L * int.MaxValue };
        LocalDate Day() => Today.PlusDays(random.Next(0, days));
        ImmutableArray<DatedSupply> supplies = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ =>
            new DatedSupply(new StockCell(Bolt, Main), SupplyKind.Receipt, new Quantity(random.NextInt64(most)), Day()))];
        ImmutableArray<DatedHold> holds = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ =>
            new DatedHold(Bolt, Main, Day(), new Quantity(random.NextInt64(most / 2))))];
        SafetyStock kept = new(Bolt, Main, new Quantity(random.NextInt64(1 + (most / 9))));
        var book = new SupplyBook(new SupplyPicture(Today, days, supplies, holds, [kept]));
        for (int i = 0; i < 4; i++)
        {
            var free = new long[days + 1];
            free[days] = long.MaxValue;
            for (int d = days - 1; d >= 0; d--)
            {
                LocalDate day = Today.PlusDays(d);
                free[d] = Math.Min(
                    free[d + 1],
                    supplies.Sum(s => s.From <= day ? s.Quantity.Units : 0) - holds.Sum(h => h.Day <= day ? h.Quantity.Units : 0));
            }

            long Free(int d) => Math.Max(0, free[d] - kept.Quantity.Units);
            var asked = new DatedHold(Bolt, Main, Day(), new Quantity(random.NextInt64(most)));
            int from = Period.DaysBetween(Today, asked.Day);
            int first = Enumerable.Range(from, days - from).FirstOrDefault(d => Free(d) >= asked.Quantity.Units, -1);
            Assert.Equal(Free(from), book.FreeOn(Bolt, Main, asked.Day).Units);
            Assert.Equal(Free(from), book.At(Bolt, Main).FreeOn(asked.Day).Units);
            Assert.Equal(
                first < 0 ? (LocalDate?)null : Today.PlusDays(first), book.At(Bolt, Main).FirstDay(asked.Quantity, asked.Day));
            Assert.Equal(Free(from) >= asked.Quantity.Units, book.TryHold(asked));
            holds = Free(from) >= asked.Quantity.Units ? holds.Add(asked) : holds;
        }
    }).Check(Thorough);

    [Fact]
    public void FirstDay_OfNothing_IsTheDayAskedCutToThePicture() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        LocalDate first = new LocalDate(1995, 1, 1).PlusDays(random.Next(0, 30_000));
        int days = random.Next(1, random.Next(2) == 0 ? 50 : SupplyPicture.MaxDays + 1);
        LocalDate last = first.PlusDays(days - 1), asked = first.PlusDays(random.Next(-50, days + 50));
        SupplyShelf shelf = new SupplyBook(new SupplyPicture(first, days, [])).At(Bolt, Main);
        Assert.Equal(LocalDate.Max(first, LocalDate.Min(last, asked)), shelf.FirstDay(Quantity.Zero, asked));
    }).Check(Thorough);

    [Fact]
    public void FreeOn_DayOfAnotherCalendar_IsRefused()
    {
        SupplyShelf shelf = new SupplyBook(new SupplyPicture(Today, Days, [])).At(Bolt, Main);
        Assert.Throws<ArgumentException>(() => shelf.FreeOn(Today.WithCalendar(CalendarSystem.Coptic)));
        LocalDate sameNumbers = new(Today.Year, Today.Month, Today.Day, CalendarSystem.Julian);
        Assert.Throws<ArgumentException>(() => shelf.FreeOn(sameNumbers));
    }

    /// <summary>More shelves than stand in one array, and shelves that came later.</summary>
    [Fact]
    public void FreeOn_ManyShelvesOverManyDays_IsOfTheShelfThatWasAsked()
    {
        Sku[] skus = [.. Enumerable.Range(0, 5_000).Select(i => new Sku("s" + i.ToString(CultureInfo.InvariantCulture)))];
        var book = new SupplyBook(new SupplyPicture(Today, SupplyPicture.MaxDays, [.. skus.Select((sku, i) =>
            new DatedSupply(new StockCell(sku, Main), SupplyKind.Receipt, new Quantity(i + 1), Today.PlusDays(i % 3_000)))]));
        Assert.True(book.At(Bolt, Main).FreeOn(Today).IsZero);
        Assert.True(book.FreeOn(Bolt, Main, Today).IsZero);
        Assert.All(Enumerable.Range(0, skus.Length), i =>
        {
            LocalDate there = Today.PlusDays(i % 3_000);
            Assert.Equal(i + 1, book.FreeOn(skus[i], Main, there).Units);
            Assert.Equal(i + 1, book.At(skus[i], Main).FreeOn(there).Units);
            Assert.Equal(i % 3_000 == 0 ? i + 1 : 0, book.FreeOn(skus[i], Main, there.PlusDays(-1)).Units);
        });
    }

    [Fact]
    public void Explain_AnyPicture_TermsSumToFree() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        SupplyPicture picture = Make(random, random.Next(2) == 0);
        picture = new SupplyPicture(
            Today, Days, picture.Supplies, picture.Holds, [new SafetyStock(Bolt, Main, new Quantity(random.Next(0, 3)))]);
        LocalDate day = Today.PlusDays(random.Next(0, Days)), life = day.PlusDays(random.Next(0, 3));
        SupplyShelf shelf = new SupplyBook(picture).At(Bolt, Main);
        AtpBreakdown terms = shelf.Explain(day, life);
        long sum = terms.OnHand.Units + terms.Incoming.Units - terms.Reserved.Units - terms.Expired.Units - terms.KeptForLater.Units
            - terms.Safety.Units - terms.StaleBuffer.Units;
        Assert.Equal(shelf.FreeOn(day, life), terms.Free);
        Assert.Equal(terms.Free.Units, Math.Max(0, sum));
    }).Check(Thorough);

    [Fact]
    public void FreeOn_InputOrderNeverMatters_AndMoreSupplyNeverGivesLess() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        SupplyPicture picture = Make(random, withLife: true);
        DatedSupply[] supplies = [.. picture.Supplies];
        random.Shuffle(supplies);
        SupplyShelf asIs = new SupplyBook(picture).At(Bolt, Main);
        SupplyShelf shuffled = new SupplyBook(new SupplyPicture(Today, Days, [.. supplies], picture.Holds)).At(Bolt, Main);
        DatedSupply more = new(new StockCell(Bolt, Main), SupplyKind.Receipt, new Quantity(2), Today.PlusDays(random.Next(0, Days)));
        SupplyShelf richer = new SupplyBook(new SupplyPicture(Today, Days, [.. supplies, more], picture.Holds)).At(Bolt, Main);
        Assert.All(Enumerable.Range(0, Days).Select(d => Today.PlusDays(d)), d =>
        {
            Assert.Equal(asIs.FreeOn(d), shuffled.FreeOn(d));
            Assert.True(!CanServe(picture) || asIs.FreeOn(d) <= richer.FreeOn(d));
        });
    }).Check(Thorough);

    /// <summary>Promise = allocation: today, with nothing to come, both take the same pieces from the same cells.</summary>
    [Fact]
    public void Serve_TodayWithoutReceipts_EqualsAllocation() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        Sku[] skus = [new("a"), new("b")];
        NodeId[] nodes = [new("n1"), new("n2"), new("n3")];
        ImmutableArray<FreeStock> cells = [.. skus.SelectMany(sku => nodes.SelectMany(node => Enumerable.Range(0, 2).Select(lot =>
            new FreeStock(
                new StockCell(sku, node, new LotId("l" + lot), random.Next(5) == 0 ? new OwnerId("other") : default),
                random.Next(-2, 6), new Quantity(random.Next(0, 4)), default, new Quantity(random.Next(2, 5))))))];
        var picture = new StockPicture(cells);
        ImmutableArray<Demand> demands = [.. Enumerable.Range(1, random.Next(1, 5)).Select(line =>
            new Demand(line, skus[random.Next(2)], new Quantity(random.Next(1, 12))))];
        random.Shuffle(nodes);
        ImmutableArray<NodeId> preferred = [.. nodes.Take(random.Next(0, 4))];

        Allocation held = Allocation.Serve(demands, picture, preferred);
        Allocation promised = new SupplyBook(SupplyPicture.Of(picture, Today, random.Next(1, 9))).Serve(demands, Today, preferred);

        Assert.Equal(held.Takes.AsEnumerable(), promised.Takes.AsEnumerable());
        Assert.Equal(held.Shortages.AsEnumerable(), promised.Shortages.AsEnumerable());
    }).Check(Thorough);
}
