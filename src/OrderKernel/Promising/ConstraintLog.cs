using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using OrderKernel.Findings;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Promising;

/// <summary>Collects, while days are tried for a line, what stood in the way on which of them; days in a row become one interval.</summary>
internal sealed class ConstraintLog(PromiseLine line, SupplyBook book, ImmutableArray<LaneSchedule> lanes)
{
    private readonly ImmutableArray<PromiseConstraint>.Builder[] byLane = NewLists(lanes.Length);
    private LocalDate? before;
    private PromiseConstraint? together;

    /// <summary>Notes that the line still misses pieces after a day was tried.</summary>
    /// <param name="day">The delivery day.</param>
    /// <param name="missing">How many pieces it misses.</param>
    /// <param name="failed">The line of its group that failed; 0 for a line of its own.</param>
    /// <param name="together">What the lines of its group want of the SKU.</param>
    public void Missed(LocalDate day, long missing, int failed = 0, long together = 0)
    {
        for (int i = 0; i < lanes.Length; i++)
        {
            if (lanes[i].Days > 0 && Why(lanes[i], day, missing, failed, together) is { } finding)
            {
                Add(byLane[i], finding, day);
            }
        }

        before = day;
    }

    /// <summary>Notes that the lines of its group are tried from a later day on only.</summary>
    /// <param name="first">That day.</param>
    /// <param name="other">The line that is asked for then.</param>
    public void Waits(LocalDate first, int other)
    {
        if (first > line.Asked)
        {
            together = new PromiseConstraint(
                PromiseFindings.WaitsForOthers.About(Subject, string.Empty, Text(other)), line.Asked, first.PlusDays(-1));
        }
    }

    /// <summary>Everything that stood in the way, by lane and first day, then what a reader must know about the lanes used.</summary>
    public ImmutableArray<PromiseConstraint> Close(ImmutableArray<PromisedShipment> shipments, ImmutableArray<DeliveryWindow> windows)
    {
        var all = ImmutableArray.CreateBuilder<PromiseConstraint>();
        if (together is not null)
        {
            all.Add(together);
        }

        if (shipments.IsEmpty && before is null)
        {
            all.Add(new PromiseConstraint(
                PromiseFindings.NoDayAllowed.About(Subject, string.Empty), line.Asked, line.Latest ?? line.Asked));
        }

        bool late = before is not null || shipments.IsEmpty || shipments[shipments.Length - 1].Delivery > line.Asked;
        for (int i = 0; i < lanes.Length; i++)
        {
            all.AddRange(byLane[i]);
            if (late && lanes[i].Days > 0 && lanes[i].StartDay > lanes[i].AskedDay)
            {
                all.Add(new PromiseConstraint(
                    PromiseFindings.StartsLater.About(Subject, string.Empty, lanes[i].Lane.Node.Text, Text(lanes[i].StartDay)),
                    lanes[i].AskedDay, lanes[i].StartDay.PlusDays(-1)));
            }
        }

        if (late && !windows.IsDefaultOrEmpty)
        {
            AddClosedWindows(all, windows, shipments.IsEmpty ? before : shipments[shipments.Length - 1].Delivery);
        }

        foreach (LaneSchedule lane in lanes)
        {
            AddUnmeasuredBuffer(all, lane, shipments);
        }

        return all.ToImmutable();
    }

    private string Subject => "line " + line.Number.ToString(CultureInfo.InvariantCulture);

    private void Add(ImmutableArray<PromiseConstraint>.Builder list, Finding finding, LocalDate day)
    {
        PromiseConstraint? last = list.Count > 0 ? list[list.Count - 1] : null;
        if (last is not null && last.Finding.Code == finding.Code && last.To == before)
        {
            list[list.Count - 1] = last with { To = day };
        }
        else
        {
            list.Add(new PromiseConstraint(finding, day, day));
        }
    }

