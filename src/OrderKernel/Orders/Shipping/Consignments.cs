using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using NodaTime;
using OrderKernel.Findings;
using OrderKernel.Journal;
using OrderKernel.Measures;
using OrderKernel.Stock;

namespace OrderKernel.Orders;

/// <summary>Reports what a customer took out of goods that lie there on consignment. Only then does it stop being ours.</summary>
/// <param name="Order">An order whose type has the feature <c>consignment</c>.</param>
/// <param name="Lines">How much of which line, each once.</param>
/// <param name="Reference">The report; each is recorded once.</param>
public sealed record ReportConsumption(OrderId Order, ImmutableArray<LineQuantity> Lines, string Reference) : OrderCommand(Order)
{
    /// <inheritdoc />
    public override string CommandType => "order.report_consumption";

    internal override void WriteMembers(JsonText json) => json.WriteQuantities("lines", Lines).Member("reference", Reference);

    internal override void Size(CommandSize size) => size.Of(Lines, "lines");

    internal override void Check(CommandCheck check)
    {
        check.Needed(Reference, "reference");
        check.NotEmpty(Lines, "lines");
        CheckLines(check, Lines);
    }

    internal Decision Decide(OrderState state, DecisionContext context)
    {
        if (state.Feature("consignment") is null)
        {
            return Decision.Refuse(FeatureRefusals.NotOfItsType.About(string.Empty, "order_type", "consignment"));
        }

        if (state.ConsumptionReports.Contains(Reference))
        {
            return Decision.Refuse(FeatureRefusals.ReportExists.About(string.Empty, "reference", Reference));
        }

        List<Finding>? findings = null;
        var takes = ImmutableArray.CreateBuilder<ConsumedTake>();
        foreach (LineQuantity entry in Lines)
        {
            OrderLine? line = state.Line(entry.Line);
            if (line is null)
            {
                OrderDecider.Add(ref findings, OrderDecider.LineUnknown(entry.Line));
            }
            else if (entry.Quantity > line.Delivered - line.Returned - line.Consumed)
            {
                OrderDecider.Add(ref findings, FeatureRefusals.ConsumptionExceeded.About(
                    OrderDecider.Subject(entry.Line), "quantity", OrderDecider.Digits(entry.Line), entry.Quantity.ToString(),
                    (line.Delivered - line.Returned - line.Consumed).ToString()));
            }
            else
            {
                Take(state, entry, takes);
            }
        }

        return findings is not null ? Decision.Refuse(findings.ToArray())
            : state.ConsumptionReports.Length >= context.Limits.MaxHistory
                ? Decision.Refuse(OrderDecider.Limit("consumption_reports", context.Limits.MaxHistory))
            : Decision.Accept(Stream, new OrderConsumed(context.Now, takes.ToImmutable(), Reference));
    }

    // First delivered, first consumed.
    private static void Take(OrderState state, LineQuantity entry, ImmutableArray<ConsumedTake>.Builder takes)
    {
        long left = entry.Quantity.Units;
        foreach (ShipmentRecord shipment in state.Shipments)
        {
            foreach (ShippedTake take in shipment.Takes)
            {
                bool may = left > 0 && take.Line == entry.Line && shipment.DeliveredAt is not null && shipment.Consignee is not null;
                long part = may ? Math.Min(left, take.Quantity.Units - take.Returned.Units - take.Consumed.Units) : 0;
                if (part > 0)
                {
                    takes.Add(new ConsumedTake(
                        shipment.Id, entry.Line, take.Cell, take.Cell.At(shipment.Consignee!.Value), new Quantity(part)));
                    left -= part;
                }
            }
        }
    }
}

/// <summary>What was consumed of one line of one shipment.</summary>
/// <param name="Shipment">The shipment it had come with.</param>
/// <param name="Line">The line number.</param>
/// <param name="From">The cell it had left.</param>
/// <param name="At">The cell at the customer's that it lay in.</param>
/// <param name="Quantity">How much.</param>
public readonly record struct ConsumedTake(ShipmentId Shipment, int Line, StockCell From, StockCell At, Quantity Quantity);

/// <summary>Goods on consignment were consumed; they are the customer's now, and billable.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Takes">What was consumed, and where it lay.</param>
/// <param name="Reference">The report.</param>
public sealed record OrderConsumed(Instant At, ImmutableArray<ConsumedTake> Takes, string Reference) : OrderEvent(At)
{
    /// <inheritdoc />
    public override string EventType => "order.consumed";

    internal override void WriteBody(JsonText json)
    {
        json.OpenArray("takes");
        foreach (ConsumedTake take in Takes)
        {
            json.OpenObject().Member("shipment", take.Shipment.Text).Member("line", take.Line);
            take.From.WriteTo(json.OpenObject("from")).CloseObject();
            take.At.WriteTo(json.OpenObject("at_customer")).CloseObject();
            json.Member("quantity", take.Quantity.Units).CloseObject();
        }

        json.CloseArray().Member("reference", Reference);
    }

    internal OrderState Apply(OrderState state)
    {
        ImmutableArray<OrderLine>.Builder lines = state.Lines.ToBuilder();
        ImmutableArray<ShipmentRecord> shipments = state.Shipments;
        foreach (ConsumedTake consumed in Takes)
        {
            int line = OrderFold.IndexOfLine(state, consumed.Line);
            lines[line] = (lines[line] with { Consumed = lines[line].Consumed + consumed.Quantity }).Checked();
            shipments = OrderFold.WithTake(
                shipments, consumed.Shipment, consumed.Line, consumed.From,
                take => take with { Consumed = take.Consumed + consumed.Quantity });
        }

        return state with
        {
            Lines = lines.MoveToImmutable(), Shipments = shipments, ConsumptionReports = state.ConsumptionReports.Add(Reference),
        };
    }
}

public sealed partial record OrderState
{
    /// <summary>The reports of consumption that were recorded, oldest first; may be empty.</summary>
    public ImmutableArray<string> ConsumptionReports { get; internal init; } = ImmutableArray<string>.Empty;
}
