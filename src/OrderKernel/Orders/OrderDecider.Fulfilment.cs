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
        foreach (ShipLine wanted in inOrder)
        {
            OrderLine line = state.Lines[state.IndexOfLine(wanted.Line)];
            TakeHeld(line, wanted, context.Stock, takes, ref findings);
            CheckSerials(state, line, wanted, serials, context, ref findings);
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

    private static void CheckSerials(
        OrderState state, OrderLine line, ShipLine wanted, ImmutableArray<LineSerials>.Builder serials, DecisionContext context,
        ref List<Finding>? findings)
    {
        ImmutableArray<string> numbers = wanted.Serials.IsDefault ? ImmutableArray<string>.Empty : wanted.Serials;
        if (numbers.Length > context.Limits.MaxSerials)
        {
            Add(ref findings, Limit("serials", context.Limits.MaxSerials));
            return;
        }

        long expected = line.TracksSerials ? wanted.Quantity.Units : 0;
        if (numbers.Length != expected)
        {
            Add(ref findings, OrderRefusals.SerialsIncomplete.About(
                Subject(line.Number), "serials", Digits(line.Number), Digits(expected), Digits(numbers.Length)));
        }

        if (numbers.IsEmpty)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ShipmentRecord shipment in state.Shipments)
        {
            foreach (LineSerials before in shipment.Serials)
            {
                seen.UnionWith(before.Line == line.Number ? before.Numbers : ImmutableArray<string>.Empty);
            }
        }

        foreach (string number in numbers)
        {
            if (!seen.Add(number))
            {
                Add(ref findings, OrderRefusals.SerialRepeated.About(
                    Subject(line.Number), "serials", Digits(line.Number), number));
            }
        }

        serials.Add(new LineSerials(line.Number, numbers));
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
                TakeBack(state, entry, back.To, takes);
            }
        }

        return findings is not null
            ? Decision.Refuse(findings.ToArray())
            : Decision.Accept(back.Stream, new OrderReturned(context.Now, takes.ToImmutable(), back.Reason));
    }

    // First delivered, first taken back: from the oldest shipment whose pieces have not all come back.
    private static void TakeBack(OrderState state, LineQuantity entry, NodeId? to, ImmutableArray<ReturnedTake>.Builder takes)
    {
        long left = entry.Quantity.Units;
        foreach (ShipmentRecord shipment in state.Shipments)
        {
            foreach (ShippedTake take in shipment.Takes)
            {
                bool may = left > 0 && take.Line == entry.Line && shipment.DeliveredAt is not null;
                long part = may ? Math.Min(left, take.Quantity.Units - take.Returned.Units - take.Consumed.Units) : 0;
                if (part > 0)
                {
                    StockCell target = to is null ? take.Cell : take.Cell.At(to.Value);
                    takes.Add(new ReturnedTake(
                        shipment.Id, entry.Line, take.Cell, target, new Quantity(part), shipment.Consignee));
                    left -= part;
                }
            }
        }
    }
}
