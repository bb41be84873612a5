using System;
using System.Collections.Immutable;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Turns events into states. Pure; never refuses what <see cref="OrderDecider"/> accepted.</summary>
public static class OrderFold
{
    /// <summary>The state after an event.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="happened">The event.</param>
    /// <exception cref="KernelInvariantException">The event does not fit the state: the stream was altered.</exception>
    public static OrderState Evolve(OrderState state, DomainEvent happened)
    {
        if (state is null)
        {
            throw new ArgumentNullException(nameof(state));
        }

        OrderState next = Apply(state, happened);
        OrderStage stage = OrderStage.Of(next);
        return next with
        {
            Version = state.Version + 1,
            Stage = stage,
            StageSince = ReferenceEquals(stage, state.Stage) ? state.StageSince : happened.At,
        };
    }

    private static OrderState Apply(OrderState state, DomainEvent happened) => happened switch
    {
        OrderCaptured captured => Capture(state, captured),
        OrderStockHeld held => state with
        {
            Lines = Hold(state, held),
            HoldGeneration = held.Generation,
            HoldsExpireAt = held.ExpiresAt,
            HoldTier = held.Tier,
        },
        OrderStockCovered covered => state with { Lines = Cover(state, covered.Takes) },
        OrderStockReleased released => state with { Lines = Release(state, released.Takes) },
        OrderShipped shipped => Ship(state, shipped),
        OrderDelivered delivered => Deliver(state, delivered),
        OrderPromised promised => state with
        {
            Promises = state.Promises.Add(new PromiseRecord(
                promised.At, promised.PromisedAt, promised.Cause, promised.Note, promised.ShipsAt, promised.ArrivesAt)),
            UnpromisedFor = null,
        },
        OrderAmended amended => OrderAmendment.Apply(state, amended),
        OrderLinesCancelled cancelled => Cancel(state, cancelled),
        OrderReturned returned => Return(state, returned),
        OrderBlocked blocked => Block(state, blocked),
        OrderUnblocked unblocked => state with
        {
            Blocks = state.Blocks.RemoveAll(block => string.Equals(block.Reason, unblocked.Reason, StringComparison.Ordinal)),
        },
        OrderFactCorrected c => state with
        {
            Corrections = state.Corrections.Add(
                new CorrectionRecord(c.At, c.Fact, c.Shipment, c.Recorded, c.Corrected, c.Reason, c.Voucher)),
        },
        OrderStandingSet set => state with { Standing = set.Standing },
        OrderDisplaced displaced => state with { Lines = Release(state, displaced.Takes) },
        OrderUnpromised unpromised => state with { UnpromisedFor = unpromised.Reason },
        OrderArchived archived => state with { ArchivedAt = archived.At },
        OrderTyped typed => state with
        {
            Type = typed.Type, Lifecycle = typed.Lifecycle, LifecycleVersion = typed.Version,
            Numbering = typed.Numbering,
            Features = typed.Features.IsDefault ? ImmutableArray<OrderFeature>.Empty : typed.Features,
        },
        OrderSplit split => split.Apply(state),
        OrderNumbered numbered => state with { Number = numbered.Number },
        OrderEntered { Part: > 0 } e => state.WithPart(e.Part, part => part with { Regions = OrderState.Entering(part.Regions, e) }),
        OrderEntered entered => state with { Regions = OrderState.Entering(state.Regions, entered) },
        OrderSignalled { Part: > 0 } s => state.WithPart(s.Part, part => part with { Signals = OrderState.Hearing(part.Signals, s) }),
        OrderSignalled signalled => state with { Signals = OrderState.Hearing(state.Signals, signalled) },
        OrderEvidenceAttached e => state with { Evidence = state.Evidence.Add(new EvidenceRecord(e.Kind, e.Reference, e.Hash, e.At)) },
        OrderPaid paid => state with { Payments = state.Payments.Add(new PaymentRecord(paid.Reference, paid.Amount, paid.At)) },
        OrderTradeInAgreed a => state with
        {
            TradeIns = state.TradeIns.Add(new TradeInRecord(a.Reference, a.Sku, a.Credit, a.DueAt, TradeInStatus.Agreed)),
        },
        OrderTradeInClosed closed => state with
        {
            TradeIns = ImmutableArray.CreateRange(state.TradeIns, one => one.Reference != closed.Reference ? one : one with
            {
                Status = closed.Received ? TradeInStatus.Received : TradeInStatus.Lapsed,
            }),
        },
        OrderPerformed performed => performed.Apply(state),
        OrderConsumed consumed => consumed.Apply(state),
        _ => throw new KernelInvariantException($"{happened?.EventType} is not an order event."),
    };

