using System.Linq;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Scarcity;
using OrderKernel.Stock;
using Xunit;
using static OrderKernel.Promising.Tests.Dates;

namespace OrderKernel.Promising.Tests;

public class PromiseDateTests
{
    /// <summary>Tuesday ten o'clock: one working day of handling, two days of trip.</summary>
    [Theory]
    [InlineData(10, 2, 4)]
    [InlineData(17, 3, 5)]
    public void Answer_BeforeAndAfterTheCutOff_ShipsADayLater(int hour, int ships, int arrives)
    {
        PromiseRequest request = new(PromiseUse.Order, At(hour), [Line(1, Bolt, 5, 1)], [Lane(Main)]);
        LinePromise line = Promises.Answer(request, Picture(Lot(Bolt, Main, 5))).Lines.Single();
        PromisedShipment shipment = line.Shipments.Single();
        Assert.Equal((December(ships), December(arrives), December(arrives)), (shipment.ShipDate, shipment.Arrival, shipment.Delivery));
        Assert.Contains("promise.way_takes_longer 12-01..12-0" + (arrives - 1), Whys(line));
        Assert.Equal(hour > 16, Whys(line).Contains("promise.starts_later 12-01..12-01"));
    }

    [Fact]
    public void Answer_HandlingRunsIntoTheWeekend_ShipsOnMonday()
    {
        // Goods come in on Friday 4th, one working day of handling ends on Monday 7th.
        LinePromise line = Promises.Answer(Request(Line(1, Bolt, 5, 1)), Picture(Lot(Bolt, Main, 5, from: 4))).Lines.Single();
        PromisedShipment shipment = line.Shipments.Single();
        Assert.Equal((December(7), December(9)), (shipment.ShipDate, shipment.Delivery));
        Assert.Equal(
            [(PromiseStepKind.Goods, 1, 4), (PromiseStepKind.Handling, 4, 7), (PromiseStepKind.Transit, 7, 9)],
            shipment.Steps.Select(s => (s.Kind, s.From.Day, s.To.Day)));
        Assert.Equal(["promise.way_takes_longer 12-01..12-03", "promise.pieces_short 12-04..12-08"], Whys(line));
    }

    /// <summary>The day asked for, the plan and the buffer are kept apart, so a buffer never hides in the promise.</summary>
    [Fact]
    public void Answer_LaneThatRunsLate_BufferIsAPartOfItsOwn()
    {
        int[] trips = [2, 2, 2, 2, 2, 2, 3, 3, 4, 9];
        var transit = new TransitTime(2, [.. trips], permille: 900, leastTrips: 10);
        Assert.Equal((10, true, 2), (transit.Trips, transit.IsMeasured, transit.BufferDays));
        Assert.Equal(0, new TransitTime(2, [.. trips], permille: 600, leastTrips: 10).BufferDays);
        Assert.Equal(7, new TransitTime(2, [.. trips], permille: 901, leastTrips: 10).BufferDays);

        PromiseRequest request = new(PromiseUse.Order, At(10), [Line(1, Bolt, 5, 5)], [new PromiseLane(Main, Calendar, transit, 1)]);
        LinePromise line = Promises.Answer(request, Picture(Lot(Bolt, Main, 5))).Lines.Single();
        PromisedShipment shipment = line.Shipments.Single();
        Assert.Equal(
            (December(5), December(4), 2, December(6)), (line.Line.Asked, shipment.Arrival, shipment.BufferDays, shipment.Delivery));
        Assert.Contains(new PromiseStep(PromiseStepKind.Buffer, December(4), December(6)), shipment.Steps);
    }

    [Fact]
    public void Answer_TooFewTrips_UsesTheStatedBufferAndSaysSo()
    {
        var transit = new TransitTime(2, [9, 9, 9], leastTrips: 20, statedBufferDays: 1);
        PromiseRequest request = new(PromiseUse.Order, At(10), [Line(1, Bolt, 5, 20)], [new PromiseLane(Main, Calendar, transit)]);
        LinePromise line = Promises.Answer(request, Picture(Lot(Bolt, Main, 5))).Lines.Single();
        Assert.Equal("5@12-20", Told(line));
        PromiseConstraint said = Assert.Single(line.Constraints);
        Assert.Equal(
            "3 trips from main are known and 20 are wanted; the stated buffer of 1 days is used.", said.Finding.Text(Language.English));
    }

    [Fact]
    public void Answer_AskedForFarAhead_GoodsAreHeldNoEarlierThanNeeded()
    {
        SupplyPicture picture = Picture(Lot(Bolt, Main, 5), Lot(Bolt, Main, 5, from: 10));
        PromiseAnswer later = Promises.Answer(Request(Line(1, Bolt, 5, 17)), picture);
        Assert.Equal(December(14), later.Holds.Single().Day);
        Assert.Equal("5@12-17", Told(later.Lines.Single()));
        PromiseAnswer now = Promises.Answer(Request(Line(1, Bolt, 5, 1)), later.ReserveOn(picture)!);
        Assert.Equal("5@12-04", Told(now.Lines.Single()));
    }

