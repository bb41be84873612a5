using System;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Stock;

namespace OrderKernel.Promising;

/// <summary>For every day of a picture: when goods that are at the node on that day leave, and when they may be promised.</summary>
/// <remarks><para>Later goods never come earlier, so the last day that still makes a delivery is found by bisection.</para></remarks>
internal sealed class LaneSchedule
{
    private readonly LocalDate today;
    private readonly LocalDate[] leaves;

    public LaneSchedule(PromiseLane lane, SupplyPicture picture, Instant askedAt)
    {
        Lane = lane;
        today = picture.Today;
        LocalDate? start = lane.Calendar.CountsFor(askedAt);
        StartDay = start ?? today;
        AskedDay = lane.Calendar.DayOf(askedAt);
        var days = new LocalDate[picture.Days];
        int known = 0;
        for (; start is not null && known < days.Length; known++)
        {
            LocalDate goods = today.PlusDays(known);
            if (lane.Calendar.AddWorkingDays(goods > StartDay ? goods : StartDay, 0) is not { } begins
                || lane.Calendar.AddWorkingDays(begins, lane.HandlingDays) is not { } ship)
            {
                break;
            }

            days[known] = ship;
        }

        Array.Resize(ref days, known);
        leaves = days;
    }

    public PromiseLane Lane { get; }

    /// <summary>The local day of asking.</summary>
    public LocalDate AskedDay { get; }

    /// <summary>The working day for which the request counts.</summary>
    public LocalDate StartDay { get; }

    /// <summary>How many days of the picture the calendar knows enough about; 0 for none.</summary>
    public int Days => leaves.Length;

    /// <summary>The delivery promised for goods of a day, before windows.</summary>
    public LocalDate Delivery(int day) => leaves[day].PlusDays(Lane.Transit.PlannedDays + Lane.Transit.BufferDays);

    /// <summary>The last day on which goods still make a delivery; -1 when none does.</summary>
    public int GoodsDay(LocalDate delivery)
    {
        int low = 0, high = leaves.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = Delivery(middle) <= delivery ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    public PromisedShipment Shipment(int goodsDay, Measures.Quantity quantity, LocalDate delivery)
    {
        LocalDate goods = today.PlusDays(goodsDay), ship = leaves[goodsDay];
        LocalDate handled = Lane.Calendar.AddWorkingDays(ship, -Lane.HandlingDays) is { } back && Lane.HandlingDays > 0 ? back : ship;
        LocalDate arrival = ship.PlusDays(Lane.Transit.PlannedDays);
        var steps = ImmutableArray.CreateBuilder<PromiseStep>(6);
        LocalDate at = AskedDay;
        void Until(PromiseStepKind kind, LocalDate to)
        {
            if (to > at)
            {
                steps.Add(new PromiseStep(kind, at, to));
                at = to;
            }
        }

        Until(PromiseStepKind.Goods, goods);
        Until(PromiseStepKind.Start, handled);
        Until(PromiseStepKind.Handling, ship);
        Until(PromiseStepKind.Transit, arrival);
        Until(PromiseStepKind.Buffer, arrival.PlusDays(Lane.Transit.BufferDays));
        Until(PromiseStepKind.Window, delivery);
        return new PromisedShipment(
            Lane.Node, quantity, goods, ship, arrival, Lane.Transit.BufferDays, delivery, steps.ToImmutable());
    }
}