    /// <summary>The one thing that, were it otherwise, would have let this lane serve the rest; null when the lane could have.</summary>
    private Finding? Why(LaneSchedule lane, LocalDate day, long missing, int failed, long together)
    {
        int goods = lane.GoodsDay(day);
        string node = lane.Lane.Node.Text, wanted = Text(missing);
        if (goods < 0)
        {
            return PromiseFindings.WayTakesLonger.About(
                Subject, string.Empty, node, Text(lane.Delivery(0)), Text(lane.Lane.HandlingDays),
                Text(lane.Lane.Transit.PlannedDays), Text(lane.Lane.Transit.BufferDays));
        }

        LocalDate goodsDay = book.Picture.Today.PlusDays(goods), until = PromiseSearch.GoodUntil(line, day);
        SupplyShelf shelf = book.At(line.Sku, lane.Lane.Node);
        AtpBreakdown terms = shelf.Explain(goodsDay, until, line.Segment);
        string free = terms.Free.ToString();
        if (terms.Free.Units >= missing)
        {
            return failed == 0 ? null
                : failed != line.Number ? PromiseFindings.WaitsForOthers.About(Subject, string.Empty, Text(failed))
                : PromiseFindings.StockShort.About(Subject, string.Empty, node, free, Text(together), line.Sku.Text);
        }

        if (terms.FreeBeforeQuota.Units >= missing)
        {
            return PromiseFindings.QuotaUsed.About(Subject, string.Empty, line.Segment, free, wanted, line.Sku.Text, node);
        }

        if (terms.Expired.Units > 0 && terms.Free.Units + terms.Expired.Units >= missing)
        {
            return PromiseFindings.LifeTooShort.About(Subject, string.Empty, free, wanted, line.Sku.Text, node, Text(until));
        }

        if (terms.KeptForLater.Units > 0 && terms.Free.Units + terms.KeptForLater.Units >= missing)
        {
            return PromiseFindings.KeptForLater.About(
                Subject, string.Empty, node, terms.KeptForLater.ToString(), line.Sku.Text, free, wanted);
        }

        if (terms.Free.Units + terms.Safety.Units + terms.StaleBuffer.Units >= missing)
        {
            return PromiseFindings.HeldBack.About(
                Subject, string.Empty, node, terms.Safety.ToString(), line.Sku.Text, terms.StaleBuffer.ToString(), free, wanted);
        }

        return terms.Free.Units > 0 && terms.Free < line.MinimumShipment && missing > terms.Free.Units && !line.Complete
            ? PromiseFindings.ShipmentTooSmall.About(
                Subject, string.Empty, node, free, wanted, line.Sku.Text, line.MinimumShipment.ToString())
            : PromiseFindings.StockShort.About(Subject, string.Empty, node, free, wanted, line.Sku.Text);
    }

    private void AddClosedWindows(
        ImmutableArray<PromiseConstraint>.Builder all, ImmutableArray<DeliveryWindow> windows, LocalDate? end)
    {
        LocalDate? from = null;
        for (LocalDate day = line.Asked; day <= end; day = day.PlusDays(1))
        {
            bool open = false;
            foreach (DeliveryWindow window in windows)
            {
                open |= window.From <= day && day <= window.To;
            }

            from ??= open ? null : day;
            if (open && from is { } first)
            {
                all.Add(new PromiseConstraint(PromiseFindings.WindowClosed.About(Subject, string.Empty), first, day.PlusDays(-1)));
                from = null;
            }
        }
    }

    private void AddUnmeasuredBuffer(
        ImmutableArray<PromiseConstraint>.Builder all, LaneSchedule lane, ImmutableArray<PromisedShipment> shipments)
    {
        TransitTime transit = lane.Lane.Transit;
        foreach (PromisedShipment shipment in shipments)
        {
            if (!transit.IsMeasured && shipment.Node == lane.Lane.Node)
            {
                all.Add(new PromiseConstraint(
                    PromiseFindings.BufferNotMeasured.About(
                        Subject, string.Empty, Text(transit.Trips), lane.Lane.Node.Text, Text(transit.LeastTrips),
                        Text(transit.BufferDays)),
                    shipment.Arrival, shipment.Arrival.PlusDays(shipment.BufferDays)));
                return;
            }
        }
    }

    private static ImmutableArray<PromiseConstraint>.Builder[] NewLists(int count)
    {
        var lists = new ImmutableArray<PromiseConstraint>.Builder[count];
        for (int i = 0; i < count; i++)
        {
            lists[i] = ImmutableArray.CreateBuilder<PromiseConstraint>();
        }

        return lists;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
