using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>What leaves, arrives and comes back.</summary>
public static partial class OrderDecider
{
    private static Decision Ship(OrderState state, ShipOrder ship, DecisionContext context)
    {
        Instant? shippedAt = Cut(ship.ShippedAt);
        if (state.Shipment(ship.Shipment) is { } existing)
        {
            return SameShipment(existing, ship, shippedAt)
                ? Decision.AlreadyTrue()
                : Decision.Refuse(OrderRefusals.ShipmentExists.About(string.Empty, "shipment", ship.Shipment.Text));
        }

        List<Finding>? findings = null;
        foreach (BlockRecord block in state.Blocks)
        {
            Add(ref findings, OrderRefusals.IsBlocked.About(string.Empty, string.Empty, block.Reason, block.Role));
        }

        if (shippedAt is { } stated && stated > context.Now)
        {
            Add(ref findings, InFuture("shipped_at", stated, context));
        }

        if (state.Shipments.Length >= context.Limits.MaxShipments)
        {
            Add(ref findings, Limit("shipments", context.Limits.MaxShipments));
        }

        ImmutableArray<ShipLine> inOrder = InOrderOfLines(state, ship.Lines, ref findings);
        var takes = ImmutableArray.CreateBuilder<Take>(inOrder.Length);
        var serials = ImmutableArray.CreateBuilder<LineSerials>();
        SerialsOut? outside = null;
        foreach (ShipLine wanted in inOrder)
        {
            OrderLine line = state.Lines[state.IndexOfLine(wanted.Line)];
            TakeHeld(line, wanted, context.Stock, takes, ref findings);
            ImmutableArray<string> numbers = wanted.Serials.IsDefault ? ImmutableArray<string>.Empty : wanted.Serials;
            CheckCount(line, numbers, wanted.Quantity, context, ref findings);
            if (!numbers.IsEmpty)
            {
                outside ??= new SerialsOut(state);
                outside.CheckLeaving(line, numbers, ref findings);
                serials.Add(new LineSerials(line.Number, numbers));
            }
        }

        if (takes.Count == 0 && findings is null)
        {
            Add(ref findings, OrderRefusals.ShipNothing.About(string.Empty, "lines"));
        }

        return findings is not null
            ? Decision.Refuse(findings.ToArray())
            : Decision.Accept(ship.Stream, new OrderShipped(
                context.Now, ship.Shipment, shippedAt, takes.DrainToImmutable(), ship.Carrier, ship.Waybill, serials.ToImmutable(),
                state.Feature("consignment") is null ? null : new NodeId(state.Customer.Text),
                ship.Part));
    }

    // A warehouse that repeats its confirmation under a new command id says nothing new.
    private static bool SameShipment(ShipmentRecord existing, ShipOrder ship, Instant? shippedAt)
    {
        if (existing.ShippedAt != shippedAt || existing.Carrier != ship.Carrier || existing.Waybill != ship.Waybill
            || existing.Part != ship.Part || !ship.Lines.All(line => SaysTheSame(existing, line)))
        {
            return false;
        }

        var left = new SortedDictionary<int, long>();
        foreach (ShippedTake take in existing.Takes)
        {
            left.TryGetValue(take.Line, out long before);
            left[take.Line] = before + take.Quantity.Units;
        }

        foreach (ShipLine line in ship.Lines)
        {
            left.TryGetValue(line.Line, out long before);
            left[line.Line] = before - line.Quantity.Units;
        }

        foreach (KeyValuePair<int, long> line in left)
        {
            if (line.Value != 0)
            {
                return false;
            }
        }

        return true;
    }

    // Other pieces than those on record, or pieces from elsewhere, are another shipment under a used id.
    private static bool SaysTheSame(ShipmentRecord existing, ShipLine line)
    {
        IEnumerable<string> numbers = existing.Serials.Where(one => one.Line == line.Line).SelectMany(static one => one.Numbers);
        return existing.Takes.All(take => take.Line != line.Line || line.From is null || take.Cell.Node == line.From.Value)
            && new HashSet<string>(numbers, StringComparer.Ordinal)
                .SetEquals(line.Serials.IsDefault ? ImmutableArray<string>.Empty : line.Serials);
    }

