using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Promising.Tests.Stock;
using OrderKernel.Stock;
using OrderKernel.Tests.Shared;
using Xunit;
using static OrderKernel.Promising.Tests.Dates;

namespace OrderKernel.Promising.Tests;

/// <summary>A promise is true exactly when the reservation that follows on the same picture succeeds.</summary>
public class PromiseLawTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(1_000));

    /// <summary>Against trying every piece for every delivery day: the first day that works is the one promised.</summary>
    [Fact]
    public void CompleteLine_FirstDayThatCanBeServedPieceByPiece_IsThePromise() => Prop.ForAll(SmallPictures.Seeds, seed =>
    {
        var random = new Random(seed);
        SupplyPicture picture = SmallPictures.Make(random, withLife: random.Next(2) == 0);
        if (!SmallPictures.CanServe(picture))
        {
            return;
        }

        var line = new PromiseLine(1, Bolt, Q(random.Next(1, 6)), Tuesday.PlusDays(random.Next(0, 6)))
        {
            Complete = true, MinimumLifeDays = random.Next(0, 2),
        };
        var request = new PromiseRequest(PromiseUse.Order, At(10), [line], [Lane(Main, transit: 0, handling: 0)]);
        PromiseAnswer answer = Promises.Answer(request, picture);

        // Goods of a Saturday or Sunday leave on Monday; the last goods that make a day are those of the day itself, off or not.
        LocalDate? expected = null;
        for (LocalDate day = line.Asked; expected is null && day <= Tuesday.PlusDays(6); day = day.PlusDays(1))
        {
            LocalDate goods = day;
            while (goods > Tuesday.PlusDays(5) || Leaves(goods) > day)
            {
                goods = goods.PlusDays(-1);
            }

            var hold = new DatedHold(Bolt, Main, goods, line.Quantity, day.PlusDays(line.MinimumLifeDays));
            expected = SmallPictures.CanServe(picture, hold) ? day : null;
        }

        Assert.Equal(expected, answer.Lines.Single().Delivery);
        SupplyPicture? reserved = answer.ReserveOn(picture);
        Assert.NotNull(reserved);
        Assert.True(SmallPictures.CanServe(reserved));
    }).Check(Thorough);

    [Fact]
    public void AnyRequest_ReservationSucceedsOnTheSamePicture_AndNotOnePieceMore() => Prop.ForAll(SmallPictures.Seeds, seed =>
    {
        var random = new Random(seed);
        SupplyPicture picture = Wide(random);
        PromiseRequest request = Ask(random);
        PromiseAnswer answer = Promises.Answer(request, picture);

        SupplyPicture? reserved = answer.ReserveOn(picture);
        Assert.NotNull(reserved);
        foreach (LinePromise line in answer.Lines)
        {
            Assert.Equal(line.Line.Quantity.Units, line.Unpromised.Units + line.Shipments.Sum(s => s.Quantity.Units));
            Assert.Equal(line.Shipments.OrderBy(s => s.Delivery), line.Shipments);
            Assert.All(line.Shipments, s => Assert.True(s.Delivery >= line.Line.Asked && !(line.Line.Latest < s.Delivery)));
            Assert.All(line.Shipments, s => Assert.Equal(s.Delivery, s.Steps.IsEmpty ? s.Delivery : s.Steps[^1].To));
            Assert.All(line.Constraints, c => Assert.True(c.From <= c.To));
            Assert.True(line.Unpromised.IsZero || !line.Constraints.IsEmpty, "A line that is short says why.");
            Assert.True(line.MissingOnAsked.IsZero || !line.Constraints.IsEmpty, "A line that is late says why.");
        }

        // After the reservation nobody can be promised what was promised: asking again for the rest of a short line gets nothing
        // (the last shipment of a line brings all that is left, so a line one shipment short of its limit may leave pieces).
        foreach (LinePromise line in answer.Lines.Where(l => !l.Unpromised.IsZero && l.Shipments.Length < request.MaxShipmentsPerLine - 1))
        {
            var rest = new PromiseLine(1, line.Line.Sku, Q(1), line.Line.Asked)
            {
                Latest = line.Line.Latest, MinimumLifeDays = line.Line.MinimumLifeDays,
            };
            bool single = line.Line.MinimumShipment.IsZero && !line.Line.Complete && line.Line.Group.Length == 0 && !request.ShipComplete;
            PromiseAnswer again = Promises.Answer(
                new PromiseRequest(PromiseUse.Order, request.AskedAt, [rest], request.Lanes) { Windows = request.Windows }, reserved!);
            Assert.True(!single || !again.IsFull);
        }
    }).Check(Thorough);

    [Fact]
    public void AnyRequest_SupplyInAnotherOrder_SameAnswer() => Prop.ForAll(SmallPictures.Seeds, seed =>
    {
        SupplyPicture picture = Wide(new Random(seed));
        DatedSupply[] supplies = [.. picture.Supplies];
        new Random(~seed).Shuffle(supplies);
        string Tell(SupplyPicture from) => string.Join(';', Promises.Answer(Ask(new Random(seed)), from).Lines.Select(
            line => Told(line) + "|" + string.Join(',', line.Constraints.Select(c => c.Finding + " " + c.From + c.To))));
        Assert.Equal(Tell(picture), Tell(new SupplyPicture(picture.Today, picture.Days, [.. supplies], picture.Holds)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Cases(200)));

    private static LocalDate Leaves(LocalDate goods) => Calendar.AddWorkingDays(goods, 0)!.Value;

    private static SupplyPicture Wide(Random random) => new(
        Tuesday, 15,
        [.. from sku in new[] { Bolt, Nut }
            from node in new[] { Main, Shop }
            from lot in Enumerable.Range(0, 3)
            select new DatedSupply(
                new StockCell(sku, node, new LotId("l" + lot)), SupplyKind.OnHand, Q(random.Next(0, 6)),
                Tuesday.PlusDays(random.Next(0, 15)),
                random.Next(3) == 0 ? Tuesday.PlusDays(random.Next(0, 25)) : null)],
        [.. Enumerable.Range(0, 3).Select(_ => new DatedHold(Bolt, Main, Tuesday.PlusDays(random.Next(0, 15)), Q(random.Next(1, 3))))]);

    private static PromiseRequest Ask(Random random)
    {
        ImmutableArray<PromiseLine> lines = [.. Enumerable.Range(1, 3).Select(number => new PromiseLine(
            number, random.Next(2) == 0 ? Bolt : Nut, Q(random.Next(1, 12)), Tuesday.PlusDays(random.Next(0, 10)))
        {
            Complete = random.Next(4) == 0, Group = random.Next(3) == 0 ? "kit" : string.Empty, MinimumLifeDays = random.Next(0, 4),
            MinimumShipment = Q(random.Next(3) == 0 ? 2 : 0), Latest = random.Next(3) == 0 ? Tuesday.PlusDays(18) : null,
        })];
        return new PromiseRequest(
            PromiseUse.Order, At(random.Next(8, 20)), lines, [Lane(Main, buffer: random.Next(0, 3)), Lane(Shop, transit: 1, handling: 0)])
        {
            ShipComplete = random.Next(5) == 0,
            Windows = random.Next(3) > 0
                ? []
                : [new DeliveryWindow(December(3), December(8)), new DeliveryWindow(December(14), December(30))],
        };
    }
}