    private static OrderState Capture(OrderState state, OrderCaptured captured)
    {
        if (state.Exists)
        {
            throw new KernelInvariantException("An order is captured once.");
        }

        var lines = ImmutableArray.CreateBuilder<OrderLine>(captured.Lines.Length);
        foreach (NewLine line in captured.Lines)
        {
            lines.Add(new OrderLine(line));
        }

        return state with
        {
            Customer = captured.Customer,
            ShipTo = captured.ShipTo,
            ExternalKey = captured.ExternalKey,
            PlacedAt = captured.PlacedAt,
            CapturedAt = captured.At,
            RequestedAt = captured.RequestedAt,
            SignOff = captured.SignOff,
            Fields = captured.Fields,
            Lines = lines.MoveToImmutable(),
        };
    }

    private static OrderState Ship(OrderState state, OrderShipped shipped)
    {
        ImmutableArray<OrderLine> lines = EachLine(state, shipped.Takes, static (line, takes) =>
        {
            ImmutableArray<LineHold> rest = line.HoldsWithout(takes, out Quantity left);
            return (line with { Holds = rest, Held = line.Held - left, Shipped = line.Shipped + left }).Checked();
        });
        ImmutableArray<ShippedTake> left = ImmutableArray.CreateRange(
            shipped.Takes, static take => new ShippedTake(take.Line, take.Cell, take.Quantity, Quantity.Zero));
        var record = new ShipmentRecord(
            shipped.Shipment, shipped.ShippedAt, null, left, shipped.Carrier, shipped.Waybill, shipped.Serials, shipped.Consignee,
            shipped.Part);
        return PartFold.Ship(state with { Lines = lines, Shipments = state.Shipments.Add(record) }, shipped);
    }

    private static OrderState Deliver(OrderState state, OrderDelivered delivered)
    {
        int at = IndexOfShipment(state.Shipments, delivered.Shipment);
        ShipmentRecord shipment = state.Shipments[at];
        ImmutableArray<OrderLine>.Builder lines = state.Lines.ToBuilder();
        foreach (ShippedTake take in shipment.Takes)
        {
            int line = IndexOfLine(state, take.Line);
            lines[line] = (lines[line] with { Delivered = lines[line].Delivered + take.Quantity }).Checked();
        }

        OrderState next = state with
        {
            Lines = lines.MoveToImmutable(),
            Shipments = state.Shipments.SetItem(at, shipment with { DeliveredAt = delivered.DeliveredAt }),
        };
        return PartFold.Deliver(next, shipment);
    }

    private static OrderState Cancel(OrderState state, OrderLinesCancelled cancelled)
    {
        ImmutableArray<OrderLine>.Builder lines = Release(state, cancelled.Released).ToBuilder();
        foreach (LineQuantity entry in cancelled.Lines)
        {
            int at = IndexOfLine(state, entry.Line);
            lines[at] = (lines[at] with { Cancelled = lines[at].Cancelled + entry.Quantity }).Checked();
        }

        OrderState next = state with
        {
            Lines = lines.MoveToImmutable(),
            Cancellations = state.Cancellations.Add(new CancellationRecord(cancelled.At, cancelled.Reason, cancelled.Lines)),
        };
        return PartFold.Cancel(state, next, cancelled);
    }