    private static ImmutableArray<ShipLine> InOrderOfLines(
        OrderState state, ImmutableArray<ShipLine> lines, ref List<Finding>? findings)
    {
        var known = ImmutableArray.CreateBuilder<ShipLine>(lines.Length);
        foreach (ShipLine line in lines)
        {
            if (state.IndexOfLine(line.Line) < 0)
            {
                Add(ref findings, LineUnknown(line.Line));
            }
            else
            {
                known.Add(line);
            }
        }

        for (int i = 1; i < known.Count; i++)
        {
            if (state.IndexOfLine(known[i - 1].Line) > state.IndexOfLine(known[i].Line))
            {
                known.Sort((a, b) => state.IndexOfLine(a.Line).CompareTo(state.IndexOfLine(b.Line)));
                break;
            }
        }

        return known.DrainToImmutable();
    }

    // Only what lies there leaves: borrowed pieces stay, and where the stock was read no cell gives more than it has.
    private static void TakeHeld(
        OrderLine line, ShipLine wanted, StockPicture stock, ImmutableArray<Take>.Builder takes, ref List<Finding>? findings)
    {
        long held = 0, covered = 0;
        var there = new List<string>();
        foreach (LineHold hold in line.Holds)
        {
            if (wanted.From is null || hold.Cell.Node == wanted.From.Value)
            {
                long lying = Math.Min(hold.Quantity.Units - line.BorrowedIn(hold.Cell), Left(stock, hold.Cell, takes));
                long part = Math.Min(wanted.Quantity.Units - covered, lying);
                held += hold.Quantity.Units;
                covered += part;
                there.Add($"{Digits(lying)} @ {hold.Cell.Node.Text}");
                if (part > 0)
                {
                    takes.Add(new Take(line.Number, hold.Cell, new Quantity(part)));
                }
            }
        }

        if (covered == wanted.Quantity.Units)
        {
            return;
        }

        string node = wanted.From is null ? string.Empty : " @ " + wanted.From.Value.Text;
        Add(ref findings, covered < Math.Min(held, wanted.Quantity.Units)
            ? OrderRefusals.ShipNotCovered.About(
                Subject(line.Number), "quantity", Digits(line.Number), wanted.Quantity.ToString(), line.Sku.Text, Digits(covered),
                string.Join(", ", there))
            : OrderRefusals.ShipExceedsAllocated.About(
                Subject(line.Number), "quantity", Digits(line.Number), wanted.Quantity.ToString(), Digits(held), node));
    }

    private static long Left(StockPicture stock, StockCell cell, ImmutableArray<Take>.Builder takes)
    {
        long left = stock.LyingIn(cell);
        foreach (Take take in takes)
        {
            left -= take.Cell == cell ? take.Quantity.Units : 0;
        }

        return Math.Max(0, left);
    }

    /// <summary>Notes what is wrong with how many numbers are named; whether they may be is another question.</summary>
    private static void CheckCount(
        OrderLine line, ImmutableArray<string> numbers, Quantity pieces, DecisionContext context, ref List<Finding>? findings)
    {
        if (numbers.Length > context.Limits.MaxSerials)
        {
            Add(ref findings, Limit("serials", context.Limits.MaxSerials));
        }
        else if (!line.TracksSerials && !numbers.IsEmpty)
        {
            Add(ref findings, OrderRefusals.SerialsNotTracked.About(
                Subject(line.Number), "serials", Digits(line.Number), Digits(numbers.Length)));
        }
        else if (line.TracksSerials && numbers.Length != pieces.Units)
        {
            Add(ref findings, OrderRefusals.SerialsIncomplete.About(
                Subject(line.Number), "serials", Digits(line.Number), pieces.ToString(), Digits(numbers.Length)));
        }
    }

    private static Decision Deliver(OrderState state, ConfirmDelivery deliver, DecisionContext context)
    {
        ShipmentRecord? shipment = state.Shipment(deliver.Shipment);
        if (shipment is null)
        {
            return Decision.Refuse(OrderRefusals.ShipmentUnknown.About(string.Empty, "shipment", deliver.Shipment.Text));
        }

        Instant deliveredAt = Microseconds.Cut(deliver.DeliveredAt);
        if (shipment.DeliveredAt is { } recorded)
        {
            return recorded == deliveredAt
                ? Decision.AlreadyTrue()
                : Decision.Refuse(OrderRefusals.AlreadyDelivered.About(
                    string.Empty, "delivered_at", deliver.Shipment.Text, Iso(recorded)));
        }

        List<Finding>? findings = null;
        if (deliveredAt > context.Now)
        {
            Add(ref findings, InFuture("delivered_at", deliveredAt, context));
        }

        if (shipment.ShippedAt is { } left && deliveredAt < left)
        {
            Add(ref findings, OrderRefusals.DeliveredBeforeShipped.About(
                string.Empty, "delivered_at", Iso(deliveredAt), Iso(left)));
        }

        return findings is not null
            ? Decision.Refuse(findings.ToArray())
            : Decision.Accept(deliver.Stream, new OrderDelivered(context.Now, deliver.Shipment, deliveredAt));
    }