    [Fact]
    [Trait("ReqPart", "S0-06")]
    public void Answer_SevenOfTenByTheDay_ShortageOfThreeIsSeenAtCapture()
    {
        SupplyPicture picture = Picture(Lot(Bolt, Main, 7), Lot(Bolt, Main, 9, from: 10));
        LinePromise line = Promises.Answer(Request(Line(1, Bolt, 10, 5)), picture).Lines.Single();
        Assert.Equal(Q(3), line.MissingOnAsked);
        Assert.Equal("7@12-05 3@12-13", Told(line));
        Assert.Equal(["promise.pieces_short 12-05..12-12"], Whys(line));
        Assert.Equal("main can promise 0 of 3 bolt; more must come in.", line.Constraints[0].Finding.Text(Language.English));
    }

    [Fact]
    public void Answer_CompleteGroupAndWindows_OneDayForAll()
    {
        SupplyPicture picture = Picture(Lot(Bolt, Main, 9), Lot(Nut, Main, 9, from: 8));
        PromiseRequest free = Request(Line(1, Bolt, 5, 4), Line(2, Nut, 5, 4));
        Assert.Equal(["5@12-04", "5@12-11"], Promises.Answer(free, picture).Lines.Select(Told));

        PromiseRequest whole = Request(Line(1, Bolt, 5, 4), Line(2, Nut, 5, 4));
        whole.ShipComplete = true;
        PromiseAnswer together = Promises.Answer(whole, picture);
        Assert.Equal(["5@12-11", "5@12-11"], together.Lines.Select(Told));
        Assert.Equal(["promise.waits_for_others 12-04..12-10"], Whys(together.Lines[0]));
        Assert.Equal(["promise.pieces_short 12-04..12-10"], Whys(together.Lines[1]));

        whole.Windows = [new DeliveryWindow(December(1), December(5)), new DeliveryWindow(December(15), December(16))];
        PromiseAnswer inWindow = Promises.Answer(whole, picture);
        Assert.Equal(["5@12-15", "5@12-15"], inWindow.Lines.Select(Told));
        Assert.Contains("promise.window_closed 12-06..12-14", Whys(inWindow.Lines[0]));

        PromiseRequest grouped = Request(Line(1, Bolt, 5, 4), Line(2, Nut, 5, 4), Line(3, Bolt, 4, 4));
        grouped.Lines[0].Group = grouped.Lines[1].Group = "kit";
        Assert.Equal(["5@12-11", "5@12-11", "4@12-04"], Promises.Answer(grouped, picture).Lines.Select(Told));
    }

    /// <summary>A group of which one line fails on a day gives back what the others held for that day.</summary>
    [Fact]
    public void Answer_GroupThatNeverFits_HoldsNothing()
    {
        PromiseRequest request = Request(Line(1, Bolt, 5, 4), Line(2, Nut, 50, 4), Line(3, Bolt, 9, 4));
        request.Lines[0].Group = request.Lines[1].Group = "kit";
        PromiseAnswer answer = Promises.Answer(request, Picture(Lot(Bolt, Main, 9), Lot(Nut, Main, 9)));
        Assert.Equal(["", "", "9@12-04"], answer.Lines.Select(Told));
        Assert.Equal((false, 1), (answer.IsFull, answer.Holds.Length));
        Assert.Equal(Q(50), answer.Lines[1].Unpromised);
    }

    [Fact]
    public void Answer_MinimumShipmentAndLatest_NoCrumbsAndNothingTooLate()
    {
        SupplyPicture picture = Picture(Lot(Bolt, Main, 2), Lot(Bolt, Main, 5, from: 8), Lot(Bolt, Main, 20, from: 15));
        PromiseLine line = Line(1, Bolt, 10, 4);
        line.MinimumShipment = Q(4);
        LinePromise split = Promises.Answer(Request(line), picture).Lines.Single();
        Assert.Equal("6@12-11 4@12-18", Told(split));
        Assert.Equal(["promise.shipment_too_small 12-04..12-17"], Whys(split));

        line.Latest = December(17);
        LinePromise cut = Promises.Answer(Request(line), picture).Lines.Single();
        Assert.Equal(("6@12-11", Q(4)), (Told(cut), cut.Unpromised));
    }