    private static OrderState Return(OrderState state, OrderReturned returned)
    {
        ImmutableArray<OrderLine>.Builder lines = state.Lines.ToBuilder();
        ImmutableArray<ShipmentRecord> shipments = SerialsOut.Return(state, returned.Serials);
        foreach (ReturnedTake back in returned.Takes)
        {
            int line = IndexOfLine(state, back.Line);
            lines[line] = (lines[line] with { Returned = lines[line].Returned + back.Quantity }).Checked();
            shipments = WithTake(
                shipments, back.Shipment, back.Line, back.From, take => take with { Returned = take.Returned + back.Quantity });
        }

        return state with { Lines = lines.MoveToImmutable(), Shipments = shipments };
    }

    // A block for the same reason says anew who lifts it and when; it stands since it first did.
    private static OrderState Block(OrderState state, OrderBlocked blocked)
    {
        var record = new BlockRecord(blocked.Reason, blocked.Role, blocked.At, blocked.Note, blocked.ReleaseExpectedAt);
        for (int i = 0; i < state.Blocks.Length; i++)
        {
            if (string.Equals(state.Blocks[i].Reason, blocked.Reason, StringComparison.Ordinal))
            {
                return state with { Blocks = state.Blocks.SetItem(i, record with { Since = state.Blocks[i].Since }) };
            }
        }

        return state with { Blocks = state.Blocks.Add(record) };
    }

    private static ImmutableArray<OrderLine> Cover(OrderState state, ImmutableArray<Take> takes) =>
        EachLine(state, takes, static (line, part) => line.Cover(part));

    private static ImmutableArray<OrderLine> Hold(OrderState state, OrderStockHeld held)
    {
        ImmutableArray<OrderLine> lines = EachLine(state, held.Takes, static (line, takes) => line.Hold(takes));
        return held.Borrowed.IsDefaultOrEmpty
            ? lines
            : EachLine(state with { Lines = lines }, held.Borrowed, (line, takes) => line.Borrow(takes, held.At));
    }

    internal static ImmutableArray<OrderLine> Release(OrderState state, ImmutableArray<Take> takes) =>
        takes.IsEmpty ? state.Lines : EachLine(state, takes, static (line, part) => line.Release(part));

    private delegate OrderLine LineChange(OrderLine line, ReadOnlySpan<Take> takes);

    // Takes stand in the order of lines, so each line is changed once with its whole run.
    private static ImmutableArray<OrderLine> EachLine(OrderState state, ImmutableArray<Take> takes, LineChange change)
    {
        ImmutableArray<OrderLine>.Builder lines = state.Lines.ToBuilder();
        ReadOnlySpan<Take> all = takes.AsSpan();
        for (int from = 0; from < all.Length;)
        {
            int to = from + 1;
            while (to < all.Length && all[to].Line == all[from].Line)
            {
                to++;
            }

            int at = IndexOfLine(state, all[from].Line);
            lines[at] = change(lines[at], all.Slice(from, to - from));
            from = to;
        }

        return lines.MoveToImmutable();
    }

    internal static int IndexOfLine(OrderState state, int number)
    {
        int at = state.IndexOfLine(number);
        return at >= 0 ? at : throw new KernelInvariantException($"The order has no line {number}.");
    }

    /// <summary>The shipments with one take of one of them changed.</summary>
    internal static ImmutableArray<ShipmentRecord> WithTake(
        ImmutableArray<ShipmentRecord> shipments, ShipmentId shipment, int line, StockCell from, Func<ShippedTake, ShippedTake> change)
    {
        int at = IndexOfShipment(shipments, shipment);
        return shipments.SetItem(at, shipments[at] with
        {
            Takes = ImmutableArray.CreateRange(
                shipments[at].Takes, take => take.Line == line && take.Cell == from ? change(take) : take),
        });
    }

    private static int IndexOfShipment(ImmutableArray<ShipmentRecord> shipments, ShipmentId id)
    {
        for (int i = 0; i < shipments.Length; i++)
        {
            if (shipments[i].Id == id)
            {
                return i;
            }
        }

        throw new KernelInvariantException($"The order has no shipment {id}.");
    }
}