    private static Decision Return(OrderState state, ReturnLines back, DecisionContext context)
    {
        List<Finding>? findings = null;
        var takes = ImmutableArray.CreateBuilder<ReturnedTake>();
        ImmutableArray<LineSerials> serials = back.Serials.IsDefault ? ImmutableArray<LineSerials>.Empty : back.Serials;
        var outside = new SerialsOut(state);
        foreach (LineQuantity entry in back.Lines)
        {
            OrderLine? line = state.Line(entry.Line);
            if (line is null)
            {
                Add(ref findings, LineUnknown(entry.Line));
            }
            else if (entry.Quantity > line.Delivered - line.Returned - line.Consumed)
            {
                Add(ref findings, OrderRefusals.ReturnExceedsDelivered.About(
                    Subject(entry.Line), "quantity", Digits(entry.Line), entry.Quantity.ToString(),
                    (line.Delivered - line.Returned - line.Consumed).ToString()));
            }
            else
            {
                ImmutableArray<string> numbers = serials.FirstOrDefault(one => one.Line == entry.Line)?.Numbers
                    ?? ImmutableArray<string>.Empty;
                CheckCount(line, numbers, entry.Quantity, context, ref findings);
                outside.CheckComingBack(line, numbers, ref findings);
                TakeBack(state, entry, back.To, numbers, outside, takes);
            }
        }

        foreach (LineSerials other in serials.Where(one => back.Lines.All(entry => entry.Line != one.Line)))
        {
            Add(ref findings, state.Line(other.Line) is { } line
                ? OrderRefusals.SerialsIncomplete.About(
                    Subject(line.Number), "serials", Digits(line.Number), Quantity.Zero.ToString(), Digits(other.Numbers.Length))
                : LineUnknown(other.Line));
        }

        return findings is not null
            ? Decision.Refuse(findings.ToArray())
            : Decision.Accept(back.Stream, new OrderReturned(context.Now, takes.ToImmutable(), back.Reason, serials));
    }

    // A piece that is named goes back to the shipment that it left with. Others, and those whose place in it was taken by one that came
    // back nameless: first delivered, first taken back.
    private static void TakeBack(
        OrderState state, LineQuantity entry, NodeId? to, ImmutableArray<string> numbers, SerialsOut outside,
        ImmutableArray<ReturnedTake>.Builder takes)
    {
        ILookup<int?, string> named = numbers.ToLookup(number => outside.ShipmentOf(entry.Line, number));
        var parts = new Dictionary<(int Shipment, int Take), long>();
        long left = entry.Quantity.Units;
        for (int turn = numbers.IsEmpty ? 1 : 0; turn <= 1; turn++)
        {
            for (int s = 0; s < state.Shipments.Length; s++)
            {
                long most = turn == 0 ? named[s].Count() : left;
                for (int t = 0; t < state.Shipments[s].Takes.Length; t++)
                {
                    ShippedTake take = state.Shipments[s].Takes[t];
                    parts.TryGetValue((s, t), out long before);
                    bool may = take.Line == entry.Line && state.Shipments[s].DeliveredAt is not null;
                    long there = take.Quantity.Units - take.Returned.Units - take.Consumed.Units - before;
                    long part = may ? Math.Min(Math.Min(left, most), there) : 0;
                    parts[(s, t)] = before + part;
                    left -= part;
                    most -= part;
                }
            }
        }

        foreach (KeyValuePair<(int Shipment, int Take), long> part in parts.Where(static part => part.Value > 0).OrderBy(static p => p.Key))
        {
            ShipmentRecord shipment = state.Shipments[part.Key.Shipment];
            StockCell from = shipment.Takes[part.Key.Take].Cell;
            takes.Add(new ReturnedTake(
                shipment.Id, entry.Line, from, to is null ? from : from.At(to.Value), new Quantity(part.Value), shipment.Consignee));
        }
    }
}