    [Fact]
    public void Answer_LifeAfterDelivery_ShortLotIsLeftAndNamed()
    {
        SupplyPicture picture = Picture(Lot(Bolt, Main, 5, until: December(20)), Lot(Bolt, Main, 5, from: 8));
        PromiseLine line = Line(1, Bolt, 5, 4);
        line.MinimumLifeDays = 30;
        LinePromise late = Promises.Answer(Request(line), picture).Lines.Single();
        Assert.Equal("5@12-11", Told(late));
        Assert.Equal(["promise.life_too_short 12-04..12-10"], Whys(late));
        line.MinimumLifeDays = 16;
        Assert.Equal("5@12-04", Told(Promises.Answer(Request(line), picture).Lines.Single()));
    }

    [Fact]
    public void Answer_QuotaSafetyAndLaterPromises_AreNamedAsWhatTheyAre()
    {
        var all = new DatedSupply(new StockCell(Bolt, Main), SupplyKind.OnHand, Q(10), Tuesday);
        PromiseLine line = Line(1, Bolt, 5, 4);
        line.Segment = "online";
        string Why(SupplyPicture picture) => Assert.Single(Promises.Answer(Request(line), picture).Lines.Single().Constraints).Finding.Code;
        Assert.Equal("promise.quota_used", Why(new SupplyPicture(
            Tuesday, 3, [all], quotas: [new SegmentQuota("online", Bolt, Q(4), December(1), December(31))])));
        Assert.Equal("promise.held_back", Why(new SupplyPicture(Tuesday, 3, [all], safety: [new SafetyStock(Bolt, Main, Q(6))])));
        PromiseLine soon = Line(1, Bolt, 5, 4);
        soon.Latest = December(4);
        Assert.Equal("promise.kept_for_later", Assert.Single(Promises.Answer(Request(soon), new SupplyPicture(
            Tuesday, 9, [all], [new DatedHold(Bolt, Main, December(8), Q(6))])).Lines.Single().Constraints).Finding.Code);
    }

    [Fact]
    public void Answer_SecondLaneHasTheRest_BothShipForTheSameDay()
    {
        PromiseRequest request = new(PromiseUse.Order, At(10), [Line(1, Bolt, 8, 8)], [Lane(Main), Lane(Shop, transit: 1, handling: 0)]);
        LinePromise line = Promises.Answer(request, Picture(Lot(Bolt, Main, 5), Lot(Bolt, Shop, 5))).Lines.Single();
        Assert.Equal([(Main, 5L, 8), (Shop, 3L, 8)], line.Shipments.Select(s => (s.Node, s.Quantity.Units, s.Delivery.Day)));
        Assert.Empty(line.Constraints);
    }

    [Fact]
    public void Answer_NoDayIsAllowed_SaysSo()
    {
        PromiseRequest request = Request(Line(1, Bolt, 5, 4), Line(2, Bolt, 1, 8));
        request.ShipComplete = true;
        request.Lines[0].Latest = December(6);
        PromiseAnswer answer = Promises.Answer(request, Picture(Lot(Bolt, Main, 9)));
        Assert.Equal(["promise.waits_for_others 12-04..12-07", "promise.no_day_allowed 12-04..12-06"], Whys(answer.Lines[0]));
        Assert.Equal(["promise.no_day_allowed 12-08..12-08"], Whys(answer.Lines[1]));
        request.Lines[0].Latest = December(3);
        Assert.Contains("line 1", Assert.Throws<System.ArgumentException>(
            () => Promises.Answer(request, Picture())).Message, System.StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Answer_Uses_DifferInTierAndEnd()
    {
        SupplyPicture picture = Picture(Lot(Bolt, Main, 5));
        PromiseAnswer Ask(PromiseUse use) => Promises.Answer(new PromiseRequest(use, At(10), [Line(1, Bolt, 5, 9)], [Lane(Main)]), picture);
        Assert.Equal([0, 0, 2], new[] { PromiseUse.Inquiry, PromiseUse.Quote, PromiseUse.Order }.Select(u => Ask(u).Holds.Single().Tier));
        Assert.Equal(At(10) + Duration.FromDays(1), Ask(PromiseUse.Quote).StandsUntil);
        Assert.Null(Ask(PromiseUse.Order).StandsUntil);
    }

    [Fact]
    public void Answer_CalendarWithoutTheYear_SaysSoAndPromisesNothingThere()
    {
        var request = new PromiseRequest(
            PromiseUse.Order, At(10), [new PromiseLine(1, Bolt, Q(9), new LocalDate(2028, 1, 7))], [Lane(Main)]);
        var picture = new SupplyPicture(Tuesday, 800, [Lot(Bolt, Main, 5), new DatedSupply(
            new StockCell(Bolt, Main), SupplyKind.Receipt, Q(9), new LocalDate(2028, 1, 3))]);
        PromiseAnswer answer = Promises.Answer(request, picture);
        Assert.Equal("promise.calendar_unknown", Assert.Single(answer.Findings).Code);
        Assert.Equal(Q(4), answer.Lines.Single().Unpromised);
    }
}
