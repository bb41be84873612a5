using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Promising;

/// <summary>Looks for the first delivery day on which lines can have their pieces, and holds them in a working copy.</summary>
/// <remarks><para>For a delivery day each lane is asked about the last day its goods may come: what is there earlier is left to
/// others until then.</para></remarks>
internal sealed class PromiseSearch(PromiseRequest request, SupplyBook book, ImmutableArray<LaneSchedule> lanes)
{
    private readonly List<DatedHold> holds = [];

    public ImmutableArray<DatedHold> Holds => holds.ToImmutableArray();

    /// <summary>The delivery days to try for lines asked for a day: in order, within the windows, none after the latest.</summary>
    public IEnumerable<LocalDate> Candidates(LocalDate asked, LocalDate? latest)
    {
        LocalDate last = LocalDate.MinIsoValue;
        foreach (LaneSchedule lane in lanes)
        {
            last = lane.Days > 0 && lane.Delivery(lane.Days - 1) > last ? lane.Delivery(lane.Days - 1) : last;
        }

        LocalDate end = last > asked ? last : asked;
        if (request.Windows.IsDefaultOrEmpty)
        {
            end = latest < end ? latest.Value : end;
            for (LocalDate day = asked; day <= end; day = day.PlusDays(1))
            {
                yield return day;
            }

            yield break;
        }

        // After the last goods have come, one more day that the customer accepts is enough.
        LocalDate at = asked;
        while (Open(at) is { } day && !(latest < day))
        {
            yield return day;
            if (day >= end)
            {
                yield break;
            }

            at = day.PlusDays(1);
        }
    }

    /// <summary>Serves a line with as much as there is on each day, first day first.</summary>
    public List<PromisedShipment> InParts(PromiseLine line, ConstraintLog log)
    {
        var shipments = new List<PromisedShipment>();
        long left = line.Quantity.Units;
        foreach (LocalDate day in Candidates(line.Asked, line.Latest))
        {
            for (int i = 0; i < lanes.Length && left > 0 && shipments.Count < request.MaxShipmentsPerLine; i++)
            {
                bool isLast = shipments.Count == request.MaxShipmentsPerLine - 1;
                long take = Part(line, Math.Min(left, Free(line, lanes[i], day)), left, isLast);
                if (take > 0)
                {
                    shipments.Add(Hold(line, lanes[i], day, take));
                    left -= take;
                }
            }

            if (left == 0)
            {
                break;
            }

            log.Missed(day, left);
        }

        return shipments;
    }

    /// <summary>Serves lines complete on one day, or not at all.</summary>
    /// <returns>By line its shipments; null when no day serves all.</returns>
    public List<PromisedShipment>[]? Complete(List<PromiseLine> lines, List<ConstraintLog> logs)
    {
        LocalDate asked = lines[0].Asked;
        int last = lines[0].Number;
        LocalDate? latest = null;
        foreach (PromiseLine line in lines)
        {
            (asked, last) = line.Asked > asked ? (line.Asked, line.Number) : (asked, last);
            latest = line.Latest is { } end && !(latest < end) ? end : latest;
        }

        logs.ForEach(log => log.Waits(asked, last));
        foreach (LocalDate day in Candidates(asked, latest))
        {
            if (CompleteOn(lines, day, out int failed) is { } served)
            {
                return served;
            }

            for (int i = 0; i < lines.Count; i++)
            {
                long together = lines.FindAll(line => line.Sku == lines[i].Sku).ConvertAll(line => line.Quantity.Units).Sum();
                logs[i].Missed(day, lines[i].Quantity.Units, lines[failed].Number, together);
            }
        }

        return null;
    }

    /// <summary>What a lane can promise for a delivery day now.</summary>
    public long Free(PromiseLine line, LaneSchedule lane, LocalDate day)
    {
        int goods = lane.GoodsDay(day);
        if (goods < 0)
        {
            return 0;
        }

        SupplyShelf shelf = book.At(line.Sku, lane.Lane.Node);
        return shelf.Free(goods, shelf.NeedOf(GoodUntil(line, day)), line.Segment);
    }

    public static LocalDate GoodUntil(PromiseLine line, LocalDate delivery) => delivery.PlusDays(line.MinimumLifeDays);

    /// <summary>The first day from one on that the customer accepts; null when there is none.</summary>
    public LocalDate? Open(LocalDate from)
    {
        LocalDate? first = null;
        foreach (DeliveryWindow window in request.Windows)
        {
            LocalDate day = window.From > from ? window.From : from;
            first = day <= window.To && !(first < day) ? day : first;
        }

        return first;
    }

    private List<PromisedShipment>[]? CompleteOn(List<PromiseLine> lines, LocalDate day, out int failed)
    {
        failed = 0;
        int before = holds.Count;
        var served = new List<PromisedShipment>[lines.Count];
        for (int i = 0; i < served.Length; i++)
        {
            served[i] = [];
            long left = lines[i].Quantity.Units;
            for (int lane = 0; lane < lanes.Length && left > 0; lane++)
            {
                bool isLast = served[i].Count == request.MaxShipmentsPerLine - 1;
                long take = Part(lines[i], Math.Min(left, Free(lines[i], lanes[lane], day)), left, isLast);
                if (take > 0)
                {
                    served[i].Add(Hold(lines[i], lanes[lane], day, take));
                    left -= take;
                }
            }

            if (left > 0)
            {
                GiveBack(before);
                failed = i;
                return null;
            }
        }

        return served;
    }

    /// <summary>How much of what is free may ship: no shipment, and no rest, is smaller than the line allows.</summary>
    private static long Part(PromiseLine line, long free, long left, bool isLast)
    {
        long least = Math.Min(line.MinimumShipment.Units, line.Quantity.Units);
        long take = left - free > 0 && left - free < least ? left - least : free;
        bool allowed = take > 0 && take >= Math.Min(least, left) && (take == left || !isLast);
        return allowed ? take : 0;
    }

    private PromisedShipment Hold(PromiseLine line, LaneSchedule lane, LocalDate day, long units)
    {
        PromisedShipment shipment = lane.Shipment(lane.GoodsDay(day), new Quantity(units), day);
        var hold = new DatedHold(
            line.Sku, lane.Lane.Node, shipment.GoodsDay, shipment.Quantity, GoodUntil(line, day), line.Segment, request.HoldTier,
            "line " + line.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (!book.TryHold(hold))
        {
            throw new Findings.KernelInvariantException($"What was free could not be held: {hold}.");
        }

        holds.Add(hold);
        return shipment;
    }

    private void GiveBack(int keep)
    {
        while (holds.Count > keep)
        {
            DatedHold hold = holds[holds.Count - 1];
            book.At(hold.Sku, hold.Node).Release(hold);
            holds.RemoveAt(holds.Count - 1);
        }
    }
}
